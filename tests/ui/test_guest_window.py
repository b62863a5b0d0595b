"""A guest's window: what is lent is read here and nowhere else; a print is stamped and on record."""

import re
from datetime import timedelta

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QLabel
from sqlalchemy import select, update

from oa_client.domain.errors import NotFound, Refused
from oa_client.render.plain_files import make_docx, make_pdf
from oa_client.store import unit as transactions
from oa_client.store.access_tables import Share
from oa_client.store.audit_tables import Event
from oa_client.ui.document import printing as printing_module
from oa_client.ui.widgets.toast import Toast
from oa_client.usecases import exporting, sharing, viewing
from oa_client.usecases.papers import NewFile
from tests.ui.document_room import Room
from tests.ui.gallery import sample_image
from tests.usecases.test_library import filed

BODY = "各市公安局：\n一、提高认识\n请认真落实。\n江北省公安厅\n2026年11月10日"
FILES = (("来文.pdf", make_pdf(BODY), "original", "pdf", BODY), ("任务分解表.docx", make_docx("任务分解表\n请按时完成。"), "attachment", "docx", "任务分解表\n请按时完成。"),
         ("台账.dat", b"\x00\x01", "attachment", "other", ""))


@pytest.fixture
def room(small, jobs, qtbot):
    made = Room(small, jobs, qtbot)
    yield made
    made.close()


def lent(room, files=FILES, **changes) -> int:
    made = tuple(NewFile(name, data, role, media, None, text) for name, data, role, media, text in files)
    paper = filed(room.bureau, **{"body": "" if files else BODY, "files": made, **changes})
    desk = room.bureau.desk("110001")
    sharing.share(desk, paper, (room.bureau.person("130003"),), desk.today() + timedelta(days=9), "参考")
    return paper


def words(widget):
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible() and each.text()]


def choose(room, window, row, name):
    """Turn to a file in the tab 附件 and wait until it is shown."""
    window.tabs.tabs.setCurrentWidget(window.tabs.files)
    room._qtbot.keyClick(window, Qt.Key.Key_F15)  # a key without modifiers: those of the key before are held no longer
    window.tabs.files.table.select(window.tabs.files.model.row(row).id)
    room._qtbot.waitUntil(lambda: window.tabs.files.preview is not None and window.tabs.files.preview._title.text() == name)
    room.settle()


def prints(bureau):
    with transactions.look(bureau.engine) as session:
        return list(session.execute(select(Event.login, Event.detail).where(Event.action == "print").order_by(Event.id)))


def test_the_window_says_what_it_is_and_what_is_not_shared(room):
    window = room.open("130003", lent(room))
    until = room.bureau.desk("130003").today() + timedelta(days=9)
    assert window.lent.isVisible() and not window.lent.cross.isVisible()
    assert window.lent.sentence.text() == f"共享给您阅看，至 {until}；不能导出、带出或再共享。共享人：苏明禾。"
    for tool, said in ((window.header.share, "不能再共享"), (window.header.export, "不能导出"), (window.header.sheet, "不在共享范围内")):
        assert not tool.isEnabled() and said in tool.toolTip() and said in tool.accessibleDescription()
    assert window.header.print.isEnabled()
    assert any("不在共享范围内" in text for text in words(window.timeline)) and window.timeline.text() == ""
    window.tabs.tabs.setCurrentWidget(window.tabs.sheet)
    assert words(window.tabs.sheet) == ["办理单不在共享范围内。\n共享给您的是正文和附件。"]
    window.tabs.tabs.setCurrentWidget(window.tabs.related)
    assert "公文要素" in words(window.tabs.related) and "当前办理" not in words(window.tabs.related)
    assert not window.bar.isVisible()


def test_the_watermark_lies_over_text_and_files_and_those_who_handled_it_have_none(room):
    paper = lent(room)
    window = room.open("130003", paper)
    mark = window.tabs.watermark
    for tab in (window.tabs.text, window.tabs.files):
        window.tabs.tabs.setCurrentWidget(tab)
        room.settle()
        assert mark.isVisible() and mark.words().startswith("顾南星 130003 2026-11-16")
        assert mark.geometry().contains(tab.geometry().translated(mark.geometry().topLeft()))
    assert room.open("110001", paper).tabs.watermark.isHidden()


def test_files_are_read_here_and_do_not_leave(room, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    window = room.open("130003", lent(room))
    assert window.tabs.text.preview.pdf.pages() == 1 and not window.tabs.text.preview._open.isVisible()
    choose(room, window, 1, "任务分解表.docx")
    table = window.tabs.files.table
    preview = window.tabs.files.preview
    assert "请按时完成。" in preview.text.toPlainText() and not preview._open.isVisible()
    assert preview.text.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
    room.key(table, Qt.Key.Key_Return)
    choose(room, window, 2, "台账.dat")
    assert any("确需原件请联系共享人" in text for text in words(preview)) and not preview.outside.button.isVisible()
    preview.open_outside()
    for key in (Qt.Key.Key_E, Qt.Key.Key_P):
        room.key(window, key, Qt.KeyboardModifier.ControlModifier)
    assert opened == []


def test_words_cannot_be_copied_but_are_turned_by_keys(room, qtbot):
    window = room.open("130003", lent(room, files=(), body=BODY + "\n请落实。" * 80))
    text = window.tabs.text.text
    text.selectAll()
    text.copy() if text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse else None
    qtbot.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert text.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_PageDown)
    assert text.verticalScrollBar().value() > 0


def printer_into(tmp_path, name="printed.pdf") -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / name))
    return printer


@pytest.fixture
def paper_of(monkeypatch, tmp_path):
    """What went to the printer: the dialog answers at once, the pages are caught with their stamp."""
    sent = []
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["前台打印机"]))
    monkeypatch.setattr(printing_module.Printing, "_ask_printer", lambda self, data, what: self.send(data, printer_into(tmp_path), what))
    real = printing_module.print_pages
    monkeypatch.setattr(printing_module, "print_pages", lambda data, printer, stamp: sent.append((data[:5], stamp)) or real(data, printer, stamp))
    return sent


CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_a_guests_print_is_noted_and_stamped(room, paper_of):
    window = room.open("130003", lent(room))
    room.key(window, Qt.Key.Key_P, CTRL_SHIFT)
    [(kind, stamp)] = paper_of
    assert kind == b"%PDF-" and stamp.startswith("顾南星 130003 2026-11-16")
    assert prints(room.bureau) == [("130003", '{"what": "正文「来文.pdf」"}')]


def test_the_printed_pages_bear_the_readers_name_number_and_time(room, paper_of, tmp_path):
    window = room.open("130003", lent(room, files=(("来文.pdf", make_pdf("第一页\n" * 60), "original", "pdf", ""),)))
    room.key(window, Qt.Key.Key_P, CTRL_SHIFT)
    [(_kind, stamp)] = paper_of
    assert re.fullmatch(r"顾南星 130003 2026-11-16 \d\d:\d\d", stamp)
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == 3
    for page in printed:
        assert page.get_textpage().get_text_range().count(stamp) >= 5
    assert window.findChildren(Toast)[-1].accessibleName() == "正文「来文.pdf」已送打印机。"


def test_those_who_handled_it_print_without_a_stamp(room, paper_of, tmp_path):
    window = room.open("110001", lent(room))
    room.key(window, Qt.Key.Key_P, CTRL_SHIFT)
    assert paper_of == [(b"%PDF-", "")]
    assert "110001" not in pypdfium2.PdfDocument(tmp_path / "printed.pdf")[0].get_textpage().get_text_range()


def test_a_guest_takes_nothing_out_of_the_window(room, tmp_path):
    paper = lent(room)
    desk = room.bureau.desk("130003")
    with pytest.raises(Refused, match="共享"):
        exporting.export(desk, paper, tmp_path)
    with pytest.raises(Refused, match="共享"):
        exporting.sheet_pdf(desk, paper)
    assert list(tmp_path.glob("*/*.pdf")) == []


def test_each_kind_of_paper_is_printed_from_where_it_is_read(room, paper_of):
    picture = ("现场.png", sample_image(), "attachment", "image", "")
    window = room.open("110001", lent(room, files=(*FILES, picture)))
    for row, name in ((1, "任务分解表.docx"), (3, "现场.png")):
        choose(room, window, row, name)
        room.key(window, Qt.Key.Key_P, CTRL_SHIFT)
    window.tabs.tabs.setCurrentWidget(window.tabs.sheet)
    room.settle()
    room.press(window.tabs.sheet.print)
    room.key(window, Qt.Key.Key_P, CTRL_SHIFT)
    draft = room.open("110003", room.bureau.draft())
    room.key(draft, Qt.Key.Key_P, CTRL_SHIFT)
    assert paper_of == [(b"%PDF-", ""), (b"\x89PNG\r", ""), (b"%PDF-", ""), (b"%PDF-", ""), (b"%PDF-", "")]
    assert [detail for _login, detail in prints(room.bureau)] == [
        '{"what": "附件「任务分解表.docx」"}', '{"what": "附件「现场.png」"}', '{"what": "处理单"}', '{"what": "处理单"}', '{"what": "正文"}']


def test_where_there_is_nothing_to_print_it_is_said(room, paper_of):
    window = room.open("130003", lent(room))
    for tab in (window.tabs.sheet, window.tabs.related):
        window.tabs.tabs.setCurrentWidget(tab)
        room.key(window, Qt.Key.Key_P, CTRL_SHIFT)
        assert window.findChildren(Toast)[-1].accessibleName() == printing_module.NOTHING
    assert paper_of == [] and prints(room.bureau) == []


def test_nothing_is_printed_without_a_note(room, paper_of, monkeypatch):
    window = room.open("130003", lent(room))
    with transactions.unit(room.bureau.engine) as session:
        session.execute(update(Share).values(ended_at=room.bureau.now()))
    room.key(window, Qt.Key.Key_P, CTRL_SHIFT)
    assert paper_of == [] and prints(room.bureau) == []


def test_a_share_that_ends_closes_the_paper(room):
    paper = lent(room)
    window = room.open("130003", paper)
    desk = room.bureau.desk("110001")
    sharing.end(desk, viewing.show(desk, paper).shares[0].id)
    with pytest.raises(NotFound):
        viewing.show(room.bureau.desk("130003"), paper)
    room.jobs.announce({"document"})
    room.settle()
    room._qtbot.waitUntil(lambda: window.pages.currentWidget() is window.waiting)
    assert not window.tabs.isVisible()
