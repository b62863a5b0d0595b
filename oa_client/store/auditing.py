"""Verifying the audit (校验留痕) within a transaction of the caller's, on either database."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from ..domain.anchor import Knot
from ..domain.faults import Fault, Findings
from . import auditing_file, auditing_server
from .audit_tables import Event, Head, Link
from .guard import guarded
from .tables import Document

Tell = Callable[[int, int, str], None]
FOUND = 200


@dataclass(frozen=True)
class Verdict:
    """How many events and chains were looked at, and what is wrong: `more` faults beyond those listed."""

    events: int
    streams: int
    faults: tuple[Fault, ...]
    more: int

    @property
    def good(self) -> bool:
        """Whether everything fits."""
        return not self.faults


def verify(session: Session, tell: Tell = lambda _done, _total, _words: None, anchored: Iterable[Knot] | None = None) -> Verdict:
    """Look at every event, link and head, at opinions, numbers and archive references, and at the heads of an anchor (锚点).

    `tell` hears of the progress and may raise to break off. Refused by a guarding database for whoever has no right to the audit.
    """
    events = session.scalar(select(func.count()).select_from(Event)) or 0
    streams = session.scalar(select(func.count()).select_from(Head)) or 0
    way, found = auditing_server if guarded(session) else auditing_file, Findings()
    for faults in way.rounds(session, lambda done: tell(min(done, events), events, "校验留痕")):
        found.add(faults)
    tell(events, events, "核对意见、字号和档号")
    found.add(way.papers(session))
    if anchored is not None:
        found.add(way.missing(session, anchored))
    return Verdict(events, streams, found.listed(), found.more)


def heads(session: Session) -> Iterator[Knot]:
    """The head of every chain, in the order of their names as bytes."""
    name = Head.stream.collate("C") if guarded(session) else Head.stream
    for row in session.execute(select(Head.stream, Head.seq, Head.hash).order_by(name).execution_options(yield_per=5000)):
        yield Knot(*row)


def boundary(session: Session) -> str:
    """Up to where this transaction sees the audit: the server's snapshot, or the file's last event."""
    if guarded(session):
        return session.scalar(text("SELECT pg_current_snapshot()::text")) or ""
    return str(session.scalar(select(func.max(Link.era))) or 0)


def numbers(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The numbers of documents: all that an auditor may know of them."""
    wanted = sorted(set(ids))
    if guarded(session):
        asked = text("SELECT id, number FROM oa.audit_numbers(CAST(:ids AS int8[]))")
        return {row.id: row.number for row in session.execute(asked, {"ids": wanted})}
    return dict(session.execute(select(Document.id, Document.number).where(Document.id.in_(wanted))).all())


def numbered(session: Session, wanted: str) -> list[int]:
    """The newest documents whose number has these signs in it."""
    if guarded(session):
        return list(session.scalars(text("SELECT oa.audit_numbered(:wanted, :most)"), {"wanted": wanted, "most": FOUND}))
    fits = Document.number.contains(wanted, autoescape=True)
    return list(session.scalars(select(Document.id).where(fits).order_by(Document.id.desc()).limit(FOUND)))
