"""Acting on a to-do (办理): one press, one transaction; the second of two presses gets Conflict."""

import hashlib
from dataclasses import dataclass, replace

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from ..domain.actor import LEADER_ROLES, split
from ..domain.errors import Conflict, Invalid, NotFound, Refused
from ..domain.flow import (
    ENDED,
    Choice,
    Command,
    Flow,
    Opening,
    Past,
    Plan,
    Seat,
    Situation,
    after_join,
    allowed,
    decide,
)
from ..domain.flow_definition import Action
from ..domain.seating import persons, reseated, wanted_role
from ..store.tables import Account, Document, RoleGrant
from ..store.winning import met
from ..store.work_tables import Opinion, Task, TaskGroup
from . import effects
from .desk import Desk, Outcome, local
from .directory import suits
from .limits import WORDS, too_long
from .noting import note
from .papers import clean, facts_of, find, flow_of, let_read, open_step, past_of, settle_where

TOPICS = frozenset({"document", "todo", "receive", "send"})


@dataclass(frozen=True)
class Seen:
    """The versions on the officer's screen: of the to-do and of the document's content."""

    task: int
    document: int


@dataclass(frozen=True)
class Now:
    """A to-do with everything that a decision about it needs; `siblings` are the other to-dos of its group."""

    task: Task
    group: TaskGroup
    document: Document
    flow: Flow
    situation: Situation
    siblings: tuple[Task, ...]

    @property
    def waiting(self) -> bool:
        """Whether others of the group have yet to answer."""
        return any(task.state == "open" for task in self.siblings)


def choices(session: Session, desk: Desk, task: Task, document: Document, flow: Flow) -> tuple[Choice, ...]:
    """The buttons of a to-do: what `act` will accept."""
    return allowed(_situation(session, task, document, flow), desk.actor)


def act(desk: Desk, task_id: int, command: Command, seen: Seen) -> Outcome[int]:
    """Carry out an action. Conflict when somebody acted first; Refused or Invalid when a rule forbids it."""
    command = _legible(command)
    prepared = effects.prepare(desk, task_id, command)
    with desk.unit() as session:
        now = _locked(session, desk, task_id)
        _fresh(session, now, seen)
        plan = decide(now.situation, desk.actor, command, suits(session, desk.actor, now.document.organ_id))
        _claim(session, desk, now.task, plan.action.key, seen.task)
        words = _said(session, desk, now, plan)
        opening, ended = _leave(session, desk, now, plan)
        effects.carry_out(session, desk, now, plan, command, prepared)
        _arrive(session, desk, now, opening and _filled(session, now, plan.action, opening), ended)
        return Outcome(now.document.id, TOPICS | plan_topics(plan), words)


def _legible(command: Command) -> Command:
    """The command with its texts cleaned; Invalid when one is too long."""
    opinion, fields = clean(command.opinion), {key: clean(value) for key, value in command.fields.items()}
    wrong = too_long({"opinion": ("意见", opinion, WORDS), **{key: ("这一项", value, WORDS) for key, value in fields.items()}})
    if wrong:
        raise Invalid(wrong)
    return replace(command, opinion=opinion, fields=fields)


def plan_topics(plan: Plan) -> frozenset[str]:
    """What else changes with an action."""
    return frozenset({"library"}) if plan.end == "filed" else frozenset()


def mark_seen(desk: Desk, task_id: int) -> Outcome[None]:
    """Note that a to-do was opened for the first time; afterwards it can no longer be withdrawn. Other desks are told of the first time alone."""
    unseen = (Task.id == task_id, Task.state == "open", Task.seen_at.is_(None), Task.holder.in_(desk.actor.principals))
    with desk.look() as session:
        if session.scalar(select(Task.id).where(*unseen)) is None:
            return Outcome(None)
    with desk.unit() as session:
        opened = met(session, update(Task).where(*unseen).values(seen_at=desk.clock()))
        return Outcome(None, frozenset({"todo"}) if opened else frozenset())


def _locked(session: Session, desk: Desk, task_id: int) -> Now:
    """Lock the group first, in every action: two returns at once must not deadlock."""
    own = select(Task.group_id).where(Task.id == task_id).scalar_subquery()
    group = session.scalars(select(TaskGroup).where(TaskGroup.id == own).with_for_update()).one_or_none()
    if group is None:
        raise NotFound("没有找到这项待办。")
    document = find(session, desk, group.document_id, lock=True)
    tasks = session.scalars(select(Task).where(Task.document_id == document.id).order_by(Task.id)).all()
    task = next(item for item in tasks if item.id == task_id)
    siblings = tuple(item for item in tasks if item.group_id == group.id and item is not task)
    flow = flow_of(session, document)
    past = tuple(Past(item.step, item.actor_id, item.part) for item in tasks if item.state == "done" and item.actor_id is not None)
    others = sum(1 for item in siblings if item.state == "open")
    situation = Situation(flow, facts_of(document), task.step, task.holder, task.part, others, past)
    return Now(task, group, document, flow, situation, siblings)


def _situation(session: Session, task: Task, document: Document, flow: Flow) -> Situation:
    others = session.scalar(select(func.count()).where(Task.group_id == task.group_id, Task.state == "open", Task.id != task.id)) or 0
    return Situation(flow, facts_of(document), task.step, task.holder, task.part, others, past_of(session, document.id))


def _fresh(session: Session, now: Now, seen: Seen) -> None:
    if now.task.state != "open" or now.task.version != seen.task:
        raise Conflict(_who_was_first(session, now.task), "您填写的意见已保留，请刷新后查看当前环节。")
    if now.document.version != seen.document:
        raise Conflict("文稿内容已被修改，您看到的不是最新一稿。", "您填写的意见已保留，请刷新后重新阅看再办理。")


def _claim(session: Session, desk: Desk, task: Task, action: str, version: int) -> None:
    """Exactly one caller wins the conditional update."""
    moment = desk.clock()
    values = {"state": "done", "action": action, "actor_id": desk.actor.id, "done_at": moment, "version": version + 1, "seen_at": task.seen_at or moment}
    won = met(session, update(Task).where(Task.id == task.id, Task.state == "open", Task.version == version).values(values).execution_options(
        synchronize_session=False))
    if won != 1:
        session.refresh(task)
        raise Conflict(_who_was_first(session, task), "您填写的意见已保留，请刷新后查看当前环节。")
    for key, value in values.items():
        set_committed_value(task, key, value)


def _who_was_first(session: Session, task: Task) -> str:
    if task.state == "done" and task.actor_id:
        when = f"{local(task.done_at):%m月%d日 %H:%M}" if task.done_at else ""
        return f"这件事已由{session.get_one(Account, task.actor_id).name}于 {when} 办理。"
    if task.state == "cancelled":
        return "这件事已被撤回或退回，不再需要办理。"
    return "这件事刚刚有了变化，您看到的不是最新状态。"


def _said(session: Session, desk: Desk, now: Now, plan: Plan) -> str:
    step = now.flow.step(now.task.step)
    note(session, desk, now.document.id, plan.action.key, task_id=now.task.id, step=step.title, act=plan.action.title, **{"for": standing_in(session, desk, now.task)})
    if plan.opinion:
        session.add(Opinion(document_id=now.document.id, task_id=now.task.id, author_id=desk.actor.id, step=step.key,
                            action=plan.action.key, text=plan.opinion, at=desk.clock()))
        note(session, desk, now.document.id, "opinion", task_id=now.task.id, sha256=hashlib.sha256(plan.opinion.encode()).hexdigest())
    return step.title if step.title == plan.action.title else f"{step.title}：{plan.action.title}"


def standing_in(session: Session, desk: Desk, task: Task) -> str:
    """For whom the officer acts, where the to-do is somebody else's (委托); empty where it is the officer's own."""
    kind, number = split(task.holder)
    return session.get_one(Account, number).name if kind == "person" and number != desk.actor.id else ""


def _leave(session: Session, desk: Desk, now: Now, plan: Plan) -> tuple[Opening | None, str]:
    """Close or count down the group; gives what opens next and how the document ended."""
    now.document.memo = {**now.document.memo, **{key: list(value) for key, value in plan.memo.items()}}
    if plan.how == "hand":
        seat = plan.opening.seats[0] if plan.opening else Seat("")
        _hand(session, desk, now, seat)
        return None, ""
    if plan.how == "count":
        left = session.execute(update(TaskGroup).where(TaskGroup.id == now.group.id, TaskGroup.closed_at.is_(None)).values(
            pending=TaskGroup.pending - 1).returning(TaskGroup.pending)).scalar_one()
        if left:
            return None, ""
        answers = frozenset(task.action for task in (now.task, *now.siblings) if task.state == "done")
        _close(session, desk, now.group)
        return after_join(now.situation, answers, plan.action), ""
    if now.waiting:
        session.execute(update(Task).where(Task.group_id == now.group.id, Task.state == "open").values(
            state="cancelled", version=Task.version + 1, done_at=desk.clock()))
    _close(session, desk, now.group)
    return plan.opening, plan.end


def _close(session: Session, desk: Desk, group: TaskGroup) -> None:
    session.execute(update(TaskGroup).where(TaskGroup.id == group.id).values(pending=0, closed_at=desk.clock()))


def _hand(session: Session, desk: Desk, now: Now, seat: Seat) -> None:
    """The same seat of the same group goes to another officer (转办), who has none there yet."""
    if session.scalar(select(Task.id).where(Task.group_id == now.group.id, Task.state == "open", Task.holder == seat.holder).limit(1)):
        raise Invalid({"person": "所选承办人已在办理本件，请另选。"})
    session.add(Task(document_id=now.document.id, group_id=now.group.id, step=now.task.step, part=seat.part, box=now.task.box, holder=seat.holder,
                     from_id=desk.actor.id, due_on=now.task.due_on, created_at=desk.clock()))
    let_read(session, now.document.id, {seat.holder})


def _arrive(session: Session, desk: Desk, now: Now, opening: Opening | None, ended: str) -> None:
    if ended:
        if ended not in ENDED:
            raise Refused("流程定义的结束状态不对。", "请联系管理员检查流程定义。", ended)
        now.document.state, now.document.ended_at = ended, desk.clock()
    elif opening:
        open_step(session, desk, now.document, now.flow, opening, now.task.id)
    settle_where(session, now.document, now.flow)


def _filled(session: Session, now: Now, action: Action, opening: Opening) -> Opening:
    """The opening without officers who are disabled; going back, also without those who lost the role that the step belongs to."""
    named = persons(opening)
    if not named:
        return opening
    rows = {account.id: account for account in session.scalars(select(Account).where(Account.id.in_(named)))}
    left = {number for number in named if number not in rows or not rows[number].active}
    role = wanted_role(now.flow.step(opening.step))
    if role and (action.returns or action.seat):
        holding = session.scalars(select(RoleGrant.account_id).where(
            RoleGrant.account_id.in_(named), RoleGrant.role.in_(LEADER_ROLES if role == "leader" else {role}), RoleGrant.unit_id == now.document.organ_id))
        left |= set(named) - set(holding)
    words = "、".join(rows[number].name for number in sorted(left) if number in rows)
    return reseated(now.situation, opening, frozenset(named[number] for number in left), words)
