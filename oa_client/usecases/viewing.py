"""Opening a document (阅看): everything its window shows, in one consistent picture."""

import json
from dataclasses import replace
from datetime import date
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from ..domain.flow import Flow
from ..domain.happenings import words
from ..domain.permissions import may_share
from ..store import blobs
from ..store.audit_tables import Event
from ..store.tables import Account, Addressee, Document, Unit
from ..store.work_tables import ArchiveItem, Attachment, Opinion, Task, TaskGroup
from . import recalling, sharing
from .acting import choices, standing_in
from .desk import Desk
from .directory import labels
from .lists import due_of
from .noting import note_reading
from .papers import facts_of, find, flow_of, is_guest, name_of, readable
from .rules import calendar, table
from .sheets import sheet_of
from .views import AddresseeRow, AttachmentRow, DocumentView, MyTask, Related, TimelineEntry, Waiting

NATURES = {"handle": "批办件", "read": "阅知件"}
HANDLING = frozenset({"不予公开理由", "办理期限", "拟稿人", "登记人", "提示事项说明", "答复来文单位"})
UNTOLD = ("opinion", "view_file", "print")
TONES = {"return": "warn", "reject": "warn", "disagree": "warn", "discard": "warn", "withdraw": "warn", "urge": "warn", "refused_receipt": "warn",
         "filed": "good", "numbered": "good", "sign": "good"}


def show(desk: Desk, document_id: int) -> DocumentView:
    """The document as this officer may see it; NotFound when it may not be seen. A guest sees text and files, not the handling."""
    with desk.look() as session:
        document = find(session, desk, document_id)
        flow = flow_of(session, document)
        organ = session.get_one(Unit, document.organ_id)
        item = session.get(ArchiveItem, document.id)
        inside = not is_guest(session, desk, document)
        timeline = _timeline(session, flow, document) if inside else ()
        addressees = _addressees(session, document) if inside else ()
        drafter = name_of(session, document.drafter_id)
        view = DocumentView(
            id=document.id, kind=document.kind, title=document.title, number=document.number, organ_id=document.organ_id, urgency=document.urgency,
            openness=document.openness, state=document.state, where=document.where, due=due_of(desk, calendar(session), document), version=document.version,
            body=document.body, upward=facts_of(document).upward, number_codes=tuple(organ.number_codes.split()),
            fields=_fields(document, organ, item, drafter, inside), attachments=attachments(session, document.id), timeline=timeline,
            addressees=addressees, reference=item.reference if item else "",
            sheet=sheet_of(document, organ, item, timeline, addressees, drafter))
        if not inside:
            until, by = sharing.loan(session, desk, document)
            return replace(view, watermark=watermark(desk), lent_until=until, lent_by=by, share_refusal=sharing.GUEST)
        return replace(
            view, tasks=_mine(session, desk, document, flow), waiting=_waiting(session, desk, document, flow), related=_related(session, desk, document),
            may_withdraw=recalling.withdrawable(session, desk, document, flow) is not None, share_refusal=may_share(desk.actor, desk.actor.principals, document.state),
            shares=sharing.shares_of(session, desk, document))


def watermark(desk: Desk) -> str:
    """What stands across a borrowed paper, on the screen and in print: who reads it, and on which day; a print says the minute as well."""
    return f"{desk.actor.name} {desk.actor.login} {desk.today():%Y-%m-%d}"


def attachments(session: Session, document_id: int) -> tuple[AttachmentRow, ...]:
    """A document's files, the original or issued text first."""
    rows = session.execute(select(Attachment.id, Attachment.name, Attachment.role, Attachment.media, Attachment.size, Attachment.pages).where(
        Attachment.document_id == document_id).order_by(Attachment.role == "attachment", Attachment.position, Attachment.id))
    return tuple(AttachmentRow(*row) for row in rows)


def read_attachment(desk: Desk, attachment_id: int) -> tuple[str, str, bytes, str]:
    """Name, media, bytes and text of an attachment of a document that this officer may see; the reading is noted."""
    with desk.unit() as session:
        row = session.get(Attachment, attachment_id)
        find(session, desk, row.document_id if row else 0)
        assert row is not None
        note_reading(session, desk, "view_file", row.document_id, name=row.name, file=row.id)
        return row.name, row.media, blobs.read_file(session, row.id), row.text


def _fields(document: Document, organ: Unit, item: ArchiveItem | None, drafter: str, inside: bool) -> tuple[tuple[str, str], ...]:
    incoming = document.kind == "receive"
    pairs = [
        ("来文单位" if incoming else "发文机关", document.from_organ or organ.name), ("来文字号" if incoming else "发文字号", document.number),
        ("文种", document.doc_type), ("成文日期", _day(document.doc_date)), ("收文日期", _day(document.received_on)), ("紧急程度", document.urgency),
        ("办理性质", NATURES.get(document.nature, "") if incoming else ""), ("公开属性", document.openness), ("不予公开理由", document.openness_reason),
        ("主送", document.main_to), ("抄送", document.copy_to), ("份数", str(document.copies)), ("办理期限", _day(document.due_on)),
        ("拟稿人" if not incoming else "登记人", drafter), ("签发人", str(document.details.get("signer", ""))),
        ("提示事项说明", str(document.details.get("explain", ""))), ("答复来文单位", str(document.details.get("answered", ""))),
        ("档号", item.reference if item else ""), ("保管期限", _periods().get(item.retention, "") if item else "")]
    return tuple((label, value) for label, value in pairs if value and (inside or label not in HANDLING))


@cache
def _periods() -> dict[str, str]:
    return {row["code"]: row["name"] for row in table("retention")["periods"]}


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _timeline(session: Session, flow: Flow, document: Document) -> tuple[TimelineEntry, ...]:
    opened = aliased(TaskGroup)
    rows = session.execute(select(Event, Account.name, Account.post, Unit.short, Task.step, opened.step).join(Account, Account.id == Event.account_id).join(
        Unit, Unit.id == Account.unit_id).outerjoin(Task, Task.id == Event.task_id).outerjoin(
        opened, opened.opened_by_task == Event.task_id).where(Event.document_id == document.id, Event.action.not_in(UNTOLD)).order_by(Event.id))
    said = {opinion.task_id: opinion.text for opinion in session.scalars(select(Opinion).where(Opinion.document_id == document.id))}
    found = []
    for event, name, post, unit, step, went in rows:
        action = flow.step(step).action(event.action) if step else None
        detail = json.loads(event.detail)
        if action and action.returns and went:
            detail["to"] = flow.step(went).title
        opinion = said.pop(event.task_id, "") if event.task_id else ""
        found.append(TimelineEntry(event.at, name, unit, post, flow.step(step).title if step else "", action.title if action else "",
                                   words(event.action, detail), opinion, TONES.get(event.action, "plain")))
    return tuple(found)


def _mine(session: Session, desk: Desk, document: Document, flow: Flow) -> tuple[MyTask, ...]:
    rows = session.scalars(select(Task).where(Task.document_id == document.id, Task.state == "open",
                                              Task.holder.in_(desk.actor.principals)).order_by(Task.box.desc(), Task.id))
    return tuple(MyTask(task.id, task.version, task.step, flow.step(task.step).title, task.part, bool(flow.step(task.step).edit),
                        choices(session, desk, task, document, flow), standing_in(session, desk, task)) for task in rows)


def _waiting(session: Session, desk: Desk, document: Document, flow: Flow) -> tuple[Waiting, ...]:
    rows = list(session.scalars(select(Task).where(Task.document_id == document.id, Task.state == "open").order_by(Task.id)))
    words = labels(session, {task.holder for task in rows})
    return tuple(Waiting(task.id, flow.step(task.step).title, words[task.holder], task.part, task.created_at, task.seen_at is not None,
                         recalling.may_urge(desk, document, task)) for task in rows)


def _addressees(session: Session, document: Document) -> tuple[AddresseeRow, ...]:
    rows = session.execute(select(Addressee, Account.name).outerjoin(Account, Account.id == Addressee.received_by).where(
        Addressee.document_id == document.id).order_by(Addressee.main.desc(), Addressee.position))
    return tuple(AddresseeRow(row.name, row.main, row.unit_id, row.sent_at, row.received_at, name or "") for row, name in rows)


def _related(session: Session, desk: Desk, document: Document) -> tuple[Related, ...]:
    found = []
    query = select(Document.id, Document.title, Document.source_id).where(readable(desk))
    near = [*session.scalars(select(Addressee.copy_id).where(Addressee.document_id == document.id, Addressee.copy_id.is_not(None))), document.source_id]
    for other_id, title, source_id in session.execute(query.where(Document.id.in_(filter(None, near))).order_by(Document.id)):
        found.append(Related(other_id, title, "由本件分发" if source_id == document.id else "来自发文"))
    if document.number:
        same = query.where(Document.number == document.number, Document.id != document.id, Document.source_id.is_(None), Document.kind == "receive")
        found += [Related(other_id, title, "字号相同") for other_id, title, _ in session.execute(same.order_by(Document.id))
                  if other_id not in {item.id for item in found}]
    return tuple(found)
