"""Accounts set up beside the program (建库、三员): by whoever holds the database itself, on both databases."""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ..domain.chain import account_stream
from ..store import scram, trail
from ..store.audit_tables import Event
from ..store.guard import call, guarded
from ..store.tables import Account, RoleGrant
from .desk import now, terminal
from .directory import reading_keys
from .passwords import HASHER
from .policy import random_password

POSTS = {"sys_admin": "系统管理员", "sec_admin": "安全保密管理员", "audit_admin": "安全审计员"}


def found(session: Session, unit_id: int, login: str, name: str, role: str) -> str:
    """Set up an account with a role; gives its one-time password."""
    password = random_password()
    account = Account(login=login, name=name, unit_id=unit_id, post=POSTS.get(role, ""), keys=reading_keys(name),
                      password_hash="" if guarded(session) else HASHER.hash(password), created_at=now())
    session.add(account)
    session.flush()
    session.add(RoleGrant(account_id=account.id, role=role, unit_id=unit_id))
    session.flush()
    if guarded(session):
        call(session, "login_make", login, scram.verifier(password))
    _note(session, account, "account_found")
    return password


def close(session: Session, account: Account) -> None:
    """Close an account: it signs in no more, and what runs is cut."""
    account.active = False
    account.version += 1
    session.flush()
    if guarded(session):
        session.execute(text("SELECT oa.login_until(:login, '2000-01-01')"), {"login": account.login})
        call(session, "login_cut", account.login)
    _note(session, account, "account_disable")


def reopen(session: Session, account: Account) -> str:
    """Open a closed account again; gives its new one-time password."""
    account.active = True
    _note(session, account, "account_enable")
    return renew(session, account)


def renew(session: Session, account: Account) -> str:
    """Give an account a new one-time password."""
    password = random_password()
    account.must_change, account.failed, account.locked_until = True, 0, None
    account.version += 1
    if guarded(session):
        session.flush()
        call(session, "login_password", account.login, scram.verifier(password))
        session.execute(text("SELECT oa.login_until(login, oa.end_of(closes_on)) FROM account WHERE login = :login AND active"), {"login": account.login})
        call(session, "login_cut", account.login)
    else:
        account.password_hash = HASHER.hash(password)
    _note(session, account, "account_reset")
    return password


def missing_logins(session: Session) -> int:
    """Make the server's logins of accounts that have none (a database of before); gives how many. Their passwords must be reset."""
    if not guarded(session):
        return 0
    made = 0
    for account in session.scalars(select(Account).order_by(Account.id)):
        if not call(session, "login_there", account.login):
            open_login(session, account.login, scram.verifier(random_password()))
            account.must_change = True
            made += 1
    return made


def open_login(session: Session, login: str, verifier: str) -> None:
    """Make the server's login of an account; it opens for as long as the account does, and not at all where that is closed."""
    call(session, "login_make", login, verifier)
    session.execute(text("SELECT oa.login_until(login, CASE WHEN active THEN oa.end_of(closes_on) ELSE '2000-01-01' END) FROM account WHERE login = :login AND (closes_on IS NOT NULL OR NOT active)"),
                    {"login": login})


def _note(session: Session, account: Account, action: str) -> None:
    detail = trail.written({"login": account.login, "name": account.name})
    if guarded(session):
        call(session, "note", account_stream(account.id), action, detail)
        return
    trail.append(session, Event(stream=account_stream(account.id), at=now(), account_id=None, login="", terminal=terminal(), action=action, detail=detail))
