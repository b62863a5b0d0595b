"""Noticing the commits of other desks (变更通知): LISTEN on PostgreSQL, the file's data version on SQLite."""

import contextlib
import sqlite3
import time
from pathlib import Path
from threading import Event
from typing import Any, Protocol

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from .unit import CHANNEL

FILE_SECONDS = 1.0
SLICE_SECONDS = 0.25
BEAT_SECONDS = 15.0
POLL_SECONDS = 2.0
_ALIVE = {"keepalives": 1, "keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 15000}
_LATEST = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"


class Lost(Exception):
    """The database does not answer any more; open a new watcher."""


class Watcher(Protocol):
    """One connection that only listens. Made, used and closed on one thread."""

    def wait(self, stop: Event) -> bool:
        """Wait a little; whether another desk wrote meanwhile. Ends early when `stop` is set; Lost when the connection broke."""

    def close(self) -> None:
        """Give the connection back."""


def watcher(engine: Engine) -> Watcher:
    """A watcher of the database behind an engine; Lost when it cannot be reached."""
    return FileWatcher(engine) if engine.dialect.name == "sqlite" else ServerWatcher(engine)


class FileWatcher:
    """SQLite: asks the file each second whether another connection changed it."""

    def __init__(self, engine: Engine) -> None:
        self._file = Path(engine.url.database or "")
        if not self._file.exists():
            raise Lost(str(self._file))
        try:
            self._connection = engine.raw_connection()
            self._seen = self._version()
        except (DBAPIError, sqlite3.Error) as problem:
            raise Lost(str(problem)) from problem

    def wait(self, stop: Event) -> bool:
        """See `Watcher.wait`."""
        if stop.wait(FILE_SECONDS):
            return False
        if not self._file.exists():
            raise Lost(str(self._file))
        try:
            before, self._seen = self._seen, self._version()
        except sqlite3.Error as problem:
            raise Lost(str(problem)) from problem
        return self._seen != before

    def close(self) -> None:
        """See `Watcher.close`."""
        self._connection.close()

    def _version(self) -> int:
        with contextlib.closing(self._connection.cursor()) as cursor:
            return cursor.execute("PRAGMA data_version").fetchone()[0]


class ServerWatcher:
    """PostgreSQL: LISTEN on a connection of its own. What this program itself commits is not reported.

    Every 15 seconds it looks besides whether anything was written that nobody told of; where LISTEN is not to be had
    (a standby server, a pooler) it looks so every two seconds.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine, self._own = engine, set[int]()
        event.listen(engine, "checkout", self._note_own)
        try:
            _words, arguments = engine.dialect.create_connect_args(engine.url)
            self._connection = psycopg.connect(**{**arguments, **_ALIVE, "connect_timeout": 8, "application_name": "wenshu watch"}, autocommit=True)
            self._listens = self._listen()
            self._latest, self._beat, self._told = self._look(), time.monotonic(), False
        except psycopg.Error as problem:
            self.close()
            raise Lost(str(problem)) from problem

    def wait(self, stop: Event) -> bool:
        """See `Watcher.wait`."""
        try:
            senders = [notify.pid for notify in self._connection.notifies(timeout=SLICE_SECONDS)] if self._listens else []
            if not self._listens:
                stop.wait(SLICE_SECONDS)
            self._told = self._told or bool(senders)
            return any(sender not in self._own for sender in senders) or self._beaten()
        except (psycopg.Error, OSError) as problem:
            raise Lost(str(problem)) from problem

    def close(self) -> None:
        """See `Watcher.close`."""
        event.remove(self._engine, "checkout", self._note_own)
        if hasattr(self, "_connection"):
            with contextlib.suppress(psycopg.Error, OSError):
                self._connection.close()

    def _beaten(self) -> bool:
        """Whether something was written of which no word came."""
        if time.monotonic() - self._beat < (BEAT_SECONDS if self._listens else POLL_SECONDS):
            return False
        before, self._latest = self._latest, self._look()
        silent, self._told, self._beat = not self._told, False, time.monotonic()
        return silent and before != self._latest

    def _listen(self) -> bool:
        try:
            self._connection.execute(f"LISTEN {CHANNEL}")
        except psycopg.OperationalError:
            raise
        except psycopg.Error:
            return False
        return True

    def _look(self) -> str:
        row = self._connection.execute(_LATEST).fetchone()
        return row[0] if row else ""

    def _note_own(self, connection: Any, _record: Any, _proxy: Any) -> None:
        self._own.add(connection.info.backend_pid)
