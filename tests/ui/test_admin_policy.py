"""The password policy: filled in within its bounds by the security administrator, read by the others, told where a password is set."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from oa_client.domain.errors import Unavailable
from oa_client.ui.first_password import FirstPassword
from oa_client.ui.pages.policy_page import OTHERS, PolicyPage
from oa_client.ui.pages.settings_page import SettingsPage
from oa_client.usecases import passwords, policies, policy
from tests.small_bureau import PASSWORD
from tests.ui.entering import settle, words_of
from tests.ui.pages_room import room_of

SECURITY = "100903"


@pytest.fixture
def room(small, jobs, qtbot):
    with room_of(small, jobs, qtbot) as made:
        yield made


def test_the_policy_is_changed_and_said_beforehand(small, room):
    page = room.show(SECURITY, PolicyPage)
    assert not page.save.isEnabled() and {key: field.value() for key, field in page.fields.items()} == policies.policy(small.desk(SECURITY))
    page.fields["min_length"].setValue(14)
    page.fields["expire_days"].setValue(0)
    assert "将密码最短位数由 10 改为 14；密码有效天数由 90 改为 0。" in words_of(page)
    room.press(page.save)
    room.settle(200)
    found = policies.policy(small.desk(SECURITY))
    assert (found["min_length"], found["expire_days"]) == (14, 0)
    assert "口令策略已修改" in words_of(page) and "现行：至少 14 位" in words_of(page) and not page.save.isEnabled()


def test_numbers_stay_within_their_bounds_and_can_be_put_back(room):
    page = room.show(SECURITY, PolicyPage)
    for key, (least, most) in policies.LIMITS.items():
        page.fields[key].setValue(10_000)
        assert page.fields[key].value() == most
        page.fields[key].setValue(-1)
        assert page.fields[key].value() == least
    room.press(page.undo)
    assert page.changes() == {} and page.fields["min_length"].value() == 10


def test_ctrl_enter_submits(small, room):
    page = room.show(SECURITY, PolicyPage)
    page.fields["lock_after"].setValue(3)
    room.key(page.fields["lock_after"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.settle(200)
    assert policies.policy(small.desk(SECURITY))["lock_after"] == 3


def test_what_is_being_filled_in_survives_a_change_elsewhere(small, room):
    page = room.show(SECURITY, PolicyPage)
    page.fields["history"].setValue(7)
    policies.change(small.desk(SECURITY), {"min_length": 16})
    room.changed("accounts")
    assert page.fields["history"].value() == 7 and page.fields["min_length"].value() == 16
    assert page.changes() == {"history": 7}


@pytest.mark.parametrize("login", ["100901", "100904"])
def test_others_only_read_it(small, room, login):
    policies.change(small.desk(SECURITY), {"expire_days": 0})
    page = room.show(login, PolicyPage)
    assert OTHERS in words_of(page) and not page.save.isVisible()
    assert all(isinstance(field, QLabel) for field in page.fields.values())
    assert (page.fields["min_length"].text(), page.fields["expire_days"].text()) == ("10 位", "不限")


def test_a_form_for_a_password_tells_the_policy_in_force(small, room, jobs, qtbot):
    policies.change(small.desk(SECURITY), {"min_length": 17})
    told = policy.policy_words(passwords.rules(small.desk("120003")))
    assert "至少 17 位" in told
    page = room.show("120003", SettingsPage)
    page.show_password()
    assert told in words_of(page)
    first = FirstPassword(small.desk("120003"), jobs, PASSWORD)
    qtbot.addWidget(first)
    first.show()
    settle(jobs)
    assert told in words_of(first)


def test_a_policy_that_cannot_be_read_leaves_the_words_of_a_new_database(small, jobs, qtbot, monkeypatch):
    def lost(_desk):
        raise Unavailable("连不上数据库。")
    monkeypatch.setattr(passwords, "rules", lost)
    first = FirstPassword(small.desk("120003"), jobs, PASSWORD)
    qtbot.addWidget(first)
    first.show()
    settle(jobs)
    assert policy.policy_words(policy.defaults()) in words_of(first)
