"""Who looks into the audit (留痕的查看人): the audit administrator at a desk, or whoever holds the database itself. What they do is noted."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from ..domain.chain import SYSTEM_STREAM
from ..domain.errors import Refused, Unavailable
from ..store import trail
from ..store import unit as transactions
from ..store.audit_tables import Event
from ..store.guard import call, guarded
from .desk import Desk, now, terminal
from .noting import note_reading

Place = Desk | Engine


@contextmanager
def looking(place: Place) -> Iterator[Session]:
    """A transaction that reads the audit: one consistent picture. Refused at the desk of anybody but an audit administrator."""
    if isinstance(place, Engine):
        with transactions.look(place) as session:
            yield session
        return
    if not place.actor.holds("audit_admin"):
        raise Refused("只有安全审计员可以查看、校验留痕。", "如需核对，请联系安全审计员。")
    with place.look() as session:
        yield session


def noted(place: Place, action: str, **detail: Any) -> bool:
    """Note what was done with the audit. False where a database looked at directly cannot be written, such as a copy of a backup."""
    if isinstance(place, Desk):
        with place.unit() as session:
            note_reading(session, place, action, **detail)
        return True
    if _standby(place):
        return False
    try:
        with transactions.unit(place) as session:
            if guarded(session):
                call(session, "note", SYSTEM_STREAM, action, trail.written(detail))
            else:
                trail.append(session, Event(stream=SYSTEM_STREAM, at=now(), account_id=None, login="", terminal=terminal(), action=action, result="done",
                                            detail=trail.written(detail)))
    except Unavailable:
        return False
    return True


def _standby(engine: Engine) -> bool:
    """Whether it is a server that follows another one."""
    if not guarded(engine):
        return False
    with transactions.look(engine) as session:
        return bool(session.scalar(text("SELECT pg_is_in_recovery()")))
