"""Noticing other desks' commits, and losing and finding the database again."""

import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from oa_client.store import engine as engines
from oa_client.store import watching
from oa_client.store.watching import watcher
from oa_client.usecases import watching as following
from tests import postgres
from tests.small_bureau import PASSWORD


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Seconds are tenths here."""
    monkeypatch.setattr(watching, "FILE_SECONDS", 0.03)
    monkeypatch.setattr(following, "FIRST_PAUSE", 0.05)


class Told:
    """What the follower said, in order."""

    def __init__(self) -> None:
        self.said: list[object] = []

    def changed(self) -> None:
        self.said.append("changed")

    def connected(self, on: bool) -> None:
        self.said.append(on)

    def wait_for(self, said: object, times: int = 1, seconds: float = 5.0) -> None:
        """Until it was said so often."""
        until = time.monotonic() + seconds
        while self.said.count(said) < times:
            assert time.monotonic() < until, f"{said} not told, only {self.said}"
            time.sleep(0.005)


@contextmanager
def followed(engine):
    told, stop = Told(), threading.Event()
    thread = threading.Thread(target=following.follow, args=(engine, stop, told.changed, told.connected))
    thread.start()
    try:
        told.wait_for(True)
        yield told
    finally:
        stop.set()
        thread.join(5)
        assert not thread.is_alive()


def desk_of(bureau, login="100101"):
    """The engine of another desk, of the leader who reads what is registered."""
    return engines.officers(bureau.engine, login, PASSWORD) if bureau.url.startswith("postgresql") else engines.connect(bureau.url)


def test_another_desks_commit_is_told(bureau):
    mine = desk_of(bureau)
    with followed(mine) as told:
        time.sleep(0.1)
        assert told.said == [True]
        bureau.register()
        told.wait_for("changed")
    mine.dispose()


def test_reading_is_no_change(bureau):
    mine = desk_of(bureau)
    with followed(mine) as told:
        bureau.desk("110001")
        time.sleep(0.4)
        assert told.said == [True]
    mine.dispose()


@pytest.mark.postgres
def test_ones_own_commit_is_not_told_on_a_server(postgres_server):
    from tests.small_bureau import Bureau

    with postgres.database(postgres_server) as url:
        bureau = Bureau.make(url)
        with followed(bureau.engine_of("110001")) as told:
            bureau.register()
            time.sleep(0.5)
            assert told.said == [True]
        bureau.close()


@pytest.mark.postgres
def test_only_those_concerned_are_told_on_a_server(postgres_server):
    from tests.small_bureau import Bureau

    with postgres.database(postgres_server) as url:
        bureau = Bureau.make(url)
        with followed(desk_of(bureau, "130003")) as stranger, followed(desk_of(bureau, "100101")) as leader:
            bureau.register()
            leader.wait_for("changed")
            time.sleep(0.3)
            assert stranger.said == [True]
        bureau.close()


@pytest.mark.postgres
def test_who_begins_to_stand_in_for_somebody_is_told_of_that_persons_papers_from_then_on(postgres_server):
    from tests.small_bureau import Bureau
    from tests.usecases.test_delegating import give

    with postgres.database(postgres_server) as url:
        bureau = Bureau.make(url)
        bureau.at = datetime.now(UTC)
        paper = bureau.register()
        bureau.act("110001", paper, "to_propose")
        with followed(desk_of(bureau, "100101")) as taker:
            give(bureau, "100102", "100101")
            taker.wait_for("changed")
            time.sleep(0.3)
            before = taker.said.count("changed")
            bureau.act("110003", paper, "to_leader", "请批示。", picks={"leader": (bureau.person("100102"),), "lead": (bureau.unit("criminal"),)})
            taker.wait_for("changed", before + 1)
        bureau.close()


@pytest.mark.postgres
def test_a_cut_connection_is_told_and_comes_back(postgres_server):
    from tests.small_bureau import Bureau

    with postgres.database(postgres_server) as url:
        bureau = Bureau.make(url)
        mine = desk_of(bureau)
        with followed(mine) as told:
            host, port = postgres_server
            with psycopg.connect(host=host, port=port, user="postgres", dbname="postgres", autocommit=True) as admin:
                admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'wenshu % watch'")
            told.wait_for(True, 2)
            assert told.said == [True, False, True, "changed"]
            bureau.register()
            told.wait_for("changed", 2)
        mine.dispose()
        bureau.close()


@pytest.mark.postgres
def test_a_subscription_that_was_lost_is_found_out_and_made_anew(postgres_server, monkeypatch):
    from tests.small_bureau import Bureau

    for name, seconds in (("BEAT_SECONDS", 0.2), ("POLL_SECONDS", 0.1), ("AGAIN_SECONDS", 1.0)):
        monkeypatch.setattr(watching, name, seconds)
    with postgres.database(postgres_server) as url:
        bureau = Bureau.make(url)
        watch, stop = watcher(bureau.engine_of("100101")), threading.Event()
        watch._connection.execute("UNLISTEN *")
        bureau.register()
        until = time.monotonic() + 5
        while not watch.wait(stop):
            assert time.monotonic() < until, "nothing noticed without LISTEN"
        assert not watch.listens
        while not watch.listens:
            watch.wait(stop)
            assert time.monotonic() < until, "never listened again"
        bureau.register(number="江公通〔2026〕32号")
        assert any(watch.wait(stop) for _ in range(8))
        watch.close()
        bureau.close()


@pytest.mark.postgres
def test_where_listening_is_not_to_be_had_it_looks_more_often(postgres_server, monkeypatch):
    from tests.small_bureau import Bureau

    monkeypatch.setattr(watching.ServerWatcher, "_listen", lambda _self, afresh=False: False)
    monkeypatch.setattr(watching, "POLL_SECONDS", 0.1)
    with postgres.database(postgres_server) as url:
        bureau = Bureau.make(url)
        mine = desk_of(bureau)
        with followed(mine) as told:
            bureau.register()
            told.wait_for("changed")
        mine.dispose()
        bureau.close()


def test_a_file_that_went_away_is_told_and_found_again(small, tmp_path):
    mine = engines.connect(small.url)
    file, aside = Path(mine.url.database), tmp_path / "aside.db"
    with followed(mine) as told:
        small.engine.dispose()
        file.rename(aside)
        told.wait_for(False)
        aside.rename(file)
        told.wait_for("changed")
        assert told.said[:2] == [True, False]
        assert told.said[-2:] == [True, "changed"]
    mine.dispose()


def test_nothing_is_left_behind(small):
    threads = threading.active_count()
    watch = watcher(small.engine)
    assert watch.wait(threading.Event()) is False
    watch.close()
    assert small.engine.pool.checkedout() == 0
    with followed(small.engine):
        assert small.engine.pool.checkedout() == 1
    assert small.engine.pool.checkedout() == 0
    assert threading.active_count() == threads
