"""Trouble of the database told in the user's words, and what a statement's text may not hold."""

import sqlite3

import pytest
from sqlalchemy import text

from oa_client.domain.errors import Unavailable
from oa_client.store import blobs, schema, unit
from oa_client.store.engine import WAL_BYTES, connect, keepable
from oa_client.usecases import setting_up


@pytest.fixture
def engine(tmp_path):
    made = connect(f"sqlite:///{tmp_path / 'a.db'}", patience=0)
    schema.upgrade(made)
    yield made
    made.dispose()


def test_a_full_disk(engine):
    with pytest.raises(Unavailable, match="磁盘已满"), unit.unit(engine) as session:
        session.execute(text(f"PRAGMA max_page_count = {session.scalar(text('PRAGMA page_count')) + 3}"))
        session.execute(text("INSERT INTO fact (key, value) VALUES ('x', :value)"), {"value": "a" * 1_000_000})


def test_another_writer(engine, tmp_path):
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="正忙"), unit.unit(engine) as session:
        session.execute(text("DELETE FROM fact"))
    other.close()


def test_a_file_that_may_only_be_read(engine, tmp_path):
    engine.dispose()
    reading = connect(f"sqlite:///file:{tmp_path / 'a.db'}?mode=ro&uri=true")
    with pytest.raises(Unavailable, match="只读"), unit.unit(reading) as session:
        session.execute(text("DELETE FROM fact"))
    reading.dispose()


def test_a_damaged_file_is_told_and_found_by_the_check(small, tmp_path):
    file = tmp_path / "bureau.db"
    with small.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    small.engine.dispose()
    with file.open("r+b") as raw:
        raw.seek(4096 * 3)
        raw.write(b"\x17" * 4096 * 40)
    with pytest.raises(Unavailable, match="可能已损坏"), unit.look(small.engine) as session:
        session.execute(text("SELECT count(*) FROM document, account, unit, task")).all()
    assert any("损坏" in line for line in setting_up.check(small.engine))


@pytest.mark.postgres
@pytest.mark.parametrize(("before", "statement", "said"), [
    ("SET LOCAL transaction_read_only = on", "DELETE FROM fact", "只读"), ("SET LOCAL statement_timeout = 10", "SELECT pg_sleep(1)", "正忙"),
    ("SET LOCAL ROLE weak", "DELETE FROM fact", "不允许这项操作"), ("SELECT 1", "SELECT pg_terminate_backend(pg_backend_pid())", "连接中断"),
])
def test_trouble_of_the_server(postgres_database, before, statement, said):
    with pytest.raises(Unavailable, match=said), unit.unit(postgres_database) as session:
        session.execute(text(before))
        session.execute(text(statement))
    with unit.look(postgres_database) as session:
        assert session.scalar(text("SELECT 1")) == 1


@pytest.fixture
def postgres_database(postgres_server):
    from tests import postgres

    with postgres.database(postgres_server) as url:
        made = connect(url)
        schema.upgrade(made)
        with made.begin() as connection:
            connection.execute(text("CREATE ROLE weak"))
        yield made
        with made.begin() as connection:
            connection.execute(text("DROP ROLE weak"))
        made.dispose()


@pytest.mark.postgres
def test_a_reading_transaction_cannot_write(postgres_database):
    with pytest.raises(Unavailable, match="只读"), unit.look(postgres_database) as session:
        session.execute(text("DELETE FROM fact"))


@pytest.mark.parametrize(("given", "kept"), [
    ("a\x00b", "ab"), ("a\ud800b", "a\ufffdb"), ({"x": "\x00", "y": b"\x00", "z": 1}, {"x": "", "y": b"\x00", "z": 1}), ([("\x00",)], [("",)]), (None, None),
])
def test_what_both_databases_keep(given, kept):
    assert keepable(given) == kept


def test_the_log_beside_the_file_does_not_stay_large(engine, tmp_path):
    log = tmp_path / "a.db-wal"
    with unit.look(engine) as session:
        session.scalar(text("SELECT count(*) FROM fact"))
        with unit.unit(engine) as writing:
            blobs.put(writing, b"x" * (WAL_BYTES + 10_000_000))
        assert log.stat().st_size > WAL_BYTES
    for _ in range(2):
        with unit.unit(engine) as writing:
            blobs.put(writing, b"y")
            writing.execute(text("INSERT INTO counter (scope, last) VALUES (hex(randomblob(8)), 1)"))
    assert log.stat().st_size <= WAL_BYTES


def test_bytes_of_several_files_come_back(engine):
    given = [b"one" * 700_000, b"two", b"one" * 700_000]
    with unit.unit(engine) as session:
        digests = blobs.put_all(session, given)
        assert digests[0] == digests[2] and digests[0] != digests[1]
    with unit.look(engine) as session:
        assert [blobs.get(session, digest) for digest in digests] == given
