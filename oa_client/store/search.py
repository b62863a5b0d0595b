"""The full-text index (全文索引): one design, two databases. Exact: every hit is rechecked on the text."""

from sqlalchemy import Integer, TextClause, and_, case, func, select, text
from sqlalchemy.orm import Session
from sqlalchemy.sql import Subquery

from .columns import BigId
from .grams import cover, grams, joined, number_of, terms
from .guard import call, guarded
from .work_tables import SearchText


def index(session: Session, document_id: int, head: list[str], body: list[str]) -> None:
    """Put a document into the index, or replace what stood there. `head` fields rank before `body`."""
    first, whole = joined(head), joined([*head, *body])
    if guarded(session):
        call(session, "index_document", document_id, first, whole, sorted({number_of(gram) for gram in grams(whole)}))
        return
    stored = session.get(SearchText, document_id)
    if stored is not None and (stored.head, stored.text) == (first, whole):
        return
    if stored is not None:
        session.execute(text("INSERT INTO doc_fts (doc_fts, rowid, x) VALUES ('delete', :id, :x)"), {"id": document_id, "x": _tokens(stored.text)})
    session.merge(SearchText(document_id=document_id, head=first, text=whole))
    session.flush()
    session.execute(text("INSERT INTO doc_fts (rowid, x) VALUES (:id, :x)"), {"id": document_id, "x": _tokens(whole)})


def found(session: Session, query: str) -> Subquery | None:
    """The documents with every word of the query: `document_id`, and `in_head` 1 where all stand in title, number or organ.

    None when the query is empty. A guarding database gives only those that may be read.
    """
    wanted = terms(query)
    if not wanted:
        return None
    pairs = sorted({gram for term in wanted for gram in cover(term)})
    if guarded(session):
        asked = text("SELECT document_id, in_head FROM oa.search(CAST(:grams AS int4[]), CAST(:words AS text[]))").bindparams(
            grams=[number_of(gram) for gram in pairs], words=wanted)
        return asked.columns(document_id=BigId, in_head=Integer).subquery("hits")
    head = case((and_(*(func.instr(SearchText.head, term) > 0 for term in wanted)), 1), else_=0)
    return select(SearchText.document_id, head.label("in_head")).where(
        _candidates(pairs), *(func.instr(SearchText.text, term) > 0 for term in wanted)).subquery("hits")


def _candidates(pairs: list[str]) -> TextClause:
    match = " AND ".join(f'"{gram}"' for gram in pairs)
    return text("search_text.document_id IN (SELECT rowid FROM doc_fts WHERE doc_fts MATCH :grams)").bindparams(grams=match)


def _tokens(whole: str) -> str:
    return " ".join(sorted(grams(whole)))
