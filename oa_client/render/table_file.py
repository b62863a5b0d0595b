"""A table as a spreadsheet file (表格文件; .xlsx or .csv): one sheet, a heading row, plain texts. However many rows, one is in memory."""

import csv
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

MOST = 1_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(file: Path) -> bool:
    """Whether a file is to be plain text by its name (.csv); such a one holds any number of rows."""
    return file.suffix.lower() == ".csv"


def write_table(file: Path, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> None:
    """Write rows of texts below headings with their widths; what stood at the place before goes only when all is written.

    OSError when it cannot be written. A text is never taken for a formula.
    """
    fresh = file.with_name(f".{file.stem}.new{'.csv' if plain(file) else '.xlsx'}")
    try:
        fresh.touch()  # what cannot be written is told before any row is asked for
        if plain(file):
            _write_plain(fresh, columns, rows)
        else:
            _write_book(fresh, name, columns, rows)
        fresh.replace(file)
    except FileCreateError as problem:
        raise OSError(str(problem)) from problem
    finally:
        with suppress(OSError):
            fresh.unlink()


def _write_plain(file: Path, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> None:
    """With a byte order mark, so that spreadsheet programs read the Chinese."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow([heading for heading, _width in columns])
        table.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in rows)


def _write_book(file: Path, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> None:
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    try:
        _fill(book, name, columns, rows)
    finally:
        book.close()


def _fill(book: xlsxwriter.Workbook, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True, "bottom": 1})
    for at, (heading, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, bold)
    sheet.freeze_panes(1, 0)
    count = 0
    for count, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            sheet.write_string(count, at, cell[:32767])
    sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
