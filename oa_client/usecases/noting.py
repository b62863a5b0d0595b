"""Notes for the audit (留痕): what happened to a document, to an account, what somebody read or took out."""

from typing import Any

from sqlalchemy.orm import Session

from ..domain.chain import SYSTEM_STREAM, account_stream, document_stream, reader_stream
from ..domain.happenings import SPOKEN
from ..store import trail
from ..store.audit_tables import Event
from ..store.guard import guarded
from .desk import Desk


def note(session: Session, desk: Desk, document_id: int, action: str, *, task_id: int | None = None, **detail: Any) -> None:
    """Note what happened to a document. A guarding database notes by itself all but what only the client knows."""
    _note(session, desk, document_stream(document_id), action, detail, document_id, task_id)


def note_account(session: Session, desk: Desk, account_id: int, action: str, **detail: Any) -> None:
    """Note what was done with an account."""
    _note(session, desk, account_stream(account_id), action, detail)


def note_reading(session: Session, desk: Desk, action: str, document_id: int | None = None, **detail: Any) -> None:
    """Note what the officer at the desk read, printed or took out."""
    _note(session, desk, reader_stream(desk.actor.id), action, detail, document_id)


def note_system(session: Session, desk: Desk, action: str, **detail: Any) -> None:
    """Note what was done with the bureau as a whole: its units, its policy."""
    _note(session, desk, SYSTEM_STREAM, action, detail)


def _note(session: Session, desk: Desk, stream: str, action: str, detail: dict[str, Any], document_id: int | None = None,
          task_id: int | None = None) -> None:
    kept = {key: value for key, value in detail.items() if value not in (None, "")}
    if guarded(session):
        if action in SPOKEN:
            trail.say(session, action, kept, document_id)
        return
    trail.append(session, Event(stream=stream, document_id=document_id, task_id=task_id, at=desk.clock(), account_id=desk.actor.id, login=desk.actor.login,
                                terminal=desk.terminal, action=action, result="done", detail=trail.written(kept)))
