"""收文登记: a paper dropped into the real window ends in the database, and nothing typed is lost on the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import delete

from oa_client.render.plain_files import make_docx, make_ofd, make_pdf
from oa_client.scratch import Scratch
from oa_client.ui.intake.window import KEPT, IntakeWindow
from oa_client.ui.office import Doors, Office
from oa_client.ui.widgets.toast import Toast
from oa_client.usecases import lists, viewing

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TITLE = "关于开展冬季治安防控百日专项行动的通知"
PAPER = f"""江北省公安厅文件
江公通〔2026〕88号
{TITLE}
各市公安局：
　　现将有关事项通知如下。
　　　　　　　江北省公安厅
　　　　　　　2026年11月12日
"""
SECRET = f"机密★1年\n{PAPER}"
LETTER = "关于商请协助查询有关情况的函\n云岚市公安局：\n请贵局协助查询。\n云岚市税务局\n2026年11月10日\n"


@pytest.fixture
def office(small, jobs, settings):
    made = []

    def open_office(login="110002"):
        opened = []
        doors = Doors(lambda _office, number: opened.append(number) or QWidget(), IntakeWindow, lambda _office, _number: QWidget())
        office = Office(small.desk(login), jobs, settings, Scratch(f"{small.url}|{login}"), doors, url=small.url)
        office.opened = opened
        made.append(office)
        return office
    yield open_office
    jobs.wait_idle()
    for office in made:
        office.close_windows()
        office.scratch.close()


@pytest.fixture
def window(office, qtbot, jobs):
    def make(where=None):
        made = (where or office()).register_paper()
        qtbot.waitExposed(made)
        jobs.wait_idle()
        return made
    return make


@pytest.fixture
def paper(tmp_path):
    def write(name="来文.docx", text=PAPER):
        kinds = {"docx": make_docx, "pdf": make_pdf, "ofd": make_ofd}
        path = tmp_path / name
        kind = kinds.get(path.suffix[1:])
        path.write_bytes(kind(text) if kind else text.encode())
        return path
    return write


def values(window):
    return window.fields.values()


def drop(window, jobs, *paths):
    window.files.drop.take(list(paths))
    assert jobs.wait_idle()


def kept(window, qtbot):
    """Wait as long as a change may take to reach the disk."""
    qtbot.wait(350)
    window._office.scratch.flush()


@pytest.mark.parametrize("name", ["来文.docx", "来文.pdf", "来文.ofd", "来文.txt"])
def test_a_dropped_paper_is_read_and_registered(window, jobs, paper, small, qtbot, name):
    page = window()
    drop(page, jobs, paper(name))
    got = values(page)
    assert (got["title"], got["from_organ"], got["number"], got["doc_type"], got["main_to"]) == (TITLE, "江北省公安厅", "江公通〔2026〕88号", "通知", "各市公安局")
    assert got["doc_date"].isoformat() == "2026-11-12"
    assert page.files.preview.isVisible()
    qtbot.mouseClick(page.register_one, Qt.MouseButton.LeftButton)
    jobs.wait_idle()
    [row] = lists.page(small.desk("110002"), "receive").rows
    view = viewing.show(small.desk("110002"), row.id)
    assert (view.title, view.number, view.where) == (TITLE, "江公通〔2026〕88号", "初审：市局收发员")
    assert [(file.name, file.role) for file in view.attachments] == [(name, "original")]


def test_a_paper_without_any_file_is_registered_by_keyboard(window, jobs, small, qtbot):
    page = window()
    page.activateWindow()
    field = page.fields.field("title")
    field.setFocus()
    field.insertPlainText("关于做好值班工作的通知")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    page.focusWidget().insert("江北省公安厅")
    page.fields.field("nature").set_value("read")
    with qtbot.waitSignal(jobs.notice):
        qtbot.keyClick(page.fields.field("from_organ"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [row] = lists.page(small.desk("110002"), "receive").rows
    view = viewing.show(small.desk("110002"), row.id)
    assert view.title == "关于做好值班工作的通知"
    assert ("办理性质", "阅知件") in view.fields
    assert view.attachments == ()


def test_an_unsure_guess_is_tinted_with_its_reason_until_touched(window, jobs, paper):
    page = window()
    drop(page, jobs, paper("来函.txt", LETTER))
    organ = page.fields.field("from_organ")
    assert organ.property("guess") == "true"
    assert organ.toolTip() == "没有版头，取自落款"
    organ.setText("国家税务总局云岚市税务局")
    assert organ.property("guess") == "false"
    assert organ.toolTip() == ""


def test_what_somebody_typed_is_never_overwritten(window, jobs, paper):
    page = window()
    page.fields.field("title").setPlainText("我写的标题")
    page.fields.field("main_to").setText("甲")
    page.fields.field("main_to").setText("")
    drop(page, jobs, paper())
    assert (values(page)["title"], values(page)["main_to"], values(page)["from_organ"]) == ("我写的标题", "", "江北省公安厅")


def test_the_first_document_is_the_original_and_roles_switch(window, jobs, paper, small):
    page = window()
    table, letter, notice = paper("1表.csv", "单位,数量\n"), paper("来函.txt", LETTER), paper("通知.docx")
    drop(page, jobs, table, letter, notice)
    assert [(item.name, item.role) for item in page.pile.papers()] == [("1表.csv", "attachment"), ("来函.txt", "original"), ("通知.docx", "attachment")]
    assert values(page)["title"].endswith("的函")
    page.files.row(page.pile.papers()[2].key).switch.click()
    assert [item.role for item in page.pile.papers()] == ["attachment", "attachment", "original"]
    assert values(page)["title"] == TITLE
    page.register()
    jobs.wait_idle()
    view = viewing.show(small.desk("110002"), lists.page(small.desk("110002"), "receive").rows[0].id)
    assert [(file.name, file.role) for file in view.attachments] == [("通知.docx", "original"), ("1表.csv", "attachment"), ("来函.txt", "attachment")]


def test_a_removed_original_takes_its_guesses_along(window, jobs, paper):
    page = window()
    page.fields.field("from_organ").setText("省公安厅")
    drop(page, jobs, paper())
    page.files.row(page.pile.papers()[0].key).remove.click()
    assert (values(page)["title"], values(page)["from_organ"]) == ("", "省公安厅")
    assert page.pile.papers() == ()
    assert page.files.area.isVisible()


def test_the_same_bytes_are_not_taken_twice(window, jobs, paper):
    page = window()
    drop(page, jobs, paper("a.docx"))
    drop(page, jobs, paper("b.docx"))
    assert [item.name for item in page.pile.papers()] == ["a.docx"]
    assert "没有重复加入" in page.banner.sentence.text()


@pytest.mark.parametrize("name", ["来文.docx", "来文.txt"])
def test_a_marked_file_is_refused_and_not_kept(window, office, jobs, paper, qtbot, name):
    page = window(office())
    drop(page, jobs, paper(name, SECRET))
    assert page.banner.isVisible()
    assert "标有密级「机密」" in page.banner.sentence.text()
    assert "机要渠道" in page.banner.hint.text()
    assert page.pile.papers() == ()
    assert values(page)["title"] == ""
    kept(page, qtbot)
    assert page._office.scratch.kept() == []


def test_a_chosen_secrecy_is_refused_at_once(window, jobs, paper, qtbot):
    page = window()
    drop(page, jobs, paper())
    kept(page, qtbot)
    page.fields.field("secrecy").set_value("秘密")
    assert page.pile.papers() == ()
    assert "密级为「秘密」" in page.banner.sentence.text()
    assert not page.register_one.isEnabled()
    kept(page, qtbot)
    assert page._office.scratch.kept() == []
    page.fields.field("secrecy").set_value("")
    assert page.register_one.isEnabled()
    assert values(page)["title"] == TITLE


def test_wrong_fields_are_told_where_they_are_and_all_is_kept(window, jobs, paper, small):
    page = window()
    page.activateWindow()
    drop(page, jobs, paper())
    page.fields.field("from_organ").setText("")
    page.register()
    jobs.wait_idle()
    assert page.fields.field("from_organ").property("wrong") == "true"
    assert page.focusWidget() is page.fields.field("from_organ")
    assert values(page)["title"] == TITLE
    assert len(page.pile.papers()) == 1
    assert lists.page(small.desk("110002"), "receive").total == 0


def test_a_repeated_number_is_pointed_out_with_a_link(window, jobs, small, qtbot):
    first = small.register(number="江公通〔2026〕88号")
    page = window()
    page.fields.field("title").setPlainText("另一份")
    page.fields.field("from_organ").setText("江北省公安厅")
    page.fields.field("number").insert("江公通(2026)88号")
    qtbot.waitUntil(page.duplicates.isVisible)
    links = [link for link in page.duplicates.findChildren(QPushButton) if "来文字号相同" in link.text()]
    links[0].click()
    assert page._office.opened == [first]
    page.register()
    jobs.wait_idle()
    assert page.fields.field("number").property("wrong") == "true"
    assert not page.banner.isVisible()
    page.duplicates.known.click()
    page.register()
    jobs.wait_idle()
    assert lists.page(small.desk("110002"), "receive").total == 2


def test_the_same_original_is_pointed_out(window, jobs, paper, small):
    page = window()
    drop(page, jobs, paper("来文.txt"))
    page.register(go_on=True)
    jobs.wait_idle()
    drop(page, jobs, paper("又来.txt"))
    assert [item.why for item in page.duplicates.found()] == ["来文字号相同"]
    page.fields.field("number").setText("江公通〔2026〕89号")
    page._look_up()
    jobs.wait_idle()
    assert [item.why for item in page.duplicates.found()] == ["原文内容相同"]


def test_register_and_go_on_with_the_next(window, jobs, paper, small):
    page = window()
    drop(page, jobs, paper())
    page.register_next.click()
    jobs.wait_idle()
    assert page.isVisible()
    assert values(page)["title"] == ""
    assert page.pile.papers() == ()
    assert TITLE in page.findChild(Toast).accessibleName()
    assert page._office.scratch.kept() == []
    assert lists.page(small.desk("110002"), "receive").total == 1


def test_after_registering_the_window_closes_and_nothing_is_offered_again(window, office, jobs, paper):
    desk = office()
    page = window(desk)
    drop(page, jobs, paper())
    page.register_one.click()
    jobs.wait_idle()
    again = window(desk)
    assert values(again)["title"] == ""
    assert not again.banner.isVisible()


def test_a_crash_loses_neither_words_nor_files(window, office, jobs, paper, qtbot, small):
    page = window()
    drop(page, jobs, paper("来文.docx"), paper("来函.txt", LETTER))
    page.fields.field("main_to").setText("云岚市公安局")
    page.fields.field("copies").setValue(3)
    kept(page, qtbot)
    delete(page)
    again = window(office())
    got = values(again)
    assert (got["title"], got["main_to"], got["copies"], got["doc_date"].isoformat()) == (TITLE, "云岚市公安局", 3, "2026-11-12")
    assert [(item.name, item.role) for item in again.pile.papers()] == [("来文.docx", "original"), ("来函.txt", "attachment")]
    assert "已恢复上次未登记的内容" in again.banner.sentence.text()
    again.register()
    jobs.wait_idle()
    view = viewing.show(small.desk("110002"), lists.page(small.desk("110002"), "receive").rows[0].id)
    assert len(view.attachments) == 2


def test_closing_keeps_and_says_so(window, office, jobs, qtbot):
    desk = office()
    page = window(desk)
    page.fields.field("title").setPlainText("写了一半的标题")
    with qtbot.waitSignal(jobs.notice) as told:
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert told.args == [KEPT]
    assert values(window(desk))["title"] == "写了一半的标题"


def test_starting_over_can_be_undone(window, office, jobs, paper, qtbot):
    page = window()
    drop(page, jobs, paper())
    kept(page, qtbot)
    delete(page)
    again = window(office())
    again.banner.button.click()
    assert values(again)["title"] == ""
    assert again.pile.papers() == ()
    again.findChild(Toast).findChild(QPushButton).click()
    jobs.wait_idle()
    assert values(again)["title"] == TITLE
    assert len(again.pile.papers()) == 1


@pytest.mark.parametrize(("login", "shown"), [("110001", True), ("110002", False)])
def test_the_organ_is_asked_only_of_those_with_several(window, office, login, shown, small):
    page = window(office(login))
    assert page.fields.field("organ_id").isVisible() is shown
    assert values(page)["organ_id"] == small.units["root"]


def test_somebody_without_the_role_is_told(window, office):
    page = window(office("120003"))
    assert "不是收发员" in page.banner.sentence.text()


def test_closing_an_empty_window_says_nothing(window, jobs):
    page = window()
    told = []
    jobs.notice.connect(told.append)
    page.closeEvent(QCloseEvent())
    assert told == []
