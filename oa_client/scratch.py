"""Unsaved words kept on this PC, so that a crash or a power cut loses nothing that was typed."""

import hashlib
import json
import os
import re
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from oa_client.settings import home

STALE_SECONDS = 3600


@dataclass(frozen=True)
class Kept:
    """One unsaved piece: its key, what was typed, and when it was last kept (UTC)."""

    key: str
    data: dict[str, Any]
    saved_at: datetime


class Scratch:
    """The unsaved pieces of one login on one database (`namespace`); every piece is a file of its own.

    A file is written aside, flushed to the disk and then put in the old one's place in one step: whenever the power fails, the
    old words or the new ones are there. A file that cannot be read is set aside as .damaged and never in the way again.
    Writing happens in order on a thread of its own, so the screen never waits for the disk; reading waits for what was asked
    before. A failure to write (full disk) is told to `failed` on that thread, and raised by `flush`.
    """

    def __init__(self, namespace: str, failed: Callable[[OSError], object] | None = None) -> None:
        self._folder = home() / "unsaved" / hashlib.sha256(namespace.encode()).hexdigest()[:16]
        self._folder.mkdir(parents=True, exist_ok=True)
        self._failed = failed
        self._error: OSError | None = None
        self._line = ThreadPoolExecutor(1, "scratch")
        self._ask(self._sweep)

    def keep(self, key: str, data: dict[str, Any]) -> None:
        """Keep a piece, in place of an older one with the same key. `data` holds what JSON can (no dates, no bytes)."""
        stored = {"key": key, "saved_at": datetime.now(UTC).isoformat(), "data": data}
        content = json.dumps(stored, ensure_ascii=False).encode()
        self._ask(lambda: _replace(self._file(key), content))

    def kept(self, prefix: str = "") -> list[Kept]:
        """The pieces whose keys begin with `prefix`, the latest first."""
        return self._line.submit(self._kept, prefix).result()

    def drop(self, key: str) -> None:
        """Forget a piece and its files: it was submitted, or is no longer wanted."""
        self._ask(lambda: self._drop(key))

    def keep_file(self, key: str, name: str, content: bytes) -> None:
        """Keep the bytes of an attachment with a piece, under its name."""
        self._ask(lambda: _replace(self._files(key) / _plain(name), content))

    def kept_file(self, key: str, name: str) -> bytes | None:
        """The bytes of an attachment kept with a piece, or None."""
        file = self._files(key) / _plain(name)
        return self._line.submit(lambda: file.read_bytes() if file.is_file() else None).result()

    def drop_file(self, key: str, name: str) -> None:
        """Forget one attachment of a piece."""
        self._ask(lambda: (self._files(key) / _plain(name)).unlink(missing_ok=True))

    def flush(self) -> None:
        """Wait until everything asked so far is on the disk; OSError if something since the last `flush` could not be written."""
        self._line.submit(lambda: None).result()
        error, self._error = self._error, None
        if error is not None:
            raise error

    def close(self) -> None:
        """End the writing thread after what was asked; the object is of no use afterwards."""
        self._line.shutdown()

    def _ask(self, work: Callable[[], object]) -> None:
        self._line.submit(work).add_done_callback(self._note)

    def _note(self, done: Future) -> None:
        error = done.exception()
        if isinstance(error, OSError):
            self._error = error
            if self._failed is not None:
                self._failed(error)

    def _kept(self, prefix: str) -> list[Kept]:
        found = [piece for file in sorted(self._folder.glob("*.json")) if (piece := _read(file)) is not None]
        return sorted((piece for piece in found if piece.key.startswith(prefix)), key=lambda piece: piece.saved_at, reverse=True)

    def _drop(self, key: str) -> None:
        self._file(key).unlink(missing_ok=True)
        if self._files(key).is_dir():
            for file in self._files(key).iterdir():
                file.unlink(missing_ok=True)
            self._files(key).rmdir()

    def _sweep(self) -> None:
        """Take away what an interrupted write left; a fresh one may belong to another window of this login."""
        for file in self._folder.rglob("*.new"):
            if time.time() - file.stat().st_mtime > STALE_SECONDS:
                file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self._folder / f"{_plain(key)}.json"

    def _files(self, key: str) -> Path:
        return self._folder / f"{_plain(key)}.files"


def _plain(key: str) -> str:
    """A file name for any key: readable, short, and different for different keys."""
    return f"{re.sub(r'[^0-9A-Za-z]+', '-', key)[:40]}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _replace(file: Path, content: bytes) -> None:
    file.parent.mkdir(exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def _read(file: Path) -> Kept | None:
    try:
        stored = json.loads(file.read_bytes())
        return Kept(stored["key"], dict(stored["data"]), datetime.fromisoformat(stored["saved_at"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        file.replace(file.with_name(f"{file.name}.damaged"))
        return None
