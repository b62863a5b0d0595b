"""The process that reads one spreadsheet: its bytes on standard input, {"sheets": […]} or {"refused": why} on standard output.

A damaged file can make the reading library loop, panic or ask for all memory, so it runs apart and within bounds.
"""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any

MEMORY, MAX_SHEETS, MAX_COLUMNS = 2 << 30, 20, 60


def main(most: int) -> int:
    """Read and print at most `most` rows with something in them a sheet."""
    _bound()
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_object(io.BytesIO(sys.stdin.buffer.read()))
        found: dict[str, Any] = _sheets(book, most)
    except PasswordError:
        found = {"refused": "password"}
    except (CalamineError, OSError, ValueError):
        found = {"refused": "damaged"}
    sys.stdout.write(json.dumps(found))
    return 0


def _sheets(book: Any, most: int) -> dict[str, Any]:
    kinds = [str(meta.typ).rpartition(".")[2] for meta in book.sheets_metadata]
    if {"MacroSheet", "Vba"} & set(kinds):
        return {"refused": "macro"}
    visible = [at for at, meta in enumerate(book.sheets_metadata) if str(meta.visible).endswith(".Visible") and kinds[at] == "WorkSheet"]
    return {"sheets": [{"name": book.sheet_names[at], "rows": list(_rows(book.get_sheet_by_index(at), most))} for at in visible[:MAX_SHEETS]]}


def _rows(sheet: Any, most: int) -> Iterator[tuple[int, list[Any]]]:
    """The rows with something in them, numbered as the sheet numbers them; cells merged downwards say the same in each row."""
    first, given = (sheet.start or (0, 0))[1], 0
    downward: dict[int, list[tuple[int, int]]] = {column: [] for column in range(MAX_COLUMNS)}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right < MAX_COLUMNS:
            downward[left].append((top, bottom))
    held: dict[int, Any] = {}
    for at, cells in enumerate(sheet.iter_rows()):
        row = [*[""] * first, *map(_plain, cells)][:MAX_COLUMNS]
        for column in range(len(row)):
            for top, bottom in downward[column]:
                if at == top:
                    held[column] = row[column]
                elif top < at <= bottom:
                    row[column] = row[column] or held.get(column, "")
        if any(cell != "" for cell in row):
            given += 1
            if given > most:
                return
            yield at + 1, row


def _plain(cell: Any) -> Any:
    """A cell as JSON holds it; a date is told by its list."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return [cell.isoformat()]
    return cell if isinstance(cell, str | int | float | bool) else str(cell)


def _bound() -> None:
    """Neither all the memory of the PC nor a dump of it."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1])))
