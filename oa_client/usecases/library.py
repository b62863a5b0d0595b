"""The library of filed documents (公文库) and full-text search."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.orm import Session

from ..domain.calendar import Calendar
from ..store import search as index
from ..store.tables import Document, Unit
from ..store.work_tables import ArchiveItem, SearchText
from .desk import Desk
from .lists import PAGE, row_of
from .papers import readable
from .rules import calendar
from .views import DocumentRow, ListPage


@dataclass(frozen=True)
class LibraryFilter:
    """What the library is narrowed to; empty values narrow nothing."""

    text: str = ""
    year: int | None = None
    unit_id: int | None = None
    doc_type: str = ""
    kind: str = ""
    retention: str = ""
    filed_only: bool = True


@dataclass(frozen=True)
class Facets:
    """What there is to choose from, with how many documents each."""

    years: tuple[tuple[int, int], ...]
    units: tuple[tuple[int, str, int], ...]
    doc_types: tuple[tuple[str, int], ...]
    retentions: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...] = ()


def search(desk: Desk, narrow: LibraryFilter, after: tuple[int, ...] | None = None, size: int = PAGE) -> ListPage:
    """Documents with every word of the query: those with it in title, number or organ first, then the newest."""
    with desk.look() as session:
        query = narrowed(session, desk, narrow)
        rank = literal(0) if index.hits(session, narrow.text) is None else index.in_head(session, narrow.text)
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        if after:
            query = query.where(or_(rank < after[0], (rank == after[0]) & (Document.id < after[1])))
        found = session.execute(query.add_columns(rank).order_by(rank.desc(), Document.id.desc()).limit(size + 1)).all()
        days = calendar(session)
        rows = tuple(_row(desk, days, *line[:4]) for line in found[:size])
        last = (found[size - 1][4], found[size - 1][0].id) if len(found) > size else None
        return ListPage(rows, last, total)


def facets(desk: Desk) -> Facets:
    """The years, units, kinds and retention periods of the filed documents that this officer may see."""
    with desk.look() as session:
        filed = (Document.state == "filed", readable(desk))
        base = select().select_from(Document).join(ArchiveItem, ArchiveItem.document_id == Document.id).join(Unit, Unit.id == Document.organ_id).where(*filed)
        years = session.execute(base.add_columns(ArchiveItem.year, func.count()).group_by(ArchiveItem.year).order_by(ArchiveItem.year.desc()))
        units = session.execute(base.add_columns(Unit.id, Unit.short, func.count()).group_by(Unit.id, Unit.short, Unit.position).order_by(Unit.position))
        kinds = session.execute(base.add_columns(Document.doc_type, func.count()).group_by(Document.doc_type).order_by(func.count().desc()))
        periods = session.execute(base.add_columns(ArchiveItem.retention, func.count()).group_by(ArchiveItem.retention))
        ways = session.execute(base.add_columns(Document.kind, func.count()).group_by(Document.kind).order_by(Document.kind))
        return Facets(tuple(map(tuple, years)), tuple(map(tuple, units)), tuple(map(tuple, kinds)), tuple(map(tuple, periods)), tuple(map(tuple, ways)))


def _row(desk: Desk, days: Calendar, document: Document, organ: str, reference: str | None, year: int | None) -> DocumentRow:
    return replace(row_of(desk, days, document, organ, reference or ""), year=year)


def narrowed(session: Session, desk: Desk, narrow: LibraryFilter) -> Select[Any]:
    """The query of everything that the filter leaves: document, organ, archive reference and year, in no order."""
    query = select(Document, Unit.short, ArchiveItem.reference, ArchiveItem.year).join(Unit, Unit.id == Document.organ_id).outerjoin(
        ArchiveItem, ArchiveItem.document_id == Document.id).where(readable(desk))
    hits = index.hits(session, narrow.text)
    if hits is not None:
        query = query.join(SearchText, SearchText.document_id == Document.id).where(hits)
    for column, value in ((ArchiveItem.year, narrow.year), (Document.organ_id, narrow.unit_id), (Document.doc_type, narrow.doc_type),
                          (Document.kind, narrow.kind), (ArchiveItem.retention, narrow.retention)):
        if value:
            query = query.where(column == value)
    return query.where(Document.state == "filed") if narrow.filed_only else query
