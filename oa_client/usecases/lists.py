"""The lists of the main window (待办、待阅、在办、已办、收文、发文) and their counts: figures that open onto their rows."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, defer

from ..domain.calendar import Calendar, DeadlineWords, deadline_words
from ..store.tables import Document, Unit
from ..store.work_tables import ArchiveItem, Task
from . import consents
from .desk import BEIJING, Desk
from .papers import handled, lent, readable
from .rules import calendar, normalise_number
from .views import DocumentRow, ListFilter, ListPage

BOXES = {"todo": "待办", "read": "待阅", "doing": "在办", "done": "已办", "receive": "收文", "send": "发文", "lent": "共享给我"}
STATES = {"running": "办理中", "filed": "已归档", "closed": "已办结", "returned": "已退回", "void": "已作废"}
PAGE = 50
UNSHOWN = (defer(Document.body), defer(Document.details), defer(Document.memo))


def page(desk: Desk, box: str, narrow: ListFilter = ListFilter(), after: tuple[int, ...] | None = None, size: int = PAGE) -> ListPage:
    """One page of a list, newest first; pass `after` of the last page for the next."""
    with desk.look() as session:
        tasks = box in ("todo", "read")
        key = Task.id if tasks else Document.id
        query = _source(desk, box).where(*_narrowed(narrow, Task.created_at if tasks else Document.created_at))
        total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
        if after:
            query = query.where(key < after[0])
        found = session.execute(query.options(*UNSHOWN).order_by(key.desc()).limit(size + 1)).all()
        days = calendar(session)
        rows = tuple(_row(desk, days, *line) for line in found[:size])
        return ListPage(rows, (rows[-1].key,) if len(found) > size else None, total)


def counts(desk: Desk) -> dict[str, int]:
    """How many lines each list has, and how many filed documents there are. Three passes over the rows, however many lists there are."""
    with desk.look() as session:
        boxes = dict(session.execute(select(Task.box, func.count()).where(*_open_for(desk)).group_by(Task.box)).all())
        inside = handled(desk).label("inside")
        seen = session.execute(select(Document.kind, Document.state, inside, func.count()).where(readable(desk)).group_by(Document.kind, Document.state, inside)).all()
        borrowed = session.scalar(select(func.count()).select_from(Document).where(lent(desk))) or 0
        own = session.execute(select(Document.state, func.count()).where(readable(desk), _mine(desk)).group_by(Document.state)).all()
        waiting = consents.waiting(session, desk)
    found = {box: boxes.get(box, 0) for box in ("todo", "read")}
    found |= {box: sum(count for state, count in own if (state == "running") == (box == "doing")) for box in ("doing", "done")}
    found |= {box: sum(count for kind, _state, inside, count in seen if inside and kind == box) for box in ("receive", "send")}
    found["lent"] = borrowed
    if waiting is not None:
        found["consents"] = waiting
    return {**found, "library": sum(count for _kind, state, _inside, count in seen if state == "filed")}


def following(desk: Desk, document_id: int) -> DocumentRow | None:
    """The next to-do after work on a document is done: the newest of another document, None when nothing is left."""
    rows = page(desk, "todo", size=20).rows
    return next((row for row in rows if row.id != document_id), None)


def row_of(desk: Desk, days: Calendar, document: Document, organ: str, reference: str = "", key: int = 0) -> DocumentRow:
    """A document as a line of a list."""
    due = due_of(desk, days, document)
    draft = document.kind == "send" and document.state == "running" and document.step == "draft" and document.drafter_id == desk.actor.id
    return DocumentRow(document.id, document.kind, document.title, document.number, document.from_organ or organ, document.doc_type,
                       document.urgency, document.where, document.state, due, document.created_at, reference=reference, key=key or document.id,
                       draft=draft)


def due_of(desk: Desk, days: Calendar, document: Document) -> DeadlineWords:
    """The document's time limit in words; none once it has ended."""
    if document.due_on is None or document.state != "running":
        return DeadlineWords("", "none", "")
    return deadline_words(document.due_on, desk.today(), days)


def _source(desk: Desk, box: str) -> Select[*tuple[Any, ...]]:
    if box in ("todo", "read"):
        return select(Document, Unit.short, Task.id, Task.seen_at, Task.urged, Task.created_at).select_from(Task).join(
            Document, Document.id == Task.document_id).join(Unit, Unit.id == Document.organ_id).where(*_open_for(desk), Task.box == box)
    return select(Document, Unit.short, ArchiveItem.reference).join(Unit, Unit.id == Document.organ_id).outerjoin(
        ArchiveItem, ArchiveItem.document_id == Document.id).where(readable(desk), _belongs(desk, box))


def _belongs(desk: Desk, box: str) -> ColumnElement[bool]:
    if box == "lent":
        return lent(desk)
    if box in ("receive", "send"):
        return and_(Document.kind == box, handled(desk))
    return and_(_mine(desk), Document.state == "running" if box == "doing" else Document.state != "running")


def _open_for(desk: Desk) -> tuple[ColumnElement[bool], ...]:
    return Task.state == "open", Task.holder.in_(desk.actor.principals)


def _mine(desk: Desk) -> ColumnElement[bool]:
    """Drafted or acted on by the officer: from the officer's own few rows, not by asking of every document."""
    acted = select(Task.document_id).where(Task.actor_id == desk.actor.id)
    return Document.id.in_(acted.union(select(Document.id).where(Document.drafter_id == desk.actor.id)))


def _narrowed(narrow: ListFilter, moment: InstrumentedAttribute[datetime]) -> list[ColumnElement[bool]]:
    """`moment` is the time that the list shows: of arrival for to-dos, else of the document."""
    found: list[ColumnElement[bool]] = []
    for word in narrow.text.split():
        organ = and_(Document.from_organ == "", Unit.short.icontains(word, autoescape=True))
        found.append(or_(Document.title.icontains(word, autoescape=True), Document.number.icontains(normalise_number(word), autoescape=True),
                         Document.from_organ.icontains(word, autoescape=True), Document.where.icontains(word, autoescape=True), organ))
    if narrow.urgency:
        found.append(Document.urgency.in_(narrow.urgency))
    if narrow.state:
        found.append(Document.state.in_(narrow.state))
    if narrow.since:
        found.append(moment >= _midnight(narrow.since))
    if narrow.until:
        found.append(moment < _midnight(narrow.until, 1))
    return found


def _midnight(day: date, later: int = 0) -> datetime:
    """The day's beginning, or that of a day later; days at the ends of the calendar stand for their neighbours."""
    within = min(max(day, date.min + timedelta(days=1)), date.max - timedelta(days=1))
    return datetime.combine(within + timedelta(days=later), time(), BEIJING)


def _row(desk: Desk, days: Calendar, document: Document, organ: str, *rest: Any) -> DocumentRow:
    if len(rest) == 1:
        return row_of(desk, days, document, organ, rest[0] or "")
    task_id, seen_at, urged, arrived = rest
    plain = row_of(desk, days, document, organ, key=task_id)
    return DocumentRow(**{**plain.__dict__, "at": arrived, "task_id": task_id, "unread": seen_at is None, "urged": urged})
