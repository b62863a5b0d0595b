"""Connections: SQLite in WAL mode or PostgreSQL, told apart by the URL alone."""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from ..domain.errors import Unavailable

WAIT_SECONDS = 30
WAL_BYTES = 64 * 1024 * 1024
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def parse(url: str) -> URL:
    """Read a database URL; Unavailable says in words what is wrong with it."""
    try:
        parsed = make_url(url)
    except ArgumentError as problem:
        raise Unavailable("数据库地址写法不对。", "请按 postgresql://用户@主机:端口/库名 填写。", str(problem)) from problem
    name = parsed.get_backend_name()
    if name == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if name == "sqlite":
        return parsed.set(drivername="sqlite+pysqlite")
    raise Unavailable("只支持 SQLite 单机库和 PostgreSQL 共享库。", "请检查数据库地址的开头。", url)


def sqlite_url(file: Path) -> str:
    """The URL of an embedded database file."""
    return f"sqlite:///{file.as_posix()}"


def exists(url: str) -> bool:
    """Whether a data file is there; a server is taken to be, until it is asked."""
    parsed = parse(url)
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").is_file()


def connect(url: str, patience: int = WAIT_SECONDS, *, durable: bool = True) -> Engine:
    """An engine for the URL. No connection is opened yet. Without `durable` a power cut may cost a data file: for building only."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _keeping_text(_sqlite(parsed, patience, "FULL" if durable else "OFF"))
    arguments: dict[str, Any] = {"connect_timeout": 8, "application_name": "wenshu", "prepare_threshold": None}
    return _keeping_text(create_engine(parsed, connect_args=arguments, pool_size=4, max_overflow=2, pool_pre_ping=True))


def _sqlite(parsed: URL, patience: int, synchronous: str) -> Engine:
    engine = create_engine(parsed, connect_args={"timeout": patience, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", f"synchronous = {synchronous}", "foreign_keys = ON", "cache_size = -32000",
                       f"journal_size_limit = {WAL_BYTES}"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def keepable(value: Any) -> Any:
    """A statement's parameters as both databases can keep them: text without NUL, half characters as 「\ufffd」."""
    if isinstance(value, str):
        return _UNKEEPABLE.sub(lambda found: "" if found[0] == "\x00" else "\ufffd", value)
    if isinstance(value, dict):
        return {key: keepable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(keepable(item) for item in value)
    return value


def _keeping_text(engine: Engine) -> Engine:
    """Names of files and pasted words may hold what neither database takes; nobody is to meet an error for that."""

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> tuple[str, Any]:
        return statement, keepable(parameters)

    return engine
