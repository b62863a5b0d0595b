"""The two-person rule: requests are listed, decided with their consequence in words, taken back, and used."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from oa_client.domain.errors import Conflict
from oa_client.ui import errors
from oa_client.ui.main_window import MainWindow
from oa_client.ui.pages.account_dialogs import OneTimePassword
from oa_client.ui.pages.consents_page import NOTHING, ConsentsPage
from oa_client.usecases import consents, signing_in
from tests.ui.entering import words_of
from tests.ui.pages_room import column, room_of

SYSTEM, OTHER, SECURITY, ADMIN = "100901", "100902", "100903", "120009"


@pytest.fixture
def room(small, jobs, qtbot):
    with room_of(small, jobs, qtbot) as made:
        yield made


def appointment(small, login="130003", by=SYSTEM) -> int:
    target = small.desk(login).actor
    return consents.ask(small.desk(by), "appoint", target.id, target.unit_id, "交警支队尚无管理员").value


def leader_reset(small) -> int:
    target = small.desk("120001").actor
    return consents.ask(small.desk(ADMIN), "reset", target.id, target.unit_id, "本人忘记密码").value


def test_without_requests_the_page_says_so(room):
    page = room.show(SYSTEM, ConsentsPage)
    assert NOTHING in words_of(page) and not page.preview.isVisible()


def test_a_request_tells_everything_and_is_agreed_to(small, room, answer):
    appointment(small)
    page = room.show(OTHER, ConsentsPage)
    assert column(page.list, "subject") == ["任命单位管理员：顾南星"] and column(page.list, "state") == ["待复核"]
    told = words_of(page.preview)
    for words in ("顾南星　警号 130003", "交警支队", "管系统", "交警支队尚无管理员", "同意后立即生效：顾南星 成为交警支队单位管理员"):
        assert words in told
    assert not page.preview.back.isVisible() and not page.preview.reset.isVisible()
    answer("同意", lambda shown: check(shown, "同意任命 顾南星 为交警支队单位管理员？", "原有的管理员随之免去"))
    room.press(page.preview.agree)
    room.settle(300)
    assert small.desk("130003").actor.holds("unit_admin", small.units["traffic"])
    assert column(page.list, "subject") == [] and NOTHING in words_of(page)


def check(shown: QDialog, *words: str) -> None:
    for each in words:
        assert each in words_of(shown)


def test_refusing_changes_nothing_but_ends_the_request(small, room, answer):
    appointment(small)
    page = room.show(OTHER, ConsentsPage)
    answer("不同意", lambda shown: check(shown, "申请到此结束，什么也不改变"))
    room.press(page.preview.refuse)
    room.settle(300)
    assert not small.desk("130003").actor.holds("unit_admin")
    room.press(page.list.chips._chips["over", "over"])
    room.settle(200)
    assert column(page.list, "state") == ["未同意"] and not page.preview.agree.isVisible()
    assert "管系二" in words_of(page.preview)


def test_going_back_decides_nothing(small, room, answer):
    appointment(small)
    page = room.show(OTHER, ConsentsPage)
    answer("返回")
    room.press(page.preview.agree)
    assert consents.pending(small.desk(OTHER))[0].decision == ""


def test_the_own_request_is_taken_back_not_decided(small, room, answer):
    appointment(small)
    page = room.show(SYSTEM, ConsentsPage)
    assert not page.preview.agree.isVisible() and not page.preview.refuse.isVisible() and "自己的申请要由另一人复核" in words_of(page.preview)
    assert "本人" in page.list.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    answer("撤回")
    room.press(page.preview.back)
    room.settle(300)
    assert consents.pending(small.desk(OTHER)) == ()


def test_an_agreed_reset_is_used_here(small, room, answer):
    made = leader_reset(small)
    page = room.show(ADMIN, ConsentsPage)
    assert not page.preview.reset.isVisible() and page.preview.back.isVisible()
    consents.decide(small.desk(SECURITY), made, "agreed")
    room.changed("accounts")
    assert column(page.list, "state") == ["已同意，待重置"]
    answer("重置密码")
    room.press(page.preview.reset)
    room.settle(300)
    told = QApplication.activeModalWidget()
    assert isinstance(told, OneTimePassword)
    assert signing_in.sign_in(small.engine, "120001", told.password.text()).actor.must_change
    told.accept()
    room.settle(250)
    assert NOTHING in words_of(page)


def test_who_may_decide_what(small, room):
    appointment(small)
    leader_reset(small)
    assert column(room.show(SECURITY, ConsentsPage).list, "subject") == ["重置领导密码：韩立川"]
    assert column(room.show(OTHER, ConsentsPage).list, "subject") == ["重置领导密码：韩立川", "任命单位管理员：顾南星"]


def test_somebody_was_first(small, room, answer, monkeypatch):
    appointment(small)
    page = room.show(OTHER, ConsentsPage)

    def taken(*_args):
        raise Conflict("这项申请已经复核或撤回。", "请刷新后查看。")
    monkeypatch.setattr(consents, "decide", taken)
    answer("同意")
    room.press(page.preview.agree)
    room.settle(250)
    [told] = errors.shown()
    assert "已经复核或撤回" in words_of(told)


def test_words_narrow_the_list(small, room):
    appointment(small)
    leader_reset(small)
    page = room.show(OTHER, ConsentsPage)
    room.search(page.list, "忘记")
    assert column(page.list, "subject") == ["重置领导密码：韩立川"]


def test_the_navigation_counts_what_waits(small, room, jobs):
    made = leader_reset(small)
    appointment(small)
    counts = {login: room.show(login, MainWindow).navigation.buttons["consents"].count for login in (SYSTEM, OTHER, SECURITY, ADMIN)}
    assert counts == {SYSTEM: 1, OTHER: 2, SECURITY: 1, ADMIN: 0}
    consents.decide(small.desk(SECURITY), made, "agreed")
    assert room.show(ADMIN, MainWindow).navigation.buttons["consents"].count == 1
