"""What does not fit in the audit of a data file: link after link is hashed here.

Texts are read as bytes: whoever edits a file may leave in it what is no text.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from ..domain.anchor import Knot
from ..domain.chain import EPOCH, Happening
from ..domain.faults import BEGINNING, Fault, amiss

SPAN = 2_000
Row = tuple[Any, ...]
_EVENT = "e.id, e.stream, e.at, e.account_id, e.login, e.terminal, e.action, e.result, e.document_id, e.task_id, e.detail"
_LINKS = f"SELECT l.stream, l.seq, l.prev, l.hash, l.event_id, {_EVENT} FROM audit_link l LEFT JOIN audit_event e ON e.id = l.event_id ORDER BY l.stream, l.seq"
_UNLINKED = "SELECT e.stream, e.id, e.at FROM audit_event e WHERE NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.event_id = e.id)"
_HEADS = """SELECT h.stream, coalesce(l.seq, h.seq), l.event_id FROM audit_head h
 LEFT JOIN audit_link l ON l.stream = h.stream AND l.seq = (SELECT max(x.seq) FROM audit_link x WHERE x.stream = h.stream) WHERE l.seq IS NOT h.seq OR l.hash IS NOT h.hash"""
_HEADLESS = "SELECT l.stream, max(l.seq) FROM audit_link l WHERE NOT EXISTS (SELECT 1 FROM audit_head h WHERE h.stream = l.stream) GROUP BY l.stream"
_NOTED = "SELECT stream, id, at, task_id, account_id, detail FROM audit_event WHERE action = ? ORDER BY id"
_OPINIONS = "SELECT document_id, task_id, author_id, text, at FROM opinion"
_NUMBERS = "SELECT id, number FROM document WHERE kind = 'send' AND number <> ''"
_REFERENCES = "SELECT document_id, reference FROM archive_item"
_MISSING = """SELECT k.stream, k.seq, l.hash, EXISTS (SELECT 1 FROM audit_link x WHERE x.stream = k.stream) FROM
 (SELECT json_extract(value, '$[0]') AS stream, json_extract(value, '$[1]') AS seq, json_extract(value, '$[2]') AS hash FROM json_each(?)) k
 LEFT JOIN audit_link l ON l.stream = k.stream AND l.seq = k.seq WHERE l.hash IS NOT k.hash"""
_UNREADABLE = Happening(0, "", EPOCH, None, "", "", "", "", None, None, "")


def rounds(session: Session, done: Callable[[int], None]) -> Iterator[list[Fault]]:
    """The faults of the chains; `done` hears how many links were looked at."""
    count, stream, before, broken = 0, None, BEGINNING, False
    with _bytes(session) as rows:
        for part in _parts(rows(_LINKS)):
            done(count)
            faults = []
            for row in part:
                if row[0] != stream:
                    stream, before, broken = row[0], BEGINNING, False
                wrong = "" if broken else _amiss(row, before)
                if wrong:
                    broken = True
                    faults.append(Fault(wrong, _text(row[0]), _whole(row[1]), _whole(row[4]), _moment(row[7])))
                before = (row[1], _text(row[3]))
            count += len(part)
            yield faults
        yield [Fault("unlinked", _text(name), None, key, _moment(at)) for name, key, at in rows(_UNLINKED)]
        yield [Fault("head" if event is not None else "emptied", _text(name), _whole(seq), _whole(event)) for name, seq, event in rows(_HEADS)]
        yield [Fault("headless", _text(name), _whole(seq)) for name, seq in rows(_HEADLESS)]


def papers(session: Session) -> list[Fault]:
    """Opinions, numbers and archive references that are not as they were noted; before revision 0002 numbers were noted in words."""
    with _bytes(session) as rows:
        return [*_opinions(rows), *_once(rows, "number", "numbered", _NUMBERS, ('"number": {}', '"编号 {}，')),
                *_once(rows, "reference", "filed", _REFERENCES, ('"reference": {}', '"归档，档号 {}"'))]


def missing(session: Session, anchored: Iterable[Knot]) -> Iterator[Fault]:
    """What an anchor holds and the chains no longer do."""
    waiting = iter(anchored)
    with _bytes(session) as rows:
        while part := list(islice(waiting, SPAN)):
            for stream, seq, found, there in rows(_MISSING, json.dumps([(knot.stream, knot.seq, knot.hash) for knot in part])):
                yield Fault("rewritten" if found is not None else "cut" if there else "lost", _text(stream), seq)


def _opinions(rows: Callable[..., Iterable[Row]]) -> Iterator[Fault]:
    noted: dict[tuple[str, Any], list[Row]] = {}
    for row in rows(_NOTED, "opinion"):
        noted.setdefault((_text(row[0]), row[3]), []).append(row)
    for document, task, author, said, at in rows(_OPINIONS):
        stream = f"d{_text(document)}"
        digest = hashlib.sha256(_raw(said)).hexdigest().encode()
        events = noted.pop((stream, task), [])
        if not events:
            yield Fault("unsaid", stream, at=_moment(at), item=_whole(task))
        for event in events:
            if digest not in _raw(event[5]) or event[4] != author:
                yield Fault("opinion", stream, None, event[1], _moment(event[2]), _whole(task))
    for event in (event for events in noted.values() for event in events):
        yield Fault("unkept", _text(event[0]), None, event[1], _moment(event[2]), _whole(event[3]))


def _once(rows: Callable[..., Iterable[Row]], kind: str, action: str, kept: str, forms: tuple[str, str]) -> Iterator[Fault]:
    """What is given to a document once and noted: as JSON, or in words in events of before."""
    noted: dict[str, list[Row]] = {}
    for row in rows(_NOTED, action):
        noted.setdefault(_text(row[0]), []).append(row)
    for document, value in rows(kept):
        stream, words = f"d{_text(document)}", _text(value)
        told = [form.format(sign).encode() for form, sign in zip(forms, (json.dumps(words, ensure_ascii=False), words), strict=True)]
        events = noted.pop(stream, [])
        if not events:
            yield Fault(kind, stream, item=_whole(document))
        yield from (Fault(kind, stream, None, event[1], _moment(event[2]), _whole(document)) for event in events if not any(form in _raw(event[5]) for form in told))
    yield from (Fault(kind, stream, None, event[1], _moment(event[2])) for stream, events in noted.items() for event in events)


def _amiss(row: Row, before: tuple[Any, str]) -> str:
    event = None if row[5] is None else _happening(row[5:])
    return amiss((row[1], _text(row[0]), _text(row[2]), _text(row[3])), event, before)


def _happening(row: Row) -> Happening:
    """The event as the chain sees it; one that is no event any more fits no hash."""
    key, stream, at, account, *texts, document, task, detail = row
    moment = _moment(at)
    try:
        login, terminal, action, result, said = (part.decode() for part in (*texts, detail))
        return _UNREADABLE if moment is None else Happening(key, stream.decode(), moment, account, login, terminal, action, result, document, task, said)
    except (ValueError, AttributeError):
        return _UNREADABLE


def _moment(raw: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(raw.decode())
    except (ValueError, AttributeError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _text(raw: Any) -> str:
    return raw.decode(errors="replace") if isinstance(raw, bytes) else str(raw)


def _raw(raw: Any) -> bytes:
    return raw if isinstance(raw, bytes) else str(raw).encode()


def _whole(raw: Any) -> int | None:
    return raw if isinstance(raw, int) else None


@contextmanager
def _bytes(session: Session) -> Iterator[Callable[..., Iterable[Row]]]:
    """Run queries on the connection of the running transaction, texts coming as bytes."""
    driver: Any = session.connection().connection.driver_connection
    before, driver.text_factory = driver.text_factory, bytes
    try:
        yield lambda query, *values: driver.execute(query, values)
    finally:
        driver.text_factory = before


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while part := list(islice(waiting, SPAN)):
        yield part
