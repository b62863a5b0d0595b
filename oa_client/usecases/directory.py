"""The directory (通讯录): units, people, and the words for a principal."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from ..domain.actor import ADMIN_ROLES, LEADER_ROLES, ROLES, Actor, person, pool, split
from ..domain.errors import NotFound
from ..domain.flow_definition import Pick
from ..domain.names import PersonKeys, pack_readings, unpack_readings
from ..domain.permissions import may_stand_in
from ..store import unit as transactions
from ..store.access_tables import Delegation
from ..store.tables import Account, RoleGrant, Unit
from .desk import Desk, local, now
from .readings import readings


@dataclass(frozen=True)
class UnitRow:
    """A unit as lists and pickers show it."""

    id: int
    parent_id: int | None
    name: str
    short: str
    kind: str
    number_codes: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """Somebody, or a unit, who may be chosen; `keys` are what typing finds them by (姓名、拼音、警号、单位、职务), `note` says who stands in today (已委托)."""

    holder: str
    name: str
    detail: str
    keys: PersonKeys
    is_unit: bool
    unit_id: int
    roles: frozenset[tuple[str, int]]
    note: str = ""

    @property
    def leads(self) -> frozenset[int]:
        """The units that somebody leads."""
        return frozenset(unit for role, unit in self.roles if role in LEADER_ROLES)


def reading_keys(name: str) -> str:
    """Every reading of each character of a name, packed for storage: all readings of a surname count (单: shan, dan)."""
    return pack_readings([readings(sign) for sign in name if not sign.isspace()])


def units(desk: Desk) -> tuple[UnitRow, ...]:
    """Every unit, in the order of the bureau's list."""
    with desk.look() as session:
        return tuple(_unit_row(row) for row in session.scalars(select(Unit).order_by(Unit.position, Unit.id)))


def bureau_name(desk: Desk) -> str:
    """What the bureau is called."""
    with desk.look() as session:
        return session.scalar(select(Unit.name).where(Unit.parent_id.is_(None))) or ""


def candidates(desk: Desk) -> tuple[Candidate, ...]:
    """Everybody and every unit that can be chosen somewhere; `fitting` narrows them to one pick."""
    with desk.look() as session:
        rows = {unit.id: unit for unit in session.scalars(select(Unit).order_by(Unit.position))}
        grants = _grants(session)
        people = session.scalars(select(Account).where(Account.active).order_by(Account.unit_id, Account.id))
        away = _stand_ins(session, desk.today())
        found = [_as_unit(unit, grants) for unit in rows.values()]
        for account in people:
            roles = grants.get(account.id, frozenset())
            if not any(role in ADMIN_ROLES for role, _unit in roles):
                found.append(_as_person(account, rows[account.unit_id], roles, away.get(account.id, "")))
        return tuple(found)


def find_unit(desk: Desk, word: str) -> int:
    """The unit with this name, short name or key; NotFound when there is none."""
    with desk.look() as session:
        found = session.scalar(select(Unit.id).where((Unit.name == word) | (Unit.short == word) | (Unit.key == word)))
    if found is None:
        raise NotFound(f"没有名为「{word}」的单位。")
    return found


def find_holder(desk: Desk, word: str) -> str:
    """The principal that a word names: a police number (警号) or a unit."""
    with desk.look() as session:
        account = find_login(session, word.strip())
        return person(account.id) if account else pool("unit", find_unit(desk, word.strip()))


def fitting(pick: Pick, all_of_them: tuple[Candidate, ...], actor: Actor, organ_id: int, upward: bool) -> tuple[Candidate, ...]:
    """The candidates that one pick of an action may take; the same test as when the action is judged."""
    role = ("chief" if upward else "leader") if pick.role == "signer" else pick.role
    wanted = Pick(**{**pick.__dict__, "role": role})
    mine = (person(actor.id),) if pick.other else ()
    return tuple(item for item in all_of_them if item.holder not in mine and _fits(wanted, item, actor, organ_id))


def suits(session: Session, actor: Actor, organ_id: int):
    """The test that the flow engine asks for each chosen principal."""

    def judge(pick: Pick, principal: str) -> bool:
        kind, number = split(principal)
        if kind == "person":
            account = session.get(Account, number)
            if account is None or not account.active:
                return False
            roles = _roles(session, number)
            blank = Candidate(principal, "", "", PersonKeys(""), False, account.unit_id, roles)
            return not any(role in ADMIN_ROLES for role, _ in roles) and _fits(pick, blank, actor, organ_id)
        if kind not in ("unit", pick.unit_role):
            return False
        wanted = LEADER_ROLES if pick.unit_role == "leader" else {pick.unit_role}
        manned = select(RoleGrant).join(Account, Account.id == RoleGrant.account_id).where(
            RoleGrant.unit_id == number, RoleGrant.role.in_(wanted), Account.active)
        return pick.kind in ("unit", "both") and session.scalar(select(exists(manned.subquery().select()))) is True

    return judge


def labels(session: Session, holders: set[str]) -> dict[str, str]:
    """The words for principals: a name, or 「刑侦支队收发员」."""
    ids: dict[str, set[int]] = {"person": set(), "unit": set()}
    for holder in holders:
        kind, number = split(holder)
        ids["person" if kind == "person" else "unit"].add(number)
    people = {row.id: row.name for row in session.execute(select(Account.id, Account.name).where(Account.id.in_(ids["person"])))}
    shorts = {row.id: row.short for row in session.execute(select(Unit.id, Unit.short).where(Unit.id.in_(ids["unit"])))}
    found = {}
    for holder in holders:
        kind, number = split(holder)
        found[holder] = people.get(number, "") if kind == "person" else f"{shorts.get(number, '')}{ROLES[kind]}"
    return found


def actor_of(session: Session, account: Account, today: date | None = None) -> Actor:
    """The account as somebody who acts, with whom it stands in for today."""
    today = today or local(now()).date()
    unit = session.get_one(Unit, account.unit_id)
    grants = _roles(session, account.id)
    return Actor(account.id, account.login, account.name, unit.id, unit.name, account.post, grants, account.must_change,
                 _stands_in_for(session, account, grants, today), _kept(session, grants))


def _stands_in_for(session: Session, account: Account, grants: frozenset[tuple[str, int]], today: date) -> frozenset[int]:
    """Who delegated to an officer, as long as they still could: who was moved or leads no more stands in for nobody."""
    givers = session.scalars(select(Account).join(Delegation, Delegation.from_id == Account.id).where(*active_delegations(account.id, today)))
    return frozenset(giver.id for giver in givers if may_stand_in(_led(_roles(session, giver.id)), giver.unit_id, _led(grants), account.unit_id))


def _led(grants: frozenset[tuple[str, int]]) -> frozenset[int]:
    return frozenset(unit for role, unit in grants if role in LEADER_ROLES)


def _kept(session: Session, grants: frozenset[tuple[str, int]]) -> int | None:
    """The bureau, for the administrator of its office (办公室)."""
    own = [unit_id for role, unit_id in grants if role == "unit_admin"]
    return session.scalar(select(Unit.parent_id).where(Unit.id.in_(own), Unit.kind == "office")) if own else None


def active_delegations(to_id: int, today: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions of what was delegated to somebody and holds on a day (委托)."""
    return Delegation.to_id == to_id, *_holds(today)


def _holds(today: date) -> tuple[ColumnElement[bool], ...]:
    return Delegation.ended_at.is_(None), Delegation.starts_on <= today, Delegation.ends_on >= today


def actor_now(desk: Desk) -> Actor:
    """The officer at the desk as the directory has them now, even where the desk's own picture is too old to work with."""
    with transactions.look(desk.engine) as session:
        return actor_of(session, session.get_one(Account, desk.actor.id), desk.today())


def find_login(session: Session, login: str) -> Account | None:
    """The account with this police number (警号)."""
    return session.scalar(select(Account).where(Account.login == login))


def _roles(session: Session, account_id: int) -> frozenset[tuple[str, int]]:
    rows = session.execute(select(RoleGrant.role, RoleGrant.unit_id).where(RoleGrant.account_id == account_id))
    return frozenset((role, unit_id) for role, unit_id in rows)


def _unit_row(unit: Unit) -> UnitRow:
    return UnitRow(unit.id, unit.parent_id, unit.name, unit.short, unit.kind, tuple(unit.number_codes.split()))


def _grants(session: Session) -> dict[int, frozenset[tuple[str, int]]]:
    found: dict[int, set[tuple[str, int]]] = {}
    for account_id, role, unit_id in session.execute(select(RoleGrant.account_id, RoleGrant.role, RoleGrant.unit_id)):
        found.setdefault(account_id, set()).add((role, unit_id))
    return {key: frozenset(value) for key, value in found.items()}


def _as_unit(unit: Unit, grants: dict[int, frozenset[tuple[str, int]]]) -> Candidate:
    roles = frozenset(pair for held in grants.values() for pair in held if pair[1] == unit.id)
    keys = PersonKeys(unit.short, unpack_readings(reading_keys(unit.short)), unit.name)
    return Candidate(pool("unit", unit.id), unit.short, unit.name, keys, True, unit.id, roles)


def _as_person(account: Account, unit: Unit, roles: frozenset[tuple[str, int]], stand_in: str) -> Candidate:
    keys = PersonKeys(account.name, unpack_readings(account.keys), f"{unit.short} {unit.name}", account.post, account.login)
    note = f"已委托 {stand_in}" if stand_in else ""
    return Candidate(person(account.id), account.name, f"{unit.short} {account.post}".strip(), keys, False, unit.id, roles, note)


def _stand_ins(session: Session, today: date) -> dict[int, str]:
    """Who is stood in for today, and by whom."""
    taker = select(Delegation.from_id, Account.name).join(Account, Account.id == Delegation.to_id)
    return {row.from_id: row.name for row in session.execute(taker.where(*_holds(today)))}


def _fits(pick: Pick, item: Candidate, actor: Actor, organ_id: int) -> bool:
    if item.is_unit:
        wanted = LEADER_ROLES if pick.unit_role == "leader" else {pick.unit_role}
        return pick.kind in ("unit", "both") and any(role in wanted for role, _unit in item.roles)
    if pick.kind == "unit" or (pick.within == "unit" and item.unit_id != actor.unit_id):
        return False
    if not pick.role:
        return True
    wanted = LEADER_ROLES if pick.role == "leader" else {pick.role}
    return any(role in wanted and (pick.within != "organ" or unit_id == organ_id) for role, unit_id in item.roles)
