"""Drafting an outgoing document (发文拟稿): a draft is saved as often as wished, and checked against the rules."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..domain.errors import Conflict, Invalid, Refused
from ..domain.flow import Flow, opening
from ..domain.intake_reading import read_fields
from ..domain.writing_rules import Finding
from ..store import drafts
from ..store.tables import Addressee, Document, Unit
from ..store.work_tables import Attachment, Fact, Task
from .desk import Desk, Outcome
from .draft_checks import changes, check_receivers, check_wording, receivers, wrong_lengths
from .intake import CLASSIFIED, CLASSIFIED_HINT
from .noting import note
from .papers import (
    NewFile,
    attach,
    check_files,
    clean,
    facts_of,
    find,
    flow_of,
    let_first_read,
    newest_flow,
    open_step,
    reindex,
    settle_where,
)
from .rules import document_types, opennesses, reading_rules, urgencies
from .viewing import attachments
from .views import AttachmentRow
from .writing import Target, about, direction

TOPICS = frozenset({"document", "todo", "send"})
MOST_ORGANS = 200


@dataclass(frozen=True)
class DraftForm:
    """A draft as the editor holds it. `document_id` 0 is a new one; `kept` names the saved files that stay."""

    document_id: int = 0
    version: int = 0
    organ_id: int = 0
    doc_type: str = "通知"
    title: str = ""
    body: str = ""
    urgency: str = "平件"
    openness: str = ""
    openness_reason: str = ""
    targets: tuple[Target, ...] = ()
    due_on: date | None = None
    kept: tuple[int, ...] = ()
    files: tuple[NewFile, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class DraftOpened:
    """A saved draft with what the editor needs besides; `task_id` is the to-do through which it goes on.

    `saved_at` is when it was saved last; `explain` is the reason given earlier for its warnings (提示事项说明).
    """

    form: DraftForm
    attachments: tuple[AttachmentRow, ...]
    step: str
    task_id: int
    task_version: int
    saved_at: datetime
    explain: str = ""


@dataclass(frozen=True)
class DraftSaved:
    """Where and when a draft was saved, the version that the next save must have seen, and its files."""

    document_id: int
    version: int
    task_id: int
    task_version: int
    kept: tuple[int, ...]
    attachments: tuple[AttachmentRow, ...]
    saved_at: datetime


def organs(desk: Desk) -> tuple[tuple[int, str], ...]:
    """The organs in whose name this officer drafts: the own unit where it may issue, and the bureau."""
    with desk.look() as session:
        rows = session.scalars(select(Unit).where((Unit.id == desk.actor.unit_id) | Unit.parent_id.is_(None)).order_by(Unit.position.desc()))
        return tuple((unit.id, unit.name) for unit in rows if unit.number_codes)


def open_draft(desk: Desk, document_id: int) -> DraftOpened:
    """A draft for further editing by the officer who holds it."""
    with desk.look() as session:
        document = find(session, desk, document_id)
        task = _held(session, desk, document)
        rows = session.scalars(select(Addressee).where(Addressee.document_id == document.id).order_by(Addressee.position))
        targets = tuple(Target(row.name, row.unit_id, row.main) for row in rows)
        files = attachments(session, document.id)
        form = DraftForm(document.id, document.version, document.organ_id, document.doc_type, document.title, document.body, document.urgency,
                         document.openness, document.openness_reason, targets, document.due_on, tuple(file.id for file in files))
        return DraftOpened(form, files, task.step, task.id, task.version, _saved_at(document), str(document.details.get("explain", "")))


def save(desk: Desk, form: DraftForm) -> Outcome[DraftSaved]:
    """Save a draft. Conflict when a newer text is in the database; Invalid names the fields."""
    _judge(desk, form)
    with desk.unit() as session:
        document = _existing(session, desk, form) if form.document_id else _new(session, desk, form)
        check_receivers(session, form, document.organ_id)
        _write(session, desk, document, form)
        _attachments(session, desk, document, form)
        reindex(session, document)
        task = _held(session, desk, document)
        files = attachments(session, document.id)
        kept = tuple(file.id for file in files)
        saved = DraftSaved(document.id, document.version, task.id, task.version, kept, files, _saved_at(document))
        return Outcome(saved, TOPICS, "文稿已保存。")


def outside_organs(desk: Desk) -> tuple[str, ...]:
    """Organs outside the bureau by their exact names: its superiors, then those that this officer wrote to before."""
    with desk.look() as session:
        fact = session.get(Fact, "bureau")
        superiors = fact.value.get("superiors", []) if fact else []
        written = session.scalars(select(Addressee.name).join(Document, Document.id == Addressee.document_id).where(
            Addressee.unit_id.is_(None), Document.drafter_id == desk.actor.id).order_by(Addressee.id.desc()).limit(MOST_ORGANS))
        return tuple(dict.fromkeys([*superiors, *written]))


def findings(desk: Desk, form: DraftForm, file_names: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """What the writing rules say about the draft on the screen, saved or not."""
    with desk.look() as session:
        document = Document(organ_id=form.organ_id, doc_type=form.doc_type, title=form.title.strip(), body=form.body, urgency=form.urgency,
                            openness=form.openness, openness_reason=form.openness_reason.strip())
        return about(session, document, form.targets, file_names)


def _judge(desk: Desk, form: DraftForm) -> None:
    wrong = wrong_lengths(form)
    if not clean(form.title).strip():
        wrong["title"] = "请填写标题。"
    if form.doc_type not in document_types():
        wrong["doc_type"] = "请选择文种。"
    if form.urgency not in urgencies():
        wrong["urgency"] = "请选择紧急程度。"
    if form.openness and form.openness not in opennesses():
        wrong["openness"] = "请选择公开属性。"
    if form.organ_id not in {organ_id for organ_id, _name in organs(desk)} and not form.document_id:
        wrong["organ_id"] = "不能以该机关名义拟稿，请另选发文机关。"
    if wrong:
        raise Invalid(wrong)
    check_files(form.files)
    for file in form.files:
        mark = read_fields(file.text, file.name, reading_rules()).secrecy
        if mark.value and mark.sure:
            raise Refused(f"附件「{file.name}」标有密级「{mark.value}」。{CLASSIFIED}", CLASSIFIED_HINT)


def _held(session: Session, desk: Desk, document: Document) -> Task:
    task = session.scalar(select(Task).where(Task.document_id == document.id, Task.state == "open", Task.holder.in_(desk.actor.principals)))
    if task is None or document.kind != "send" or not flow_of(session, document).step(task.step).edit:
        raise Refused("文稿现在不在您手上，不能修改。", "如需修改，请联系当前办理人退回。")
    return task


def _existing(session: Session, desk: Desk, form: DraftForm) -> Document:
    document = find(session, desk, form.document_id, lock=True)
    step = flow_of(session, document).step(_held(session, desk, document).step)
    if document.version != form.version:
        raise Conflict("文稿在别处已有更新，本次没有覆盖。", "您写的内容仍在本机，请打开最新稿核对后再保存。")
    changed = changes(session, document, form)
    if step.edit == "wording":
        check_wording(changed)
    if changed and (document.drafter_id != desk.actor.id or step.edit == "wording"):
        note(session, desk, document.id, "edit", step=step.title, parts=list(changed))
    return document


def _new(session: Session, desk: Desk, form: DraftForm) -> Document:
    definition = newest_flow(session, "send", form.organ_id)
    document = Document(kind="send", flow_id=definition.id, organ_id=form.organ_id, drafter_id=desk.actor.id, title=clean(form.title).strip(), version=0,
                        created_at=desk.clock(), details={}, memo={})
    session.add(document)
    session.flush()
    let_first_read(session, desk, document, "create")
    flow = Flow.from_data(definition.body)
    open_step(session, desk, document, flow, opening(flow, facts_of(document), flow.start), None)
    note(session, desk, document.id, "create")
    settle_where(session, document, flow)
    return document


def _write(session: Session, desk: Desk, document: Document, form: DraftForm) -> None:
    """Write the text in one statement: it has one version, whatever of it changed."""
    way = direction(session, form.doc_type, document.organ_id, form.targets)
    document.title, document.doc_type, document.body = " ".join(clean(form.title).split()), form.doc_type, clean(form.body)
    document.urgency, document.openness, document.openness_reason = form.urgency, form.openness, clean(form.openness_reason).strip()
    document.due_on = form.due_on
    document.main_to = "、".join(clean(target.name) for target in form.targets if target.main)
    document.copy_to = "、".join(clean(target.name) for target in form.targets if not target.main)
    document.details = {**document.details, "direction": way, "saved_at": desk.clock().isoformat()}
    document.version += 1
    session.flush()
    _address(session, document, form)
    session.flush()


def _address(session: Session, document: Document, form: DraftForm) -> None:
    """Write the receivers anew where they differ; at 复核 they may not even be written as they were."""
    wanted = [(clean(target.name), target.unit_id, target.main) for target in form.targets]
    if receivers(session, document.id) != wanted:
        drafts.clear_addressees(session, document.id)
        for position, (name, unit_id, main) in enumerate(wanted):
            session.add(Addressee(document_id=document.id, unit_id=unit_id, name=name, main=main, position=position))


def _attachments(session: Session, desk: Desk, document: Document, form: DraftForm) -> None:
    drafts.keep_attachments(session, document.id, form.kept)
    last = session.scalar(select(func.max(Attachment.position)).where(Attachment.document_id == document.id))
    attach(session, desk, document.id, form.files, start=0 if last is None else last + 1)


def _saved_at(document: Document) -> datetime:
    kept = document.details.get("saved_at")
    return datetime.fromisoformat(kept) if kept else document.created_at
