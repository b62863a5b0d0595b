"""The issued text (定稿): the signed and numbered document as a red-headed PDF."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..render.body import heading_and_rest, level_of
from ..render.official import official_pdf
from ..render.official_docx import official_docx
from ..store.tables import Addressee, Document, Unit
from ..store.work_tables import Attachment
from .desk import Desk
from .papers import NewFile, find
from .rules import openness_note


def heading_of(line: str) -> tuple[int, int]:
    """The level of a paragraph (1 to 4 for 一、（一）1.（1）, else 0) and how many of its first characters are set in the level's face.

    GB/T 9704-2012 第7.3.3条; the same reading as the issued text's.
    """
    bare = line.strip()
    level = level_of(bare)
    heading, _rest = heading_and_rest(level, bare)
    return level, len(line) - len(line.lstrip()) + len(heading) if heading else 0


def official_values(session: Session, document: Document) -> dict[str, object]:
    """The document as the layout template wants it (GB/T 9704-2012)."""
    organ = session.get_one(Unit, document.organ_id)
    rows = list(session.scalars(select(Addressee).where(Addressee.document_id == document.id).order_by(Addressee.position)))
    names = session.scalars(select(Attachment.name).where(Attachment.document_id == document.id, Attachment.role == "attachment").order_by(Attachment.position))
    upward = document.details.get("direction") == "up"
    signer = document.details.get("signer", "")
    day = _day(document.doc_date)
    return {
        "mark": organ.name, "organs": [organ.name], "number": document.number, "title": document.title, "body": document.body,
        "urgency": "" if document.urgency == "平件" else document.urgency, "signers": [signer] if upward and signer else [],
        "main_to": "、".join(row.name for row in rows if row.main), "copy_to": "、".join(row.name for row in rows if not row.main),
        "attachments": [name.rsplit(".", 1)[0] for name in names], "date": day, "note": openness_note(document.openness),
        "print_organ": organ.name if organ.parent_id else f"{organ.name}办公室", "print_date": day, "draft": not document.number}


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def issued_file(session: Session, document: Document) -> NewFile:
    """The issued text as a file that goes to every receiver."""
    data = official_pdf(official_values(session, document))
    name = f"{document.number or '未编号'} {document.title}.pdf".replace("/", "／").replace("\\", "＼")
    return NewFile(name, data, "issued", "pdf", None, document.body)


def official_files(desk: Desk, document_id: int, form: str) -> bytes:
    """The document in its official layout as pdf or docx, in whatever state it is."""
    with desk.look() as session:
        values = official_values(session, find(session, desk, document_id))
    return official_docx(values) if form == "docx" else official_pdf(values)
