"""One act of a flow in an embedded database, against the same rows written by hand in one transaction."""

from collections.abc import Iterator
from itertools import count

from _measuring import compare, given, show  # first: it finds the product
from _stock import stocked
from sqlalchemy import text

OPENED = "SELECT id FROM task WHERE document_id = :document AND state = 'open'"
HAND = (
    "UPDATE task SET state = 'done', action = 'to_propose', actor_id = 2, done_at = created_at, version = version + 1 WHERE id = :task",
    "INSERT INTO opinion (document_id, task_id, author_id, step, action, text, at) SELECT document_id, id, 2, step, 'x', 'x', created_at FROM task WHERE id = :task",
    "INSERT INTO audit_event (stream, document_id, task_id, at, account_id, login, terminal, action, result, detail) "
    "SELECT 'hand', document_id, id, created_at, 2, '110001', '', 'to_propose', 'done', '{}' FROM task WHERE id = :task",
    "UPDATE task_group SET pending = 0 WHERE id = (SELECT group_id FROM task WHERE id = :task)",
    "INSERT INTO task_group (document_id, step, pending, opened_by_task, opened_at) SELECT document_id, 'propose', 1, id, created_at FROM task WHERE id = :task",
    "INSERT INTO task (document_id, group_id, step, part, box, holder, state, action, from_id, urged, version, created_at) SELECT document_id, "
    "(SELECT max(id) FROM task_group), 'propose', 'sole', 'todo', 'reviewer:1', 'open', '', 2, 0, 1, created_at FROM task WHERE id = :task",
    "UPDATE document SET where_now = 'x' WHERE id = :document",
)


def pairs(url: str, documents: int) -> Iterator[tuple]:
    """What is measured."""
    bureau = stocked(url, documents)
    papers = (bureau.register(number="", title=f"测{number}") for number in count())

    def ours() -> None:
        bureau.act("110001", next(papers), "to_propose")

    def hand() -> None:
        document = next(papers)
        with bureau.engine.execution_options(writes=True).begin() as connection:
            task = connection.scalar(text(OPENED), {"document": document})
            for statement in HAND:
                connection.execute(text(statement), {"task": task, "document": document})

    yield "register, open and act (floor: register, and seven statements)", ours, hand


if __name__ == "__main__":
    import tempfile
    from pathlib import Path

    asked = given(__doc__)
    with tempfile.TemporaryDirectory(prefix="wenshu-bench") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        show(__doc__, (compare(*pair, 3 if asked.quick else 15) for pair in pairs(url, 300 if asked.quick else 5000)), asked)
