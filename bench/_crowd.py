"""Many logins at work at once (众人同时办理): processes of threads, each thread two officers who pass papers to and fro."""

import multiprocessing
import threading
import time
from multiprocessing.connection import Connection
from typing import Any

from _measuring import timed  # noqa: F401 - first: it finds the product

OPINION = "请阅示，建议由相关支队研究后提出意见。"
HAND = {
    "still": "SELECT account.active, account.unit_id, role_grant.role, role_grant.unit_id FROM account LEFT OUTER JOIN role_grant ON role_grant.account_id = account.id WHERE account.id = %(me)s",
    "group": "SELECT * FROM task_group WHERE id = (SELECT group_id FROM task WHERE id = %(task)s) FOR UPDATE",
    "document": "SELECT id, kind, flow_id, organ_id, drafter_id, source_id, title, doc_type, urgency, openness, openness_reason, from_organ, number, doc_date, received_on, main_to, copy_to, nature, "
                "copies, due_on, body, details, memo, state, step, where_now, version, created_at, ended_at FROM document WHERE id = %(document)s FOR UPDATE",
    "tasks": "SELECT * FROM task WHERE document_id = %(document)s ORDER BY id",
    "heir": "SELECT active FROM account WHERE id = %(heir)s",
    "roles": "SELECT role, unit_id FROM role_grant WHERE account_id = %(heir)s",
    "claim": "UPDATE task SET state = 'done', action = 'to_leader', actor_id = %(me)s, done_at = now(), version = version + 1, seen_at = now() WHERE id = %(task)s AND state = 'open' AND version = %(version)s",
    "opinion": "INSERT INTO opinion (document_id, task_id, author_id, step, action, text, at) VALUES (%(document)s, %(task)s, %(me)s, 'instruct', 'to_leader', %(words)s, now()) RETURNING id",
    "close": "UPDATE task_group SET pending = 0, closed_at = now() WHERE id = %(group)s",
    "filled": "SELECT id, active FROM account WHERE id = %(heir)s",
    "open": "INSERT INTO task_group (document_id, step, pending, opened_by_task, opened_at) VALUES (%(document)s, 'instruct', 1, %(task)s, now()) RETURNING id",
    "hand": "INSERT INTO task (document_id, group_id, step, part, box, holder, state, action, from_id, urged, version, created_at) "
            "VALUES (%(document)s, %(fresh)s, 'instruct', 'sole', 'todo', %(holder)s, 'open', '', %(me)s, 0, 1, now()) RETURNING id",
}
MINE = "SELECT id, version FROM task WHERE document_id = %(document)s AND state = 'open' AND holder = %(holder)s"


class Pair:
    """Two officers with their connections and the papers that go to and fro between them."""

    def __init__(self, url: str, logins: tuple[str, str], papers: list[int]) -> None:
        import psycopg
        from sqlalchemy import select

        from oa_client.store import unit
        from oa_client.store.engine import connect, login_arguments, officers
        from oa_client.store.tables import Account
        from oa_client.usecases.desk import Desk
        from oa_client.usecases.directory import actor_of
        from tests.small_bureau import PASSWORD

        self.papers, self.at, self.turn = papers, 0, dict.fromkeys(papers, 0)
        self.desks, self.raw = [], []
        for login in logins:
            engine = officers(connect(url), login, PASSWORD)
            with unit.look(engine) as session:
                self.desks.append(Desk(engine, actor_of(session, session.scalars(select(Account).where(Account.login == login)).one())))
            self.raw.append(psycopg.connect(**{**login_arguments(engine), "prepare_threshold": None}))

    def step(self, by_hand: bool) -> None:
        """The next paper goes from the one who has it to the other."""
        paper = self.papers[self.at % len(self.papers)]
        self.at += 1
        who = self.turn[paper]
        me, heir, raw = self.desks[who].actor.id, self.desks[1 - who].actor.id, self.raw[who]
        task, version = raw.execute(MINE, {"document": paper, "holder": f"person:{me}"}).fetchone()
        raw.rollback()
        if by_hand:
            self._hand(raw, {"me": me, "heir": heir, "holder": f"person:{heir}", "document": paper, "task": task, "version": version, "words": OPINION})
        else:
            self._client(self.desks[who], task, version, heir)
        self.turn[paper] = 1 - who

    def _client(self, desk: Any, task: int, version: int, heir: int) -> None:
        from oa_client.domain.flow import Command
        from oa_client.usecases import acting

        acting.act(desk, task, Command("to_leader", OPINION, {"leader": (f"person:{heir}",)}), acting.Seen(version, 1))

    def _hand(self, raw: Any, values: dict[str, Any]) -> None:
        for name, statement in HAND.items():
            done = raw.execute(statement, values)
            if name == "group":
                values["group"] = done.fetchone()[0]
            elif name == "open":
                values["fresh"] = done.fetchone()[0]
            elif name == "claim":
                assert done.rowcount == 1
            elif done.description:
                done.fetchall()
        raw.commit()


def work(pipe: Connection, url: str, shares: list[tuple[tuple[str, str], list[int]]]) -> None:
    """One process: a thread for each pair; told (by_hand, seconds) it works and answers how many acts were done and what failed."""
    pairs = [Pair(url, logins, papers) for logins, papers in shares]
    pipe.send("ready")
    while (told := pipe.recv()) is not None:
        by_hand, seconds = told
        ends, done, failed = time.monotonic() + seconds, [0] * len(pairs), []

        def run(place: int, pair: Pair, ends: float = ends, by_hand: bool = by_hand, done: list[int] = done, failed: list[str] = failed) -> None:
            try:
                while time.monotonic() < ends:
                    pair.step(by_hand)
                    done[place] += 1
            except Exception as problem:
                failed.append(f"{type(problem).__name__}: {problem}")

        threads = [threading.Thread(target=run, args=(place, pair)) for place, pair in enumerate(pairs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        pipe.send((sum(done), failed))


def start(url: str, shares: list[tuple[tuple[str, str], list[int]]], processes: int) -> list[Connection]:
    """Start the processes; gives the pipe to each once it is ready."""
    context, pipes = multiprocessing.get_context("spawn"), []
    for number in range(processes):
        here, there = context.Pipe()
        context.Process(target=work, args=(there, url, shares[number::processes]), daemon=True).start()
        pipes.append(here)
    for pipe in pipes:
        pipe.recv()
    return pipes


def together(pipes: list[Connection], by_hand: bool, seconds: float) -> tuple[float, int, list[str]]:
    """Let all work for some seconds; gives acts a second, acts, and what failed."""
    begun = time.monotonic()
    for pipe in pipes:
        pipe.send((by_hand, seconds))
    answers = [pipe.recv() for pipe in pipes]
    acts = sum(count for count, _failed in answers)
    return acts / (time.monotonic() - begun), acts, [words for _count, failed in answers for words in failed]
