"""Moving a single-desk database to a server (搬库): an office that has grown, or a demonstration for many desks."""

from collections.abc import Callable

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from ..domain.errors import Refused
from ..store import copying, enforcing, schema, scram
from ..store import unit as transactions
from ..store.tables import Account
from ..store.work_tables import Fact
from . import people
from .policy import random_password
from .rule_rows import edition, rule_rows
from .setting_up import state

Report = Callable[[int, int, str], None]


def move(source: Engine, target: Engine, password: str = "", report: Report | None = None) -> int:
    """Copy a data file into an empty database of a server and enforce access there; gives how many accounts have a login now.

    Passwords cannot be carried over: each account gets one at random, to be reset by its administrator. With `password`
    all get that one and need not change it (a demonstration).
    """
    readable(source)
    if schema.current(target):
        raise Refused("目标库里已有数据，没有改动。", "请先在服务器上新建一个空库。")
    schema.upgrade(target)
    copying.copy_rows(source, target, report or (lambda _done, _total, _words: None))
    with transactions.unit(target) as session:
        _forget_passwords(session, bool(password))
    with transactions.look(target) as session:
        rows = rule_rows(session)
    enforcing.enforce(target, rows, edition())
    with transactions.unit(target) as session:
        logins = session.scalars(select(Account.login).order_by(Account.id)).all()
        verifier = scram.verifier(password) if password else ""
        for login in logins:
            people.open_login(session, login, verifier or scram.verifier(random_password()))
    return len(logins)


def readable(source: Engine) -> None:
    """Refused where the data file is not one that can be moved."""
    found = state(source)
    if not found.ready:
        raise Refused(found.words)


def _forget_passwords(session: Session, known: bool) -> None:
    session.execute(update(Account).values(password_hash="", must_change=not known, failed=0, locked_until=None))
    fact = session.get(Fact, "demo")
    if fact is not None:
        fact.value = {key: value for key, value in fact.value.items() if key != "password"}
