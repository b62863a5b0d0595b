"""Connections: SQLite in WAL mode or PostgreSQL, told apart by the URL alone."""

import platform
import re
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from ..domain.errors import Unavailable
from .enforcing import Names

WAIT_SECONDS = 30
APPLICATION = f"wenshu {platform.node()}"[:60]
WAL_BYTES = 64 * 1024 * 1024
_PASSWORDS: WeakKeyDictionary[Dialect, str] = WeakKeyDictionary()
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def parse(url: str) -> URL:
    """Read a database URL; Unavailable says in words what is wrong with it."""
    try:
        parsed = make_url(url)
    except ArgumentError as problem:
        raise Unavailable("数据库地址写法不对。", "请按 postgresql://主机:端口/库名 填写。", str(problem)) from problem
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
    arguments: dict[str, Any] = {"connect_timeout": 8, "application_name": APPLICATION, "prepare_threshold": None}
    return _keeping_text(create_engine(parsed, connect_args=arguments, pool_size=2, max_overflow=2, pool_pre_ping=True))


def officers(engine: Engine, login: str, password: str) -> Engine:
    """An engine on the same shared database for one officer: its own login of the server (一人一号)."""
    url = engine.url.set(username=Names(engine.url.database or "").login(login), password=None)
    made = connect(url.render_as_string(hide_password=False))
    _PASSWORDS[made.dialect] = password

    @event.listens_for(made, "do_connect")
    def give(dialect: Dialect, _record: Any, _arguments: Any, parameters: dict[str, Any]) -> None:
        parameters["password"] = _PASSWORDS[dialect]

    return made


def take_password(engine: Engine, password: str) -> None:
    """From now on connections of an officer's engine are made with this password."""
    _PASSWORDS[engine.dialect] = password


def login_arguments(engine: Engine) -> dict[str, Any]:
    """What a connection beside the pool is made with, to the same database as the same login."""
    _words, arguments = engine.dialect.create_connect_args(engine.url)
    return {**arguments, **({"password": _PASSWORDS[engine.dialect]} if engine.dialect in _PASSWORDS else {})}


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
