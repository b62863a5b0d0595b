"""One session, one use case, one transaction (工作单元). The only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from ..domain.errors import Conflict, OaError, Refused, Unavailable

_KEPT = "填写的内容已保留"
_LOCKED = "oa: locked until "
_TROUBLE = (
    (("53100",), ("disk is full", "no space left"), "数据库所在的磁盘已满，本次未写入。", f"{_KEPT}，请联系管理员清理磁盘后再试。"),
    (("25006",), ("readonly database",), "数据库现在是只读的，本次未写入。", f"{_KEPT}，请联系管理员核对数据库的状态和权限。"),
    (("42501",), (), "数据库不允许这项操作，本次未写入。", f"{_KEPT}。您的权限可能刚有变动，请刷新后再试；仍不行请联系管理员。"),
    (("53300", "53200", "55P03", "57014"), ("locked", "busy"), "数据库正忙，本次未写入。", f"{_KEPT}，请稍后再试。"),
    ((), ("disk i/o error", "malformed", "not a database"), "数据文件读写出错，可能已损坏，本次未写入。", f"{_KEPT}，请联系管理员检查磁盘和备份。"),
)


@contextmanager
def unit(engine: Engine) -> Iterator[Session]:
    """A writing transaction: everything happens or nothing. Other desks notice when it is in (see `watching`)."""
    with _told(), Session(engine.execution_options(writes=True), expire_on_commit=False) as session:
        yield session
        session.commit()


@contextmanager
def look(engine: Engine) -> Iterator[Session]:
    """A reading transaction: one consistent picture, nothing is written."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with _told(), Session(engine, expire_on_commit=False, autoflush=False) as session:
        yield session


@contextmanager
def trial(engine: Engine) -> Iterator[Session]:
    """A transaction on a server that may try things out on one consistent picture: whatever it writes is taken back."""
    with _told(), Session(engine.execution_options(isolation_level="REPEATABLE READ"), autoflush=False) as session:
        yield session


@contextmanager
def _told() -> Iterator[None]:
    """Database trouble in the user's words."""
    try:
        yield
    except DBAPIError as problem:
        told = _explained(problem)
        if told is None:
            raise
        raise told from problem


def locked_out(details: str) -> Refused | None:
    """What to tell an officer whom the server says to be locked, and until when; None when it says something else."""
    if _LOCKED not in details:
        return None
    until = details.partition(_LOCKED)[2].split()[0]
    return Refused(f"密码连续错误次数过多，账号已锁定到 {until}。", "到时再试；如忘记密码，请找本单位管理员重置。", details)


def _explained(problem: DBAPIError) -> OaError | None:
    details = str(problem.orig)
    if locked := locked_out(details):
        return locked
    if "password authentication failed" in details:
        return Refused("您的账号已停用，或密码已被重置，不能继续办理。", f"{_KEPT}在本机，请重新登录；如需恢复请找本单位管理员。", details)
    state = getattr(problem.orig, "sqlstate", "") or ""
    if state in ("40001", "40P01"):
        return Conflict("另一位同事正好同时提交，本次未写入。", f"{_KEPT}，请再点一次。", details)
    low = details.lower() if type(problem) in (OperationalError, DatabaseError) else ""
    for states, signs, sentence, hint in _TROUBLE:
        if state in states or any(sign in low for sign in signs):
            return Unavailable(sentence, hint, details)
    if isinstance(problem, OperationalError) and (problem.connection_invalidated or state[:2] in ("", "08", "57")):
        return Unavailable("与数据库的连接中断。", f"{_KEPT}在本机，恢复后可继续；如持续中断请联系管理员。", details)
    return None
