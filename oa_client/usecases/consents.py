"""Two-person rule (双人复核): appointing and dismissing unit administrators, and a leader's new password, are asked by one and decided by another."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session, aliased

from ..domain.actor import ADMIN_ROLES
from ..domain.errors import Conflict, Invalid, NotFound, Refused
from ..domain.happenings import CONSENTS
from ..domain.permissions import AccountFacts, may_administer, may_consent, needs_consent
from ..store.access_tables import Consent
from ..store.guard import call, guarded
from ..store.tables import Account, RoleGrant, Unit
from .accounts import led_lately
from .desk import Desk, Outcome
from .limits import WORDS, too_long
from .noting import note_account
from .papers import clean
from .rules import access

TOPICS = frozenset({"accounts"})
NEEDED = "领导的密码须经另一人同意才能重置。"
DECISIONS = {"": "待复核", "agreed": "已同意", "refused": "未同意", "taken_back": "已撤回"}


@dataclass(frozen=True)
class ConsentRow:
    """A request as the page shows it. `refusal` says why this officer may not decide it; `mine` whether it is the officer's own."""

    id: int
    kind: str
    words: str
    account_id: int
    login: str
    name: str
    unit: str
    reason: str
    asked_by: str
    asked_at: datetime
    decision: str
    decided_by: str
    refusal: str
    mine: bool
    usable: bool


def pending(desk: Desk, *, decided: bool = False) -> tuple[ConsentRow, ...]:
    """The requests that this officer asked for or may decide, the newest first; with `decided` also those that are over."""
    asker, decider = aliased(Account), aliased(Account)
    query = select(Consent, Account, Unit.short, asker.name, decider.name).join(Account, Account.id == Consent.account_id).join(
        Unit, Unit.id == Consent.unit_id).join(asker, asker.id == Consent.asked_by).outerjoin(decider, decider.id == Consent.decided_by)
    with desk.look() as session:
        rows = session.execute(query.order_by(Consent.id.desc()).limit(500)).all()
    found = tuple(_row(desk, *row) for row in rows)
    return tuple(row for row in found if (row.mine or not row.refusal or (decided and _decides(desk, row.kind))) and (decided or row.decision == "" or row.usable))


def waiting(session: Session, desk: Desk) -> int | None:
    """How many requests wait for this officer: to be decided, or agreed and not yet used. None for who neither asks nor decides."""
    kinds = [kind for kind in CONSENTS if _decides(desk, kind)]
    if not kinds and not desk.actor.holds("unit_admin"):
        return None
    fresh = desk.clock() - timedelta(hours=access()["consent_hours"])
    me = desk.actor.id
    theirs = and_(Consent.decision == "", Consent.kind.in_(kinds), Consent.asked_by != me, Consent.account_id != me)
    own = and_(Consent.kind == "reset", Consent.asked_by == me, Consent.decision == "agreed", Consent.used_at.is_(None), Consent.decided_at > fresh)
    return session.scalar(select(func.count()).select_from(Consent).where(or_(theirs, own))) or 0


def ask(desk: Desk, kind: str, account_id: int, unit_id: int, reason: str = "") -> Outcome[int]:
    """Ask for something that another must agree to. Refused when it is not this officer's to ask for."""
    reason = clean(reason).strip()
    wrong = too_long({"reason": ("理由", reason, WORDS)})
    if wrong:
        raise Invalid(wrong)
    with desk.unit() as session:
        account = session.get(Account, account_id)
        if account is None:
            raise NotFound("没有这个账号。")
        _may_ask(session, desk, kind, account, unit_id)
        if guarded(session):
            made = call(session, "consent_ask", kind, account_id, unit_id, reason)
        else:
            row = Consent(kind=kind, account_id=account_id, unit_id=unit_id, reason=reason, asked_by=desk.actor.id, asked_at=desk.clock())
            session.add(row)
            session.flush()
            made = row.id
        note_account(session, desk, account_id, "consent_ask", kind=kind, login=account.login, name=account.name, reason=reason)
        return Outcome(made, TOPICS, f"已提交申请：{CONSENTS[kind]} {account.name}，待另一人复核。")


def decide(desk: Desk, consent_id: int, answer: str) -> Outcome[int]:
    """Agree ("agreed"), refuse ("refused"), or take the own request back ("taken_back"). An agreed appointment is in force at once."""
    with desk.unit() as session:
        row = session.get(Consent, consent_id, with_for_update=not guarded(session))
        if row is None or (row.asked_by != desk.actor.id and not _decides(desk, row.kind)):
            raise NotFound("没有找到这项申请。")
        account = session.get_one(Account, row.account_id)
        refusal = "" if answer == "taken_back" and row.asked_by == desk.actor.id else may_consent(
            desk.actor, access()["consents"][row.kind], row.asked_by, row.account_id)
        if refusal or answer not in ("agreed", "refused", "taken_back"):
            raise Refused(refusal or "没有这种复核意见。")
        if row.decision:
            raise Conflict("这项申请已经复核或撤回。", "请刷新后查看。")
        if guarded(session):
            call(session, "consent_decide", consent_id, answer)
        else:
            row.decision, row.decided_by, row.decided_at = answer, desk.actor.id, desk.clock()
            note_account(session, desk, account.id, f"consent_{answer}", kind=row.kind, login=account.login, name=account.name)
            if answer == "agreed" and row.kind != "reset":
                _carry_out(session, desk, row, account)
        words = {"agreed": "已同意", "refused": "未同意", "taken_back": "已撤回"}[answer]
        return Outcome(row.account_id, TOPICS, f"{words}：{CONSENTS[row.kind]} {account.name}。")


def use(session: Session, desk: Desk, account_id: int) -> None:
    """Use up the consent to a leader's new password; Refused while there is none. A guarding database looks for itself."""
    fresh = desk.clock() - timedelta(hours=access()["consent_hours"])
    row = session.scalar(select(Consent).where(
        Consent.kind == "reset", Consent.account_id == account_id, Consent.asked_by == desk.actor.id, Consent.decision == "agreed",
        Consent.used_at.is_(None), Consent.decided_at > fresh).order_by(Consent.id).limit(1))
    if row is None:
        raise Refused(NEEDED, "请先提出申请，复核同意后 24 小时内重置。")
    if not guarded(session):
        row.used_at = desk.clock()


def _may_ask(session: Session, desk: Desk, kind: str, account: Account, unit_id: int) -> None:
    held = {(role, unit) for role, unit in session.execute(select(RoleGrant.role, RoleGrant.unit_id).where(RoleGrant.account_id == account.id))}
    roles, admins = {role for role, _unit in held}, ("unit_admin", unit_id) in held
    if account.id == desk.actor.id or roles & ADMIN_ROLES:
        raise Refused("不能为这个账号提出申请。")
    if kind == "reset":
        facts = AccountFacts(account.id, account.unit_id, frozenset(roles), account.id in led_lately(session, desk))
        refusal = may_administer(desk.actor, account.unit_id, facts)
        if refusal:
            raise Refused(refusal)
        if not needs_consent(facts):
            raise Refused(f"{account.name}不是领导，密码可直接重置，不用申请。")
    elif kind not in CONSENTS or not desk.actor.holds("sys_admin"):
        raise Refused("任免单位管理员由系统管理员申请。")
    elif kind == "appoint" and (admins or account.unit_id != unit_id or not account.active):
        raise Refused(f"{account.name}已是该单位管理员。" if admins else f"{account.name}不是该单位在用的账号，不能任命。")
    elif kind == "dismiss" and not admins:
        raise Refused(f"{account.name}不是该单位管理员。")
    if session.scalar(select(Consent.id).where(Consent.kind == kind, Consent.account_id == account.id, Consent.decision == "").limit(1)):
        raise Conflict("同样的申请已经提交，正在等待复核。")


def _carry_out(session: Session, desk: Desk, row: Consent, account: Account) -> None:
    """A unit has one administrator: the new one takes the place of the old one."""
    if row.kind == "appoint" and not account.active:
        raise Refused(f"{account.name}的账号已停用，不能任命。")
    unit = session.get_one(Unit, row.unit_id)
    admins = session.scalars(select(Account).join(RoleGrant, RoleGrant.account_id == Account.id).where(
        RoleGrant.role == "unit_admin", RoleGrant.unit_id == unit.id)).all()
    for other in admins:
        if (row.kind == "appoint") == (other.id != account.id):
            session.execute(delete(RoleGrant).where(RoleGrant.account_id == other.id, RoleGrant.role == "unit_admin", RoleGrant.unit_id == unit.id))
            note_account(session, desk, other.id, "dismissed", login=other.login, name=other.name, unit=unit.short)
    if row.kind == "appoint":
        session.add(RoleGrant(account_id=account.id, role="unit_admin", unit_id=unit.id))
        note_account(session, desk, account.id, "appointed", login=account.login, name=account.name, unit=unit.short)
    row.used_at = desk.clock()


def _row(desk: Desk, row: Consent, account: Account, unit: str, asker: str, decider: str | None) -> ConsentRow:
    refusal = may_consent(desk.actor, access()["consents"][row.kind], row.asked_by, row.account_id)
    mine = row.asked_by == desk.actor.id
    fresh = row.decided_at is not None and row.decided_at > desk.clock() - timedelta(hours=access()["consent_hours"])
    return ConsentRow(row.id, row.kind, CONSENTS[row.kind], account.id, account.login, account.name, unit, row.reason, asker, row.asked_at, row.decision,
                      decider or "", refusal, mine, mine and row.kind == "reset" and row.decision == "agreed" and row.used_at is None and fresh)


def _decides(desk: Desk, kind: str) -> bool:
    return any(desk.actor.holds(role) for role in access()["consents"][kind])
