"""Claim, opinion, forward by 140 logins on PostgreSQL: acts a second of the client, as a ratio to the same statements written by hand."""

import statistics

from _crowd import start, together
from _measuring import Row, given, show  # first: it finds the product
from sqlalchemy import Engine, text

LOGINS, PAPERS, PROCESSES, SECONDS, ROUNDS = 140, 3, 4, 10.0, 5
QUICK = (20, 2, 2, 1.5, 3)


def leaders(bureau, count: int) -> list[str]:
    """So many leaders of the bureau, each with a login of the server."""
    from oa_client.store import unit
    from oa_client.store.guard import call
    from oa_client.store.tables import Account, RoleGrant
    from tests.small_bureau import VERIFIER

    logins = [f"{500000 + number}" for number in range(count)]
    with unit.unit(bureau.engine) as session:
        for login in logins:
            account = Account(login=login, name=f"领导{login}", unit_id=bureau.units["root"], post="副局长", keys="", must_change=False, created_at=bureau.now())
            session.add(account)
            session.flush()
            session.add(RoleGrant(account_id=account.id, role="deputy", unit_id=bureau.units["root"]))
            call(session, "login_make", login, VERIFIER)
    return logins


def papers_at(bureau, login: str, count: int) -> list[int]:
    """Papers that wait for a leader's instruction."""
    made = []
    for number in range(count):
        paper = bureau.register(number="", title=f"关于第{login}-{number}项工作的请示")
        bureau.act("110001", paper, "to_propose")
        bureau.act("110003", paper, "to_leader", "请批示。", picks={"leader": (bureau.person(login),)})
        made.append(paper)
    return made


def sound(engine: Engine, acts: int, before: int) -> dict[str, object]:
    """No lost update, no double opinion, every chain whole."""
    from oa_client.usecases import setting_up

    with engine.connect() as connection:
        done = connection.scalar(text("SELECT count(*) FROM task WHERE state = 'done' AND action = 'to_leader' AND step = 'instruct'"))
        said = connection.scalar(text("SELECT count(*) FROM opinion WHERE step = 'instruct'"))
        doubled = connection.scalar(text("SELECT count(*) FROM (SELECT task_id FROM opinion GROUP BY task_id HAVING count(*) > 1) x"))
        broken = connection.scalar(text(
            "SELECT count(*) FROM (SELECT e, l.hash, l.prev, lag(l.hash, 1, '') OVER w AS before, l.seq, row_number() OVER w AS n FROM audit_link l "
            "JOIN audit_event e ON e.id = l.event_id WINDOW w AS (PARTITION BY l.stream ORDER BY l.seq)) x WHERE x.prev <> x.before OR x.seq <> x.n "
            "OR x.hash <> oa.event_hash(x.e, x.prev)"))
    findings = [line for line in setting_up.check(engine) if "有" in line and "公文" in line]
    return {"lost": done - before - acts, "without opinion": done - said, "double opinions": doubled, "broken links": broken, "findings": findings}


def main() -> None:
    """Measure by turns and check what was written."""
    from tests import postgres
    from tests.small_bureau import Bureau

    asked = given(__doc__)
    count, papers, processes, seconds, rounds = QUICK if asked.quick else (LOGINS, PAPERS, PROCESSES, SECONDS, ROUNDS)
    with postgres.server() as address, postgres.database(address) as url:
        bureau = Bureau.make(url)
        logins = leaders(bureau, count)
        shares = [((first, second), papers_at(bureau, first, papers)) for first, second in zip(logins[::2], logins[1::2], strict=True)]
        pipes = start(url, shares, processes)
        together(pipes, False, seconds / 3), together(pipes, True, seconds / 3)
        with bureau.engine.connect() as connection:
            before = connection.scalar(text("SELECT count(*) FROM task WHERE state = 'done' AND action = 'to_leader' AND step = 'instruct'"))
        ours, hand, acts, failed = [], [], 0, []
        for number in range(rounds):
            for by_hand, rates in ((False, ours), (True, hand)) if number % 2 else ((True, hand), (False, ours)):
                rate, done, wrong = together(pipes, by_hand, seconds)
                rates.append(rate)
                acts += done
                failed += wrong
        for pipe in pipes:
            pipe.send(None)
        row = Row(f"claim, opinion, forward: {count} logins, {processes} processes", round(statistics.median(ours), 1), round(statistics.median(hand), 1),
                  round(statistics.median(a / b for a, b in zip(ours, hand, strict=True)), 3), "acts/s (higher is better)")
        show(__doc__, [row], asked, acts=acts, failed=failed[:5], **sound(bureau.engine, acts, before))
        bureau.close()


if __name__ == "__main__":
    main()
