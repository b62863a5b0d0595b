"""What row security costs: to-do, open and newest-50 as the client asks them, against the same query with the same filter and no policy."""

import statistics
from collections.abc import Callable, Iterator

from _large import fill
from _measuring import Row, given, show, timed  # first: it finds the product
from sqlalchemy import Connection, text

DOCUMENTS, PEOPLE, ROUNDS, EACH = 1_000_000, 140, 9, 8
QUICK = (20_000, 56, 3, 4)
FILTER = "(document.readers && (SELECT oa.mine()) OR document.guests && (SELECT oa.mine()) AND oa.share_alive(document.id))"
HOLDERS = "(SELECT oa.my_holders())::text[]"
COLUMNS = "document.id, document.title, document.number, document.urgency, document.from_organ, document.where_now, document.state, document.due_on, document.created_at, unit.short"
QUERIES = {
    "to-do, the newest 50": f"SELECT {COLUMNS}, task.id, task.seen_at, task.urged FROM task JOIN document ON document.id = task.document_id JOIN unit ON unit.id = document.organ_id "
                            f"WHERE task.state = 'open' AND task.holder = ANY ({HOLDERS}) AND task.box = 'todo' {{filter}} ORDER BY task.id DESC LIMIT 51",
    "newest 50 of 收文": f"SELECT {COLUMNS} FROM document JOIN unit ON unit.id = document.organ_id WHERE document.kind = 'receive' {{filter}} ORDER BY document.id DESC LIMIT 51",
}
OPEN = (f"SELECT {COLUMNS.replace(', unit.short', ', document.body, document.details, document.memo')} FROM document WHERE document.id = :id {{filter}}", "SELECT task.* FROM task {join} WHERE task.document_id = :id {filter} ORDER BY task.id",
        "SELECT opinion.* FROM opinion {join} WHERE opinion.document_id = :id {filter} ORDER BY opinion.id",
        "SELECT attachment.id, attachment.name FROM attachment {join} WHERE attachment.document_id = :id {filter}")
TABLES = ("document", "task", "task_group", "opinion", "attachment")


def queries(connection: Connection, policy: bool) -> dict[str, Callable[[], object]]:
    """The three reads, with the policies at work or with the filter written out."""
    filter_ = "" if policy else f"AND {FILTER}"
    mine = connection.scalars(text("SELECT document_id FROM reader WHERE principal = ANY ((SELECT oa.my_holders())::text[]) ORDER BY document_id DESC LIMIT 40")).all()
    connection.rollback()

    def open_all() -> None:
        for document in mine[:EACH]:
            for statement in OPEN:
                table = statement.split(" FROM ")[1].split()[0]
                join = "" if policy or table == "document" else f"JOIN document ON document.id = {table}.document_id"
                connection.execute(text(statement.format(filter=filter_, join=join)), {"id": document}).all()
        connection.rollback()

    def ask(statement: str) -> Callable[[], None]:
        def run() -> None:
            connection.execute(text(statement.format(filter=filter_))).all()
            connection.rollback()
        return run
    return {**{name: ask(statement) for name, statement in QUERIES.items()}, f"open {EACH} documents": open_all}


def switch(bureau, on: bool) -> None:
    """Row security of every table on or off."""
    with bureau.engine.begin() as connection:
        for table in TABLES:
            connection.execute(text(f"ALTER TABLE {table} {'ENABLE' if on else 'DISABLE'} ROW LEVEL SECURITY"))


def measure(bureau, kinds: dict[str, str], rounds: int) -> Iterator[Row]:
    """By turns with and without; the median of each round's ratio."""
    connections = {kind: bureau.engine_of(login).connect() for kind, login in kinds.items()}
    sums: dict[str, tuple[list[float], list[float]]] = {}
    for number in range(rounds + 1):
        for policy in (True, False) if number % 2 else (False, True):
            switch(bureau, policy)
            for kind, connection in connections.items():
                for name, act in queries(connection, policy).items():
                    act()
                    took = statistics.median(timed(act) for _ in range(5))
                    if number:
                        sums.setdefault(f"{name}, {kind}", ([], []))[0 if policy else 1].append(took)
    for connection in connections.values():
        connection.close()
    for name, (ours, floor) in sorted(sums.items()):
        ratios = [a / b for a, b in zip(ours, floor, strict=True)]
        yield Row(name, round(statistics.median(ours), 3), round(statistics.median(floor), 3), round(statistics.median(ratios), 3))
    switch(bureau, True)


def main() -> None:
    """Fill and measure."""
    from tests import postgres
    from tests.small_bureau import Bureau

    asked = given(__doc__)
    documents, people, rounds, _each = QUICK if asked.quick else (DOCUMENTS, PEOPLE, ROUNDS, EACH)
    with postgres.server("-c shared_buffers=1GB -c max_wal_size=8GB -c work_mem=16MB -c jit=off") as address, postgres.database(address) as url:
        bureau = Bureau.make(url)
        logins = fill(bureau, documents, people)
        with bureau.engine.begin() as connection:  # the filter written out names a column that policies alone may read otherwise
            connection.execute(text(f'GRANT SELECT (guests) ON document TO "{bureau.engine.url.database}_officer"'))
        kinds = {"chief": logins[0], "clerk": logins[28], "officer": logins[-1]}
        show(__doc__, measure(bureau, kinds, rounds), asked, documents=documents, tasks=5 * documents)
        bureau.close()


if __name__ == "__main__":
    main()
