"""Lists refresh by themselves: commits elsewhere become one announcement, and the light follows the connection."""

import threading
from pathlib import Path

import psycopg
import pytest

from oa_client.store import engine as engines
from oa_client.store import watching
from oa_client.ui import watch as watch_module
from oa_client.ui.watch import TOPICS, Watch
from oa_client.usecases import watching as following
from oa_client.usecases.desk import Desk
from tests import postgres
from tests.small_bureau import Bureau


@pytest.fixture
def watch(small, jobs, monkeypatch):
    """A watch of another desk on the same file; what it announced, and how the light turned."""
    monkeypatch.setattr(watching, "FILE_SECONDS", 0.03)
    monkeypatch.setattr(following, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(watch_module, "QUIET_MS", 60)
    monkeypatch.setattr(watch_module, "BETWEEN_MS", 400)
    engine = engines.connect(small.url)
    made = Watch(Desk(engine, small.desk("110001").actor), jobs)
    made.announced, made.turns = [], []
    jobs.changed.connect(made.announced.append)
    made.light.connect(made.turns.append)
    yield made
    assert made.stop()
    engine.dispose()
    assert not any(thread.name == "watch" for thread in threading.enumerate())


def test_a_commit_elsewhere_is_announced_for_every_topic(watch, small, qtbot):
    qtbot.waitUntil(lambda: watch.connected)
    small.register()
    qtbot.waitUntil(lambda: watch.announced == [TOPICS])
    assert watch.turns == [True]


def test_many_commits_are_announced_together(watch, small, qtbot):
    qtbot.waitUntil(lambda: watch.connected)
    for number in range(6):
        small.register(number=f"江公通〔2026〕{number}号", title=f"第 {number} 件通知的标题")
    qtbot.waitUntil(lambda: len(watch.announced) >= 1)
    qtbot.wait(150)
    assert len(watch.announced) == 1
    qtbot.wait(500)
    assert len(watch.announced) <= 2


def test_nothing_happens_when_nothing_is_written(watch, small, qtbot):
    qtbot.waitUntil(lambda: watch.connected)
    small.desk("110001")
    qtbot.wait(250)
    assert watch.announced == []


def test_the_light_turns_and_comes_back_by_itself(watch, small, qtbot, tmp_path):
    qtbot.waitUntil(lambda: watch.turns == [True])
    small.engine.dispose()
    file, aside = Path(small.engine.url.database), tmp_path / "aside.db"
    file.rename(aside)
    qtbot.waitUntil(lambda: watch.turns == [True, False])
    assert not watch.connected
    aside.rename(file)
    qtbot.waitUntil(lambda: watch.turns == [True, False, True])
    qtbot.waitUntil(lambda: watch.announced == [TOPICS])


def test_after_its_end_it_says_nothing_more(watch, small, qtbot):
    qtbot.waitUntil(lambda: watch.connected)
    small.register()
    assert watch.stop()
    qtbot.wait(150)
    assert watch.announced == []


@pytest.fixture
def served(postgres_server):
    """The small bureau on a server."""
    with postgres.database(postgres_server) as url:
        made = Bureau.make(url)
        yield made
        made.close()


@pytest.mark.postgres
def test_where_listening_breaks_polling_takes_over_unseen(served, jobs, qtbot, monkeypatch):
    """The connection lives and hears nothing more, as behind a pooler or after a lost subscription."""
    for name, seconds in (("BEAT_SECONDS", 0.3), ("ANSWER_SECONDS", 0.2), ("POLL_SECONDS", 0.1)):
        monkeypatch.setattr(watching, name, seconds)
    watchers, truly = [], following.watcher
    monkeypatch.setattr(following, "watcher", lambda engine: watchers.append(truly(engine)) or watchers[-1])
    desk = served.desk("100101")
    watch = Watch(desk, jobs)
    announced, turns = [], []
    jobs.changed.connect(announced.append)
    watch.light.connect(turns.append)
    qtbot.waitUntil(lambda: watch.connected)
    paper = served.register()
    qtbot.waitUntil(lambda: len(announced) == 1)
    watchers[0]._connection.execute("UNLISTEN *")
    qtbot.waitUntil(lambda: not watchers[0].listens)
    qtbot.wait(800)
    before = len(announced)
    served.act("110001", paper, "to_propose")
    qtbot.waitUntil(lambda: len(announced) > before, timeout=3000)
    assert turns == [True] and len(watchers) == 1, "nobody sees it: the light stays on, the connection is the same"
    assert watch.stop()


@pytest.mark.postgres
def test_connections_that_are_cut_come_back_with_what_was_missed(served, jobs, qtbot):
    watch = Watch(served.desk("100101"), jobs)
    announced = []
    jobs.changed.connect(announced.append)
    qtbot.waitUntil(lambda: watch.connected)
    with psycopg.connect(served.url, autocommit=True) as admin:
        assert admin.execute("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE right(application_name, 6) = ' watch'").fetchone()[0] == 1
    served.register()
    qtbot.waitUntil(lambda: bool(announced) and watch.connected, timeout=3000)
    assert watch.stop()
