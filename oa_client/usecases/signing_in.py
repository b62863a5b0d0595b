"""Signing in (登录): the password check, the lock after failures, the personas of a demonstration."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from ..domain.actor import Actor
from ..domain.errors import Invalid, Refused
from ..store import unit as transactions
from ..store.tables import Account, Unit
from ..store.work_tables import Event, Fact
from .desk import Desk, now, terminal
from .directory import actor_of, find_login
from .policy import password_problem, policy

HASHER = PasswordHasher()
NEAR = timedelta(seconds=2)
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$JSzT3jm5liRHi5ligaidKw$6L0apLKdIK/AgflbmE+N/WPyX97B45tX6oNj1JPq9B8"


@dataclass(frozen=True)
class Persona:
    """Somebody whose desk a demonstration lets one try."""

    login: str
    name: str
    caption: str
    unit: str


@dataclass(frozen=True)
class Gate:
    """What the login page shows of a database."""

    bureau: str
    demo: bool
    personas: tuple[Persona, ...]
    demo_password: str


def gate(engine: Engine) -> Gate:
    """Whose database it is, and its personas when it is a demonstration."""
    with transactions.look(engine) as session:
        root = session.scalar(select(Unit).where(Unit.parent_id.is_(None)))
        fact = session.get(Fact, "demo")
        if fact is None:
            return Gate(root.name if root else "", False, (), "")
        rows = session.execute(select(Account.login, Account.name, Unit.short).join(Unit, Unit.id == Account.unit_id).where(
            Account.login.in_([login for login, _caption in fact.value["personas"]])))
        known = {login: (name, unit) for login, name, unit in rows}
        personas = tuple(Persona(login, known[login][0], caption, known[login][1])
                         for login, caption in fact.value["personas"] if login in known)
        return Gate(root.name if root else "", True, personas, fact.value["password"])


def sign_in(engine: Engine, login: str, password: str) -> Desk:
    """Open a desk; Refused with the reason when it may not be opened. Takes about a quarter of a second."""
    with transactions.look(engine) as session:
        account = find_login(session, login.strip())
        stored = account.password_hash if account else _NOBODY
    good = _matches(stored, password)
    with transactions.unit(engine) as session:
        account = session.scalar(select(Account).where(Account.login == login.strip()).with_for_update())
        good = good and account is not None and account.password_hash == stored
        clock = server_clock(session)
        _judge(account, good, clock())
        if account is not None and good:
            account.failed, account.locked_until = 0, None
            session.add(Event(at=clock(), account_id=account.id, action="sign_in", words="登录", terminal=terminal()))
            return Desk(engine, actor_of(session, account), clock, terminal())
        locked = _count_failure(account, clock())
    if locked:
        raise Refused(f"密码连续错误 {policy()['lock_after']} 次，账号锁定 {policy()['lock_minutes']} 分钟。", "如忘记密码，请找本单位管理员重置。")
    raise Refused("警号或密码不对。", "请核对后重新输入；如忘记密码，请找本单位管理员重置。")


def change_password(desk: Desk, old: str, new: str) -> Actor:
    """Set one's own password; Refused or Invalid says why not."""
    problem = password_problem(new, desk.actor.login)
    if problem:
        raise Invalid({"new": problem})
    if old == new:
        raise Invalid({"new": "新密码不能与原密码相同。"})
    fresh = HASHER.hash(new)
    with desk.unit() as session:
        account = session.get_one(Account, desk.actor.id)
        if not _matches(account.password_hash, old):
            raise Invalid({"old": "原密码不对。"})
        account.password_hash, account.must_change = fresh, False
        account.version += 1
        session.add(Event(at=desk.clock(), account_id=account.id, action="password", words="修改本人密码", terminal=desk.terminal))
        session.flush()
        return actor_of(session, account)


def _matches(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, UnicodeEncodeError):
        return False


def server_clock(session: Session) -> Callable[[], datetime]:
    """The clock of the shared database's server, which all desks go by; a single-desk database goes by this PC's."""
    if session.get_bind().dialect.name != "postgresql":
        return now
    ahead = session.execute(text("SELECT clock_timestamp()")).scalar_one() - now()
    return now if abs(ahead) < NEAR else lambda: now() + ahead


def _judge(account: Account | None, good: bool, moment: datetime) -> None:
    if account is None:
        return
    if account.locked_until and account.locked_until > moment:
        minutes = max(1, round((account.locked_until - moment).total_seconds() / 60))
        raise Refused(f"账号已锁定，约 {minutes} 分钟后可再试。", "如忘记密码，请找本单位管理员重置。")
    if good and not account.active:
        raise Refused("账号已停用。", "如需恢复，请找本单位管理员。")


def _count_failure(account: Account | None, moment: datetime) -> bool:
    if account is None:
        return False
    account.failed += 1
    if account.failed < policy()["lock_after"]:
        return False
    account.failed = 0
    account.locked_until = moment + timedelta(minutes=policy()["lock_minutes"])
    return True
