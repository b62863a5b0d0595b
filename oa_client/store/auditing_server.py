"""What does not fit in the audit of a server: its own functions hash and compare, in spans of events (see `61_verify.sql`)."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from sqlalchemy import text
from sqlalchemy.orm import Session

from ..domain.anchor import Knot
from ..domain.faults import Fault

SPAN, BATCH = 10_000, 5_000
FIRST, LAST = -(2**63), 2**63 - 1
_BOUND = text("SELECT oa.audit_bound(:lo, :span)")
_SPAN = text("SELECT kind, stream, seq, event_id, at FROM oa.audit_faults(:lo, :hi)")
_HEADS = text("SELECT kind, stream, seq, event_id, at FROM oa.audit_heads()")
_PAPERS = text("SELECT kind, stream, NULL, event_id, at, item FROM oa.audit_papers()")
_MISSING = text("SELECT kind, stream, seq FROM oa.audit_missing(CAST(:streams AS text[]), CAST(:seqs AS int4[]), CAST(:hashes AS text[]))")


def rounds(session: Session, done: Callable[[int], None]) -> Iterator[list[Fault]]:
    """The faults of the chains, span by span; `done` hears how many events were looked at."""
    lo, count = FIRST, 0
    while True:
        done(count)
        hi = session.scalar(_BOUND, {"lo": lo, "span": SPAN})
        yield [Fault(*row) for row in session.execute(_SPAN, {"lo": lo, "hi": LAST if hi is None else hi})]
        if hi is None:
            break
        lo, count = hi, count + SPAN
    yield [Fault(*row) for row in session.execute(_HEADS)]


def papers(session: Session) -> list[Fault]:
    """Opinions, numbers and archive references that are not as they were noted."""
    return [Fault(*row) for row in session.execute(_PAPERS)]


def missing(session: Session, anchored: Iterable[Knot]) -> Iterator[Fault]:
    """What an anchor holds and the chains no longer do."""
    waiting = iter(anchored)
    while part := list(islice(waiting, BATCH)):
        streams, seqs, hashes = (list(column) for column in zip(*((knot.stream, knot.seq, knot.hash) for knot in part), strict=True))
        for row in session.execute(_MISSING, {"streams": streams, "seqs": seqs, "hashes": hashes}):
            yield Fault(*row)
