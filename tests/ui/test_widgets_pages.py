"""The list page and the viewers of files."""

import stat

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from oa_client.domain.errors import Refused, Unavailable
from oa_client.settings import Settings, home
from oa_client.ui import errors, theme
from oa_client.ui.stall import StallWatch
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.chip import ChipGroup
from oa_client.ui.widgets.image_view import ImageView, _drawing
from oa_client.ui.widgets.list_page import Filter, ListPage
from oa_client.ui.widgets.pdf_view import PdfView
from oa_client.ui.widgets.preview_file import FilePreview, open_copy, write_copy
from oa_client.ui.widgets.text_view import LEVELS, TextView
from tests.ui import gallery

GROUPS = (ChipGroup("urgency", "紧急程度", (("a", "特急"), ("b", "加急"))),)


@pytest.fixture
def page(styled, qtbot, settings):
    made = ListPage("todo", "待办", gallery.COLUMNS, settings, primary=button("收文登记", "primary", "add"), groups=GROUPS,
                    empty="今天没有待办公文。", empty_verb="查看已办")
    qtbot.addWidget(made)
    made.resize(1000, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def heard(page):
    found = []
    page.filtered.connect(found.append)
    return found


def test_typing_filters_once_after_a_pause(page, heard, qtbot, type_words):
    page.search.setFocus()
    for words in ("防", "汛", " "):
        type_words(page.search, words)
    assert heard == []
    qtbot.waitUntil(lambda: heard == [Filter("防汛")])


def test_chips_and_order_filter_at_once(page, heard):
    next(chip for chip in page.chips.findChildren(QPushButton) if chip.text() == "加急").click()
    page.table.sort_asked.emit("pages", True)
    assert heard == [Filter("", {"urgency": ("b",)}), Filter("", {"urgency": ("b",)}, "pages", True)]
    page.clear_button.click()
    assert heard[-1] == Filter("", {}, "pages", True) and heard[-1].empty and page.clear_button.isHidden()


def test_an_empty_list_says_why(page, heard, qtbot):
    pressed = []
    page.empty_pressed.connect(lambda: pressed.append(1))
    assert page.stack.currentWidget() is page.nothing
    page.nothing.button.click()
    assert pressed == [1] and page.nothing.button.text() == "查看已办"
    page.chips.choose("urgency", "a")
    page.set_rows([])
    assert "没有符合条件的内容。" in [found.text() for found in page.nothing.findChildren(QLabel)]
    page.nothing.button.click()
    assert heard == [Filter()] and pressed == [1] and page.nothing.button.text() == "查看已办"


@pytest.mark.parametrize(("count", "more", "total", "words"), [
    (3, False, None, "共 3 件"), (3, True, None, "已显示 3 件"), (3, True, 90, "共 90 件，已显示 3 件"), (3, False, 3, "共 3 件"), (0, False, 0, "共 0 件"),
])
def test_the_footer_counts(page, count, more, total, words):
    page.set_rows(gallery.papers(count), more, total)
    assert page.footer.text() == words
    assert page.more_button.isVisible() == more


def test_the_footer_says_how_many_are_selected(page, qtbot):
    page.set_rows(gallery.papers(5))
    page.table.selectAll()
    qtbot.waitUntil(lambda: page.footer.text() == "共 5 件　已选 5 件")


def test_the_next_page_is_asked_for_once_until_it_came(page):
    asked = []
    page.need_more.connect(lambda: asked.append(1))
    page.set_rows(gallery.papers(50), more=True)
    QApplication.processEvents()
    page.table.scrollToBottom()
    page.ask_more()
    assert len(asked) == 1
    page.append_rows(gallery.papers(80)[50:], more=True)
    page.more_button.click()
    assert len(asked) == 2
    page.more_failed()
    page.ask_more()
    assert len(asked) == 3
    page.append_rows([], more=False)
    page.ask_more()
    assert len(asked) == 3 and page.model.rowCount() == 80


def test_the_keyboard_is_enough(page, qtbot):
    page.set_rows(gallery.papers(5))
    opened, selected = [], []
    page.opened.connect(opened.append)
    page.selected.connect(selected.append)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: selected[-1:] == [(2,)])
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened == [2]


def test_the_previews_width_is_remembered(page, settings, qtbot):
    page.set_preview(FilePreview())
    page.splitter.setSizes([500, 480])
    page.splitter.splitterMoved.emit(500, 1)
    qtbot.waitUntil(lambda: Settings.load().columns.get("todo/preview") == page.splitter.sizes())


def test_the_title_keeps_room_when_the_list_is_narrow(page):
    page.set_rows(gallery.papers(3))
    page.resize(400, 500)
    QApplication.processEvents()
    assert page.table.columnWidth(0) >= 0.6 * gallery.COLUMNS[0].width
    page.resize(1300, 500)
    QApplication.processEvents()
    assert sum(page.table.columnWidth(at) for at in range(5)) == page.table.viewport().width()


def test_a_pdf_is_shown_and_searched(styled, qtbot):
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.show()
    assert view.show_pdf(gallery.sample_pdf())
    assert (view.pages(), view.page()) == (2, 1)
    view.go_to(2)
    qtbot.waitUntil(lambda: view.page() == 2)
    assert view._page_words.text() == "第 2 页，共 2 页"
    view.zoom(1.2)
    wide = view.view.zoomFactor()
    view.zoom(1 / 1.2)
    assert view.view.zoomFactor() < wide
    view.fit_width()
    view.search.setText("夏季")
    qtbot.waitUntil(lambda: view._found.rowCount(QModelIndex()) >= 2)
    qtbot.keyClick(view.search, Qt.Key.Key_Return)
    assert view._found_words.text().startswith("第 1 处，共")
    view.search.setText("没有这个词")
    qtbot.waitUntil(lambda: view._found_words.text() == "没有找到")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", b"hello"])
def test_a_damaged_pdf_is_said(styled, qtbot, data):
    view = PdfView()
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.failed) as told:
        assert not view.show_pdf(data)
    assert told.args == ["这份文件已损坏或不是完整的版式文件，无法在此显示。"]
    assert view.page() == 0


def test_a_picture_is_fitted_and_enlarged(styled, qtbot):
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    with qtbot.waitSignal(view.shown):
        view.show_image(gallery.sample_image())
    fitted = view.size_shown().width()
    assert 300 < fitted <= 400
    with qtbot.waitSignal(view.shown):
        view.zoom(2)
    assert view.size_shown().width() == pytest.approx(2 * fitted, abs=3)
    with qtbot.waitSignal(view.shown):
        view.fit()
    assert view.size_shown().width() == fitted
    with qtbot.waitSignal(view.failed):
        view.show_image(b"not a picture")
    assert view.size_shown().isEmpty()


def test_the_last_picture_asked_for_is_the_one_shown(styled, qtbot):
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    told = []
    view.failed.connect(told.append)
    view.show_image(b"not a picture")
    with qtbot.waitSignal(view.shown):
        view.show_image(gallery.sample_image())
    qtbot.wait(20)
    assert told == [] and not view.size_shown().isEmpty()


def test_a_large_picture_and_a_long_text_do_not_hold_the_screen(styled, qtbot):
    big = QImage(3000, 4000, QImage.Format.Format_RGB32)
    big.fill(theme.tokens().colour("accent_soft"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    big.save(buffer, "JPEG")
    picture, words = ImageView(), TextView()
    for view in (picture, words):
        qtbot.addWidget(view)
        view.resize(800, 600)
        view.show()
    qtbot.wait(50)
    watch = StallWatch()
    qtbot.wait(20)
    watch.reset()
    with qtbot.waitSignal(picture.shown):
        picture.show_image(bytes(buffer.data().data()))
    words.show_paragraphs([("各单位要结合实际细化措施，做到有警必接。" * 6, "body")] * 1000)
    qtbot.waitUntil(lambda: words.document().blockCount() == 1000)
    watch.stop()
    assert watch.longest_ms < 400, watch.worst_moments


def test_a_long_text_is_whole_when_it_is_searched(styled, qtbot):
    view = TextView()
    qtbot.addWidget(view)
    view.show_paragraphs([(f"第{at}段", "body") for at in range(700)])
    assert view.document().blockCount() < 700
    assert view.mark_words("第699段") == 1
    qtbot.wait(20)
    assert view.toPlainText().splitlines() == [f"第{at}段" for at in range(700)]


def test_words_are_shown_in_the_documents_faces(styled, qtbot):
    view = TextView()
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    view.show_paragraphs([(f"第{level}级", level) for level in LEVELS])
    assert view.toPlainText().splitlines() == [f"第{level}级" for level in LEVELS]
    block = view.document().firstBlock()
    assert block.charFormat().foreground().color() == theme.tokens().colour("ink")
    assert view.isReadOnly() and view.mark_words("级") == len(LEVELS) and view.mark_words("") == 0
    theme.apply(styled, "dark", "xlarge")
    assert view.document().firstBlock().charFormat().foreground().color() == theme.tokens().colour("ink")
    view.show_text("一\n<b>二</b>")
    assert view.toPlainText() == "一\n<b>二</b>"


def test_a_preview_chooses_by_what_the_file_is(styled, qtbot):
    view = FilePreview()
    qtbot.addWidget(view)
    assert view.stack.currentWidget() is view.nothing
    for name, data, more, page in (
        ("通知.pdf", gallery.sample_pdf(), {}, view.pdf), ("图.PNG", gallery.sample_image(), {}, view.image),
        ("稿.docx", b"PK", {"paragraphs": gallery.PARAGRAPHS}, view.text), ("文.txt", b"x", {"text": "甲"}, view.text),
        ("包.zip", b"PK", {}, view.outside), ("坏.pdf", b"%PDF-", {}, view.outside), ("坏.png", b"x", {}, view.outside),
    ):
        view.show_file(name, data, **more)
        qtbot.waitUntil(lambda: _drawing.activeThreadCount() == 0)
        QApplication.processEvents()
        assert view.stack.currentWidget() is page, name
    view.clear()
    with qtbot.waitSignal(view.open_asked):
        view.open_outside()


def test_a_copy_outside_is_read_only_and_keeps_its_name(styled, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    file = open_copy("../关于防汛的通知.pdf", b"%PDF-")
    assert file.name == "关于防汛的通知.pdf" and home() in file.parents
    assert file.read_bytes() == b"%PDF-" and not file.stat().st_mode & stat.S_IWUSR
    assert opened == [QUrl.fromLocalFile(str(file))]
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    with pytest.raises(Unavailable):
        open_copy("a.xyz", b"x")


@pytest.mark.parametrize("name", ["工具.exe", "a.BAT", "通知.pdf.lnk", "x.ps1", "表.js", "a.py", "通知.exe ", "通知.exe."])
def test_programs_are_never_opened(styled, qtbot, name):
    with pytest.raises(Refused):
        write_copy(name, b"MZ")
    view = FilePreview()
    qtbot.addWidget(view)
    view.show_file(name, b"MZ")
    view.open_outside()
    [told] = errors.shown()
    told.accept()
    assert not (home() / "opened").exists()
