"""What every test would make anew and all may begin from: on SQLite a file with the whole bureau, on a server a database with the tables, flows and calendar."""

import atexit
import functools
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

from oa_client.store import schema
from oa_client.store import unit as transactions
from oa_client.usecases import reaching, setting_up

TABLES = "wenshu_tables"


@functools.cache
def folder() -> Path:
    """A folder for the time of the tests."""
    made = Path(tempfile.mkdtemp(prefix="wenshu-template"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@functools.cache
def data_file(make: Callable[[str], dict[str, int]]) -> tuple[Path, dict[str, int]]:
    """A data file that `make` has filled once, and what it gave."""
    file = folder() / "bureau.db"
    return file, make(f"sqlite:///{file}")


def with_tables(url: str) -> None:
    """Give an empty database of a test server its tables, copied from one that has been through the migrations."""
    where = make_url(url)
    if (where.username, where.host, where.query) != ("postgres", "127.0.0.1", {}):
        return
    _make_tables(where.set(database=TABLES))
    _as_administrator(where, f'DROP DATABASE "{where.database}"', f'CREATE DATABASE "{where.database}" TEMPLATE {TABLES}')


@functools.cache
def _make_tables(where: URL) -> None:
    _as_administrator(where, f"CREATE DATABASE {TABLES}")
    engine = reaching.open_database(where.render_as_string(hide_password=False))
    schema.upgrade(engine)
    with transactions.unit(engine) as session:
        setting_up.publish_flows(session)
        setting_up.seed_calendar(session)
    engine.dispose()


def _as_administrator(where: URL, *statements: str) -> None:
    with psycopg.connect(host=where.host, port=where.port, user="postgres", dbname="postgres", autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())
