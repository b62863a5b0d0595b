"""A workbook (.xlsx) out of plain values. Every text is written as text: nothing in it is ever a formula, a link or a number."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import xlsxwriter  # type: ignore[import-untyped]

CHOICES = "选项"
_SPARE = 5000


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, what may be chosen in it, and whether other words may be typed besides."""

    title: str
    width: int = 14
    choices: tuple[str, ...] = ()
    free: bool = False


@dataclass(frozen=True)
class Page:
    """A sheet: its columns, its rows, and a note above them."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str | date]] = ()
    note: str = ""


def workbook(pages: Sequence[Page]) -> bytes:
    """The bytes of a workbook with these sheets; lists to choose from lie in a hidden one."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        forms = {"head": book.add_format({"bold": True, "border": 1, "bg_color": "#E8EEF7"}), "text": book.add_format({"num_format": "@"}),
                 "day": book.add_format({"num_format": "yyyy-mm-dd"}), "note": book.add_format({"text_wrap": True, "valign": "top"})}
        sheets = [(book.add_worksheet(page.name), page) for page in pages]
        lists = book.add_worksheet(CHOICES) if any(column.choices for page in pages for column in page.columns) else None
        taken = 0
        for sheet, page in sheets:
            top = _fill(sheet, page, forms)
            for at, column in enumerate(page.columns):
                if column.choices and lists is not None:
                    for line, choice in enumerate(column.choices):
                        lists.write_string(line, taken, choice)
                    _offer(sheet, top, at, column, taken)
                    taken += 1
        if lists is not None:
            lists.hide()
    return out.getvalue()


def _fill(sheet: xlsxwriter.worksheet.Worksheet, page: Page, forms: dict[str, xlsxwriter.format.Format]) -> int:
    """Write a sheet; gives the row of its first line below the headings."""
    top = 1 if page.note else 0
    for at, column in enumerate(page.columns):
        sheet.set_column(at, at, column.width, forms["text"])
        sheet.write_string(top, at, column.title, forms["head"])
    if page.note:
        sheet.merge_range(0, 0, 0, max(len(page.columns) - 1, 1), "", forms["note"])
        sheet.write_string(0, 0, page.note, forms["note"])
        sheet.set_row(0, 48)
    for line, row in enumerate(page.rows, top + 1):
        for at, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(line, at, datetime.combine(value, time()), forms["day"])
            elif value:
                sheet.write_string(line, at, value, forms["text"])
    sheet.freeze_panes(top + 1, 0)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return top + 1


def _offer(sheet: xlsxwriter.worksheet.Worksheet, top: int, at: int, column: Column, listed: int) -> None:
    """Offer the choices of a column below its heading."""
    name = xlsxwriter.utility.xl_col_to_name(listed)
    sheet.data_validation(top, at, top + _SPARE, at, {
        "validate": "list", "source": f"='{CHOICES}'!${name}$1:${name}${len(column.choices)}", "ignore_blank": True, "show_error": not column.free,
        "error_title": "请从下拉列表选择", "error_message": f"「{column.title}」请从下拉列表中选择。"})
