"""Accounts (账号): who has one, in which unit and state, and whom the officer at the desk may administer."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain.actor import ROLES
from ..domain.errors import NotFound
from ..domain.names import PersonKeys, nearness, unpack_readings
from ..domain.permissions import AccountFacts, may_administer
from ..store import accounts as store
from ..store.tables import Account, RoleGrant, Unit
from .desk import Desk
from .rules import access


@dataclass(frozen=True)
class AccountRow:
    """An account as the page shows it. `refusal` says why this officer may not administer it, `led` whether it lost a leading role lately."""

    id: int
    login: str
    name: str
    unit_id: int
    unit: str
    post: str
    roles: tuple[str, ...]
    active: bool
    locked: bool
    must_change: bool
    version: int
    refusal: str
    grants: frozenset[tuple[str, int]] = frozenset()
    closes_on: date | None = None
    led: bool = False


def accounts(desk: Desk, unit_id: int | None = None, text: str = "") -> tuple[AccountRow, ...]:
    """The accounts of a unit, or of all, in the bureau's order; with `text` those who answer to it, the nearest first."""
    with desk.look() as session:
        query = select(Account, Unit).join(Unit, Unit.id == Account.unit_id).order_by(Unit.position, Unit.id, Account.login)
        if unit_id:
            query = query.where(Account.unit_id == unit_id)
        held: dict[int, set[tuple[str, int]]] = {}
        for account_id, role, scope in session.execute(select(RoleGrant.account_id, RoleGrant.role, RoleGrant.unit_id)):
            held.setdefault(account_id, set()).add((role, scope))
        led = led_lately(session, desk)
        found = [(_row(desk, account, unit.short, frozenset(held.get(account.id, ())), account.id in led), account.keys, unit.name)
                 for account, unit in session.execute(query)]
    return _answering(text, found) if text.strip() else tuple(row for row, _readings, _unit in found)


def by_login(desk: Desk, login: str) -> AccountRow:
    """The account with this police number."""
    found = next((row for row in accounts(desk) if row.login == login.strip()), None)
    if found is None:
        raise NotFound(f"没有警号为 {login} 的账号。")
    return found


def led_lately(session: Session, desk: Desk) -> frozenset[int]:
    """The accounts that lost a leading role lately: their passwords still need a second person's consent (领导的密码)."""
    return store.led_since(session, desk.clock() - timedelta(days=access()["led_days"]))


def _answering(text: str, found: list[tuple[AccountRow, str, str]]) -> tuple[AccountRow, ...]:
    """The rows that answer to what was typed, also by role; those that answer equally well keep their order."""
    ranked = []
    for row, readings, unit in found:
        keys = PersonKeys(row.name, unpack_readings(readings), f"{row.unit} {unit}", " ".join((row.post, *row.roles)), row.login)
        rank = nearness(text, keys)
        if rank is not None:
            ranked.append((rank, row))
    return tuple(row for _rank, row in sorted(ranked, key=lambda item: item[0]))


def _row(desk: Desk, account: Account, unit: str, grants: frozenset[tuple[str, int]], led: bool) -> AccountRow:
    roles = frozenset(role for role, _unit in grants)
    refusal = may_administer(desk.actor, account.unit_id, AccountFacts(account.id, account.unit_id, roles))
    locked = account.locked_until is not None and account.locked_until > desk.clock()
    names = tuple(ROLES[role] for role in ROLES if role in roles)
    return AccountRow(account.id, account.login, account.name, account.unit_id, unit, account.post, names, account.active, locked,
                      account.must_change, account.version, refusal, grants, account.closes_on, led)
