"""What an action does besides moving on: number, distribute, file, receipts (登记编号、分发、归档、回执)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain.errors import Invalid, Refused
from ..domain.flow import Command, Opening, Plan, Seat
from ..store import counters
from ..store.guard import call, guarded
from ..store.tables import Addressee, Document, Unit
from ..store.work_tables import Attachment, Task
from .desk import Desk
from .filing import file_document
from .issuing import issued_file
from .limits import whole
from .noting import note
from .papers import (
    NewFile,
    attach,
    find,
    flow_of,
    let_first_read,
    let_read,
    newest_flow,
    open_step,
    reindex,
    settle_where,
)
from .rules import numbering
from .writing import judge_draft

MOST_COPIES = 9999
if TYPE_CHECKING:
    from .acting import Now


@dataclass(frozen=True)
class Prepared:
    """What was made ready outside the transaction: the issued text as a PDF (定稿)."""

    issued: NewFile | None = None


def prepare(desk: Desk, task_id: int, command: Command) -> Prepared:
    """Slow work before the transaction begins."""
    if command.action != "distribute":
        return Prepared()
    with desk.look() as session:
        task = session.get(Task, task_id)
        if task is None or task.state != "open" or task.holder not in desk.actor.principals:
            return Prepared()
        document = find(session, desk, task.document_id)
        return Prepared(issued_file(session, document))


def carry_out(session: Session, desk: Desk, now: "Now", plan: Plan, command: Command, prepared: Prepared) -> None:
    """The effect that the flow definition names for this action, within its transaction."""
    document, effect = now.document, plan.action.effect
    asked = {item.key: command.fields[item.key].strip() for item in plan.action.fields if item.key in command.fields}
    if asked.get("due_on"):
        document.due_on = as_limit("due_on", asked["due_on"], desk.today())
    if effect == "check_draft":
        judge_draft(session, document, asked.get("explain", ""))
    elif effect == "sign":
        document.doc_date = desk.today()
        document.details = {**document.details, "signer": desk.actor.name, "signed_on": desk.today().isoformat(), "signed_version": document.version}
    elif effect == "number":
        _number(session, desk, document, command)
    elif effect == "distribute":
        _distribute(session, desk, document, prepared)
    elif effect == "file":
        file_document(session, desk, document, command.fields)
    elif effect in ("receipt", "refuse_receipt") or plan.end == "returned":
        _receipt(session, desk, document, "receipt" if effect == "receipt" else "refuse_receipt", plan.opinion)
    elif asked.get("answered"):
        document.details = {**document.details, "answered": asked["answered"]}
    elif now.flow.step(now.task.step).edit == "wording" and plan.action.to and not plan.action.seat:
        _verified(document, command)


def _verified(document: Document, command: Command) -> None:
    """Words that were changed after 签发 are accounted for; a change of substance goes back to the signer (条例第二十五条第一项)."""
    signed = document.details.get("signed_version")
    if signed is not None and signed != document.version and not command.opinion.strip():
        raise Invalid({"opinion": "签发后文稿的文字有改动，请在意见中写明改了哪里；有实质性修改的，请送原签发人复审。"})


def _number(session: Session, desk: Desk, document: Document, command: Command) -> None:
    """发文字号 and copy count are fixed at 登记, after 复核 (条例第二十五条)."""
    organ = session.get_one(Unit, document.organ_id)
    code = command.fields["code"].strip()
    if code not in organ.number_codes.split():
        raise Invalid({"code": f"「{code}」不是{organ.name}的机关代字，可用：{'、'.join(organ.number_codes.split())}。"})
    copies = as_count("copies", command.fields["copies"])
    if guarded(session):
        call(session, "give_number", document.id, code, copies)
        session.refresh(document)
    else:
        year = desk.today().year
        seq = counters.take(session, f"number/{code}/{year}")
        document.copies, document.number = copies, numbering().format_number(code, year, seq)
        document.details = {**document.details, "code": code, "year": year, "seq": seq}
        note(session, desk, document.id, "numbered", number=document.number, copies=copies)
    reindex(session, document)


def _distribute(session: Session, desk: Desk, document: Document, prepared: Prepared) -> None:
    """Each receiving unit gets a copy of the issued text, with a flow of its own (签收 there)."""
    if prepared.issued is None:
        raise Refused("定稿文件没有生成。", "请刷新后再点「分发」。")
    already = session.scalar(select(Attachment.id).where(Attachment.document_id == document.id, Attachment.role == "issued"))
    if already is None:
        attach(session, desk, document.id, [prepared.issued])
        reindex(session, document)
    waiting = session.scalars(select(Addressee).where(Addressee.document_id == document.id, Addressee.sent_at.is_(None)).order_by(Addressee.position))
    for addressee in waiting:
        addressee.sent_at = desk.clock()
        if addressee.unit_id and not guarded(session):  # a guarding database delivers by itself what is marked as sent
            addressee.copy_id = _copy(session, desk, document, addressee.unit_id)
    session.flush()


def _copy(session: Session, desk: Desk, document: Document, unit_id: int) -> int:
    definition = newest_flow(session, "receive", unit_id)
    organ = session.get_one(Unit, document.organ_id)
    copy = Document(
        kind="receive", flow_id=definition.id, organ_id=unit_id, drafter_id=desk.actor.id, source_id=document.id, title=document.title,
        doc_type=document.doc_type, urgency=document.urgency, openness=document.openness, from_organ=organ.name, number=document.number,
        doc_date=document.doc_date, received_on=None, main_to=document.main_to, copy_to=document.copy_to, body=document.body, created_at=desk.clock(),
        details={}, memo={})
    session.add(copy)
    session.flush()
    files = session.scalars(select(Attachment).where(Attachment.document_id == document.id, Attachment.role.in_(["issued", "attachment"])))
    for position, file in enumerate(sorted(files, key=lambda row: (row.role != "issued", row.position))):
        role = "original" if file.role == "issued" else "attachment"
        session.add(Attachment(document_id=copy.id, name=file.name, role=role, media=file.media, sha256=file.sha256, size=file.size, pages=file.pages,
                               text=file.text, position=position, added_by=desk.actor.id, added_at=desk.clock()))
    flow = flow_of(session, copy)
    let_first_read(session, desk, copy, "deliver")
    open_step(session, desk, copy, flow, Opening(flow.arrival, (Seat(f"clerk:{unit_id}"),)), None)
    reindex(session, copy)
    settle_where(session, copy, flow)
    return copy.id


def _receipt(session: Session, desk: Desk, document: Document, effect: str, reason: str) -> None:
    """The receiving unit signs for its copy, or sends it back; the sender's list shows it, and 分发 may send it anew."""
    addressee = session.scalar(select(Addressee).where(Addressee.copy_id == document.id))
    if effect == "receipt":
        document.received_on = desk.today()
        document.drafter_id = desk.actor.id
        let_read(session, document.id, {f"person:{desk.actor.id}"})
        if addressee:
            addressee.received_at, addressee.received_by = desk.clock(), desk.actor.id
    elif addressee:
        addressee.sent_at = addressee.received_at = addressee.received_by = None
        note(session, desk, addressee.document_id, "refused_receipt", unit=addressee.name, reason=reason)


def as_date(key: str, text: str) -> date:
    """A date field's value; Invalid names the field."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as problem:
        raise Invalid({key: "日期请按 2026-01-31 的样子填写。"}) from problem


def as_limit(key: str, text: str, today: date) -> date:
    """A time limit (办理期限): a date from today on; Invalid names the field."""
    day = as_date(key, text)
    if day < today:
        raise Invalid({key: "办理期限不能早于今天。"})
    return day


def as_count(key: str, text: str) -> int:
    """A positive whole number; Invalid names the field."""
    number = whole(text, MOST_COPIES)
    if not number:
        raise Invalid({key: f"份数应是 1 至 {MOST_COPIES} 的整数。"})
    return number
