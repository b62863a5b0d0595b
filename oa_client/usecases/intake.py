"""Registering an incoming paper (收文登记): read the file, offer its fields, point out repeats, register."""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from ..domain.errors import Invalid, Refused
from ..domain.flow import Flow, opening
from ..domain.intake_reading import Reading, read_fields
from ..domain.permissions import may_register
from ..render.text import read_text
from ..store import locks
from ..store.tables import Document, Unit
from ..store.work_tables import Attachment, Task, TaskGroup
from .desk import Desk, Outcome
from .limits import ADDRESSES, BODY, LINE, NUMBER, too_long
from .noting import note
from .papers import (
    NewFile,
    attach,
    check_files,
    clean,
    facts_of,
    let_first_read,
    newest_flow,
    open_step,
    readable,
    reindex,
    settle_where,
)
from .rules import document_types, normalise_number, reading_rules, urgencies

CLASSIFIED = "本系统为非涉密系统，不得登记、处理涉密公文。"
CLASSIFIED_HINT = "请将该件退出，按涉密文件管理规定由机要渠道登记办理（《党政机关公文处理工作条例》第二十六条）。"


@dataclass(frozen=True)
class Duplicate:
    """A paper already registered that looks the same (重复来文)."""

    document_id: int
    title: str
    why: str


@dataclass(frozen=True)
class Inspection:
    """What a dropped file turned out to be."""

    file: NewFile
    reading: Reading
    duplicates: tuple[Duplicate, ...]
    note: str


@dataclass(frozen=True)
class IntakeForm:
    """The register's fields (收文登记簿)."""

    title: str
    from_organ: str
    number: str = ""
    doc_date: date | None = None
    received_on: date | None = None
    secrecy: str = ""
    urgency: str = "平件"
    doc_type: str = ""
    main_to: str = ""
    nature: str = "handle"
    copies: int = 1
    due_on: date | None = None
    body: str = ""
    organ_id: int = 0
    files: tuple[NewFile, ...] = ()
    repeat_known: bool = False


def organs(desk: Desk) -> tuple[tuple[int, str], ...]:
    """The organs for which this officer registers papers."""
    with desk.look() as session:
        ids = [unit_id for role, unit_id in desk.actor.grants if role == "clerk"]
        rows = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)).order_by(Unit.position))
        return tuple((unit_id, name) for unit_id, name in rows)


def inspect(desk: Desk, name: str, data: bytes, role: str = "original") -> Inspection:
    """Read a file and its fields out of it. Refused when it bears a secrecy mark."""
    check_files([NewFile(name, data)])
    found = read_text(data, name)
    reading = read_fields(found.text, name, reading_rules())
    if reading.secrecy.value and reading.secrecy.sure:
        raise Refused(f"文件「{name}」标有密级「{reading.secrecy.value}」。{CLASSIFIED}", CLASSIFIED_HINT)
    file = NewFile(name, data, role, found.media, found.pages, found.text)
    repeats = duplicates(desk, reading.from_number.value, (hashlib.sha256(data).hexdigest(),))
    return Inspection(file, reading, repeats, found.note)


def duplicates(desk: Desk, number: str, digests: tuple[str, ...] = ()) -> tuple[Duplicate, ...]:
    """Papers with the same number or the same bytes, among those that this officer may see."""
    with desk.look() as session:
        return _repeats(session, desk, normalise_number(clean(number)), digests)


def _repeats(session: Session, desk: Desk, number: str, digests: tuple[str, ...]) -> tuple[Duplicate, ...]:
    same_bytes = select(Attachment.document_id).where(Attachment.sha256.in_(digests), Attachment.role == "original")
    conditions: list[ColumnElement[bool]] = [Document.id.in_(same_bytes)] if digests else []
    if number:
        conditions.append(Document.number == number)
    if not conditions:
        return ()
    rows = session.scalars(select(Document).where(
        Document.kind == "receive", Document.state != "returned", readable(desk), or_(*conditions)).order_by(Document.id.desc()).limit(5))
    return tuple(_as_duplicate(row, number) for row in rows)


def register(desk: Desk, form: IntakeForm) -> Outcome[int]:
    """Register the paper and send it to 初审. Invalid names the fields; Refused names the rule."""
    number = normalise_number(clean(form.number))
    _judge(desk, form, number)
    digests = tuple(hashlib.sha256(file.data).hexdigest() for file in form.files if file.role == "original")
    with desk.unit() as session:
        if not form.repeat_known:
            _no_repeat(session, desk, form.organ_id, number, digests)
        definition = newest_flow(session, "receive", form.organ_id)
        document = Document(
            kind="receive", flow_id=definition.id, organ_id=form.organ_id, drafter_id=desk.actor.id, title=_line(form.title),
            doc_type=form.doc_type, urgency=form.urgency, from_organ=_line(form.from_organ), number=number, doc_date=form.doc_date,
            received_on=form.received_on or desk.today(), main_to=_line(form.main_to), nature=form.nature, copies=form.copies, due_on=form.due_on,
            body=clean(form.body), created_at=desk.clock(), details={}, memo={})
        session.add(document)
        session.flush()
        let_first_read(session, desk, document, "register")
        attach(session, desk, document.id, form.files)
        flow = Flow.from_data(definition.body)
        by_task = _passed(session, desk, document)
        open_step(session, desk, document, flow, opening(flow, facts_of(document), flow.start), by_task)
        reindex(session, document)
        settle_where(session, document, flow)
        return Outcome(document.id, frozenset({"document", "todo", "receive"}), f"已登记「{document.title}」，转初审。")


def _passed(session: Session, desk: Desk, document: Document) -> int:
    """签收 and 登记 were done in the one act of registering; both are on record."""
    for step, words in (("sign_in", "签收"), ("register", "登记")):
        group = TaskGroup(document_id=document.id, step=step, pending=0, opened_at=desk.clock(), closed_at=desk.clock())
        session.add(group)
        session.flush()
        holder = f"clerk:{document.organ_id}"
        task = Task(document_id=document.id, group_id=group.id, step=step, holder=holder, state="done", actor_id=desk.actor.id,
                    action="sign" if step == "sign_in" else "register", created_at=desk.clock(), seen_at=desk.clock(), done_at=desk.clock())
        session.add(task)
        session.flush()
        note(session, desk, document.id, task.action, task_id=task.id, step=words, act=words)
    return task.id


def _judge(desk: Desk, form: IntakeForm, number: str) -> None:
    if not may_register(desk.actor, form.organ_id):
        raise Refused("您不是该单位的收发员，不能登记来文。", "如确需登记，请联系本单位管理员授予收发员角色。")
    if form.secrecy not in ("", "无"):
        raise Refused(f"密级为「{form.secrecy}」。{CLASSIFIED}", CLASSIFIED_HINT)
    wrong = too_long({"title": ("标题", form.title, LINE), "from_organ": ("来文单位", form.from_organ, LINE), "number": ("来文字号", number, NUMBER),
                      "main_to": ("主送", form.main_to, ADDRESSES), "body": ("正文", form.body, BODY)})
    if not _line(form.title):
        wrong["title"] = "请填写标题。"
    if not _line(form.from_organ):
        wrong["from_organ"] = "请填写来文单位。"
    if form.doc_type and form.doc_type not in document_types():
        wrong["doc_type"] = "文种不在条例所列之内，请另选或留空。"
    if form.urgency not in urgencies():
        wrong["urgency"] = f"紧急程度只能是{'、'.join(urgencies())}。"
    if form.nature not in ("handle", "read"):
        wrong["nature"] = "办理性质只能是批办件或阅知件。"
    if form.doc_date and form.doc_date > desk.today():
        wrong["doc_date"] = "成文日期不能晚于今天。"
    if form.received_on and form.received_on > desk.today():
        wrong["received_on"] = "收文日期不能晚于今天。"
    if form.due_on and form.due_on < (form.received_on or desk.today()):
        wrong["due_on"] = "办理期限不能早于收文日期。"
    if not 1 <= form.copies <= 9999:
        wrong["copies"] = "份数应在 1 至 9999 之间。"
    if wrong:
        raise Invalid(wrong)
    check_files(form.files)
    for file in form.files:
        mark = read_fields(file.text, file.name, reading_rules()).secrecy
        if mark.value and mark.sure:
            raise Refused(f"文件「{file.name}」标有密级「{mark.value}」。{CLASSIFIED}", CLASSIFIED_HINT)


def _no_repeat(session: Session, desk: Desk, organ_id: int, number: str, digests: tuple[str, ...]) -> None:
    """Two desks that register the same paper at once come here one after the other."""
    locks.hold(session, organ_id, (word for word in (number, *digests) if word))
    repeats = _repeats(session, desk, number, digests)
    if repeats:
        first = repeats[0]
        raise Invalid({"number": f"与已登记的第 {first.document_id} 号收文重复（{first.why}）：{first.title}。"},
                      "如确需重复登记，请勾选「已核对，仍要登记」。")


def _as_duplicate(row: Document, number: str) -> Duplicate:
    return Duplicate(row.id, row.title, "来文字号相同" if number and row.number == number else "原文内容相同")


def _line(text: str) -> str:
    return " ".join(clean(text).split())
