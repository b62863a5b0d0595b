"""Keeping an eye on other desks (变更通知): whoever listens is told of their commits, and of a lost connection and its return."""

from collections.abc import Callable
from threading import Event

from sqlalchemy import Engine

from ..store.watching import Lost, Watcher, watcher

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 15.0


def follow(engine: Engine, stop: Event, changed: Callable[[], object], connected: Callable[[bool], object]) -> None:
    """Run until `stop` is set, on a thread of its own. `changed` after commits of other desks, `connected` when the light turns.

    After the connection comes back `changed` is told as well: nobody knows what was missed.
    """
    pause, lost = FIRST_PAUSE, False
    while not stop.is_set():
        try:
            watch = watcher(engine)
        except Lost:
            lost = True
            connected(False)
            stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            continue
        connected(True)
        if lost:
            changed()
        pause, lost = FIRST_PAUSE, True
        _listen(watch, stop, changed, connected)


def _listen(watch: Watcher, stop: Event, changed: Callable[[], object], connected: Callable[[bool], object]) -> None:
    try:
        while not stop.is_set():
            if watch.wait(stop):
                changed()
    except Lost:
        connected(False)
    finally:
        watch.close()
