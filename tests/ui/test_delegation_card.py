"""委托代办 in the settings: said before it is done, told under the field, ended by its giver; the taker sees it too."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from oa_client.domain.errors import Unavailable
from oa_client.ui.pages.delegation_card import NONE, DelegationCard, span
from oa_client.ui.widgets.chip import Chip
from oa_client.usecases import delegating, lists
from tests.ui import pages_room
from tests.usecases.test_delegating import give, to_instruct


@pytest.fixture
def room(small, jobs, qtbot):
    with pages_room.room_of(small, jobs, qtbot) as made:
        yield made


def card(room, login="100102"):
    made = room.show(login, DelegationCard)
    room.settle(100)
    return made


def words(made):
    return [each.text() for each in made.findChildren(QLabel) if each.isVisible() and each.text() and not isinstance(each, Chip)]


def chips(made):
    return [each.text() for each in made.findChildren(Chip) if each.isVisible()]


def button(made, words):
    return next((each for each in made.findChildren(QPushButton) if each.text() == words and each.isVisible()), None)


def choose(qtbot, made, name):
    field = made.form.field("to_id").input
    field.setFocus()
    field.setText(name)
    field.textEdited.emit(name)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_without_any_it_says_so_and_offers_one(room):
    made = card(room)
    assert NONE in words(made) and not made.form.isVisible() and button(made, "委托他人代办")


def test_it_is_said_what_will_happen_and_done_by_keyboard(room, qtbot):
    made = card(room)
    room.press(made.begin)
    assert made.form.isVisible() and not made.sentence.isVisible() and made.begin.text() == "暂不委托"
    choose(qtbot, made, "江承岳")
    today = room.bureau.desk("100102").today()
    assert made.sentence.text() == f"{span(today, today + timedelta(days=7))}，送您本人的待办由 江承岳 代办。" and made.sentence.isVisible()
    made.form.field("reason").setText("出差")
    room.key(made.form.field("reason"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.settle(150)
    [row] = delegating.delegations(room.bureau.desk("100102"))
    assert (row.taker, row.reason, row.starts_on) == ("江承岳", "出差", today)
    assert not made.form.isVisible() and "委托 江承岳 代办" in words(made) and chips(made) == ["生效中"]


def test_only_those_who_may_take_it_are_offered(room):
    leader, officer = card(room), card(room, "120003")
    assert [pick.name for pick in leader.form.field("to_id").matches("")] == ["江承岳"]
    names = {pick.name for pick in officer.form.field("to_id").matches("")}
    assert "白沐阳" in names and not names & {"程以恒", "罗长风", "江承岳", "管系统"}


def test_what_is_missing_or_wrong_is_told_under_its_field_and_stays(room, qtbot):
    made = card(room)
    room.press(made.begin)
    made.form.field("reason").setText("出差")
    room.press(made.make)
    assert "请选择受托人。" in words(made)
    choose(qtbot, made, "江承岳")
    made.form.field("starts_on").set_value(room.bureau.desk("100102").today() - timedelta(days=2))
    made.form.field("ends_on").set_value(None)
    room.press(made.make)
    assert "请填写结束日期。" in words(made)
    made.form.field("ends_on").set_value(room.bureau.desk("100102").today() + timedelta(days=3))
    room.press(made.make)
    assert "委托不能从过去的日子开始。" in words(made)
    assert made.form.field("reason").text() == "出差" and made.form.field("to_id").names() == ("江承岳",)
    assert delegating.delegations(room.bureau.desk("100102")) == ()


def test_the_giver_ends_it_and_the_taker_only_sees_it(room):
    paper = to_instruct(room.bureau)
    give(room.bureau, "100102", "100101")
    giver, taker = card(room), card(room, "100101")
    assert "陆知远 委托您代办" in words(taker) and button(taker, "结束委托") is None
    stop = button(giver, "结束委托")
    assert stop.accessibleName() == "结束对 江承岳 的委托"
    room.press(stop)
    room.settle(150)
    assert NONE in words(giver) and lists.counts(room.bureau.desk("100101"))["todo"] == 0 and paper
    room.changed("accounts")
    assert NONE in words(taker)


def test_one_that_begins_later_is_told_as_such(room):
    give(room.bureau, "100102", "100101", start=3)
    assert chips(card(room)) == ["未开始"]


def test_a_failure_to_read_is_told_in_place_and_read_again(room, monkeypatch):
    made = card(room)
    truly = delegating.delegations
    monkeypatch.setattr(delegating, "delegations", lambda _desk: (_ for _ in ()).throw(Unavailable("与数据库的连接中断。", "恢复后可继续。")))
    made.load()
    room.settle()
    assert made.trouble.isVisible() and made.trouble.sentence.text() == "与数据库的连接中断。"
    monkeypatch.setattr(delegating, "delegations", truly)
    room.press(made.trouble.button)
    assert not made.trouble.isVisible()


@pytest.mark.parametrize(("first", "last", "said"), [(date(2026, 11, 16), date(2026, 11, 23), "11月16日 至 11月23日"),
                                                     (date(2026, 1, 2), date(2026, 1, 2), "1月2日 一天")])
def test_a_span_in_words(first, last, said):
    assert span(first, last) == said
