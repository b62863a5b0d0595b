"""Where documents stand (当前状态): the step, who holds them and until when, for programs that read lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ..store.tables import Document
from ..store.work_tables import ArchiveItem, Task
from .desk import Desk
from .directory import labels
from .papers import readable

STATUSES = {"running": "in_flow", "closed": "done", "returned": "done", "filed": "filed", "void": "void"}


@dataclass(frozen=True)
class Standing:
    """A document's `status` (draft, in_flow, done, filed, void), its step in words, its holders by name, time limit and archive reference."""

    status: str
    doc_type: str
    step: str
    holders: tuple[str, ...]
    due: date | None
    reference: str = ""


def standing(desk: Desk, ids: Iterable[int]) -> dict[int, Standing]:
    """How the documents stand that this officer may read; others are left out."""
    with desk.look() as session:
        rows = session.execute(select(Document.id, Document.kind, Document.state, Document.step, Document.where, Document.doc_type, Document.due_on,
                                      ArchiveItem.reference).outerjoin(ArchiveItem, ArchiveItem.document_id == Document.id).where(
            Document.id.in_(list(ids)), readable(desk))).all()
        held: dict[int, list[str]] = {}
        for document_id, holder in session.execute(select(Task.document_id, Task.holder).where(
                Task.document_id.in_([row.id for row in rows]), Task.state == "open").order_by(Task.id)):
            held.setdefault(document_id, []).append(holder)
        words = labels(session, {holder for holders in held.values() for holder in holders})
    return {row.id: Standing(_status(row.kind, row.state, row.step), row.doc_type, row.where.partition("：")[0],
                             tuple(words[holder] for holder in held.get(row.id, [])), row.due_on, row.reference or "") for row in rows}


def _status(kind: str, state: str, step: str) -> str:
    return "draft" if (kind, state, step) == ("send", "running", "draft") else STATUSES[state]
