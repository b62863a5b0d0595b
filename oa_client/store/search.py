"""The full-text index (全文索引): one design, two databases. Exact: every hit is rechecked on the text."""

from sqlalchemy import ColumnElement, and_, case, func, text
from sqlalchemy.orm import Session

from .grams import cover, grams, joined, number_of, terms
from .work_tables import SearchText

def index(session: Session, document_id: int, head: list[str], body: list[str]) -> None:
    """Put a document into the index, or replace what stood there. `head` fields rank before `body`."""
    first, whole = joined(head), joined([*head, *body])
    stored = session.get(SearchText, document_id)
    if stored is not None and (stored.head, stored.text) == (first, whole):
        return
    if stored is not None:
        _remove(session, document_id, stored.text)
    session.merge(SearchText(document_id=document_id, head=first, text=whole))
    session.flush()
    _add(session, document_id, whole)


def hits(session: Session, query: str) -> ColumnElement[bool] | None:
    """A condition on `search_text` rows for every word of the query; None when the query is empty."""
    wanted = terms(query)
    if not wanted:
        return None
    found = sorted({gram for term in wanted for gram in cover(term)})
    has = func.instr if session.get_bind().dialect.name == "sqlite" else func.strpos
    return and_(_candidates(session, found), *(has(SearchText.text, term) > 0 for term in wanted))


def in_head(session: Session, query: str) -> ColumnElement[int]:
    """1 where every word stands in title, number or organ, else 0: the first order of results."""
    has = func.instr if session.get_bind().dialect.name == "sqlite" else func.strpos
    return case((and_(*(has(SearchText.head, term) > 0 for term in terms(query))), 1), else_=0)


def _candidates(session: Session, found: list[str]) -> ColumnElement[bool]:
    if session.get_bind().dialect.name == "sqlite":
        match = " AND ".join(f'"{gram}"' for gram in found)
        return text("search_text.document_id IN (SELECT rowid FROM doc_fts WHERE doc_fts MATCH :grams)").bindparams(grams=match)
    numbers = [number_of(gram) for gram in found]
    session.execute(text("SET LOCAL enable_seqscan = off"))  # the planner does not reckon with unpacking every row's grams
    return text("search_text.document_id IN (SELECT document_id FROM doc_gram WHERE g @> CAST(:grams AS int4[]))").bindparams(grams=numbers)


def _add(session: Session, document_id: int, whole: str) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO doc_fts (rowid, x) VALUES (:id, :x)"), {"id": document_id, "x": _tokens(whole)})
        return
    numbers = sorted({number_of(gram) for gram in grams(whole)})
    session.execute(text("INSERT INTO doc_gram (document_id, g) VALUES (:id, CAST(:g AS int4[]))"), {"id": document_id, "g": numbers})


def _remove(session: Session, document_id: int, whole: str) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO doc_fts (doc_fts, rowid, x) VALUES ('delete', :id, :x)"),
                        {"id": document_id, "x": _tokens(whole)})
        return
    session.execute(text("DELETE FROM doc_gram WHERE document_id = :id"), {"id": document_id})


def _tokens(whole: str) -> str:
    return " ".join(sorted(grams(whole)))
