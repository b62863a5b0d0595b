"""Unlocking the window: the own password and no other; wrong ones count like failed logins, on the server and in the file."""

import pytest
from sqlalchemy import select, text, update

from oa_client.domain.errors import Refused
from oa_client.store import unit as transactions
from oa_client.store.audit_tables import Event
from oa_client.store.guard import guarded
from oa_client.store.tables import Account
from oa_client.usecases import lists, passwords, unlocking
from tests.small_bureau import PASSWORD

OTHER = "Xin-mima-2026"


def kinds(bureau, login="120003"):
    with transactions.look(bureau.engine) as session:
        return list(session.scalars(select(Event.action).where(Event.login == login).order_by(Event.id)))


def failures(bureau, login="120003"):
    with transactions.unit(bureau.engine) as session:
        if guarded(session):
            session.execute(text("SELECT oa.sweep()"))
        return session.scalar(select(Account.failed).where(Account.login == login))


def test_the_own_password_opens(bureau):
    desk = bureau.sign_in("120003")
    unlocking.unlock(desk, PASSWORD)
    assert kinds(bureau)[-1] == "unlock"
    assert lists.counts(desk)["todo"] == 0


@pytest.mark.parametrize("typed", ["Wenshu-2026-no", "", "密码", " " + PASSWORD])
def test_nothing_else_does(bureau, typed):
    desk = bureau.sign_in("120003")
    with pytest.raises(Refused, match="密码不对"):
        unlocking.unlock(desk, typed)
    assert "unlock" not in kinds(bureau)


def test_wrong_ones_count_until_the_account_is_locked_and_a_right_one_clears_them(bureau):
    desk = bureau.sign_in("120003")
    for _ in range(3):
        with pytest.raises(Refused, match="密码不对"):
            unlocking.unlock(desk, "Wenshu-2026-no")
    assert failures(bureau) == 3
    unlocking.unlock(desk, PASSWORD)
    assert failures(bureau) == 0
    for _ in range(5):
        with pytest.raises(Refused):
            unlocking.unlock(desk, "Wenshu-2026-no")
    with pytest.raises(Refused, match="锁定"):
        unlocking.unlock(desk, PASSWORD)
    assert failures(bureau) == 0 and "locked" in kinds(bureau)


def test_a_closed_account_stays_outside(bureau):
    desk = bureau.sign_in("120003")
    with transactions.unit(bureau.engine) as session:
        session.execute(update(Account).where(Account.login == "120003").values(active=False))
        if guarded(session):
            session.execute(text("SELECT oa.login_until('120003', '2000-01-01')"))
    with pytest.raises(Refused, match=r"停用|密码不对"):
        unlocking.unlock(desk, PASSWORD)


def test_a_password_changed_at_another_desk_is_the_one_that_opens(bureau):
    desk, other = bureau.sign_in("120003"), bureau.sign_in("120003")
    passwords.change_password(other, PASSWORD, OTHER)
    with pytest.raises(Refused, match="密码不对"):
        unlocking.unlock(desk, PASSWORD)
    unlocking.unlock(desk, OTHER)
    desk.engine.dispose()
    assert lists.counts(desk)["todo"] == 0
