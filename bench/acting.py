"""One act of a flow, against the same rows written by hand in one transaction."""

from collections.abc import Iterator
from itertools import count

from _measuring import compare, given, show  # first: it finds the product
from _stock import stocked
from sqlalchemy import text

HAND = ("UPDATE task SET version = version + 1 WHERE id = :id", "INSERT INTO opinion (document_id, task_id, author_id, step, action, text, at) SELECT document_id, "
        "id, 2, step, 'x', 'x', created_at FROM task WHERE id = :id", "INSERT INTO event (document_id, task_id, at, account_id, action, words, terminal, detail) "
        "SELECT document_id, id, created_at, 2, 'x', 'x', '', '{}' FROM task WHERE id = :id",
        "INSERT INTO task_group (document_id, step, pending, opened_at) SELECT document_id, 'x', 0, created_at FROM task WHERE id = :id",
        "UPDATE document SET version = version WHERE id = (SELECT document_id FROM task WHERE id = :id)")


def pairs(url: str, documents: int) -> Iterator[tuple]:
    """What is measured."""
    bureau = stocked(url, documents)
    papers = (bureau.register(number="", title=f"测{number}") for number in count())
    first = bureau.register(number="", title="底")

    def ours() -> None:
        bureau.act("110001", next(papers), "to_propose")

    def hand() -> None:
        bureau.register(number="", title="底")
        with bureau.engine.execution_options(writes=True).begin() as connection:
            for statement in HAND:
                connection.execute(text(statement), {"id": first})

    yield "register, open and act (floor: register, and five statements)", ours, hand

if __name__ == "__main__":
    import tempfile
    from pathlib import Path

    asked = given(__doc__)
    with tempfile.TemporaryDirectory(prefix="wenshu-bench") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        show(__doc__, (compare(*pair, 3 if asked.quick else 15) for pair in pairs(url, 300 if asked.quick else 5000)), asked)
