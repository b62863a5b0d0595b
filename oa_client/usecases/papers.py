"""What the stories about documents share: finding one, readers, attachments, the index, the words of where it is."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Boolean, ColumnElement, exists, literal_column, or_, select, true
from sqlalchemy.orm import Session

from ..domain.actor import split
from ..domain.errors import Invalid, NotFound
from ..domain.flow import Facts, Flow, Opening, Past
from ..domain.permissions import readers_on
from ..store import blobs, search
from ..store.access_tables import Share
from ..store.guard import guarded
from ..store.tables import Account, Document, FlowDefinition, Reader
from ..store.work_tables import Attachment, Task, TaskGroup
from .desk import Desk
from .directory import labels
from .rules import access

LIMIT_MB = 200
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FILE_NAME = 120


@dataclass(frozen=True)
class NewFile:
    """A file to be kept with a document; what could be read out of it comes along."""

    name: str
    data: bytes
    role: str = "attachment"
    media: str = "other"
    pages: int | None = None
    text: str = ""


def handled(desk: Desk) -> ColumnElement[bool]:
    """The condition that a document row was addressed to the officer at the desk, in whatever part (承办、批示、传阅、归档)."""
    if guarded(desk.engine):
        return literal_column("document.readers && (SELECT oa.mine())", Boolean)
    return exists(select(Reader.document_id).where(Reader.document_id == Document.id, Reader.principal.in_(desk.actor.principals)))


def lent(desk: Desk) -> ColumnElement[bool]:
    """The condition that a document row is shared with the officer at the desk today (共享、借阅)."""
    mine = Share.principal.in_(desk.actor.principals)
    return exists(select(Share.id).where(Share.document_id == Document.id, mine, Share.ended_at.is_(None), Share.ends_on >= desk.today()))


def is_guest(session: Session, desk: Desk, document: Document) -> bool:
    """Whether a document that the officer may read is only lent (共享、借阅): it was never addressed to the officer."""
    return session.scalar(select(Document.id).where(Document.id == document.id, handled(desk))) is None


def readable(desk: Desk) -> ColumnElement[bool]:
    """The condition that a document row may be read by the officer at the desk. A guarding database adds it to every query itself."""
    return true() if guarded(desk.engine) else or_(handled(desk), lent(desk))


def find(session: Session, desk: Desk, document_id: int, *, lock: bool = False) -> Document:
    """The document, if this officer may read it; NotFound otherwise."""
    query = select(Document).where(Document.id == document_id, readable(desk))
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("没有找到这份公文，或您不在知悉范围内。")
    return found


_FLOWS: WeakKeyDictionary[object, dict[int, Flow]] = WeakKeyDictionary()


def flow_of(session: Session, document: Document) -> Flow:
    """The flow version that the document began with; a published version never changes, so it is read once."""
    pool = session.get_bind().engine.pool  # shared by every view of one database's engine
    known = _FLOWS.setdefault(pool, {})
    if document.flow_id not in known:
        known[document.flow_id] = Flow.from_data(session.get_one(FlowDefinition, document.flow_id).body)
    return known[document.flow_id]


def newest_flow(session: Session, key: str, organ_id: int) -> FlowDefinition:
    """The newest published version; a unit's own goes before the bureau's."""
    rows = session.scalars(select(FlowDefinition).where(
        FlowDefinition.key == key, FlowDefinition.unit_id.in_([organ_id]) | FlowDefinition.unit_id.is_(None)))
    return max(rows, key=lambda row: (row.unit_id is not None, row.version))


def facts_of(document: Document) -> Facts:
    """The document as the engine sees it."""
    memo = {key: tuple(value) for key, value in document.memo.items()}
    upward = document.kind == "send" and document.details.get("direction") == "up"
    return Facts(document.organ_id, document.drafter_id, document.urgency, upward, memo)


def past_of(session: Session, document_id: int) -> tuple[Past, ...]:
    """The steps that were passed, in the order in which they were opened: the clocks of desks differ."""
    rows = session.execute(select(Task.step, Task.actor_id, Task.part).where(
        Task.document_id == document_id, Task.state == "done", Task.actor_id.is_not(None)).order_by(Task.id))
    return tuple(Past(step, actor_id, part) for step, actor_id, part in rows if actor_id is not None)


def open_step(session: Session, desk: Desk, document: Document, flow: Flow, opening: Opening, by_task: int | None) -> None:
    """Open a step: its group, a task for each seat, reading rights for each holder."""
    step = flow.step(opening.step)
    group = TaskGroup(document_id=document.id, step=step.key, pending=len(opening.seats), opened_by_task=by_task, opened_at=desk.clock())
    session.add(group)
    session.flush()
    for seat in opening.seats:
        session.add(Task(document_id=document.id, group_id=group.id, step=step.key, part=seat.part, box=step.box, holder=seat.holder,
                         from_id=desk.actor.id, due_on=document.due_on, created_at=desk.clock()))
    let_read(session, document.id, {seat.holder for seat in opening.seats})
    document.step = step.key


def let_first_read(session: Session, desk: Desk, document: Document, occasion: str) -> None:
    """Let those read who do by the rules on an occasion: create, register, deliver, filed."""
    let_read(session, document.id, readers_on(access()["readers"], occasion, document.organ_id, desk.actor.id, desk.actor.unit_id))


def let_read(session: Session, document_id: int, principals: Iterable[str]) -> None:
    """Add readers; those already there stay. A guarding database adds them itself, by the same rules."""
    if guarded(session):
        return
    known = set(session.scalars(select(Reader.principal).where(Reader.document_id == document_id)))
    for principal in sorted(set(principals) - known):
        split(principal)
        session.add(Reader(document_id=document_id, principal=principal))
    session.flush()


def settle_where(session: Session, document: Document, flow: Flow) -> None:
    """Write down where the document is, in words, for the lists (当前环节和办理人). A guarding database writes it itself at the end."""
    if guarded(session):
        return
    if document.state != "running":
        document.where = ""  # together with the end: an ended document is not touched any more
        return
    session.flush()
    open_tasks = session.execute(select(Task.holder).where(Task.document_id == document.id, Task.state == "open").order_by(Task.id))
    holders = [holder for (holder,) in open_tasks]
    words = labels(session, set(holders))
    named = "、".join(words[holder] for holder in holders[:3])
    document.where = f"{flow.step(document.step).title}：{named}{f' 等 {len(holders)} 个' if len(holders) > 3 else ''}"


def attach(session: Session, desk: Desk, document_id: int, files: Iterable[NewFile], start: int = 0) -> None:
    """Keep files with a document, in the given order."""
    kept = list(files)
    digests = blobs.put_all(session, [file.data for file in kept])
    for position, (file, digest) in enumerate(zip(kept, digests, strict=True), start):
        session.add(Attachment(document_id=document_id, name=file_name(file.name), role=file.role, media=file.media, sha256=digest, size=len(file.data),
                               pages=file.pages, text=clean(file.text), position=position, added_by=desk.actor.id, added_at=desk.clock()))
    session.flush()


def reindex(session: Session, document: Document) -> None:
    """Bring the full-text index up to date with the document and its attachments."""
    session.flush()
    texts = session.execute(select(Attachment.name, Attachment.text).where(Attachment.document_id == document.id).order_by(Attachment.position))
    body = [document.body, document.main_to, document.copy_to, *(part for row in texts for part in row)]
    search.index(session, document.id, [document.title, document.number, document.from_organ], body)


def clean(text: str) -> str:
    """Text without what no screen shows: control characters, half characters, marks that turn the reading direction; any line end as one kind."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\x0b", "\n").replace("\x0c", "\n"))


def file_name(name: str) -> str:
    """A file's own name: without folders, at a length every system takes; names in the old encoding of a PC here are read as such."""
    with suppress(UnicodeEncodeError):
        raw = name.encode("utf-8", "surrogateescape")
        name = name if raw == name.encode("utf-8", "replace") else raw.decode("gb18030", "replace")
    last = clean(re.split(r"[\\/]", name)[-1]).strip()
    stem, dot, ending = last.rpartition(".")
    if len(last) > _FILE_NAME and dot and len(ending) < 10:
        return f"{stem[:_FILE_NAME - len(ending) - 1]}.{ending}"
    return last[:_FILE_NAME] or "未命名"


def check_files(files: Iterable[NewFile]) -> None:
    """Refuse empty and oversized files by name."""
    for file in files:
        if not file.data:
            raise Invalid({"files": f"文件「{file.name}」是空的，请重新选择。"})
        if len(file.data) > LIMIT_MB * 1024 * 1024:
            raise Invalid({"files": f"文件「{file.name}」超过 {LIMIT_MB} MB，请拆分后再添加。"})


def name_of(session: Session, account_id: int | None) -> str:
    """An account's name, empty when there is none."""
    account = session.get(Account, account_id) if account_id else None
    return account.name if account else ""
