"""Signing in (登录): the password check, the lock after failures. A shared database checks by itself, with a login for each officer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from ..domain.chain import account_stream
from ..domain.errors import Refused, Unavailable
from ..store import engine as engines
from ..store import trail
from ..store import unit as transactions
from ..store.audit_tables import Event
from ..store.guard import call, guarded
from ..store.tables import Account
from . import setting_up
from .desk import Desk, local, now, terminal
from .directory import actor_of, find_login
from .passwords import NOBODY, matches
from .policy import login_fits, policy_of
from .reaching import answers

NEAR = timedelta(seconds=2)
WRONG, WRONG_HINT = "警号或密码不对。", "请核对后重新输入；如忘记密码，请找本单位管理员重置。"
WRONG_THERE = "警号或密码不对，或账号已停用、到期。"
WRONG_THERE_HINT = "请核对后重新输入，连续输错多次会被锁定；如忘记密码，请找本单位管理员重置。"
COUNTS_ITSELF = (17,)
T = TypeVar("T")


def sign_in(engine: Engine, login: str, password: str) -> Desk:
    """Open a desk; Refused with the reason when it may not be opened. Takes about a quarter of a second."""
    return _on_server(engine, login.strip(), password) if guarded(engine) else _on_file(engine, login.strip(), password)


def _on_server(engine: Engine, login: str, password: str) -> Desk:
    """The server itself knows whether the password is right; nobody else is asked."""
    if not login_fits(login):
        raise Refused(WRONG, WRONG_HINT)
    own = engines.officers(engine, login, sendable(password))
    try:
        let_in(own)
        found = setting_up.state(own)
        if not found.ready:
            raise Refused(found.words, "请联系系统管理员。")
        with transactions.unit(own) as session:
            call(session, "enter")
            call(session, "close_expired")
        with transactions.look(own) as session:
            account = find_login(session, login)
            if account is None:
                raise Refused(WRONG_THERE, WRONG_THERE_HINT)
            clock = server_clock(session)
            return Desk(own, actor_of(session, account, local(clock()).date()), clock, terminal())
    except BaseException:
        own.dispose()
        raise


def sendable(password: str) -> str:
    """A password that can go to a server; Refused as wrong when it has signs that no password has."""
    if not password or not password.isascii() or not password.isprintable():  # without one the driver would look for another in its own files
        raise Refused(WRONG, WRONG_HINT)
    return password


def let_in(engine: Engine) -> None:
    """Whether the server lets the officer in whose engine it is; Refused when the password is wrong or the account is locked or closed."""
    try:
        answers(engine)
    except Unavailable as problem:
        if locked := transactions.locked_out(problem.details):
            raise locked from problem
        if "password authentication failed" in problem.details or 'role "' in problem.details:
            raise Refused(WRONG_THERE, WRONG_THERE_HINT, problem.details) from problem
        raise
    if (engine.dialect.server_version_info or COUNTS_ITSELF) < COUNTS_ITSELF:
        with transactions.unit(engine) as session:
            call(session, "sweep")


def _on_file(engine: Engine, login: str, password: str) -> Desk:
    def enter(session: Session, account: Account) -> Desk:
        _enter(session, account, policy_of(session))
        return Desk(engine, actor_of(session, account), now, terminal())

    return proven(engine, login, password, enter)


def proven(engine: Engine, login: str, password: str, enter: Callable[[Session, Account], T]) -> T:
    """What `enter` gives for the account of a data file, if the password is its own; Refused otherwise, and a wrong one is counted."""
    with transactions.look(engine) as session:
        account = find_login(session, login)
        stored = account.password_hash if account else NOBODY
    good = matches(stored, password)
    with transactions.unit(engine) as session:
        account = find_login(session, login)
        good = good and account is not None and account.password_hash == stored
        problem = _judge(session, account, good, now())
        if problem is None and good and account is not None:
            return enter(session, account)
        if problem is None:
            problem = _count_failure(session, account, policy_of(session), now())
    raise problem


def _enter(session: Session, account: Account, rules: dict[str, int]) -> None:
    account.failed, account.locked_until = 0, None
    old = account.password_at and rules["expire_days"] and account.password_at < now() - timedelta(days=rules["expire_days"])
    account.must_change = account.must_change or bool(old)
    _note(session, account, "sign_in")


def _judge(session: Session, account: Account | None, good: bool, moment: datetime) -> Refused | None:
    """Why the account does not open, whatever the password; somebody with the wrong one learns no more than that it is wrong."""
    if account is None:
        return None
    if account.locked_until and account.locked_until > moment:
        minutes = max(1, round((account.locked_until - moment).total_seconds() / 60))
        return Refused(f"账号已锁定，约 {minutes} 分钟后可再试。", "如忘记密码，请找本单位管理员重置。")
    if account.closes_on and account.closes_on < local(moment).date() and account.active:
        account.active = False
        account.version += 1
        _note(session, account, "account_disable", login=account.login, name=account.name, closed=account.closes_on)
    if good and not account.active:
        return Refused("账号已停用。", "如需恢复，请找本单位管理员。")
    return None


def _count_failure(session: Session, account: Account | None, rules: dict[str, int], moment: datetime) -> Refused:
    if account is None:
        return Refused(WRONG, WRONG_HINT)
    account.failed += 1
    _note(session, account, "sign_in_failed", "refused")
    if account.failed < rules["lock_after"]:
        return Refused(WRONG, WRONG_HINT)
    account.failed, account.locked_until = 0, moment + timedelta(minutes=rules["lock_minutes"])
    _note(session, account, "locked", "refused")
    return Refused(f"密码连续错误 {rules['lock_after']} 次，账号锁定 {rules['lock_minutes']} 分钟。", "如忘记密码，请找本单位管理员重置。")


def _note(session: Session, account: Account, action: str, result: str = "done", **detail: object) -> None:
    trail.append(session, Event(stream=account_stream(account.id), at=now(), account_id=account.id, login=account.login, terminal=terminal(), action=action,
                                result=result, detail=trail.written(detail)))


def server_clock(session: Session) -> Callable[[], datetime]:
    """The clock of the shared database's server, which all desks go by; a single-desk database goes by this PC's."""
    if not guarded(session):
        return now
    ahead = session.execute(text("SELECT clock_timestamp()")).scalar_one() - now()
    return now if abs(ahead) < NEAR else lambda: now() + ahead
