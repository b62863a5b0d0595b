"""What administrators do with accounts (账号管理): create, change, disable, reset and move officers within their scope."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..domain.actor import LEADER_ROLES, person
from ..domain.errors import Conflict, Invalid, NotFound, Refused
from ..domain.permissions import AccountFacts, may_administer, may_grant, needs_consent
from ..store import accounts as store
from ..store.guard import call, guarded
from ..store.tables import Account, RoleGrant, Unit
from ..store.work_tables import Task
from . import consents
from .accounts import led_lately
from .desk import Desk, Outcome
from .directory import reading_keys
from .limits import NAME, POST, too_long
from .noting import note_account
from .papers import clean
from .passwords import HASHER
from .policy import login_fits, random_password

TOPICS = frozenset({"accounts"})


@dataclass(frozen=True)
class AccountForm:
    """An account as its form holds it. `roles` are within the own unit, `bureau_roles` within the bureau (given by the office)."""

    login: str
    name: str
    unit_id: int
    post: str = ""
    roles: frozenset[str] = frozenset()
    bureau_roles: frozenset[str] = frozenset()
    closes_on: date | None = None


@dataclass(frozen=True)
class Issued:
    """The first password of an account, shown once and to be handed over in person."""

    account_id: int
    login: str
    password: str
    name: str = ""


def may_create_in(desk: Desk, unit_id: int) -> str:
    """Why no account may be created there; empty when one may."""
    return may_administer(desk.actor, unit_id)


def create(desk: Desk, form: AccountForm) -> Outcome[Issued]:
    """Create an account with a one-time password; at the first login an own one must be set."""
    refusal = may_administer(desk.actor, form.unit_id)
    if refusal:
        raise Refused(refusal)
    wrong = problems(desk, form)
    if wrong:
        raise Invalid(wrong)
    password = random_password()
    hashed = "" if guarded(desk.engine) else HASHER.hash(password)
    with desk.unit() as session:
        roles = _roles(session, desk, form)
        name, login = clean(form.name).strip(), form.login.strip()
        account = Account(login=login, name=name, unit_id=form.unit_id, post=clean(form.post).strip(), keys=reading_keys(name), password_hash=hashed,
                          closes_on=form.closes_on, created_at=desk.clock())
        try:
            account_id = store.create(session, account, roles, password)
        except IntegrityError as problem:
            raise Invalid({"login": f"警号 {login} 已有账号。"}) from problem
        note_account(session, desk, account_id, "account_create", login=login, name=name, unit=form.unit_id, roles=sorted(map(list, roles)))
        return Outcome(Issued(account_id, login, password, name), TOPICS, f"已新建账号 {login} {name}。")


def edit(desk: Desk, account_id: int, form: AccountForm, seen: int) -> Outcome[int]:
    """Change name, post, roles and last day of an account."""
    wrong = problems(desk, form)
    if wrong:
        raise Invalid(wrong)
    with desk.unit() as session:
        account, facts = _target(session, desk, account_id, seen)
        held = _held(session, account.id)
        roles = _roles(session, desk, form, held, admin="unit_admin" in facts.roles)
        name = clean(form.name).strip()
        values = Account(name=name, post=clean(form.post).strip(), keys=reading_keys(name), closes_on=form.closes_on)
        parts = [words for words, before, after in (("姓名", account.name, name), ("职务", account.post, values.post), ("角色", held, roles),
                                                    ("有效期", account.closes_on, form.closes_on)) if before != after]
        store.edit(session, account, values, roles, seen)
        note_account(session, desk, account.id, "account_edit", login=account.login, name=name, parts=parts, roles=sorted(map(list, roles)),
                     led=(bool(facts.roles & LEADER_ROLES) and LEADER_ROLES.isdisjoint(role for role, _unit in roles)) or None)
        return Outcome(account.id, TOPICS, f"已修改 {name} 的账号。")


def set_active(desk: Desk, account_id: int, active: bool, seen: int) -> Outcome[int]:
    """Disable or re-enable an account. What lies with it stays and can be handed on."""
    with desk.unit() as session:
        account, _facts = _target(session, desk, account_id, seen)
        if active and account.closes_on and account.closes_on < desk.today():
            raise Refused(f"{account.name}的账号已于 {account.closes_on} 到期。", "请先修改有效期再启用。")
        store.set_active(session, account, active, seen)
        note_account(session, desk, account.id, "account_enable" if active else "account_disable", login=account.login, name=account.name)
        left = 0 if active else open_items(session, account.id)
        waiting = f"名下还有 {left} 件待办、待阅没有办完，请办理移交或告知交办人。" if left else ""
        return Outcome(account.id, TOPICS, f"已{'启用' if active else '停用'}账号 {account.login} {account.name}。{waiting}")


def reset(desk: Desk, account_id: int, seen: int) -> Outcome[Issued]:
    """Give a new one-time password. Refused for a leader's account until a second person has agreed (see `consents`)."""
    password = random_password()
    hashed = "" if guarded(desk.engine) else HASHER.hash(password)
    with desk.unit() as session:
        account, facts = _target(session, desk, account_id, seen)
        if needs_consent(facts):
            consents.use(session, desk, account.id)
        store.reset(session, account, password, hashed, seen)
        note_account(session, desk, account.id, "account_reset", login=account.login, name=account.name)
        return Outcome(Issued(account.id, account.login, password, account.name), TOPICS, f"已重置 {account.name} 的密码。")


def move(desk: Desk, account_id: int, unit_id: int, seen: int) -> Outcome[int]:
    """Move an officer to another unit; all roles end. The unit administrator gives an officer away to any unit."""
    with desk.unit() as session:
        account, facts = _target(session, desk, account_id, seen)
        unit = session.get(Unit, unit_id)
        if unit is None:
            raise NotFound("没有这个单位。")
        if "unit_admin" in facts.roles:
            raise Refused(f"{account.name}是单位管理员。", "请先申请免去管理员，复核后再调动。")
        store.move(session, account, unit_id, seen)
        note_account(session, desk, account.id, "account_move", login=account.login, name=account.name, unit=unit.short, led=bool(facts.roles & LEADER_ROLES) or None)
        return Outcome(account.id, TOPICS, f"已将{account.name}调至{unit.short}，原单位角色终止。")


def open_items(session: Session, account_id: int) -> int:
    """How many to-dos and papers to read lie with an account. An administrator learns the number, not the papers."""
    if guarded(session):
        return call(session, "open_items", account_id)
    return session.scalar(select(func.count()).where(Task.state == "open", Task.holder == person(account_id))) or 0


def problems(desk: Desk, form: AccountForm) -> dict[str, str]:
    """What is wrong with a filled-in form, by field."""
    wrong = {} if login_fits(form.login.strip()) else {"login": "警号应为 4 至 8 位数字。"}
    wrong |= too_long({"name": ("姓名", form.name.strip(), NAME), "post": ("职务", form.post.strip(), POST)})
    if not clean(form.name).strip():
        wrong["name"] = "请填写姓名。"
    if form.closes_on and form.closes_on < desk.today():
        wrong["closes_on"] = "有效期不能早于今天。"
    return wrong


def bureau_of(session: Session, unit_id: int) -> int | None:
    """The bureau whose roles a unit's administrator gives as well: that of its office (办公室)."""
    unit = session.get(Unit, unit_id)
    return unit.parent_id if unit and unit.kind == "office" else None


def _roles(session: Session, desk: Desk, form: AccountForm, held: frozenset[tuple[str, int]] = frozenset(), *, admin: bool = False) -> frozenset[tuple[str, int]]:
    """The roles that the form gives, and those held elsewhere, of which it says nothing; Refused when a new one is not this administrator's to give.

    Whoever is a unit's administrator (`admin`) stays so: that is asked for by itself.
    """
    unit = session.get(Unit, form.unit_id)
    if unit is None:
        raise NotFound("没有这个单位。")
    bureau = bureau_of(session, unit.id)
    wanted = {(role, unit.id) for role in form.roles} | {(role, bureau) for role in form.bureau_roles if bureau}
    wanted |= {(role, place) for role, place in held if place not in (unit.id, bureau)}
    if admin:
        wanted.discard(("unit_admin", unit.id))
    refusal = may_grant(desk.actor, frozenset(wanted - held), unit.id, bureau)
    if refusal:
        raise Refused(refusal)
    return frozenset(wanted)


def _held(session: Session, account_id: int) -> frozenset[tuple[str, int]]:
    rows = session.execute(select(RoleGrant.role, RoleGrant.unit_id).where(RoleGrant.account_id == account_id, RoleGrant.role != "unit_admin"))
    return frozenset((role, unit_id) for role, unit_id in rows)


def _target(session: Session, desk: Desk, account_id: int, seen: int) -> tuple[Account, AccountFacts]:
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("没有这个账号。")
    roles = session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == account.id))
    facts = AccountFacts(account.id, account.unit_id, frozenset(roles), account.id in led_lately(session, desk))
    refusal = may_administer(desk.actor, account.unit_id, facts)
    if refusal:
        raise Refused(refusal)
    if account.version != seen:
        raise Conflict("这个账号刚被别人改过。", "请刷新后核对再操作。")
    return account, facts
