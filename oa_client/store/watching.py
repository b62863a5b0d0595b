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

from .engine import APPLICATION, login_arguments

FILE_SECONDS = 1.0
SLICE_SECONDS = 0.25
BEAT_SECONDS = 15.0
ANSWER_SECONDS = 4.0
POLL_SECONDS = 2.0
AGAIN_SECONDS = 60.0
EVERYBODY = "oa_all"
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
    """PostgreSQL: LISTEN on a connection of its own, to what concerns this officer. What this program itself commits is not reported.

    A word that it sends to itself every 15 seconds shows that listening works. Where none comes back within four (a standby server,
    a pooler, a lost subscription) it looks every two seconds whether anything was written, and tries to listen again each minute.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine, self._own = engine, set[int]()
        event.listen(engine, "checkout", self._note_own)
        try:
            self._connection = psycopg.connect(**{**login_arguments(engine), **_ALIVE, "connect_timeout": 8, "application_name": f"{APPLICATION} watch"},
                                               autocommit=True)
            self._ping = f"oa_ping_{self._connection.info.backend_pid}"
            self._channels, self._answered, self._tries = set[str](), True, 0.0
            self._listens = self._listen()
            self._latest, self._beat = self._look(), time.monotonic()
        except psycopg.Error as problem:
            self.close()
            raise Lost(str(problem)) from problem

    @property
    def listens(self) -> bool:
        """Whether words of other desks come by themselves; otherwise the database is asked again and again."""
        return self._listens

    def wait(self, stop: Event) -> bool:
        """See `Watcher.wait`."""
        try:
            told = self._hear() if self._listens else stop.wait(SLICE_SECONDS) and False
            return self._beaten() or told
        except (psycopg.Error, OSError) as problem:
            raise Lost(str(problem)) from problem

    def close(self) -> None:
        """See `Watcher.close`."""
        event.remove(self._engine, "checkout", self._note_own)
        if hasattr(self, "_connection"):
            with contextlib.suppress(psycopg.Error, OSError):
                self._connection.close()

    def _hear(self) -> bool:
        """Words of a quarter of a second; the first one of another desk ends the waiting."""
        words = list(self._connection.notifies(timeout=SLICE_SECONDS, stop_after=1))  # nothing can be asked while this goes on
        self._answered = self._answered or any(word.channel == self._ping for word in words)
        others = {word.channel for word in words if word.pid not in self._own and word.channel != self._ping}
        if EVERYBODY in others:
            self._listens = self._listen()  # roles, delegations: others' papers may have become mine
        return bool(others)

    def _beaten(self) -> bool:
        """Sends itself a word now and then; where none comes back, whether something was written since the last look."""
        if time.monotonic() - self._beat < self._between():
            return False
        self._beat = time.monotonic()
        self._count_failures()
        if self._listens and self._answered:
            self._answered = False
            self._connection.execute(f"NOTIFY {self._ping}")
            return False
        missed, self._listens = self._listens, False  # since when, nobody knows
        if time.monotonic() - self._tries > AGAIN_SECONDS:
            self._listens = self._listen(afresh=True)
        before, self._latest = self._latest, self._look()
        return missed or before != self._latest

    def _between(self) -> float:
        """How long after the last beat the next thing is done."""
        if not self._listens:
            return POLL_SECONDS
        return BEAT_SECONDS if self._answered else min(ANSWER_SECONDS, BEAT_SECONDS)

    def _count_failures(self) -> None:
        """A server older than PostgreSQL 17 does not by itself read in its log who typed wrong passwords."""
        if self._connection.info.server_version < 170000:
            try:
                self._connection.execute("SELECT oa.sweep()")
            except psycopg.ProgrammingError:
                return  # a database that has not been upgraded yet

    def _listen(self, afresh: bool = False) -> bool:
        """Listen to one's own channels; False where this server or what stands before it does not allow that."""
        self._tries, self._answered = time.monotonic(), True
        try:
            if afresh:
                self._connection.execute("UNLISTEN *")
                self._channels.clear()
            mine = self._connection.execute("SELECT coalesce(oa.mine(), '{}')").fetchone()
            wanted = {EVERYBODY, self._ping, *(f"oa_{number}" for number in (mine[0] if mine else ()))}
            for channel in sorted(wanted - self._channels):
                self._connection.execute(f"LISTEN {channel}")
            for channel in sorted(self._channels - wanted):
                self._connection.execute(f"UNLISTEN {channel}")
            self._channels = wanted
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
