"""Lists refresh by themselves: commits elsewhere become one announcement, and the light follows the connection."""

import threading
from pathlib import Path

import pytest

from oa_client.store import engine as engines
from oa_client.store import watching
from oa_client.ui import watch as watch_module
from oa_client.ui.watch import TOPICS, Watch
from oa_client.usecases import watching as following
from oa_client.usecases.desk import Desk


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
