"""A process that registers, gives opinions and files without end, in children that are killed at any moment.

Run with a database address. It forks one child for each line on its standard input; the child connects, prints its own
number, and works until somebody kills it.
"""

import os
import signal
import sys

import psycopg  # noqa: F401 - loaded before the fork, so that a child connects at once

from oa_client.domain.flow import Command
from oa_client.store import unit
from oa_client.store.engine import connect, officers
from oa_client.store.guard import guarded
from oa_client.store.tables import Account, Unit
from oa_client.usecases import acting, intake, lists, viewing
from oa_client.usecases.desk import Desk
from oa_client.usecases.directory import actor_of
from oa_client.usecases.papers import NewFile
from tests.small_bureau import PASSWORD

FILED = {"retention": "D10", "year": "2026"}
STEPS = {"file": "归档", "close": "办结", "read": "传阅"}


def desks(url: str) -> tuple[dict[str, Desk], int, str]:
    """The desks that take part, the bureau's id, and the principal of a reader."""
    engine = connect(url)
    own = (lambda login: officers(engine, login, PASSWORD)) if guarded(engine) else (lambda _login: engine)
    with unit.look(engine) as session:
        found = {account.login: Desk(own(account.login), actor_of(session, account)) for account in session.query(Account)}
        return found, session.query(Unit.id).filter(Unit.parent_id.is_(None)).scalar(), f"person:{found['100101'].actor.id}"


def act(desk: Desk, paper: int, action: str, **more: object) -> None:
    """Press an action on the own to-do."""
    view = viewing.show(desk, paper)
    acting.act(desk, view.tasks[0].id, Command(action, **more), acting.Seen(view.tasks[0].version, view.version))


def work(url: str, marker: str) -> None:
    """Go on with what others left, then walk new papers from registration to filing, until killed."""
    people, root, reader = desks(url)
    print(os.getpid(), flush=True)
    for login, box, action, fields in (("110004", "todo", "file", FILED), ("110001", "todo", "close", {}), ("100101", "read", "read", {})):
        for row in lists.page(people[login], box, size=3).rows:
            if row.where.startswith(STEPS[action]):
                act(people[login], row.id, action, fields=fields, opinion="接续办理。")
    for number in range(1000):
        text = f"第{marker}号进程第{number}件来函。" * 2000
        file = NewFile(f"来函{number}.txt", f"{marker}-{number}\n{text}".encode(), "original", "txt", 1, text)
        form = intake.IntakeForm(f"来函{marker}之{number}", "江北省公安厅", organ_id=root, files=(file,), body=text)
        paper = intake.register(people["110001"], form).value
        act(people["110001"], paper, "to_read", opinion="请传阅。", picks={"readers": (reader,)})
        act(people["100101"], paper, "read", opinion="已阅，按程序办理。")
        act(people["110001"], paper, "close")
        act(people["110004"], paper, "file", fields=FILED)


def main() -> None:
    """Fork a worker for each line read."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(sys.argv[1], line.strip())
            os._exit(0)


if __name__ == "__main__":
    main()
