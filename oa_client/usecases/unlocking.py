"""Unlocking (解锁): whoever sat at the locked window proves again, with the password, to be the officer who signed in."""

from sqlalchemy.orm import Session

from ..domain.errors import Refused
from ..store import engine as engines
from ..store import unit as transactions
from ..store.guard import call, guarded
from ..store.tables import Account
from . import signing_in
from .desk import Desk
from .noting import note_account

WRONG = "密码不对，窗口没有解锁。"
HINT = "请重新输入；连续输错多次，账号会被锁定。填写的内容仍在。"


def unlock(desk: Desk, password: str) -> None:
    """Check the password of the officer at the desk; Refused when it is wrong or the account is locked or closed.

    A wrong one counts like a failed login. Takes about a quarter of a second.
    """
    try:
        _on_server(desk, password) if guarded(desk.engine) else _on_file(desk, password)
    except Refused as problem:
        if problem.sentence in (signing_in.WRONG, signing_in.WRONG_THERE):
            raise Refused(WRONG, HINT, problem.details) from problem
        raise


def _on_server(desk: Desk, password: str) -> None:
    """A connection of its own, made with what was typed: the server alone knows whether it is right, and counts."""
    trying = engines.officers(desk.engine, desk.actor.login, signing_in.sendable(password))
    try:
        signing_in.let_in(trying)
        with transactions.unit(trying) as session:
            call(session, "unlocked")
    finally:
        trying.dispose()
    engines.take_password(desk.engine, password)  # it may have been changed at another desk


def _on_file(desk: Desk, password: str) -> None:
    def clear(session: Session, account: Account) -> None:
        account.failed, account.locked_until = 0, None
        note_account(session, desk, account.id, "unlock")

    signing_in.proven(desk.engine, desk.actor.login, password, clear)
