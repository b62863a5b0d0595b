"""Delegation (委托): for a time somebody else may act on what is addressed to an officer, in the officer's place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from ..domain.actor import ADMIN_ROLES, LEADER_ROLES, Actor, person
from ..domain.errors import Conflict, Invalid, NotFound, Refused
from ..domain.permissions import may_stand_in
from ..store.access_tables import Delegation
from ..store.tables import Account, RoleGrant
from ..store.winning import met
from .desk import Desk, Outcome
from .directory import Candidate
from .limits import LINE, too_long
from .noting import note_account
from .papers import clean
from .rules import access

TOPICS = frozenset({"accounts", "todo"})


@dataclass(frozen=True)
class DelegationRow:
    """A delegation as lists show it; `mine` whether the officer at the desk gave it."""

    id: int
    giver: str
    taker: str
    starts_on: date
    ends_on: date
    reason: str
    mine: bool
    now: bool


def delegations(desk: Desk) -> tuple[DelegationRow, ...]:
    """What the officer delegated and what was delegated to them, from today on, the nearest first."""
    giver, taker = aliased(Account), aliased(Account)
    me, today = desk.actor.id, desk.today()
    with desk.look() as session:
        rows = session.execute(select(Delegation, giver.name, taker.name).join(giver, giver.id == Delegation.from_id).join(
            taker, taker.id == Delegation.to_id).where((Delegation.from_id == me) | (Delegation.to_id == me), Delegation.ended_at.is_(None),
                                                       Delegation.ends_on >= today).order_by(Delegation.starts_on, Delegation.id)).all()
    return tuple(DelegationRow(row.id, gives, takes, row.starts_on, row.ends_on, row.reason, row.from_id == me, row.starts_on <= today)
                 for row, gives, takes in rows)


def delegate(desk: Desk, to_id: int, starts_on: date, ends_on: date, reason: str = "") -> Outcome[int]:
    """Let a colleague act in one's place from a day to a day. Invalid names the field."""
    reason = clean(reason).strip()
    most = longest()
    wrong = too_long({"reason": ("事由", reason, LINE)})
    if starts_on < desk.today():
        wrong["starts_on"] = "委托不能从过去的日子开始。"
    if not starts_on <= ends_on <= starts_on + timedelta(days=most):
        wrong["ends_on"] = f"结束日期应在开始日期以后 {most} 天以内。"
    if wrong:
        raise Invalid(wrong)
    with desk.unit() as session:
        taker = session.get(Account, to_id)
        if taker is None or not taker.active or to_id == desk.actor.id:
            raise Invalid({"to_id": "请选择一位在用账号的同事。"})
        _judge(session, desk, taker)
        if session.scalar(select(Delegation.id).where(Delegation.from_id == desk.actor.id, Delegation.ended_at.is_(None),
                                                      Delegation.starts_on <= ends_on, Delegation.ends_on >= starts_on).limit(1)):
            raise Refused("这段时间已经委托给别人。", "请先结束原来的委托。")
        row = Delegation(from_id=desk.actor.id, to_id=to_id, starts_on=starts_on, ends_on=ends_on, reason=reason, made_at=desk.clock())
        session.add(row)
        session.flush()
        note_account(session, desk, desk.actor.id, "delegate", to=taker.name, until=ends_on.isoformat(), **{"from": starts_on.isoformat()})
        return Outcome(row.id, TOPICS, f"已委托 {taker.name} 代办，{starts_on:%m月%d日} 至 {ends_on:%m月%d日}。")


def may_take(giver: Actor, item: Candidate) -> bool:
    """Whether an officer may delegate to a candidate of the directory; the same test as when it is done."""
    if item.is_unit or item.holder == person(giver.id) or any(role in ADMIN_ROLES for role, _unit in giver.grants):
        return False
    return may_stand_in(_leads(giver.grants), giver.unit_id, item.leads, item.unit_id)


def longest() -> int:
    """For how many days something may be delegated at most."""
    return access()["delegation_days"]


def end(desk: Desk, delegation_id: int) -> Outcome[int]:
    """End one's own delegation at once."""
    with desk.unit() as session:
        row = session.get(Delegation, delegation_id)
        if row is None or row.from_id != desk.actor.id:
            raise NotFound("没有找到这项委托。")
        ended = met(session, update(Delegation).where(Delegation.id == row.id, Delegation.ended_at.is_(None)).values(ended_at=desk.clock()))
        if ended != 1:
            raise Conflict("这项委托已经结束。")
        taker = session.get_one(Account, row.to_id)
        note_account(session, desk, desk.actor.id, "delegate_end", to=taker.name)
        return Outcome(row.id, TOPICS, f"对 {taker.name} 的委托已结束。")


def _judge(session: Session, desk: Desk, taker: Account) -> None:
    grants = [(role, unit) for role, unit in session.execute(select(RoleGrant.role, RoleGrant.unit_id).where(RoleGrant.account_id == taker.id))]
    if any(role in ADMIN_ROLES for role, _unit in grants) or any(role in ADMIN_ROLES for role, _unit in desk.actor.grants):
        raise Refused("管理员账号不能委托，也不能受托办理公文。")
    leads = _leads(desk.actor.grants)
    if not may_stand_in(leads, desk.actor.unit_id, _leads(grants), taker.unit_id):
        raise Refused("领导的事项只能委托给同一机关的其他领导。" if leads else "只能委托给本单位的同事。", "请另选受托人。")


def _leads(grants: Iterable[tuple[str, int]]) -> frozenset[int]:
    return frozenset(unit for role, unit in grants if role in LEADER_ROLES)
