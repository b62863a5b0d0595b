"""Writing the audit (留痕): on SQLite the event and its link in the chain; on PostgreSQL the database writes both itself."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from ..domain import chain
from .audit_tables import Event, Head, Link
from .guard import call


def append(session: Session, event: Event) -> None:
    """Append an event to the chain of its stream. The caller's transaction is alone in writing (SQLite)."""
    session.add(event)
    session.flush()
    head = session.get(Head, event.stream)
    if head is None:
        head = Head(stream=event.stream, seq=0, hash=chain.START)
        session.add(head)
    before, head.seq = head.hash, head.seq + 1
    head.hash = chain.digest(happening(event), before)
    session.add(Link(event_id=event.id, stream=event.stream, seq=head.seq, prev=before, hash=head.hash, era=event.id))
    session.flush()


def say(session: Session, action: str, detail: Mapping[str, Any], document_id: int | None) -> None:
    """Tell the guarding database what only the client knows: that somebody printed, took out, urged or took back."""
    call(session, "say", action, written(detail), document_id)


def written(detail: Mapping[str, Any]) -> str:
    """A detail as it is kept: JSON text, always the same for the same detail."""
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str)


def happening(event: Event) -> chain.Happening:
    """The event as the chain sees it."""
    return chain.Happening(event.id, event.stream, event.at, event.account_id, event.login, event.terminal, event.action, event.result,
                           event.document_id, event.task_id, event.detail)
