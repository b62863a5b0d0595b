"""One event of the audit in full (留痕详情): its line, its chain and its place there; and whom the audit can be narrowed to."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain.errors import NotFound
from ..domain.faults import BEGINNING, Fault, amiss, stream_words
from ..domain.names import PersonKeys, unpack_readings
from ..store import trail
from ..store.audit_tables import Event, Head, Link
from ..store.tables import Account, Unit
from .audit_rows import AuditFilter, AuditRow, lines, rows_of
from .auditing import readable
from .auditors import Place, looking


@dataclass(frozen=True)
class AuditDetail:
    """An event with its link: the chain's name and words, the place in it (`seq` of `length`), both hashes, and what is wrong with the link, in words.

    `seq` is None when the event stands on no chain.
    """

    row: AuditRow
    stream: str
    chain: str
    seq: int | None
    length: int
    hash: str
    before: str
    fault: str


@dataclass(frozen=True)
class Person:
    """Somebody with an account: what they are found by, and whether the account is in use."""

    login: str
    name: str
    unit: str
    keys: PersonKeys
    active: bool


def detail(place: Place, event_id: int) -> AuditDetail:
    """An event in full, its own link checked. NotFound when it is not there; Refused for others than the audit administrator."""
    with readable(), looking(place) as session:
        found = session.execute(lines(session, AuditFilter()).where(Event.id == event_id)).all()
        if not found:
            raise NotFound(f"编号 {event_id} 的留痕已不在。", "它的环还在链上，校验结果会指出。")
        event, (row,) = found[0][0], rows_of(session, found)
        link = session.scalars(select(Link).where(Link.event_id == event_id)).one_or_none()
        stream = event.stream if link is None else link.stream
        length = session.scalar(select(Head.seq).where(Head.stream == stream)) or 0
        if link is None:
            return AuditDetail(row, stream, stream_words(stream), None, length, "", "", Fault("unlinked", stream, None, event_id).words)
        kind = _amiss(session, event, link)
        return AuditDetail(row, stream, stream_words(stream), link.seq, length, link.hash, link.prev, Fault(kind, stream, link.seq, event_id).words if kind else "")


def people(place: Place) -> tuple[Person, ...]:
    """Everybody who has or had an account, in the bureau's order."""
    with looking(place) as session:
        query = select(Account.login, Account.name, Account.keys, Account.post, Account.active, Unit.short, Unit.name.label("unit"))
        rows = session.execute(query.join(Unit, Unit.id == Account.unit_id).order_by(Unit.position, Unit.id, Account.login))
        return tuple(Person(row.login, row.name, row.short, PersonKeys(row.name, unpack_readings(row.keys), f"{row.short} {row.unit}", row.post, row.login), row.active)
                     for row in rows)


def _amiss(session: Session, event: Event, link: Link) -> str:
    before = session.execute(select(Link.seq, Link.hash).where(Link.stream == link.stream, Link.seq == link.seq - 1)).first()
    return amiss((link.seq, link.stream, link.prev, link.hash), trail.happening(event), (before[0], before[1]) if before else BEGINNING)
