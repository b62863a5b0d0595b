"""The library: words searched for are found and marked, choices narrow, documents and the catalogue are taken out."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from oa_client.domain.errors import Unavailable
from oa_client.ui.pages.library_page import LibraryPage
from oa_client.ui.widgets.toast import Toast
from oa_client.usecases import catalogue, library, lists
from tests.ui.entering import press, words_of
from tests.ui.pages_room import column, room_of
from tests.usecases.test_library import filed


@pytest.fixture
def room(small, jobs, qtbot):
    with room_of(small, jobs, qtbot) as made:
        yield made


@pytest.fixture
def shelf(small):
    """Three filed documents and one under way."""
    return {"drugs": filed(small, number="江公通〔2026〕1号", title="禁毒工作通知", doc_type="通知", body="各单位：\n严查娱乐场所。"),
            "letter": filed(small, number="江公函〔2026〕2号", title="商请函", doc_type="函", body="请协助核查车站北广场的摊点。"),
            "traffic": filed(small, number="江公通〔2026〕3号", title="交通安全通知", doc_type="通知", body="加强客运车辆检查。"),
            "open": small.register(number="江公通〔2026〕9号", title="在办的禁毒通报", doc_type="通报")}


@pytest.fixture
def page(room, shelf):
    return room.show("110004", LibraryPage)


def ids(page):
    return [row.id for row in page.list.model.rows()]


def test_filed_documents_stand_with_reference_and_year(page, shelf, small):
    assert ids(page) == [shelf["traffic"], shelf["letter"], shelf["drugs"]]
    assert column(page.list, "reference")[-1] == "Z109-WS·2026-D10-SJU-0001"
    assert column(page.list, "year") == ["2026"] * 3 and column(page.list, "doc_type") == ["通知", "函", "通知"]
    assert page.list.footer.text() == f"共 {lists.counts(small.desk('110004'))['library']} 件"


def test_words_of_the_text_are_found_and_marked_in_the_preview(room, page, shelf):
    room.search(page.list, "北广场")
    assert ids(page) == [shelf["letter"]]
    page.list.table.selectRow(0)
    room.settle(200)
    assert page.preview.shown.marks == ("北广场",)
    assert [mark.cursor.selectedText() for mark in page.preview.sheet.excerpt.extraSelections()] == ["北广场"]
    room.search(page.list, "车站")
    room.settle(200)
    assert page.preview.shown.marks == ("车站",)


def test_choices_show_how_many_there_are_and_narrow(room, page, shelf):
    kind = page.list.choices["doc_type"]
    assert [kind.itemText(at) for at in range(kind.count())] == ["全部文种", "通知（2）", "函（1）"]
    assert page.list.choices["year"].itemText(1) == "2026 年（3）" and page.list.choices["kind"].itemText(1) == "收文（3）"
    assert page.list.choices["retention"].itemText(1) == "10年（3）" and page.list.choices["unit_id"].itemText(1) == "市局（3）"
    kind.set_value("函")
    room.settle()
    assert ids(page) == [shelf["letter"]]
    room.search(page.list, "禁毒")
    assert ids(page) == []
    assert "含未归档" in words_of(page.list.nothing)
    room.press(page.list.nothing.button)
    assert len(ids(page)) == 3 and kind.value() is None and page.list.search.text() == ""


def test_documents_under_way_are_found_when_asked_for(room, shelf):
    page = room.show("110001", LibraryPage)
    room.search(page.list, "禁毒")
    assert ids(page) == [shelf["drugs"]]
    room.press(page.list.unfiled)
    assert ids(page) == [shelf["open"], shelf["drugs"]]
    assert column(page.list, "reference")[0] == "未归档"
    assert page.list.clear_button.isVisible()


def test_what_is_filed_elsewhere_appears_by_itself(small, room, page, shelf):
    filed(small, number="江公通〔2026〕7号", title="刚归档", doc_type="意见")
    room.changed("library")
    assert column(page.list, "title")[0] == "刚归档"
    assert "意见（1）" in [page.list.choices["doc_type"].itemText(at) for at in range(4)]


def test_a_choice_stays_when_the_figures_change(small, room, page, shelf):
    page.list.choices["doc_type"].set_value("函")
    room.settle()
    filed(small, number="江公函〔2026〕8号", title="又一函", doc_type="函")
    room.changed("library")
    assert page.list.choices["doc_type"].currentText() == "函（2）"
    assert column(page.list, "title") == ["又一函", "商请函"]


def test_enter_opens_a_document(room, page, shelf):
    page.list.table.selectRow(1)
    room.key(page.list.table, Qt.Key.Key_Return)
    assert room.opened() == [f"document {shelf['letter']}"]


def test_selected_documents_are_taken_out_into_folders(room, page, tmp_path, monkeypatch):
    assert not page.export_button.isEnabled() and "先选中" in page.export_button.toolTip()
    page.list.table.selectAll()
    room.settle()
    room.press(page.export_button)
    asked = page.list.findChild(QFileDialog)
    assert asked.isVisible()
    asked.fileSelected.emit(str(tmp_path / "导出"))
    asked.reject()
    room.settle(200)
    folders = sorted(folder.name for folder in (tmp_path / "导出").iterdir())
    assert len(folders) == 3 and folders[0] == "Z109-WS·2026-D10-SJU-0001 禁毒工作通知"
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    toast = page.window().findChild(Toast)
    assert "已导出 3 件" in words_of(toast)
    press(toast, "打开文件夹")
    assert opened == [str(tmp_path / "导出")]


def test_a_folder_that_cannot_be_written_is_told(room, page, tmp_path):
    (tmp_path / "占用").write_text("x")
    page.list.table.selectRow(0)
    room.settle()
    page.exports.export_to(tmp_path / "占用")
    room.settle(100)
    assert "有 1 件没有导出" in words_of(page.trouble) and "写不进去" in words_of(page.trouble)


def test_the_catalogue_holds_everything_found_not_only_what_is_shown(room, page, tmp_path, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 2)
    room.search(page.list, "通知")
    room.press(page.catalogue_button)
    asked = page.list.findChild(QFileDialog)
    assert asked.selectedFiles()[0].endswith("归档文件目录 2026-11-16.csv")
    asked.fileSelected.emit(str(tmp_path / "目录.csv"))
    asked.reject()
    room.settle(100)
    rows = list(csv.DictReader((tmp_path / "目录.csv").read_text("utf-8-sig").splitlines()))
    assert [row["题名"] for row in rows] == ["禁毒工作通知", "交通安全通知"]
    assert tuple(rows[0]) == catalogue.HEADINGS


def test_a_reader_of_nothing_is_told_what_belongs_here(room, small):
    page = room.show("120003", LibraryPage)
    assert "归档后自动列在这里" in words_of(page.list.nothing)
    assert not page.catalogue_button.isEnabled()


def test_a_broken_connection_leaves_the_list(room, page, monkeypatch):
    def broken(*_):
        raise Unavailable("与数据库的连接中断。", "恢复后可继续。")
    monkeypatch.setattr(library, "search", broken)
    room.search(page.list, "禁毒")
    assert len(ids(page)) == 3 and "连接中断" in words_of(page.trouble)


def test_the_preview_can_be_hidden_for_good(room, page, shelf):
    assert page.preview.isVisible()
    room.press(page.preview_switch.button)
    assert not page.preview.isVisible()
    again = LibraryPage(page.office)
    assert again.preview.isHidden()


def test_narrow_windows_leave_the_room_to_the_list(room, page):
    page.window().resize(700, 500)
    room.settle()
    assert page.preview.isHidden()
    page.window().resize(1180, 720)
    room.settle()
    assert page.preview.isVisible()
