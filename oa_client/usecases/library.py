"""The library of filed documents (公文库) and full-text search."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Subquery

from ..domain.calendar import Calendar
from ..store import search as index
from ..store.tables import Document, Unit
from ..store.work_tables import ArchiveItem
from .desk import Desk
from .lists import PAGE, UNSHOWN, row_of
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
        hits = index.found(session, narrow.text)
        query = narrowed(session, desk, narrow, hits)
        rank = literal(0) if hits is None else hits.c.in_head
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        if after:
            query = query.where(or_(rank < after[0], (rank == after[0]) & (Document.id < after[1])))
        found = session.execute(query.options(*UNSHOWN).add_columns(rank).order_by(rank.desc(), Document.id.desc()).limit(size + 1)).all()
        days = calendar(session)
        rows = tuple(_row(desk, days, *line[:4]) for line in found[:size])
        last = (found[size - 1][4], found[size - 1][0].id) if len(found) > size else None
        return ListPage(rows, last, total)


def facets(desk: Desk) -> Facets:
    """The years, units, kinds and retention periods of the filed documents that this officer may see; one pass over the rows."""
    parts = (ArchiveItem.year, Unit.position, Unit.id, Unit.short, Document.doc_type, ArchiveItem.retention, Document.kind)
    with desk.look() as session:
        filed = select(*parts, func.count()).select_from(Document).join(ArchiveItem, ArchiveItem.document_id == Document.id).join(
            Unit, Unit.id == Document.organ_id).where(Document.state == "filed", readable(desk)).group_by(*parts)
        rows = [tuple(row) for row in session.execute(filed)]
    years, units, kinds, periods, ways = (_summed(rows, at) for at in (slice(0, 1), slice(1, 4), slice(4, 5), slice(5, 6), slice(6, 7)))
    return Facets(tuple(sorted(years, reverse=True)), tuple(row[1:] for row in sorted(units)),
                  tuple(sorted(kinds, key=lambda row: (-row[1], row[0]))), tuple(sorted(periods)), tuple(sorted(ways)))


def _summed(rows: list[tuple[Any, ...]], part: slice) -> list[tuple[Any, ...]]:
    """The counts in the last column, added up by the given columns."""
    found: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        found[row[part]] += row[-1]
    return [(*key, count) for key, count in found.items()]


def _row(desk: Desk, days: Calendar, document: Document, organ: str, reference: str | None, year: int | None) -> DocumentRow:
    return replace(row_of(desk, days, document, organ, reference or ""), year=year)


def narrowed(session: Session, desk: Desk, narrow: LibraryFilter, hits: Subquery | None = None) -> Select[*tuple[Any, ...]]:
    """The query of everything that the filter leaves: document, organ, archive reference and year, in no order. `hits` are those of its words, if known."""
    query = select(Document, Unit.short, ArchiveItem.reference, ArchiveItem.year).join(Unit, Unit.id == Document.organ_id).outerjoin(
        ArchiveItem, ArchiveItem.document_id == Document.id).where(readable(desk))
    hits = index.found(session, narrow.text) if hits is None else hits
    if hits is not None:
        query = query.join(hits, hits.c.document_id == Document.id)
    for column, value in ((ArchiveItem.year, narrow.year), (Document.organ_id, narrow.unit_id), (Document.doc_type, narrow.doc_type),
                          (Document.kind, narrow.kind), (ArchiveItem.retention, narrow.retention)):
        if value:
            query = query.where(column == value)
    return query.where(Document.state == "filed") if narrow.filed_only else query
