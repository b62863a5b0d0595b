"""From the commit of one desk to the list of another: 140 open clients on PostgreSQL, first as usual, then with LISTEN broken."""

import os
import random
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait

import psycopg
from _clients import start
from _measuring import Row, given, show

CLIENTS, PROCESSES, TASKS, PAUSE, BROKEN = 140, 4, 200, 0.1, 20
QUICK = (20, 2, 40, 0.05, 8)
MOST_MS, PATIENCE = 1000.0, 90.0
CUT = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE right(application_name, 6) = ' watch' AND datname = current_database()"


def officers(bureau, count: int) -> list[str]:
    """So many officers of two units, each with a login of the server; what is sent to one concerns no other."""
    from oa_client.store import unit
    from oa_client.store.guard import call
    from oa_client.store.tables import Account
    from tests.small_bureau import VERIFIER

    logins = [f"{600000 + number}" for number in range(count)]
    with unit.unit(bureau.engine) as session:
        for number, login in enumerate(logins):
            session.add(Account(login=login, name=f"民警{login}", unit_id=bureau.units[("criminal", "traffic")[number % 2]], post="民警", keys="", must_change=False,
                                created_at=bureau.now()))
            session.flush()
            call(session, "login_make", login, VERIFIER)
    return logins


class Wire:
    """What the processes of the clients say."""

    def __init__(self, pipes: list[Connection]) -> None:
        self.pipes = pipes
        self.shown: dict[int, tuple[float, float]] = {}
        self.answers: list[tuple] = []

    def hear(self, seconds: float) -> None:
        """Take in what comes within some seconds."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            for pipe in wait(self.pipes, left):
                said = pipe.recv()
                if said[0] == "shown":
                    self.shown.setdefault(said[1], said[2:])
                else:
                    self.answers.append(said)

    def ask(self, words: str) -> list[tuple]:
        """Every process's answer."""
        self.answers = []
        for pipe in self.pipes:
            pipe.send(words)
        while len(self.answers) < len(self.pipes):
            self.hear(0.02)
        return self.answers

    def state(self) -> tuple[int, int, int]:
        """How many clients are connected, how many of them listen, and how often a light turned off so far."""
        connected, listening, off = (sum(column) for column in zip(*(answer[1:] for answer in self.ask("state")), strict=True))
        return connected, listening, off

    def until(self, connected: int | None = None, listening: int | None = None) -> float:
        """Wait for so many; how long it took."""
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE:
            now = self.state()
            if connected in (None, now[0]) and listening in (None, now[1]):
                return time.monotonic() - begun
            self.hear(0.05)
        raise TimeoutError(f"connected, listening, off: {self.state()}")


class Echo:
    """The floor: a bare NOTIFY to a bare LISTEN on the same server, among the same clients."""

    def __init__(self, url: str) -> None:
        self._ear, self._mouth = (psycopg.connect(url, autocommit=True) for _ in range(2))
        self._ear.execute("LISTEN bench_echo")

    def time(self) -> float:
        """How long one takes, in milliseconds."""
        begun = time.perf_counter()
        self._mouth.execute("NOTIFY bench_echo")
        for _word in self._ear.notifies(timeout=5, stop_after=1):
            pass
        return (time.perf_counter() - begun) * 1000

    def close(self) -> None:
        for each in (self._ear, self._mouth):
            each.close()


class Desks:
    """The desk that sends: papers ready to go to an officer, and the press."""

    def __init__(self, bureau, logins: list[str], count: int) -> None:
        self._bureau, self._logins, self._holders = bureau, logins, {}
        self.acts: list[float] = []
        self._reviewer = bureau.desk("110003")
        self._papers = iter([self._paper(number) for number in range(count)])

    def _paper(self, number: int) -> int:
        made = self._bureau.register(number="", title=f"关于第{number}项工作的请示")
        self._bureau.act("110001", made, "to_propose")
        return made

    def press(self) -> tuple[int, float]:
        """Send the next paper to some officer; the paper, and when it was in the database."""
        from oa_client.domain.flow import Command
        from oa_client.usecases import acting, viewing

        login, paper = random.choice(self._logins), next(self._papers)
        if login not in self._holders:
            self._holders[login] = self._bureau.person(login)
        view = viewing.show(self._reviewer, paper)
        begun = time.monotonic()
        acting.act(self._reviewer, view.tasks[0].id, Command("to_handle", "请阅处。", picks={"lead": (self._holders[login],)}),
                   acting.Seen(view.tasks[0].version, view.version))
        done = time.monotonic()
        self.acts.append((done - begun) * 1000)
        return paper, done


def arrive(wire: Wire, desks: Desks, count: int, pause: float) -> tuple[list[float], list[float], int]:
    """Send so many; milliseconds from commit to announcement and to the list, and how many never came."""
    sent = []
    for _ in range(count):
        sent.append(desks.press())
        wire.hear(pause)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not {paper for paper, _done in sent} <= wire.shown.keys():
        wire.hear(0.1)
    came = [(done, *wire.shown[paper]) for paper, done in sent if paper in wire.shown]
    return [(told - done) * 1000 for done, told, _ in came], [(shown - done) * 1000 for done, _, shown in came], len(sent) - len(came)


def part(times: list[float], share: float) -> float:
    """A percentile."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def rows(name: str, times: list[float], floor: list[float]) -> Iterator[Row]:
    """p50, p99 and the worst of a case."""
    for word, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0)):
        ours, least = part(times, share), part(floor, share)
        yield Row(f"{name}, {word}", round(ours, 1), round(least, 2), round(ours / least, 1))


def main() -> None:
    """Measure as usual, after a cut of every connection, with subscriptions silently lost, and by polling alone."""
    from tests import postgres
    from tests.small_bureau import Bureau

    asked = given(__doc__)
    clients, processes, tasks, pause, broken = QUICK if asked.quick else (CLIENTS, PROCESSES, TASKS, PAUSE, BROKEN)
    with postgres.server("-c max_connections=700") as address, postgres.database(address) as url:
        bureau, found, more = Bureau.make(url), [], {}
        logins = officers(bureau, clients)
        desks, echo, load = Desks(bureau, logins, tasks + 3 * broken), Echo(url), os.getloadavg()[0]
        wire = Wire(start(url, logins, processes))
        wire.until(connected=clients, listening=clients)
        floor = [echo.time() for _ in range(100)]
        told, shown, missing = arrive(wire, desks, tasks, pause)
        floor += [echo.time() for _ in range(100)]
        found += [*rows("commit to announcement", told, floor), *rows("commit to the list of the other desk", shown, floor)]
        more |= {"missing": missing, "p99 under 1 s": part(shown, 0.99) < MOST_MS, "lights off": wire.state()[2],
                 "press to commit p50 ms": round(part(desks.acts, 0.5), 1)}
        with bureau.engine.connect() as connection:
            more["connections cut"] = connection.exec_driver_sql(CUT).scalar()
        _told, shown, missing = arrive(wire, desks, broken, 0)
        found += rows("every listener cut: commit to list", shown, floor)
        more |= {"missing after the cut": missing, "all back after s": round(wire.until(connected=clients, listening=clients), 1)}
        lights = wire.state()[2]
        wire.ask("deafen")
        _told, shown, missing = arrive(wire, desks, broken, 0)
        found += rows("subscriptions silently lost: commit to list", shown, floor)
        more |= {"missing while deaf": missing, "polling everywhere after s": round(wire.until(listening=0), 1)}
        _told, shown, missing = arrive(wire, desks, broken, pause)
        found += rows("polling alone: commit to list", shown, floor)
        more |= {"missing while polling": missing, "lights off for it": wire.state()[2] - lights, "load before and after": (load, os.getloadavg()[0])}
        wire.ask("end")  # answered when every watch has ended
        echo.close()
        show(__doc__, found, asked, clients=clients, tasks=tasks, **more)
        bureau.close()


if __name__ == "__main__":
    main()
