"""How long one's own password still holds, said only when the policy wants one to be reminded."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from oa_client.store import unit as transactions
from oa_client.store.tables import Account
from oa_client.usecases import passwords
from oa_client.usecases.policy import defaults


def aged(bureau, days):
    desk = bureau.desk("120003")
    with transactions.unit(bureau.engine) as session:
        session.execute(update(Account).where(Account.login == "120003").values(password_at=desk.clock() - timedelta(days=days) if days is not None else None))
    return passwords.days_left(bureau.desk("120003"))


@pytest.mark.parametrize(("left", "said"), [(30, None), (8, None), (7, 7), (1, 1), (0, 0), (-3, 0)])
def test_said_in_the_last_days(bureau, left, said):
    assert aged(bureau, defaults()["expire_days"] - left) == said


def test_a_password_that_was_never_set_says_nothing(bureau):
    assert aged(bureau, None) is None
