"""Handing over (移交): what lies with a leaver or transferee goes to a named successor in one act, shown first, and on record."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from ..domain.actor import ADMIN_ROLES, LEADER_ROLES, Actor, person
from ..domain.errors import NotFound, Refused
from ..domain.flow import Flow
from ..domain.permissions import AccountFacts, may_administer, may_stand_in
from ..domain.seating import asked_role
from ..store.access_tables import Delegation, Share
from ..store.guard import call, guarded
from ..store.tables import Account, Document, RoleGrant
from ..store.work_tables import Task
from .desk import Desk, Outcome
from .directory import actor_of
from .noting import note, note_account
from .papers import facts_of, flow_of, let_read, settle_where

TOPICS = frozenset({"document", "todo", "accounts", "lent"})
KINDS = {"todo": "待办", "read": "待阅", "draft": "文稿", "delegation": "委托", "share": "借阅"}


@dataclass(frozen=True)
class Matter:
    """One thing that lies with an account. `title` is empty where the officer at the desk may not know it; `role` must be held in
    the organ by who takes it over; `others` take part in the same step already (principals)."""

    kind: str
    id: int
    document_id: int | None
    title: str
    step: str
    urgency: str
    since: datetime
    due: date | None
    role: str = ""
    organ_id: int | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Handed:
    """What went over, and how many to-dos stayed because the successor may not hold them or has them already."""

    tasks: int = 0
    drafts: int = 0
    delegations: int = 0
    shares: int = 0
    left: int = 0


def matters(desk: Desk, account_id: int) -> tuple[Matter, ...]:
    """What lies with an account, for its holder or its administrator, who is not told what the papers are about."""
    with desk.look() as session:
        account = _giver(session, desk, account_id)
        if guarded(session):
            rows = session.execute(text("SELECT kind, id, document_id, title, step, urgency, since, due, role, organ_id, others FROM oa.open_matters(:a)"), {"a": account.id})
            return tuple(replace(Matter(*row), others=tuple(row.others)) for row in rows)
        own = account.id == desk.actor.id
        return (*_tasks(session, account, own), *_delegations(session, desk, account), *_shares(session, desk, account, own))


def hindrance(matter: Matter, holder: str, grants: frozenset[tuple[str, int]]) -> str:
    """Why a successor (principal, roles) may not take a matter over: "there" who takes part in it already, "role" who lacks the role; or empty."""
    if holder in matter.others:
        return "there"
    fits = any((held == matter.role or (matter.role == "leader" and held in LEADER_ROLES)) and unit == matter.organ_id for held, unit in grants)
    return "role" if matter.role and not fits else ""


def hand_over(desk: Desk, account_id: int, heir_id: int) -> Outcome[Handed]:
    """Hand everything over that the successor may hold; one transaction, one record."""
    with desk.unit() as session:
        account = _giver(session, desk, account_id)
        heir = session.get(Account, heir_id)
        if heir is None or not heir.active or heir.id == account.id:
            raise Refused("请选择一位在用账号的接办人。")
        if heir.id == desk.actor.id:
            raise Refused("不能把别人的事项移交给自己。", "请另选接办人。")
        taker = actor_of(session, heir, desk.today())
        if any(role in ADMIN_ROLES for role, _unit in taker.grants):
            raise Refused("管理员账号不能接办公文，请另选接办人。")
        if guarded(session):
            done = Handed(**call(session, "hand_over", account.id, heir.id))
        else:
            done = _carry_out(session, desk, account, taker)
            said = {"login": account.login, "name": account.name, "to": f"{heir.login} {heir.name}", **done.__dict__}
            for each in (account.id, heir.id):
                note_account(session, desk, each, "handover", **said)
        left = f"另有 {done.left} 件{heir.name}不能接办（职责不符或已在办），仍在原处。" if done.left else ""
        return Outcome(done, TOPICS, f"已把 {account.name} 的 {done.tasks + done.drafts + done.delegations + done.shares} 项移交给 {heir.name}。{left}")


def _giver(session: Session, desk: Desk, account_id: int) -> Account:
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("没有这个账号。")
    if account.id != desk.actor.id:
        roles = frozenset(session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == account.id)))
        refusal = may_administer(desk.actor, account.unit_id, AccountFacts(account.id, account.unit_id, roles))
        if refusal:
            raise Refused(refusal)
    return account


def _open(session: Session, account: Account) -> list[tuple[Task, Document]]:
    rows = session.execute(select(Task, Document).join(Document, Document.id == Task.document_id).where(
        Task.state == "open", Task.holder == person(account.id)).order_by(Task.id))
    return [(task, document) for task, document in rows]


def _tasks(session: Session, account: Account, own: bool) -> list[Matter]:
    found = []
    for task, document in _open(session, account):
        flow = flow_of(session, document)
        found.append(Matter("draft" if _is_draft(flow, document) else task.box, task.id, document.id, document.title if own else "", flow.step(task.step).title,
                            document.urgency, task.created_at, task.due_on, asked_role(flow, flow.step(task.step), task.part, facts_of(document).upward), document.organ_id, _others(session, task)))
    return found


def _others(session: Session, task: Task) -> tuple[str, ...]:
    """Who else takes part in a to-do's step in person."""
    return tuple(session.scalars(select(Task.holder).where(Task.group_id == task.group_id, Task.state == "open", Task.id != task.id, Task.holder.startswith("person:"))))


def _is_draft(flow: Flow, document: Document) -> bool:
    return document.kind == "send" and document.step == flow.start


def _running(desk: Desk, account: Account) -> tuple:
    mine = (Delegation.from_id == account.id) | (Delegation.to_id == account.id)
    return mine, Delegation.ended_at.is_(None), Delegation.ends_on >= desk.today()


def _delegations(session: Session, desk: Desk, account: Account) -> list[Matter]:
    rows = session.scalars(select(Delegation).where(*_running(desk, account)).order_by(Delegation.id)).all()
    other = {row.id: session.get_one(Account, row.to_id if row.from_id == account.id else row.from_id).name for row in rows}
    return [Matter("delegation", row.id, None, other[row.id], "given" if row.from_id == account.id else "taken", "", row.made_at, row.ends_on) for row in rows]


def _lent(desk: Desk, account: Account) -> tuple:
    return Share.principal == person(account.id), Share.ended_at.is_(None), Share.ends_on >= desk.today()


def _shares(session: Session, desk: Desk, account: Account, own: bool) -> list[Matter]:
    rows = session.execute(select(Share, Document.title).join(Document, Document.id == Share.document_id).where(*_lent(desk, account)).order_by(Share.id))
    return [Matter("share", row.id, row.document_id, title if own else "", "", "", row.given_at, row.ends_on) for row, title in rows]


def _carry_out(session: Session, desk: Desk, account: Account, taker: Actor) -> Handed:
    counts = {"tasks": 0, "drafts": 0, "left": 0}
    for task, document in _open(session, account):
        flow = flow_of(session, document)
        role = asked_role(flow, flow.step(task.step), task.part, facts_of(document).upward)
        if person(taker.id) in _others(session, task) or (role and not taker.holds(role, document.organ_id)):
            counts["left"] += 1
            continue
        task.holder, task.seen_at, task.version = person(taker.id), None, task.version + 1
        let_read(session, document.id, {person(taker.id)})
        counts["drafts" if _is_draft(flow, document) else "tasks"] += 1
        if _is_draft(flow, document) and document.drafter_id == account.id:
            document.drafter_id = taker.id
        settle_where(session, document, flow)
        note(session, desk, document.id, "handed_over", task_id=task.id, step=flow.step(task.step).title, to=taker.name, **{"from": account.name})
    return Handed(**counts, delegations=_move_delegations(session, desk, account, taker), shares=_move_shares(session, desk, account, taker))


def _move_delegations(session: Session, desk: Desk, account: Account, taker: Actor) -> int:
    """Those given end; those taken go on with the successor where the one who gave them may be stood in for by the successor."""
    moved = 0
    for row in session.scalars(select(Delegation).where(*_running(desk, account)).order_by(Delegation.id)).all():
        row.ended_at = desk.clock()
        if row.from_id == account.id:
            moved += 1
            continue
        giver = actor_of(session, session.get_one(Account, row.from_id), desk.today())
        if giver.id != taker.id and may_stand_in(_leads(giver), giver.unit_id, _leads(taker), taker.unit_id):
            session.add(Delegation(from_id=giver.id, to_id=taker.id, starts_on=max(row.starts_on, desk.today()), ends_on=row.ends_on, reason=row.reason,
                                   made_at=desk.clock()))
            moved += 1
    session.flush()
    return moved


def _leads(actor: Actor) -> frozenset[int]:
    return frozenset(unit for role, unit in actor.grants if role in LEADER_ROLES)


def _move_shares(session: Session, desk: Desk, account: Account, taker: Actor) -> int:
    rows = session.scalars(select(Share).where(*_lent(desk, account)).order_by(Share.id)).all()
    for row in rows:
        session.execute(update(Share).where(Share.id == row.id).values(ended_at=desk.clock(), ended_by=desk.actor.id))
        session.add(Share(document_id=row.document_id, principal=person(taker.id), given_by=row.given_by, given_at=desk.clock(), ends_on=row.ends_on,
                          reason=row.reason))
    session.flush()
    return len(rows)
