"""The desk (办公桌面): who acts, on which database, at what time; and what a story gives back."""

import getpass
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Generic, TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from ..domain.actor import Actor
from ..domain.errors import Refused
from ..store import unit as transactions
from ..store.access_tables import Delegation
from ..store.tables import Account, RoleGrant

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

    def renewed(self, actor: Actor) -> "Desk":
        """The same desk with the officer as the directory has them now."""
        return replace(self, actor=actor)

    @contextmanager
    def unit(self) -> Iterator[Session]:
        """A transaction that writes: all of the story or nothing of it. Refused once the account is disabled or has lost a role."""
        with transactions.unit(self.engine) as session:
            self._still_serves(session)
            yield session

    @contextmanager
    def look(self) -> Iterator[Session]:
        """A transaction that only reads. Refused once the account is disabled or has lost a role."""
        with transactions.look(self.engine) as session:
            self._still_serves(session)
            yield session

    def today(self) -> date:
        """The date on the wall."""
        return local(self.clock()).date()

    def _still_serves(self, session: Session) -> None:
        """Who signed in hours ago may have been disabled or moved since (停用、调离即刻生效)."""
        rows = session.execute(select(Account.active, Account.unit_id, RoleGrant.role, RoleGrant.unit_id).outerjoin(
            RoleGrant, RoleGrant.account_id == Account.id).where(Account.id == self.actor.id)).all()
        if not rows or not rows[0][0]:
            raise Refused("您的账号已停用，不能继续办理。", "填写的内容已保留在本机；如需恢复，请找本单位管理员。")
        held = {(role, unit_id) for _active, _unit, role, unit_id in rows}
        if rows[0][1] != self.actor.unit_id or not self.actor.grants <= held:
            raise Refused("您的单位或角色已有变动。", "填写的内容已保留在本机，请退出后重新登录。")
        if self.actor.stands_for and not self.actor.stands_for <= set(session.scalars(select(Delegation.from_id).where(
                Delegation.to_id == self.actor.id, Delegation.ended_at.is_(None), Delegation.ends_on >= self.today()))):
            raise Refused("别人委托您代办的期限已到，或委托已收回。", "填写的内容已保留在本机，请刷新后再办理。")
