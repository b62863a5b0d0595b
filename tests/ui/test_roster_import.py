"""The import itself: progress and stop, what was done, failed and left, the one-time passwords, and closing only when they are kept."""

import stat
import threading

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QPushButton

from oa_client.domain.errors import Unavailable
from oa_client.domain.roster import BAD, NEW, SAME
from oa_client.render.spreadsheet import read_spreadsheet
from oa_client.ui import errors, fonts, theme
from oa_client.ui.document.paper_print import print_pages
from oa_client.ui.roster import slip_print
from oa_client.ui.roster.leaving import LeaveUnsaved
from oa_client.ui.roster.lines import DONE, FAILED, LEFT, UNTICKED
from oa_client.ui.roster.slips_pane import NOT_SAVED
from oa_client.ui.widgets.toast import Toast
from oa_client.usecases import account_deeds, accounts, roster_files, rosters, signing_in
from tests.ui.entering import press, words_of
from tests.ui.roster_room import ADMIN, MIXED, dialog, marks, roster_room

TWO = (MIXED[0], ("120078", "祝余", "刑侦支队", "民警"))


@pytest.fixture
def room(small, jobs, qtbot, tmp_path):
    with roster_room(small, jobs, qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def gate(monkeypatch):
    """The making of accounts waits until it is let go, one `release` for each."""
    lock, real = threading.Semaphore(0), account_deeds.create
    monkeypatch.setattr(account_deeds, "create", lambda *given: lock.acquire(timeout=10) and real(*given))
    return lock


def row(small, login):
    return accounts.by_login(small.desk(ADMIN), login)


def stale(small):
    """Somebody else changes an account that the sheet is about."""
    officer = row(small, "120003")
    account_deeds.edit(small.desk(ADMIN), officer.id, account_deeds.AccountForm("120003", officer.name, officer.unit_id, "副教导员"), officer.version)


def test_good_rows_are_carried_out_and_each_says_what_came_of_it(small, room):
    window = room.preview(*MIXED)
    window.pane.model.tick([8], False)
    stale(small)
    room.press(window.foot.verb)
    assert marks(window) == [DONE, FAILED, DONE, SAME, BAD, BAD, UNTICKED]
    assert window.note.sentence.text() == "办成 2 行，未成功 1 行，新账号 1 个。"
    assert window.note.hint.text() == "未成功的是第 3 行，原因见「说明」。办成的已经写入，不受影响。"
    assert window.pane.lines[1].sentence.startswith("这个账号刚被别人改过") and "刚被别人改过" in words_of(window.pane.detail)
    assert not row(small, "120004").active and row(small, "120077").roles == ("收发员",) and row(small, "120003").post == "副教导员"
    assert window.pane.table.isColumnHidden(0) and window.foot.leave.isVisible() and not window.foot.verb.isVisible()
    room.press(window.note.button)
    assert marks(window) == [FAILED]


def test_after_mending_the_rest_is_imported_and_what_was_unticked_stays_so(small, room):
    window = room.preview(*MIXED)
    window.pane.model.tick([8], False)
    stale(small)
    room.press(window.foot.verb)
    room.press(window.head.again)
    assert marks(window) == [SAME, "修改", SAME, SAME, BAD, BAD, NEW] and window.pane.model.ticked == {3}
    assert not window.note.isVisible() and not window.pane.table.isColumnHidden(0)
    room.press(window.foot.verb)
    assert row(small, "120003").post == "教导员" and window.note.sentence.text() == "办成 1 行。" and window.note.property("banner") == "ontime"
    assert len(window.slips.slips) == 1


def test_progress_names_the_row_and_ticks_rest_meanwhile(room, qtbot, gate):
    window = room.preview(*TWO)
    window.carry_out()
    qtbot.waitUntil(lambda: window.foot.doing.text() == "新建：120077 贺新凉（0/2）")
    assert window.foot.stop.hasFocus() and not window.head.again.isEnabled() and not window.head.other.isEnabled()
    window.pane.table.selectAll()
    qtbot.keyClick(window.pane.table, Qt.Key.Key_Space)
    window.load(room.folder / "名单.xlsx")
    assert window.pane.model.ticked == {2, 3} and window.work.carrying
    gate.release()
    qtbot.waitUntil(lambda: window.foot.doing.text() == "新建：120078 祝余（1/2）")
    assert (window.foot.bar.value(), window.foot.bar.maximum()) == (1, 2)
    gate.release()
    room.settle()
    assert marks(window) == [DONE, DONE]


def test_stopping_keeps_what_was_done_and_its_password(small, room, qtbot, gate):
    window = room.preview(*TWO)
    window.carry_out()
    qtbot.waitUntil(lambda: "（0/2）" in window.foot.doing.text())
    room._qtbot.mouseClick(window.foot.stop, Qt.MouseButton.LeftButton)
    assert window.foot.doing.text().startswith("办完手上这一行就停") and not window.foot.stop.isEnabled()
    gate.release(2)
    room.settle()
    assert marks(window) == [DONE, LEFT] and window.note.sentence.text() == "办成 1 行，未办理 1 行，新账号 1 个。"
    assert window.note.hint.text() == "第 3 行起的 1 行没有写入，按「重新读取」可以接着导入。"
    assert [slip.issued.login for slip in window.slips.slips] == ["120077"]
    assert [each.login for each in accounts.accounts(small.desk(ADMIN)) if each.login in ("120077", "120078")] == ["120077"]


def test_a_stop_before_the_first_row_goes_back_to_the_preview(room, jobs, qtbot):
    go = threading.Event()
    window = room.preview(*TWO)
    jobs.write(None, go.wait, 10)
    window.carry_out()
    window.foot.stop.click()
    go.set()
    room.settle()
    assert marks(window) == [NEW, NEW] and window.foot.verb.isVisible() and window.pane.model.ticked == {2, 3} and not window.work.carrying


def test_a_failure_before_the_first_row_is_told_and_nothing_is_lost(room, monkeypatch):
    def broken(_desk):
        raise Unavailable("与数据库的连接中断。", "请稍后再试。")

    window = room.preview(*TWO)
    monkeypatch.setattr(rosters, "places", broken)
    room.press(window.foot.verb)
    assert "与数据库的连接中断。" in words_of(window.note) and window.foot.verb.isEnabled() and window.pane.model.ticked == {2, 3}


def test_the_window_stays_while_rows_are_carried_out(room, qtbot, gate):
    window = room.preview(*TWO)
    window.carry_out()
    qtbot.waitUntil(lambda: "（0/2）" in window.foot.doing.text())
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.isVisible() and "正在导入账号" in words_of(window.findChild(Toast)) and not room.offices[0].close_windows()
    gate.release(2)
    room.settle()
    assert len(window.slips.slips) == 2


def test_the_passwords_are_those_that_let_the_officers_in(small, room):
    window = room.imported(*TWO)
    assert window.slips.isVisible() and "新账号的一次性密码（2 个）" in words_of(window.slips) and NOT_SAVED in words_of(window.slips)
    for slip in window.slips.slips:
        assert signing_in.sign_in(small.engine, slip.issued.login, slip.issued.password).actor.must_change
    assert window.slips.save.hasFocus()


@pytest.mark.parametrize("size", ["normal", "xlarge"])
def test_no_password_is_cut_off(room, styled, size):
    theme.apply(styled, "light", size)
    window = room.imported(*TWO)
    table, last = window.slips.table, len(window.slips.model.columns) - 1
    metrics, room_for = QFontMetrics(fonts.ui_font(theme.tokens().font)), table.columnWidth(last) - 2 * theme.tokens().space[1]
    assert max(metrics.horizontalAdvance(slip.issued.password) for slip in window.slips.slips) <= room_for
    assert table.horizontalScrollBar().maximum() == 0 and window.minimumSizeHint().width() <= 1366 and window.minimumSizeHint().height() <= 720


def test_rows_without_new_accounts_have_no_passwords(room):
    window = room.imported(MIXED[1])
    assert not window.slips.isVisible() and window.slips.safe
    assert window.close()
    room.windows.clear()


def test_the_passwords_are_saved_for_the_administrator_alone(room):
    window, file = room.imported(*TWO), room.folder / "密码.xlsx"
    window.slips.save_to(file)
    room.settle()
    (sheet,) = read_spreadsheet(file.read_bytes(), file.name, 9)
    saved = [cells for _line, cells in sheet.rows if cells[0] in ("120077", "120078")]
    assert [(cells[0], cells[3]) for cells in saved] == [(slip.issued.login, slip.issued.password) for slip in window.slips.slips]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert window.slips.safe and "已存为文件" in words_of(window.slips) and "发完后请销毁" in words_of(window.findChild(Toast))
    assert window.close()
    room.windows.clear()


def test_a_file_that_cannot_be_written_leaves_them_unsaved(room):
    window = room.imported(*TWO)
    window.slips.save_to(room.folder / "没有" / "密码.xlsx")
    room.settle()
    assert "写不进去" in words_of(errors.shown()[0]) and not window.slips.safe


def test_a_file_written_before_the_last_import_is_not_enough(room, monkeypatch, qtbot):
    window, go, real = room.imported(TWO[0]), threading.Event(), roster_files.write_passwords
    monkeypatch.setattr(roster_files, "write_passwords", lambda *given: go.wait(10) and real(*given))
    window.slips.save_to(room.folder / "密码.xlsx")
    window.slips.add(window.slips.slips)
    go.set()
    room.settle()
    assert not window.slips.safe and NOT_SAVED in words_of(window.slips)


def test_copying_puts_them_on_the_clipboard_but_is_no_saving(room, qtbot):
    window = room.imported(*TWO)
    room.press(window.slips.copy)
    first = window.slips.slips[0].issued
    assert QApplication.clipboard().text().splitlines()[:2] == ["警号\t姓名\t单位\t一次性密码", f"120077\t贺新凉\t刑侦支队\t{first.password}"]
    assert not window.slips.safe and "已复制，还没有保存" in words_of(window.slips)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert "2 个一次性密码只复制过，还没有存为文件或打印，要关闭吗？" in words_of(dialog(LeaveUnsaved))
    dialog(LeaveUnsaved).reject()


def test_the_passwords_are_printed_a_strip_for_each(room, monkeypatch):
    window, file, sent = room.imported(*TWO), room.folder / "条.pdf", []
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["前台打印机"]))

    def onto_file(data, printer):
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        sent.append(data)
        return print_pages(data, printer)

    monkeypatch.setattr(slip_print, "print_pages", onto_file)
    room.press(window.slips.print)
    room.settle()
    asked = dialog(QPrintDialog)
    assert not window.slips.safe
    asked.accept()
    room.settle()
    words = pypdfium2.PdfDocument(sent[0])[0].get_textpage().get_text_range()
    assert all(slip.issued.password in words and slip.issued.name in words for slip in window.slips.slips) and slip_print.FIRST.split("；")[0] in words
    assert file.read_bytes().startswith(b"%PDF") and window.slips.safe and "已打印" in words_of(window.slips)


def test_without_a_printer_the_way_left_is_told(room, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: []))
    window = room.imported(*TWO)
    room.press(window.slips.print)
    told = words_of(errors.shown()[0])
    assert "本机没有安装打印机。" in told and "一次性密码仍在窗口里，可以存为文件。" in told and not window.slips.safe


def test_the_window_does_not_close_silently_over_passwords(room, qtbot):
    window = room.imported(*TWO)
    assert not window.close() and window.isVisible()
    asked = dialog(LeaveUnsaved)
    assert "2 个一次性密码还没有保存，要关闭吗？" in words_of(asked) and asked.back.isDefault()
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert window.isVisible() and window.slips.save.hasFocus()
    assert not room.offices[0].close_windows()
    press(dialog(LeaveUnsaved), "不保存，关闭")
    assert not window.isVisible()
    room.windows.clear()


def test_passwords_of_two_imports_are_kept_together(room):
    window = room.imported(TWO[0])
    window.slips.save_to(room.folder / "密码.xlsx")
    room.settle()
    window.load(room.sheet(TWO[1], name="第二份.xlsx"))
    room.settle()
    room.press(window.foot.verb)
    assert [slip.issued.login for slip in window.slips.slips] == ["120077", "120078"] and not window.slips.safe


def test_every_button_has_words_and_the_keys_are_told(room):
    window = room.imported(*TWO)
    shown = [each for each in window.findChildren(QPushButton) if each.isVisible()]
    assert all(each.text() for each in shown)
    for each in (window.slips.save, window.slips.print, window.slips.copy, window.head.again, window.head.other):
        assert each.shortcut().toString() in each.toolTip()
