"""The hash chain of the audit (留痕链): how an event is put into bytes, and what a link must hold. The database does the same in SQL."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
START = ""


@dataclass(frozen=True)
class Happening:
    """An event as the chain sees it; `detail` is its JSON text to the letter."""

    id: int
    stream: str
    at: datetime
    account_id: int | None
    login: str
    terminal: str
    action: str
    result: str
    document_id: int | None
    task_id: int | None
    detail: str


def digest(event: Happening, before: str) -> str:
    """The hash of an event's link: SHA-256 over every part with its length before it, after the hash of the link before."""
    micros = (event.at - EPOCH) // timedelta(microseconds=1)
    parts = (before, event.stream, event.id, micros, event.account_id, event.login, event.terminal, event.action, event.result,
             event.document_id, event.task_id, event.detail)
    return hashlib.sha256(framed(parts)).hexdigest()


def framed(parts: tuple[object, ...]) -> bytes:
    """Parts as one run of bytes that can be taken apart in one way only."""
    texts = ["" if part is None else str(part) for part in parts]
    return ",".join(f"{len(text.encode())}:{text}" for text in texts).encode()


def document_stream(document_id: int) -> str:
    """The chain of a document."""
    return f"d{document_id}"


def account_stream(account_id: int) -> str:
    """The chain of an account: its administration, its sign-ins."""
    return f"a{account_id}"


def reader_stream(account_id: int) -> str:
    """The chain of what somebody read and took out."""
    return f"r{account_id}"


SYSTEM_STREAM = "s"
