"""Before an import: choosing or dropping a sheet, every row with its outcome, filters, ticks, reading again, what is refused."""

import threading

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog

from oa_client.domain.roster import BAD, CHANGED, DISABLED, NEW, SAME
from oa_client.render.spreadsheet import read_spreadsheet
from oa_client.ui import errors
from oa_client.ui.roster import told
from oa_client.ui.roster.lines import AS_IT_IS, named
from oa_client.usecases import account_deeds, accounts, rosters
from tests.sheet_files import make_ods, make_xls
from tests.ui.entering import words_of
from tests.ui.roster_room import ADMIN, HEAD, MIXED, SYSTEM, dialog, marks, roster_room

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(small, jobs, qtbot, tmp_path):
    with roster_room(small, jobs, qtbot, tmp_path) as made:
        yield made


def drop(window, *files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    given = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    coming = QDragEnterEvent(QPoint(40, 40), *given)
    window.dragEnterEvent(coming)
    assert coming.isAccepted() and (window.start.isHidden() or window.start.property("active") == "true")
    window.dropEvent(QDropEvent(QPointF(40, 40), *given))
    assert window.start.property("active") != "true"


def sentence(window, line):
    return next(each.sentence for each in window.pane.lines if each.id == line)


def test_every_row_has_its_outcome_and_a_sentence_and_nothing_is_written(small, room):
    before = accounts.accounts(small.desk(ADMIN))
    window = room.preview(*MIXED)
    assert marks(window) == [NEW, CHANGED, DISABLED, SAME, BAD, BAD, NEW]
    assert all(line.sentence.endswith("。") for line in window.pane.lines)
    assert sentence(window, 5) == AS_IT_IS and sentence(window, 6) == "只能管理本单位的账号。" and "警号应为 4 至 8 位数字" in sentence(window, 7)
    assert window.pane.wrong.sentence.text() == "有 2 行不能导入：第 6、7 行。"
    assert window.pane.model.ticked == {2, 3, 4, 8}
    assert window.foot.will.text() == "将新建 2 个、修改 1 个、停用 1 个账号。" and window.foot.also.text().startswith("错误 2 行，不导入。")
    assert window.foot.verb.text() == "导入 4 行" and "工作表「名单」" in window.head.file.text()
    assert accounts.accounts(small.desk(ADMIN)) == before


def test_the_model_holds_what_qt_expects(room):
    window = room.open()
    tester = QAbstractItemModelTester(window.pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    window.load(room.sheet(*MIXED))
    room.settle()
    window.pane.show_only(BAD)
    window.pane.show_all()
    assert tester.model() is window.pane.model


@pytest.mark.parametrize(("name", "make"), [("名单.xls", make_xls), ("名单.ods", make_ods)])
def test_older_and_open_sheets_are_read(room, name, make):
    window, file = room.open(), room.folder / name
    file.write_bytes(make([HEAD, *MIXED]))
    window.load(file)
    room.settle()
    assert marks(window) == [NEW, CHANGED, DISABLED, SAME, BAD, BAD, NEW]


def test_a_sheet_is_chosen_in_the_dialog(room):
    window = room.open()
    room.sheet(*MIXED)
    room.press(window.start.choose)
    asked = dialog(QFileDialog)
    assert "*.xlsx *.xls *.ods" in asked.nameFilters()[0]
    asked.fileSelected.emit(str(room.folder / "名单.xlsx"))
    asked.reject()
    room.settle()
    assert len(marks(window)) == 7


def test_a_sheet_is_dropped(room):
    window = room.open()
    drop(window, room.sheet(*MIXED))
    room.settle()
    assert len(marks(window)) == 7


def test_two_sheets_at_once_are_refused(room):
    window = room.open()
    drop(window, room.sheet(*MIXED), room.sheet(*MIXED, name="另一份.xlsx"))
    room.settle()
    assert "一次只能导入一个表格" in words_of(window.note) and window.shown is None


def test_the_template_is_written_with_the_units_that_may_be_given(room, jobs):
    window, file = room.open(), room.folder / "模板.xlsx"
    window.template_to(file)
    room.settle()
    (sheet, _guide) = read_spreadsheet(file.read_bytes(), file.name, 50)
    assert sheet.rows[0][1][:3] == ("警号", "姓名", "单位") and not errors.shown()
    window.load(file)
    room.settle()
    assert "名单里没有账号" in words_of(window) and window.foot.leave.isVisible()


def test_chips_filter_by_outcome_and_ticks_stay(room):
    window = room.preview(*MIXED)
    window.pane.show_only(NEW)
    assert marks(window) == [NEW, NEW]
    window.foot.none.click()
    assert window.pane.model.ticked == {3, 4}
    room.press(window.pane.wrong.button)
    assert marks(window) == [BAD, BAD]
    window.foot.every.click()
    assert window.pane.model.ticked == {3, 4}
    window.pane.show_all()
    assert len(marks(window)) == 7 and window.foot.verb.text() == "导入 2 行" and "未勾选 2 行、错误 2 行" in window.foot.also.text()


def test_without_ticks_nothing_can_be_imported(room):
    window = room.preview(*MIXED)
    window.foot.none.click()
    assert not window.foot.verb.isEnabled() and window.foot.verb.toolTip() == "请先勾选要导入的行" and window.foot.will.text() == "还没有勾选要导入的行。"
    window.carry_out()
    assert not window.work.carrying


def test_a_press_on_the_box_and_the_space_bar_tick(room, qtbot):
    window = room.preview(*MIXED)
    table = window.pane.table
    spot = table.visualRect(window.pane.model.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert window.pane.model.ticked == {3, 4, 8}
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(window.pane.model.index(4, 0)).center())
    assert window.pane.model.ticked == {3, 4, 8}
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert window.pane.model.ticked == {2, 3, 4, 8}
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert window.pane.model.ticked == frozenset()


def test_reading_again_keeps_what_was_unticked_though_lines_move(room):
    window = room.preview(*MIXED)
    window.pane.model.tick([3, 8], False)
    room.sheet(("120079", "新来的", "", "民警"), MIXED[0], *MIXED[1:4], ("130003", "", "", "", "", "", "不变"), ("120080", "好号", "刑侦支队"), MIXED[6])
    room.press(window.head.again)
    assert marks(window) == [NEW, NEW, CHANGED, DISABLED, SAME, SAME, NEW, NEW]
    assert window.pane.model.ticked == {2, 3, 5, 8} and not window.pane.wrong.isVisible()


def test_another_sheet_begins_with_everything_ticked_and_at_the_top(room):
    window = room.preview(*MIXED)
    window.foot.none.click()
    window.pane.show_only(BAD)
    window.pane.table.select(7)
    window.load(room.sheet(*MIXED, name="另一份.xlsx"))
    room.settle()
    assert window.pane.model.ticked == {2, 3, 4, 8} and "另一份.xlsx" in window.head.file.text()
    assert len(marks(window)) == 7 and window.pane.table.selected_ids() == (2,) and "第 2 行" in words_of(window.pane.detail)


def test_reading_again_keeps_filter_and_place(room):
    window = room.preview(*MIXED)
    window.pane.show_only(BAD)
    window.pane.table.select(7)
    room.settle()
    room.press(window.head.again)
    assert marks(window) == [BAD, BAD] and window.pane.table.selected_ids() == (7,) and "第 7 行" in words_of(window.pane.detail)


@pytest.mark.parametrize(("name", "data", "words"), [
    ("名单.pdf", b"%PDF-1.7", "只能导入 .xlsx、.xls、.ods 表格"), ("空.xlsx", b"", "是空的"), ("照片.xlsx", b"\x89PNG", "不是电子表格"), ("不在.xlsx", None, "读不出来")])
def test_what_is_no_sheet_is_told_in_a_sentence(room, name, data, words):
    window, file = room.open(), room.folder / name
    if data is not None:
        file.write_bytes(data)
    window.load(file)
    room.settle()
    assert words in words_of(window.note) and window.start.isVisible() and not errors.shown()


def test_a_sheet_without_headings_says_what_is_missing_and_can_be_read_once_more(room):
    window = room.preview(("1", "2"), head=("电话", "地址"))
    assert "没有找到表头" in words_of(window.note) and "先下载模板" in words_of(window.note)
    room.sheet(*MIXED)
    room.press(window.note.button)
    assert len(marks(window)) == 7 and not window.note.isVisible()


def test_a_sheet_that_cannot_be_read_again_leaves_the_last_one(room):
    window = room.preview(*MIXED)
    (room.folder / "名单.xlsx").unlink()
    room.press(window.head.again)
    assert "读不出来" in words_of(window.note) and len(marks(window)) == 7 and window.foot.verb.isEnabled()


def test_the_first_reading_is_cancelled(room, monkeypatch, qtbot):
    window, go = room.open(), threading.Event()
    real = rosters.open_roster
    monkeypatch.setattr(rosters, "open_roster", lambda *given: go.wait(10) and real(*given))
    window.load(room.sheet(*MIXED))
    qtbot.waitUntil(window.reading.isVisible)
    assert "正在读取「名单.xlsx」" in words_of(window.reading) and window.reading.cancel.hasFocus()
    qtbot.keyClick(window.reading.cancel, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.start.isVisible)
    go.set()
    room.settle()
    assert window.shown is None and window.isVisible() and window.start.isVisible()


def test_reading_again_is_cancelled_and_the_last_one_stays(room, monkeypatch, qtbot):
    window, go = room.preview(*MIXED), threading.Event()
    window.pane.model.tick([2], False)
    monkeypatch.setattr(rosters, "open_roster", lambda *given: go.wait(10))
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(window.foot.stop.isVisible)
    assert not window.head.again.isEnabled()
    window.pane.model.tick([3], False)
    window.foot.stop.click()
    go.set()
    room.settle()
    assert window.pane.model.ticked == {3, 4, 8} and window.foot.verb.isEnabled() and window.head.again.isEnabled()


def test_headings_that_mean_nothing_are_named(room):
    window = room.preview(("120077", "贺新凉", "备注一", "139"), head=("警号", "姓名", "备注", "手机"))
    assert window.pane.said.text() == "共 1 行　未识别的列：备注、手机"


def test_the_row_that_is_selected_is_shown_in_full(room):
    window = room.preview(*MIXED)
    window.pane.table.select(3)
    room.settle()
    words = words_of(window.pane.detail)
    assert "第 3 行　120003　程以恒　刑侦支队" in words and "职务：民警 → 教导员。" in words and "职务 教导员" in words
    window.pane.show_only(BAD)
    room.settle()
    assert "第 6 行" in words_of(window.pane.detail)


def test_a_system_administrator_is_told_that_an_appointment_is_asked_for(room):
    window = room.preview(("130009", "新管理", "交警支队", "民警", "单位管理员"), login=SYSTEM)
    assert window.foot.will.text() == "将新建 1 个账号，申请任命单位管理员 1 名。"


def test_who_lost_the_right_meanwhile_is_told_so(small, room, monkeypatch):
    window = room.open("120003")
    window.load(room.sheet(*MIXED))
    room.settle()
    assert "导入账号由单位管理员和系统管理员办理。" in words_of(window.note)


def test_what_was_changed_meanwhile_is_judged_anew(small, room):
    window = room.preview(("120003", "程以恒", "", "教导员"))
    row = accounts.by_login(small.desk(ADMIN), "120003")
    account_deeds.edit(small.desk(ADMIN), row.id, account_deeds.AccountForm("120003", row.name, row.unit_id, "教导员"), row.version)
    room.press(window.head.again)
    assert marks(window) == [SAME] and window.foot.leave.isVisible() and window.foot.over.text() == "没有需要办理的行。"


def test_long_lists_of_rows_end_in_a_word(room):
    window = room.preview(*[(f"9{at:02}x", "坏号", "刑侦支队") for at in range(12)])
    assert window.pane.wrong.sentence.text() == "有 12 行不能导入：第 2、3、4、5、6、7、8、9、10、11 等行。"
    assert named([line.row for line in window.pane.lines][:2]) == "第 2、3 行" and window.foot.over.text() == "没有可以导入的行。"
    assert told.about(window.shown) == "共 12 行"


def test_everything_can_be_reached_by_keys_in_the_order_of_reading(room, qtbot):
    window = room.preview(*MIXED)
    order, at = [], window.head.again
    for _ in range(120):
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible() and at.isEnabled() and at not in order:
            order.append(at)
        at = at.nextInFocusChain()
    chips = list(window.pane.chips._chips.values())
    wanted = [window.head.again, window.head.other, window.pane.wrong.button, *chips, window.pane.table, window.foot.every, window.foot.none, window.foot.verb]
    assert [each for each in order if each in wanted] == wanted
    assert all(each.accessibleName() or each.text() for each in wanted)


def test_keys_read_import_and_close(small, room, qtbot):
    window = room.preview(MIXED[1])
    qtbot.keyClick(window, Qt.Key.Key_F5)
    room.settle(150)
    assert window.pane.table.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    room.settle(150)  # a shortcut shows its button pressed for a tenth of a second
    assert accounts.by_login(small.desk(ADMIN), "120003").post == "教导员"
    qtbot.keyClick(window.pane.table, Qt.Key.Key_Escape)
    assert not window.isVisible()
    room.windows.clear()


def test_boxes_have_words_for_those_who_cannot_see_them(room):
    window = room.preview(*MIXED)
    said = [window.pane.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 4)]
    assert said == ["第 2 行，已勾选", "第 6 行，不能勾选"]
