"""The desk (办公桌面): who acts, on which database, at what time; and what a story gives back."""

import getpass
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Generic, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from ..domain.actor import Actor
from ..store import unit as transactions

BEIJING = timezone(timedelta(hours=8), "北京时间")
T = TypeVar("T")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """A moment as the clock on the wall shows it."""
    return moment.astimezone(BEIJING)


def terminal() -> str:
    """This workstation's name, for the record of events."""
    return f"{platform.node()}/{getpass.getuser()}" if platform.node() else "本机"


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """A story's result, the topics that it changed, and a sentence for the status line."""

    value: T
    topics: frozenset[str] = frozenset()
    notice: str = ""


@dataclass(frozen=True)
class Desk:
    """One officer at work. Every story takes it first."""

    engine: Engine
    actor: Actor
    clock: Callable[[], datetime] = now
    terminal: str = field(default="")

    @contextmanager
    def unit(self) -> Iterator[Session]:
        """A transaction that writes: all of the story or nothing of it."""
        with transactions.unit(self.engine) as session:
            yield session

    @contextmanager
    def look(self) -> Iterator[Session]:
        """A transaction that only reads."""
        with transactions.look(self.engine) as session:
            yield session

    def today(self) -> date:
        """The date on the wall."""
        return local(self.clock()).date()
