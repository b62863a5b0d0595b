"""Changing accounts (账号变更): plain rows on SQLite, functions of the guarding database on PostgreSQL, where passwords are logins of the server."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from . import scram
from .audit_tables import Event
from .guard import call, guarded
from .tables import Account, RoleGrant

Roles = Iterable[tuple[str, int]]


def create(session: Session, account: Account, roles: Roles, password: str) -> int:
    """Make an account with its roles and its one-time password; on SQLite the hash stands in it already. Gives its id."""
    if guarded(session):
        made = text("SELECT oa.account_create(:login, :name, :unit, :post, :keys, CAST(:roles AS text[]), CAST(:closes AS date), :verifier)")
        return session.execute(made, {"login": account.login, "name": account.name, "unit": account.unit_id, "post": account.post, "keys": account.keys,
                                      "roles": _pairs(roles), "closes": account.closes_on, "verifier": scram.verifier(password)}).scalar_one()
    session.add(account)
    session.flush()
    for role, unit_id in sorted(roles):
        session.add(RoleGrant(account_id=account.id, role=role, unit_id=unit_id))
    session.flush()
    return account.id


def set_active(session: Session, account: Account, active: bool, seen: int) -> None:
    """Disable or enable; on the server running sessions are cut first."""
    if guarded(session):
        call(session, "account_active", account.id, active, seen)
        return
    account.active, account.failed, account.locked_until = active, 0, None
    account.version += 1


def reset(session: Session, account: Account, password: str, hashed: str, seen: int) -> None:
    """Give a new one-time password."""
    if guarded(session):
        call(session, "account_reset", account.id, scram.verifier(password), seen)
        return
    account.password_hash, account.must_change, account.failed, account.locked_until = hashed, True, 0, None
    account.version += 1


def move(session: Session, account: Account, unit_id: int, seen: int) -> None:
    """Move to another unit; all roles end."""
    if guarded(session):
        call(session, "account_move", account.id, unit_id, seen)
        return
    session.execute(delete(RoleGrant).where(RoleGrant.account_id == account.id))
    account.unit_id = unit_id
    account.version += 1


def edit(session: Session, account: Account, values: Account, roles: Roles, seen: int) -> None:
    """Change name, post, roles and last day to those of `values`; the role of an administrator stays."""
    kept = sorted(roles)
    if guarded(session):
        changed = text("SELECT oa.account_edit(:id, :name, :post, :keys, CAST(:roles AS text[]), CAST(:closes AS date), :seen)")
        session.execute(changed, {"id": account.id, "name": values.name, "post": values.post, "keys": values.keys, "roles": _pairs(kept),
                                  "closes": values.closes_on, "seen": seen})
        return
    account.name, account.post, account.keys, account.closes_on = values.name, values.post, values.keys, values.closes_on
    account.version += 1
    session.execute(delete(RoleGrant).where(RoleGrant.account_id == account.id, RoleGrant.role != "unit_admin"))
    for role, unit_id in kept:
        session.add(RoleGrant(account_id=account.id, role=role, unit_id=unit_id))
    session.flush()


def led_since(session: Session, moment: datetime) -> frozenset[int]:
    """The accounts from which a leading role was taken since a moment; a guarding database knows the moment itself."""
    if guarded(session):
        return frozenset(session.scalars(text("SELECT oa.led_lately()")))
    events = select(Event.stream).where(Event.action.in_(("account_edit", "account_move")), Event.at > moment, Event.detail.contains('"led": true'))
    return frozenset(int(stream[1:]) for stream in session.scalars(events))


def _pairs(roles: Roles) -> list[str]:
    return [f"{role}:{unit_id}" for role, unit_id in sorted(roles)]
