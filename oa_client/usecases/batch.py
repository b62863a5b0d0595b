"""The same act on many documents (批量办理), each in its own transaction: what succeeded stays, what failed is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ..domain.errors import NotFound, OaError, Unavailable
from ..domain.flow import Command
from ..store.tables import Document
from ..store.work_tables import Task
from .acting import TOPICS, Seen, act
from .desk import Desk, Outcome
from .exporting import export
from .views import DocumentRow

Report = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Tally:
    """What came of it: the results in order, and for each that failed its title and the sentence why."""

    results: tuple[Any, ...]
    failed: tuple[tuple[str, str], ...] = ()


def mark_read(desk: Desk, rows: Sequence[DocumentRow], report: Report | None = None) -> Outcome[Tally]:
    """Sign papers in circulation as read (已阅), without words of one's own."""
    tally = _each(rows, lambda row: _read(desk, row), report, "标为已阅")
    return Outcome(tally, TOPICS if tally.results else frozenset(), _told(tally, "已标为已阅"))


def export_all(desk: Desk, rows: Sequence[DocumentRow], folder: Path, report: Report | None = None) -> Outcome[Tally]:
    """Take documents out, each into a new folder below `folder`; the results are the folders."""
    tally = _each(rows, lambda row: export(desk, row.id, folder).value, report, "导出")
    return Outcome(tally, frozenset({"document"}) if tally.results else frozenset(), _told(tally, "已导出"))


def _each(rows: Sequence[DocumentRow], deed: Callable[[DocumentRow], object], report: Report | None, doing: str) -> Tally:
    """Do it for each row; where the database or the disk cannot be reached, the rest is not tried."""
    results, failed = [], []
    for at, row in enumerate(rows):
        if report:
            report(at, len(rows), f"{doing}：{row.title}")
        try:
            results.append(deed(row))
        except Unavailable as problem:
            failed += [(later.title, str(problem)) for later in rows[at:]]
            break
        except OaError as problem:
            failed.append((row.title, str(problem)))
    if report:
        report(len(rows), len(rows), doing)
    return Tally(tuple(results), tuple(failed))


def _read(desk: Desk, row: DocumentRow) -> int:
    with desk.look() as session:
        versions = session.execute(select(Task.version, Document.version).join(Document, Document.id == Task.document_id).where(
            Task.id == row.task_id, Task.box == "read", Task.holder.in_(desk.actor.principals))).first()
    if versions is None:
        raise NotFound("没有找到这项待阅。")
    return act(desk, row.task_id or 0, Command("read"), Seen(*versions)).value


def _told(tally: Tally, done: str) -> str:
    said = f"{len(tally.results)} 件{done}" if tally.results else ""
    missed = f"{len(tally.failed)} 件未成功" if tally.failed else ""
    return "，".join(filter(None, (said, missed))) + "。"
