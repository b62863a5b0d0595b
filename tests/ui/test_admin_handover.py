"""Handing over: what lies with an account is shown first, in words what will happen, and afterwards what stayed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from oa_client.ui.pages.accounts_page import AccountsPage
from oa_client.ui.pages.handover_dialog import HandoverDialog
from oa_client.ui.pages.handover_words import UNSHOWN
from oa_client.ui.pages.settings_page import SettingsPage
from oa_client.usecases import handing_over, lists
from tests.ui.entering import words_of
from tests.ui.pages_room import room_of
from tests.usecases.test_handing_over import laden

ADMIN, LEAVER, HEIR = "120009", "120003", "120004"


@pytest.fixture
def room(small, jobs, qtbot):
    with room_of(small, jobs, qtbot) as made:
        yield made


def open_for(room, login) -> HandoverDialog:
    page = room.show(ADMIN, AccountsPage)
    page.list.table.select(next(row.id for row in page.list.model.rows() if row.login == login))
    room.settle()
    room.press(page.deeds.hand)
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, HandoverDialog)
    return shown


def open_own(room, login) -> HandoverDialog:
    page = room.show(login, SettingsPage)
    room.press(page.hand_over)
    return QApplication.activeModalWidget()


def choose(small, room, shown, login):
    shown.picker.set_chosen([small.person(login)])
    room.settle()


def cells(shown, key):
    at = [item.key for item in shown.model.columns].index(key)
    return [shown.model.index(row, at).data() for row in range(shown.model.rowCount())]


def test_an_administrator_sees_kinds_and_times_but_no_titles_and_hands_everything_over(small, room):
    laden(small)
    shown = open_for(room, LEAVER)
    assert cells(shown, "kind") == ["待办", "待阅", "文稿", "委托", "借阅"]
    assert cells(shown, "title") == [UNSHOWN, UNSHOWN, UNSHOWN, "受 白沐阳 委托代办", UNSHOWN]
    assert "程以恒名下有待办 1 件、待阅 1 件、文稿 1 件、委托 1 项、借阅 1 项。请选择接办人。" in words_of(shown)
    assert not shown.verb.isEnabled() and set(cells(shown, "after")) == {""}
    choose(small, room, shown, HEIR)
    assert shown.verb.text() == "移交给 沈嘉木" and set(cells(shown, "after")) == {"交给 沈嘉木"}
    assert "交给 沈嘉木；一次完成，记入留痕。" in words_of(shown)
    room.press(shown.verb)
    room.settle(250)
    assert "已移交给 沈嘉木：待办、待阅 2 件，文稿 1 件，委托 1 项，借阅 1 项。" in words_of(shown)
    assert "已经全部移交" in words_of(shown) and not shown.verb.isVisible() and shown.back.text() == "关闭"
    assert lists.counts(small.desk(HEIR))["todo"] == 2
    assert handing_over.matters(small.desk(ADMIN), small.desk(LEAVER).actor.id) == ()


def test_the_own_matters_are_handed_over_with_titles_and_what_does_not_fit_stays(small, room):
    paper = small.register()
    small.act("110001", paper, "to_propose")
    small.act("110003", paper, "to_leader", "请批示。", picks={"leader": (small.person("100102"),)})
    shown = open_own(room, "100102")
    assert cells(shown, "title") == ["关于开展冬季治安防控工作的通知"] and "移交本人名下的事项" in words_of(shown)
    choose(small, room, shown, LEAVER)
    assert cells(shown, "after") == ["留下，须领导接办"] and not shown.verb.isEnabled()
    assert "没有一件能由 程以恒 接办" in words_of(shown)
    choose(small, room, shown, "130001")
    assert cells(shown, "after") == ["留下，须领导接办"], "a leader of another organ does not fit either"
    choose(small, room, shown, "100101")
    assert cells(shown, "after") == ["交给 江承岳"]
    room.press(shown.verb)
    room.settle(250)
    assert "已移交给 江承岳：待办、待阅 1 件。" in words_of(shown)


def test_what_stays_is_shown_with_the_reason_and_can_go_to_another(small, room):
    paper = small.register()
    small.act("110001", paper, "to_read", picks={"readers": (small.person(LEAVER), small.person(HEIR))})
    shown = open_for(room, LEAVER)
    choose(small, room, shown, HEIR)
    assert cells(shown, "after") == ["留下，沈嘉木已在办"]
    assert not shown.verb.isEnabled()
    assert "没有一件能由 沈嘉木 接办，请另选接办人。" in words_of(shown)
    shown.picker.clear()
    choose(small, room, shown, "120002")
    room.press(shown.verb)
    room.settle(250)
    assert "已移交给 白沐阳：待办、待阅 1 件。" in words_of(shown)


def test_successors_are_no_administrators_and_the_own_unit_comes_first(small, room):
    laden(small)
    shown = open_for(room, LEAVER)
    offered = [pick.name for pick in shown.picker.matches("")]
    assert not {"管系统", "管系二", "安全之", "审计然", "程以恒", "乔书言"} & set(offered)
    assert set(offered[:3]) == {"韩立川", "白沐阳", "沈嘉木"}


def test_who_cannot_take_everything_says_so_in_the_list(small, room):
    paper = small.register()
    small.act("110001", paper, "to_propose")
    small.act("110003", paper, "to_leader", "请批示。", picks={"leader": (small.person("100102"),)})
    shown = open_own(room, "100102")
    notes = {pick.name: pick.note for pick in shown.picker.matches("")}
    assert notes["江承岳"] == "" and notes["程以恒"] == "1 件不能接办"


def test_with_nothing_to_hand_over_there_is_nothing_to_press(room):
    shown = open_for(room, HEIR)
    assert "名下没有未了的事项，不用移交。" in words_of(shown)
    assert not shown.verb.isVisible() and not shown.picker.isVisible() and shown.back.text() == "关闭"


def test_it_is_done_by_keyboard(small, room, qtbot):
    laden(small)
    shown = open_for(room, LEAVER)
    assert shown.picker.input.hasFocus() or not shown.isActiveWindow()
    qtbot.keyClicks(shown.picker.input, "sjm")
    room.key(shown.picker.input, Qt.Key.Key_Return)
    assert shown.picker.chosen() == (small.person(HEIR),)
    room.key(shown.verb, Qt.Key.Key_Space)
    room.settle(250)
    assert lists.counts(small.desk(HEIR))["todo"] == 2
    room.key(shown, Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_guardians_have_nothing_to_hand_over(room):
    assert not hasattr(room.show("100901", SettingsPage), "hand_over")
