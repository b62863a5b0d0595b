"""Accounts (账号): create, disable, reset and move officers within one's scope."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..domain.actor import ROLES, person
from ..domain.errors import Conflict, Invalid, NotFound, Refused
from ..domain.names import PersonKeys, nearness, unpack_readings
from ..domain.permissions import AccountFacts, may_administer, may_grant
from ..store.tables import Account, RoleGrant, Unit
from ..store.work_tables import Event, Task
from .desk import Desk, Outcome
from .directory import reading_keys
from .limits import NAME, POST, too_long
from .papers import clean
from .policy import login_fits, random_password
from .signing_in import HASHER

TOPICS = frozenset({"accounts"})


@dataclass(frozen=True)
class AccountRow:
    """An account as the page shows it. `refusal` says why this officer may not administer it."""

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


@dataclass(frozen=True)
class AccountForm:
    """A new account."""

    login: str
    name: str
    unit_id: int
    post: str = ""
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Issued:
    """The first password of an account, shown once and to be handed over in person."""

    account_id: int
    login: str
    password: str


def accounts(desk: Desk, unit_id: int | None = None, text: str = "") -> tuple[AccountRow, ...]:
    """The accounts of a unit, or of all, in the bureau's order; with `text` those who answer to it, the nearest first."""
    with desk.look() as session:
        query = select(Account, Unit).join(Unit, Unit.id == Account.unit_id).order_by(Unit.position, Unit.id, Account.login)
        if unit_id:
            query = query.where(Account.unit_id == unit_id)
        held: dict[int, list[str]] = {}
        for account_id, role in session.execute(select(RoleGrant.account_id, RoleGrant.role).distinct()):
            held.setdefault(account_id, []).append(role)
        found = [(_row(desk, account, unit.short, held.get(account.id, [])), account.keys, unit.name) for account, unit in session.execute(query)]
    return _answering(text, found) if text.strip() else tuple(row for row, _readings, _unit in found)


def may_create_in(desk: Desk, unit_id: int) -> str:
    """Why no account may be created there; empty when one may."""
    return may_administer(desk.actor, unit_id)


def create(desk: Desk, form: AccountForm) -> Outcome[Issued]:
    """Create an account with a one-time password; at the first login an own one must be set."""
    _judge(desk, form)
    password = random_password()
    hashed = HASHER.hash(password)
    with desk.unit() as session:
        if session.get(Unit, form.unit_id) is None:
            raise NotFound("没有这个单位。")
        name = clean(form.name).strip()
        account = Account(login=form.login.strip(), name=name, unit_id=form.unit_id, post=clean(form.post).strip(),
                          keys=reading_keys(name), password_hash=hashed, created_at=desk.clock())
        session.add(account)
        try:
            session.flush()
        except IntegrityError as problem:
            raise Invalid({"login": f"警号 {form.login} 已有账号。"}) from problem
        for role in sorted(form.roles):
            session.add(RoleGrant(account_id=account.id, role=role, unit_id=form.unit_id))
        _record(session, desk, account, "account_create", f"新建账号 {account.login} {account.name}")
        return Outcome(Issued(account.id, account.login, password), TOPICS, f"已新建账号 {account.login} {account.name}。")


def set_active(desk: Desk, account_id: int, active: bool, seen: int) -> Outcome[int]:
    """Disable or re-enable an account. What lies with it stays and can be handed on."""
    with desk.unit() as session:
        account = _target(session, desk, account_id, seen)
        account.active, account.failed, account.locked_until = active, 0, None
        words = f"{'启用' if active else '停用'}账号 {account.login} {account.name}"
        _record(session, desk, account, "account_enable" if active else "account_disable", words)
        left = session.scalar(select(func.count()).where(Task.state == "open", Task.holder == person(account.id))) or 0
        waiting = f"名下还有 {left} 件待办、待阅没有办完，请告知交办人。" if left and not active else ""
        return Outcome(account.id, TOPICS, f"已{words}。{waiting}")


def reset(desk: Desk, account_id: int, seen: int) -> Outcome[Issued]:
    """Give a new one-time password."""
    password = random_password()
    hashed = HASHER.hash(password)
    with desk.unit() as session:
        account = _target(session, desk, account_id, seen)
        account.password_hash, account.must_change, account.failed, account.locked_until = hashed, True, 0, None
        _record(session, desk, account, "account_reset", f"重置密码 {account.login} {account.name}")
        return Outcome(Issued(account.id, account.login, password), TOPICS, f"已重置 {account.name} 的密码。")


def move(desk: Desk, account_id: int, unit_id: int, seen: int) -> Outcome[int]:
    """Move an officer to another unit; all roles end. The unit administrator gives an officer away to any unit."""
    with desk.unit() as session:
        account = _target(session, desk, account_id, seen)
        unit = session.get(Unit, unit_id)
        if unit is None:
            raise NotFound("没有这个单位。")
        session.execute(delete(RoleGrant).where(RoleGrant.account_id == account.id))
        account.unit_id = unit_id
        _record(session, desk, account, "account_move", f"{account.login} {account.name} 调至{unit.short}，原单位角色终止")
        return Outcome(account.id, TOPICS, f"已将{account.name}调至{unit.short}。")


def by_login(desk: Desk, login: str) -> AccountRow:
    """The account with this police number."""
    found = next((row for row in accounts(desk) if row.login == login.strip()), None)
    if found is None:
        raise NotFound(f"没有警号为 {login} 的账号。")
    return found


def _answering(text: str, found: list[tuple[AccountRow, str, str]]) -> tuple[AccountRow, ...]:
    """The rows that answer to what was typed, also by role; those that answer equally well keep their order."""
    ranked = []
    for row, readings, unit in found:
        keys = PersonKeys(row.name, unpack_readings(readings), f"{row.unit} {unit}", " ".join((row.post, *row.roles)), row.login)
        rank = nearness(text, keys)
        if rank is not None:
            ranked.append((rank, row))
    return tuple(row for _rank, row in sorted(ranked, key=lambda item: item[0]))


def _judge(desk: Desk, form: AccountForm) -> None:
    refusal = may_administer(desk.actor, form.unit_id) or may_grant(desk.actor, form.roles)
    if refusal:
        raise Refused(refusal)
    if desk.actor.holds("sys_admin") and form.roles != {"unit_admin"}:
        raise Refused("系统管理员只建立单位管理员账号。", "其他账号由各单位管理员建立。")
    wrong = {}
    if not login_fits(form.login.strip()):
        wrong["login"] = "警号应为 4 至 8 位数字。"
    wrong |= too_long({"name": ("姓名", form.name.strip(), NAME), "post": ("职务", form.post.strip(), POST)})
    if not clean(form.name).strip():
        wrong["name"] = "请填写姓名。"
    if wrong:
        raise Invalid(wrong)


def _target(session: Session, desk: Desk, account_id: int, seen: int) -> Account:
    account = session.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if account is None:
        raise NotFound("没有这个账号。")
    refusal = may_administer(desk.actor, account.unit_id, _facts(session, account))
    if refusal:
        raise Refused(refusal)
    if account.version != seen:
        raise Conflict("这个账号刚被别人改过。", "请刷新后核对再操作。")
    account.version += 1
    return account


def _facts(session: Session, account: Account) -> AccountFacts:
    roles = session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == account.id))
    return AccountFacts(account.id, account.unit_id, frozenset(roles))


def _row(desk: Desk, account: Account, unit: str, roles: list[str]) -> AccountRow:
    refusal = may_administer(desk.actor, account.unit_id, AccountFacts(account.id, account.unit_id, frozenset(roles)))
    locked = account.locked_until is not None and account.locked_until > desk.clock()
    names = tuple(ROLES[role] for role in ROLES if role in roles)
    return AccountRow(account.id, account.login, account.name, account.unit_id, unit, account.post, names, account.active, locked,
                      account.must_change, account.version, refusal)


def _record(session: Session, desk: Desk, account: Account, action: str, words: str) -> None:
    session.add(Event(at=desk.clock(), account_id=desk.actor.id, action=action, words=words, terminal=desk.terminal, detail={"account": account.id}))
