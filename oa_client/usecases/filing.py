"""Filing (归档): what is proposed to the archivist, and the archive reference when it is done."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain.errors import Invalid
from ..domain.numbering import ArchiveReference
from ..domain.retention import FilingFacts, filing_year, suggest, suggest_scope
from ..store import counters
from ..store.guard import call, guarded
from ..store.tables import Document, Unit
from ..store.work_tables import ArchiveItem, Attachment, Fact
from .desk import Desk, local
from .limits import whole
from .noting import note
from .papers import find, let_first_read
from .rules import numbering, retention

CATEGORY, FIRST_YEAR = "WS", 1949


@dataclass(frozen=True)
class FilingProposal:
    """The proposed period and year with their reasons; the archivist decides. `against` speaks against filing."""

    retention: str
    why: str
    year: int
    year_note: str
    against: str
    periods: tuple[tuple[str, str], ...]


def propose(desk: Desk, document_id: int) -> FilingProposal:
    """What to offer in the filing form of a document."""
    with desk.look() as session:
        document = find(session, desk, document_id)
        facts = _facts(session, document)
        offered = suggest(facts, retention())
        year = filing_year(document.doc_date, document.ended_at and local(document.ended_at).date(), desk.today())
        periods = tuple((period.code, period.name) for period in retention().periods)
        return FilingProposal(offered.period.code, offered.why, year.year, year.note, suggest_scope(facts, retention()).why, periods)


def file_document(session: Session, desk: Desk, document: Document, fields: Mapping[str, str]) -> None:
    """Give the document its archive reference (档号). The item number (件号) runs without gap in its class."""
    period, year = _period(fields["retention"]), _year(desk, fields["year"])
    if guarded(session):
        call(session, "file_item", document.id, period, year, fields.get("note", "").strip())
        return
    fonds = session.get_one(Fact, "bureau").value["fonds"]
    unit_code = session.get_one(Unit, document.organ_id).code
    pages = sum(page or 1 for page in session.scalars(select(Attachment.pages).where(Attachment.document_id == document.id))) or 1
    let_first_read(session, desk, document, "filed")
    seq = counters.take(session, f"file/{fonds}/{CATEGORY}/{year}/{period}/{unit_code}")
    reference = numbering().format_archive_reference(ArchiveReference(fonds, CATEGORY, year, period, unit_code, seq))
    session.add(ArchiveItem(document_id=document.id, fonds=fonds, category=CATEGORY, year=year, retention=period, unit_code=unit_code, seq=seq,
                            reference=reference, pages=pages, note=fields.get("note", "").strip(), filed_by=desk.actor.id, filed_at=desk.clock()))
    note(session, desk, document.id, "filed", reference=reference)


def _facts(session: Session, document: Document) -> FilingFacts:
    superior = session.get_one(Fact, "bureau").value.get("superiors", [])
    sender = "superior" if document.from_organ in superior else "peer"
    return FilingFacts(document.title, document.doc_type, "in" if document.kind == "receive" else "out", sender if document.kind == "receive" else "",
                       needs_action=document.nature == "handle")


def _period(code: str) -> str:
    known = {period.code: period.code for period in retention().periods} | {period.name: period.code for period in retention().periods}
    if code.strip() not in known:
        raise Invalid({"retention": f"保管期限只能是{'、'.join(period.name for period in retention().periods)}。"})
    return known[code.strip()]


def _year(desk: Desk, text: str) -> int:
    this_year = desk.today().year
    year = whole(text, this_year)
    if year is None or year < FIRST_YEAR:
        raise Invalid({"year": f"归档年度应是 {FIRST_YEAR} 至 {this_year} 之间的年份。"})
    return year
