"""Spreadsheets of the three kinds for tests: .xlsx by the library, .xls and .ods by hand, and .xlsx with a part changed."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape

import xlsxwriter

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_ODS = ('<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="名单">{}</table:table></office:spreadsheet></office:body></office:document-content>')
_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = ('<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
             f'manifest:full-path="/" manifest:media-type="{_MIME}"/></manifest:manifest>')
Rows = Iterable[Sequence[object]]


def make_xlsx(rows: Rows, odd: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None] | None = None) -> bytes:
    """A workbook of one sheet; `odd` may do more to it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}) as book:
        sheet, dated = book.add_worksheet("名单"), book.add_format({"num_format": "yyyy-mm-dd"})
        for line, row in enumerate(rows):
            for at, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, at, value, dated)
                elif value != "":
                    sheet.write(line, at, value)
        if odd:
            odd(book, sheet)
    return out.getvalue()


def make_ods(rows: Rows) -> bytes:
    """An OpenDocument table, packed."""
    cells = ("".join(f'<table:table-row>{"".join(map(_ods_cell, row))}</table:table-row>' for row in rows))
    return packed({"mimetype": _MIME, "META-INF/manifest.xml": _MANIFEST, "content.xml": _ODS.format(cells)})


def make_ods_of(inner: str) -> bytes:
    """An OpenDocument table with the given rows as XML."""
    return packed({"mimetype": _MIME, "META-INF/manifest.xml": _MANIFEST, "content.xml": _ODS.format(inner)})


def _ods_cell(value: object) -> str:
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>' if value else "<table:table-cell/>"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def changed(package: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one part changed, or added."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed({**parts, part: change(parts.get(part, b""))})


def make_xls(rows: Rows) -> bytes:
    """A workbook of the old kind (BIFF8 in a compound file)."""
    data = _book([(line, at, value) for line, row in enumerate(rows) for at, value in enumerate(row) if value != ""])
    sectors = max(8, -(-len(data) // 512))
    tables = 1
    while tables * 128 < tables + 1 + sectors:
        tables += 1
    chain = [_FAT] * tables + [_END] + [tables + at + 2 for at in range(sectors - 1)] + [_END]
    chain += [_FREE] * (tables * 128 - len(chain))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x9I", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    folder = (_entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, tables + 1, sectors * 512)).ljust(512, b"\0")
    return head + struct.pack(f"<{len(chain)}I", *chain) + folder + data.ljust(sectors * 512, b"\0")


def _book(cells: Iterable[tuple[int, int, object]]) -> bytes:
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0xDBB, 1996, 0, 6))
    for row, column, value in cells:
        if isinstance(value, (int, float)):
            sheet += _record(0x203, struct.pack("<HHHd", row, column, 0, value))
        else:
            sheet += _record(0x204, struct.pack("<HHHHB", row, column, 0, len(str(value)), 1) + str(value).encode("utf-16-le"))
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0xDBB, 1996, 0, 6)) + _record(0x42, struct.pack("<H", 1200))
    place, name, end = len(head), struct.pack("<BB", 2, 1) + "名单".encode("utf-16-le"), _record(0xA)
    place += 4 + 6 + len(name) + len(end)
    return head + _record(0x85, struct.pack("<IBB", place, 0, 0) + name) + end + sheet + end


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack("<HBB3I16xI16x3I", len(raw), kind, 1, _FREE, _FREE, child, 0, start, size, 0)
