"""What the officer is told of the own account: a password that runs out, a unit or role that changed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from oa_client.store import unit as transactions
from oa_client.store.tables import Account
from oa_client.ui.main_window import MainWindow
from oa_client.ui.own_account import MOVED
from oa_client.usecases.policy import defaults
from tests.ui.entering import office_of, press, settle, words_of

OWN = "Xin-mima-2026"


@pytest.fixture
def main(small, jobs, qtbot):
    """main(days) → the main window of an officer whose password holds so many days more."""
    made = []

    def open_main(left=None):
        if left is not None:
            aged = small.desk("110001").clock() - timedelta(days=defaults()["expire_days"] - left)
            with transactions.unit(small.engine) as session:
                session.execute(update(Account).where(Account.login == "110001").values(password_at=aged))
        office = office_of(small, jobs, "110001")
        window = MainWindow(office)
        qtbot.addWidget(window)
        window.show()
        settle(jobs)
        made.append(office)
        return window
    yield open_main
    for office in made:
        office.close_windows()
        office.scratch.close()


@pytest.mark.parametrize(("left", "said"), [(5, "密码还有 5 天到期，请修改。"), (0, "密码今天到期，请修改。")])
def test_the_last_days_are_told_above_every_page(main, left, said):
    window = main(left)
    assert window.own_account.isVisible() and window.own_account.sentence.text() == said
    window.go("receive")
    assert window.own_account.isVisible()


@pytest.mark.parametrize("left", [None, 30])
def test_before_that_nothing_is_said(main, left):
    assert not main(left).own_account.isVisible()


def test_from_there_the_password_is_changed_and_the_note_goes(main, jobs):
    from tests.small_bureau import PASSWORD

    window = main(3)
    press(window.own_account, "修改密码")
    settle(jobs)
    page = window.pages["settings"]
    assert window.stack.currentWidget() is page and page.password.isVisible()
    for key, words in (("old", PASSWORD), ("new", OWN), ("again", OWN)):
        page.password.fields[key].setText(words)
    page.password.submit()
    settle(jobs)
    settle(jobs)
    assert not window.own_account.isVisible()


def test_it_can_be_put_away_for_now(main):
    window = main(3)
    window.own_account.cross.click()
    assert not window.own_account.isVisible()


def test_another_role_is_told_with_the_way_to_it(main, jobs):
    window = main()
    left = []
    window.office.signed_out.connect(lambda: left.append(True))
    window.office._take_actor(replace(window.office.desk.actor, grants=frozenset()))
    settle(jobs)
    assert MOVED in words_of(window)
    window.own_account.look()
    settle(jobs)
    assert MOVED in words_of(window), "the days that the password holds do not put it away"
    press(window.own_account, "重新登录")
    assert left == [True]
