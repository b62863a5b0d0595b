"""Open clients as far as news go (在线客户端): the product's own watch for each login, and the list that is read again when it announces something."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from _measuring import timed  # noqa: F401 - first: it finds the product
from PySide6.QtCore import QCoreApplication, QObject, QTimer

Arrived = Callable[[int, float, float], object]


class Client(QObject):
    """One login. What its list shows for the first time is told with the moments of the announcement and of the list."""

    def __init__(self, url: str, login: str, arrived: Arrived) -> None:
        from sqlalchemy import select

        from oa_client.store import unit
        from oa_client.store.engine import connect, officers
        from oa_client.store.tables import Account
        from oa_client.ui.watch import Watch
        from oa_client.usecases.desk import Desk
        from oa_client.usecases.directory import actor_of
        from tests.small_bureau import PASSWORD

        super().__init__()
        engine = officers(connect(url), login, PASSWORD)
        with unit.look(engine) as session:
            self.desk = Desk(engine, actor_of(session, session.scalars(select(Account).where(Account.login == login)).one()))
        self._arrived, self._known, self._one = arrived, set[int](), threading.Lock()
        self.turned_off = 0
        self.watch = Watch(self.desk, self)  # type: ignore[arg-type]
        self.watch.light.connect(self._turn)

    def announce(self, _topics: frozenset[str]) -> None:
        """Stands for the window's jobs: read the list on another thread, as a page does."""
        threading.Thread(target=self._read, args=(time.monotonic(),)).start()

    def _read(self, announced: float) -> None:
        from oa_client.domain.errors import OaError
        from oa_client.usecases import lists

        try:
            with self._one:
                fresh = {row.id for row in lists.page(self.desk, "todo").rows} - self._known
                self._known |= fresh
        except OaError:
            return  # a connection that was cut: the watch announces once more when it is back
        for paper in fresh:
            self._arrived(paper, announced, time.monotonic())

    def _turn(self, on: bool) -> None:
        self.turned_off += not on


def work(pipe: Connection, url: str, logins: list[str]) -> None:
    """One process: opens its clients, tells what arrives, and answers what the pipe asks: "state", "deafen", "end"."""
    from oa_client.store import watching as listening
    from oa_client.usecases import watching

    app, talk, watchers = QCoreApplication([]), threading.Lock(), {}
    truly = watching.watcher

    def noted(engine: Any) -> Any:
        watchers[engine] = truly(engine)
        return watchers[engine]

    def tell(*words: object) -> None:
        with talk:
            pipe.send(words)

    watching.watcher = noted
    clients = [Client(url, login, lambda paper, announced, shown: tell("shown", paper, announced, shown)) for login in logins]

    def ask() -> None:
        while pipe.poll():
            match pipe.recv():
                case "state":
                    tell("state", sum(client.watch.connected for client in clients), sum(each.listens for each in watchers.values()),
                         sum(client.turned_off for client in clients))
                case "deafen":  # as behind a pooler that gives the connection another session: it lives and hears nothing more
                    listening.AGAIN_SECONDS = 3600.0
                    for each in watchers.values():
                        each._connection.execute("UNLISTEN *")
                    tell("deaf")
                case _:
                    app.quit()

    timer = QTimer(interval=20)
    timer.timeout.connect(ask)
    timer.start()
    tell("ready")
    app.exec()
    for client in clients:
        client.watch.stop()
    tell("over")


def start(url: str, logins: list[str], processes: int) -> list[Connection]:
    """Start the processes; gives the pipe to each once all its clients are connected."""
    context, pipes = multiprocessing.get_context("spawn"), []
    for number in range(processes):
        here, there = context.Pipe()
        context.Process(target=work, args=(there, url, logins[number::processes]), daemon=True).start()
        pipes.append(here)
    for pipe in pipes:
        pipe.recv()
    return pipes
