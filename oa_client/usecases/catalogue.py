"""The catalogue of filed items (归档文件目录; DA/T 22-2015) of what stands in the library's list, as a table for the office."""

import csv
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sqlalchemy.orm import Session

from ..domain.errors import Unavailable
from ..store.tables import Document, Unit
from ..store.work_tables import ArchiveItem
from .desk import Desk, Outcome
from .library import LibraryFilter, narrowed
from .noting import note_reading

HEADINGS = ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
UNFILED = "未归档"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_catalogue(desk: Desk, narrow: LibraryFilter, file: Path) -> Outcome[Path]:
    """Write every document that the filter leaves, in the order of archive references, those not filed last.

    The text file has a byte order mark, so that spreadsheet programs read its Chinese. Unavailable when it cannot be
    written; what stood there before then stays. 密级 is empty: nothing classified is kept here.
    """
    with desk.look() as session:
        lines = _lines(session, desk, narrow)
    with desk.unit() as session:
        note_reading(session, desk, "catalogue", count=len(lines))
    _write(file, lines)
    return Outcome(file, frozenset(), f"已导出归档文件目录，共 {len(lines)} 件。")


def _lines(session: Session, desk: Desk, narrow: LibraryFilter) -> list[tuple[str, ...]]:
    wanted = (ArchiveItem.reference, Document.number, Document.from_organ, Unit.name, Document.title, Document.doc_date,
              ArchiveItem.pages, ArchiveItem.note)
    query = narrowed(session, desk, narrow).with_only_columns(*wanted)
    rows = session.execute(query.order_by(ArchiveItem.reference.is_(None), ArchiveItem.reference, Document.id))
    return [(str(at), reference or "", number, sender or organ, title, f"{day:%Y%m%d}" if day else "", "", str(pages or ""),
             (note or "") if reference else UNFILED)
            for at, (reference, number, sender, organ, title, day, pages, note) in enumerate(rows, 1)]


def _write(file: Path, lines: Iterable[tuple[str, ...]]) -> None:
    fresh = file.with_name(f".{file.name}.new")
    try:
        with fresh.open("w", encoding="utf-8-sig", newline="") as out:
            table = csv.writer(out)
            table.writerow(HEADINGS)
            table.writerows([_harmless(cell) for cell in line] for line in lines)
        fresh.replace(file)
    except OSError as problem:
        with suppress(OSError):
            fresh.unlink()
        raise Unavailable("目录文件写不进去。", "请换一个文件夹，或关闭正在打开它的程序后再试。", str(problem)) from problem


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet program does not take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
