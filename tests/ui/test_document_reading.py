"""The document window, reading: head, tabs, handling sheet, history, and how it fits the screen."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QLabel, QPushButton

from oa_client.render.plain_files import make_docx, make_pdf
from oa_client.ui import errors, theme
from oa_client.ui.document.paper_print import print_pages
from oa_client.usecases.papers import NewFile
from tests.ui.document_room import Room, chips

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TITLE = "江北省公安厅关于进一步加强和改进冬季社会治安防控工作切实维护社会大局持续稳定的通知"
BODY = "各市公安局：\n一、提高认识\n（一）压实责任。各单位要认真落实。\n江北省公安厅\n2026年11月10日"


@pytest.fixture
def room(small, jobs, qtbot):
    made = Room(small, jobs, qtbot)
    yield made
    made.close()


def paper_with_files(room, **changes):
    docx = "任务分解表\n请按时完成。"
    files = (NewFile("来文.pdf", make_pdf(BODY), "original", "pdf", 1, BODY), NewFile("任务分解表.docx", make_docx(docx), "attachment", "docx", None, docx),
             NewFile("台账.dat", b"\x00\x01", "attachment", "other", None, ""))
    return room.bureau.register(**{"title": TITLE, "body": "", "urgency": "特急", "due_on": date(2026, 11, 18), "files": files, **changes})


def words(widget):
    return [found.text() for found in widget.findChildren(QLabel) if not found.isHidden() and found.text()]


def test_the_head_says_what_where_and_how_long(room):
    window = room.open("110001", paper_with_files(room))
    assert window.windowTitle() == window.header.title.text() == TITLE
    assert window.header.number.text() == "江公通〔2026〕31号"
    assert chips(window) == ("特急", "初审：市局收发员", "剩 2 个工作日")
    assert "2026年11月18日" in window.header.due.toolTip()
    draft = room.open("110003", room.bureau.draft())
    assert draft.header.number.text() == "未编号"
    assert chips(draft) == ("拟稿：许文谦", "主动公开")


def test_the_original_is_shown_in_place(room):
    window = room.open("110001", paper_with_files(room))
    assert window.tabs.text.preview.pdf.pages() == 1
    assert window.tabs.text.switch.isHidden()
    window.tabs.tabs.setCurrentWidget(window.tabs.files)
    room.settle()
    assert window.tabs.tabs.tabText(1) == "附件（3）"
    assert [row.name for row in window.tabs.files.model.rows()] == ["来文.pdf", "任务分解表.docx", "台账.dat"]
    window.tabs.files.table.selectRow(1)
    room.settle()
    assert "请按时完成。" in window.tabs.files.preview.text.toPlainText()
    window.tabs.files.table.selectRow(2)
    room.settle()
    assert window.tabs.files.preview.stack.currentWidget() is window.tabs.files.preview.outside


def test_enter_opens_a_file_outside(room, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.fileName()) or True)
    window = room.open("110001", paper_with_files(room))
    window.tabs.tabs.setCurrentWidget(window.tabs.files)
    room.settle()
    window.tabs.files.table.selectRow(1)
    room.key(window.tabs.files.table, Qt.Key.Key_Return)
    assert opened == ["任务分解表.docx"]


def test_a_draft_is_shown_in_words_and_in_its_layout(room):
    window = room.open("110003", room.bureau.draft(body="各单位：\n一、提高认识\n请认真落实。"))
    assert window.tabs.text.text.toPlainText().splitlines() == ["云岚市公安局关于加强冬季交通安全管理的通知", "各单位：", "一、提高认识", "请认真落实。"]
    room.press(window.tabs.text.layout_view)
    assert window.tabs.text.stack.currentWidget() is window.tabs.text.pages
    assert window.tabs.text.pages.pages() >= 1
    room.press(window.tabs.text.words_view)
    assert window.tabs.text.stack.currentWidget() is window.tabs.text.text


def test_the_handling_sheet_is_the_paper_form(room):
    paper = paper_with_files(room)
    room.bureau.act("110001", paper, "to_propose", "经初审，符合规定。")
    window = room.open("110003", paper)
    window.tabs.tabs.setCurrentWidget(window.tabs.sheet)
    lines = window.tabs.sheet.paper.toPlainText().splitlines()
    assert lines[:2] == ["云岚市公安局", "收　文　处　理　单"]
    assert TITLE in lines
    at = lines.index("经初审，符合规定。")
    assert lines[at - 1] == "初审意见"
    assert lines[at + 1].startswith("苏明禾　办公室 收发员　2026-11-16")
    assert "领导批示" in lines


def test_the_sheet_opens_and_prints(room, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    window = room.open("110001", room.bureau.register())
    room.key(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    data = Path(opened[0]).read_bytes()
    assert data.startswith(b"%PDF-")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert print_pages(data, printer) == 1
    assert (tmp_path / "printed.pdf").stat().st_size > 10_000
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    room.press(window.tabs.sheet.print) if window.tabs.sheet.print.isVisible() else window.printing.print_sheet()
    assert [dialog.windowTitle() for dialog in errors.shown()] == ["未能完成"]


def test_export_writes_the_whole_and_says_where(room, tmp_path):
    paper = paper_with_files(room)
    window = room.open("110001", paper)
    window.taking_out.export_to(tmp_path)
    room.settle()
    folder = next(path for path in tmp_path.iterdir() if path.is_dir() and TITLE[:10] in path.name)
    assert (folder / "公文处理单.pdf").read_bytes().startswith(b"%PDF-")
    assert "导出全件" in window.timeline.text(), "the taking out is on record"


def test_history_has_every_opinion_whole_and_ends_with_who_is_waited_for(room):
    paper = paper_with_files(room)
    long = "拟请刑侦支队牵头，交警支队配合，" * 12 + "妥否，请批示。"
    room.bureau.act("110001", paper, "to_propose")
    room.bureau.act("110003", paper, "to_leader", long, picks={"leader": (room.bureau.person("100101"),)})
    window = room.open("110001", paper)
    items = window.timeline.items
    assert items[0].words.name == "苏明禾"
    assert items[-2].words.opinion == long
    assert items[-2].heightForWidth(300) > items[-2].heightForWidth(600), "the words wrap and are never cut"
    assert items[-1].words.spoken().startswith("等待：江承岳，批示，今天")
    assert items[-1].words.spoken().endswith("未打开")
    bar = window.timeline._area.verticalScrollBar()
    assert bar.value() == bar.maximum()


def test_relations_link_urge_and_show_receipts(room, answer):
    paper = room.bureau.draft()
    for login, action, more in (("110003", "submit", {"fields": {"explain": "已核实。"}}), ("110003", "to_sign", {"picks": {"signer": (room.bureau.person("100101"),)}}),
                                ("100101", "sign", {}), ("110003", "pass", {}), ("110001", "number", {"fields": {"code": "云公发", "copies": "5"}}),
                                ("110001", "distribute", {})):
        room.bureau.act(login, paper, action, **more)
    copy = paper + 1
    room.bureau.act("120002", copy, "sign")
    window = room.open("110001", paper)
    window.tabs.tabs.setCurrentWidget(window.tabs.related)
    shown = words(window.tabs.related)
    assert "签收情况（已签收 1 个，共 2 个）" in shown
    assert any(text.startswith("白沐阳 11月16日") for text in shown)
    assert "未签收" in shown
    answer("催办", lambda dialog: dialog.findChild(type(window.bar.work.left.box)).set_text("请今日归档。"))
    urge = next(button for button in window.tabs.related.findChildren(QPushButton) if button.text() == "催办")
    room.press(urge)
    assert "请今日归档。" in window.timeline.text()

    receiver = room.open("120002", copy)
    receiver.tabs.tabs.setCurrentWidget(receiver.tabs.related)
    assert "来自发文" not in words(receiver.tabs.related), "the sender's paper is not theirs to read"


def test_a_link_opens_the_other_paper(room):
    first = room.bureau.register()
    room.bureau.register(repeat_known=True, title="同号来文")
    office = room.office("110001")
    window = room.open("110001", first, office)
    window.tabs.tabs.setCurrentWidget(window.tabs.related)
    room.press(next(button for button in window.tabs.related.findChildren(QPushButton) if button.text() == "同号来文"))
    assert [opened.windowTitle() for opened in office.windows()] == ["关于开展冬季治安防控工作的通知", "同号来文"]


def test_what_may_not_be_seen_is_said_in_a_sentence(room):
    paper = room.bureau.register()
    window = room.open("120003", paper)
    assert window.pages.currentWidget() is window.waiting
    assert "不在知悉范围内" in window.waiting._sentence.text()
    assert not window.bar.isVisible()


def test_keys(room, qtbot):
    paper = room.bureau.register()
    office = room.office("110001")
    window = room.open("110001", paper, office)
    room.bureau.act("110002", paper, "to_propose")
    room.key(window, Qt.Key.Key_F5)
    assert "拟办：市局核稿人" in chips(window)
    other = room.open("110003", paper)
    room.key(other, Qt.Key.Key_F9)
    assert other.bar.folded()
    qtbot.keyClick(other, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not other.bar.folded(), "a folded panel is shown before it acts"
    window.resize(780, 700)
    room.key(window, Qt.Key.Key_Escape)
    assert not office.windows()
    again = room.open("110001", paper)
    assert (again.width(), again.height()) == (780, 700)


@pytest.mark.parametrize("size", ["normal", "large", "xlarge"])
def test_it_fits_a_small_screen_with_everything_in_view(room, styled, size):
    theme.apply(styled, "light", size)
    paper = paper_with_files(room)
    room.bureau.act("110001", paper, "to_propose")
    window = room.open("110003", paper)
    work = window.bar.work
    work.choose("to_read")
    many = [room.bureau.person(login) for login in ("100101", "100102", "110001", "110005", "120001", "120003", "130001", "130003")]
    work.forms["to_read"].field("readers").set_chosen([*many, room.bureau.unit("criminal"), room.bureau.unit("traffic")])
    work.left.box.set_text("请有关同志阅知。\n" * 9)
    window.resize(1366, 728)
    room.settle()
    assert (window.width(), window.height()) == (1366, 728)
    corner = work.buttons.primary.mapTo(window, work.buttons.primary.rect().bottomRight())
    assert window.rect().contains(corner)
    assert work.buttons.primary.visibleRegion().boundingRect().size() == work.buttons.primary.size()
    assert window.tabs.height() >= 8 * theme.tokens().font
    assert work.sentence.height() >= work.sentence.heightForWidth(work.sentence.width())
