"""Taking back and pressing on: withdraw (撤回) what nobody has opened yet, urge (催办) what lies too long."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain.actor import person, pool
from ..domain.errors import Conflict, NotFound, Refused
from ..domain.flow import Flow, Opening, Seat
from ..store.tables import Document
from ..store.work_tables import Task, TaskGroup
from .desk import Desk, Outcome
from .noting import note
from .papers import clean, find, flow_of, open_step, settle_where

TOPICS = frozenset({"document", "todo", "receive", "send"})


def withdrawable(session: Session, desk: Desk, document: Document, flow: Flow) -> TaskGroup | None:
    """The open group that this officer may take back: opened by the own act, and not yet opened by anybody."""
    if document.state != "running":
        return None
    group = session.scalar(select(TaskGroup).where(TaskGroup.document_id == document.id, TaskGroup.closed_at.is_(None)))
    task = session.get(Task, group.opened_by_task) if group and group.opened_by_task else None
    if group is None or task is None or task.actor_id != desk.actor.id:
        return None
    step = flow.step(task.step)
    action = step.action(task.action)
    if step.mode != "one" or action is None or action.final or task.action == "register":
        return None
    touched = session.scalar(select(Task.id).where(Task.group_id == group.id, (Task.state != "open") | Task.seen_at.is_not(None)).limit(1))
    return None if touched else group


def withdraw(desk: Desk, document_id: int, reason: str = "") -> Outcome[int]:
    """Take the document back to the own step. Conflict when somebody opened it meanwhile."""
    reason = clean(reason)
    with desk.unit() as session:
        group_id = _lock_open_group(session, document_id)
        document = find(session, desk, document_id, lock=True)
        flow = flow_of(session, document)
        group = withdrawable(session, desk, document, flow)
        if group is None or group.id != group_id:
            raise Conflict("对方已打开或已办理，不能撤回。", "如需更正，请联系当前办理人退回。")
        task = session.get_one(Task, group.opened_by_task)
        session.execute(update(Task).where(Task.group_id == group.id, Task.state == "open").values(
            state="cancelled", version=Task.version + 1, done_at=desk.clock()))
        session.execute(update(TaskGroup).where(TaskGroup.id == group.id).values(pending=0, closed_at=desk.clock()))
        note(session, desk, document.id, "withdraw", step=flow.step(task.step).title, reason=reason.strip())
        open_step(session, desk, document, flow, Opening(task.step, (Seat(person(desk.actor.id), task.part),)), None)
        settle_where(session, document, flow)
        return Outcome(document.id, TOPICS, f"已撤回「{document.title}」。")


def _lock_open_group(session: Session, document_id: int) -> int | None:
    """Lock in the order of every action, the group before the document; then the to-dos, so that none is opened meanwhile."""
    group_id = session.scalar(select(TaskGroup.id).where(TaskGroup.document_id == document_id, TaskGroup.closed_at.is_(None)).with_for_update())
    session.execute(select(Task.id).where(Task.group_id == group_id).order_by(Task.id).with_for_update())
    return group_id


def may_urge(desk: Desk, document: Document, task: Task) -> bool:
    """Who may press: the maker, who handed the task on, and the organ's clerks and reviewers (条例第二十四条 催办)."""
    pressing = {pool("clerk", document.organ_id), pool("reviewer", document.organ_id), pool("leader", document.organ_id)}
    mine = desk.actor.principals
    concerned = document.drafter_id == desk.actor.id or task.from_id == desk.actor.id or bool(mine & pressing)
    return concerned and task.holder not in mine


def urge(desk: Desk, task_id: int, words: str = "") -> Outcome[int]:
    """Press for an open task; it stands out in the holder's list and in the history."""
    words = clean(words)
    with desk.unit() as session:
        task = session.get(Task, task_id)
        if task is None:
            raise NotFound("没有找到这项待办。")
        document = find(session, desk, task.document_id)
        if task.state != "open":
            raise Conflict("这件事已经办理，不需要催办了。")
        if not may_urge(desk, document, task):
            raise Refused("您不能催办这件事。", "拟稿人、交办人、本机关收发员和核稿人可以催办。")
        session.execute(update(Task).where(Task.id == task.id).values(urged=Task.urged + 1))
        note(session, desk, document.id, "urge", step=flow_of(session, document).step(task.step).title, words_said=words.strip())
        return Outcome(document.id, TOPICS, "已催办。")
