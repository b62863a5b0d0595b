"""One session, one use case, one transaction (工作单元). The only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from ..domain.errors import Conflict, OaError, Unavailable

CHANNEL = "oa_changed"


@contextmanager
def unit(engine: Engine) -> Iterator[Session]:
    """A writing transaction: everything happens or nothing. Other desks are told when it is in."""
    with _told(), Session(engine.execution_options(writes=True), expire_on_commit=False) as session:
        yield session
        if engine.dialect.name == "postgresql":
            session.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})
        session.commit()


@contextmanager
def look(engine: Engine) -> Iterator[Session]:
    """A reading transaction: one consistent picture, nothing is written."""
    with _told(), Session(engine, expire_on_commit=False, autoflush=False) as session:
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


def _explained(problem: DBAPIError) -> OaError | None:
    details = str(problem.orig)
    state = getattr(problem.orig, "sqlstate", "") or ""
    if state in ("40001", "40P01"):
        return Conflict("另一位同事正好同时提交，本次未写入。", "填写的内容已保留，请再点一次。", details)
    if "locked" in details or "busy" in details:
        return Unavailable("数据库正忙，本次未写入。", "填写的内容已保留，请稍后再试。", details)
    if isinstance(problem, OperationalError) and (problem.connection_invalidated or state[:2] in ("", "08", "57")):
        return Unavailable("与数据库的连接中断。", "填写的内容已保留在本机，恢复后可继续；如持续中断请联系管理员。", details)
    return None
