"""Cells out of spreadsheets of three kinds, their oddities, and files that are none, locked, damaged or hostile."""

import random
import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from oa_client.domain.errors import OaError
from oa_client.render import spreadsheet
from oa_client.render.spreadsheet import read_spreadsheet
from oa_client.render.workbook import Column, Page, workbook
from tests.sheet_files import changed, make_ods, make_ods_of, make_xls, make_xlsx, packed

ROWS = (("警号", "姓名", "有效期"), (120003.0, "程以恒", "2027-01-31"), (), ("001234", "=1+1", ""))
MAKERS = {"xlsx": make_xlsx, "xls": make_xls, "ods": make_ods}
SHEET = "xl/worksheets/sheet1.xml"


def cells(data, most=100):
    (sheet,) = read_spreadsheet(data, "名单", most)
    return [(number, [cell for cell in row if cell != ""]) for number, row in sheet.rows]


@pytest.mark.parametrize("kind", MAKERS)
def test_each_kind_gives_the_same_cells(kind):
    assert cells(MAKERS[kind](ROWS)) == [(1, ["警号", "姓名", "有效期"]), (2, [120003.0, "程以恒", "2027-01-31"]), (4, ["001234", "=1+1"])]


def test_dates_merged_cells_and_hidden_things():
    def odd(book, sheet):
        sheet.merge_range(1, 1, 3, 1, "刑侦支队")
        sheet.merge_range(5, 0, 6, 2, "整块不重复")
        sheet.set_column(2, 2, 10, None, {"hidden": True})
        book.add_worksheet("藏").hide()

    rows = [("警号", "单位", "有效期"), ("120003", "", date(2027, 1, 31)), ("120004",), ("120005",), ("120006",), (), (), ("120007",)]
    assert cells(make_xlsx(rows, odd)) == [(1, ["警号", "单位", "有效期"]), (2, ["120003", "刑侦支队", date(2027, 1, 31)]), (3, ["120004", "刑侦支队"]),
                                           (4, ["120005", "刑侦支队"]), (5, ["120006"]), (6, ["整块不重复"]), (8, ["120007"])]


def test_a_table_that_begins_further_in_keeps_its_columns():
    def odd(_book, sheet):
        sheet.merge_range(3, 2, 4, 2, "刑侦支队")

    rows = [(), (), ("", "警号", "单位"), ("", "120003"), ("", "120004")]
    (sheet,) = read_spreadsheet(make_xlsx(rows, odd), "名单.xlsx", 100)
    assert sheet.rows == ((3, ("", "警号", "单位")), (4, ("", "120003", "刑侦支队")), (5, ("", "120004", "刑侦支队")))


def test_no_more_rows_than_asked_for():
    assert len(cells(make_xlsx([(str(at),) for at in range(50)]), 7)) == 7


XLSX, ODS = make_xlsx(ROWS), make_ods(ROWS)
REFUSED = {
    "empty": (b"", "是空的"), "text": ("警号,姓名\n120003,程以恒".encode(), "不是电子表格"), "html": (b"<html><table></table></html>", "不是电子表格"),
    "docx": (packed({"word/document.xml": "<x/>"}), "不是电子表格"), "binary xlsx": (packed({"xl/workbook.bin": b"x"}), "不是电子表格"),
    "odt": (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "不是电子表格"), "content alone": (packed({"content.xml": "<x/>"}), "不是电子表格"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le").rjust(900, b"\0"), "不是电子表格"),
    "cut": (XLSX[:len(XLSX) // 2], "损坏"), "cut xls": (make_xls(ROWS)[:700] + "Workbook".encode("utf-16-le"), "损坏"),
    "locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le").rjust(900, b"\0"), "打开密码"),
    "macros": (changed(XLSX, "xl/vbaProject.bin", lambda _: b"x"), "带有宏"), "macros of ods": (changed(ODS, "Basic/Standard/script.xml", lambda _: b"<x/>"), "带有宏"),
    "macros of xls": (make_xls(ROWS) + "_VBA_PROJECT".encode("utf-16-le"), "带有宏"), "no xml": (changed(XLSX, SHEET, lambda _: b"\xff\xfe" * 90), "损坏"),
    "far cell": (changed(XLSX, SHEET, lambda xml: xml.replace(b'r="A4"', b'r="XFD1048576"').replace(b'r="4"', b'r="1048576"')), "很远的行、列"),
    "far block": (make_ods_of('<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
                              "<text:p>x</text:p></table:table-cell></table:table-row>"), "很远的行、列"),
    "too large": (b"PK\x03\x04" + bytes(spreadsheet.MAX_BYTES), "超过 20 MB"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_is_told(kind):
    data, said = REFUSED[kind]
    with pytest.raises(OaError) as refused:
        read_spreadsheet(data, "名单.xlsx", 100)
    assert said in str(refused.value) and refused.value.hint


def test_a_package_that_swells_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(XLSX)) as sound, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sound.namelist():
            archive.writestr(name, b" " * (70 << 20) if name == SHEET else sound.read(name))
    assert len(out.getvalue()) < 1 << 20
    with pytest.raises(OaError, match="过大"):
        read_spreadsheet(out.getvalue(), "名单.xlsx", 100)


def test_a_reader_that_does_not_end_is_given_up(monkeypatch):
    """The library goes round for ever in a table whose end tag is damaged."""
    monkeypatch.setattr(spreadsheet, "TIME_LIMIT", 1.0)
    with pytest.raises(OaError, match="读不出来") as refused:
        read_spreadsheet(changed(ODS, "content.xml", lambda xml: xml.replace(b"</table:table>", b"</tab:table>")), "名单.ods", 100)
    assert "timed out" in refused.value.details


@pytest.mark.fuzz
@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]))
@example("Workbook".encode("utf-16-le"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
def test_random_bytes_are_refused_in_words(data, start):
    with pytest.raises(OaError):
        read_spreadsheet(start + data, "名单.xlsx", 100)


@pytest.mark.fuzz
@settings(max_examples=80)
@given(st.sampled_from(sorted(MAKERS)), st.randoms(use_true_random=False))
def test_a_damaged_spreadsheet_is_read_or_refused_in_words(kind, chance):
    limit, spreadsheet.TIME_LIMIT = spreadsheet.TIME_LIMIT, 5.0
    try:
        read_spreadsheet(_damaged(MAKERS[kind](ROWS), chance), "名单.xlsx", 100)
    except OaError:
        pass
    finally:
        spreadsheet.TIME_LIMIT = limit


def _damaged(data: bytes, chance: random.Random) -> bytes:
    if data.startswith(b"PK"):
        part = chance.choice(zipfile.ZipFile(BytesIO(data)).namelist())
        return changed(data, part, lambda body: _bitten(body, chance))
    return _bitten(data, chance)


def _bitten(body: bytes, chance: random.Random) -> bytes:
    torn = bytearray(body)
    for _ in range(chance.choice((1, 3, 12))):
        at, to = chance.randrange(len(torn) or 1), chance.randrange(len(torn) or 1)
        torn[at:at + chance.randrange(6)] = chance.choice((chance.randbytes(chance.randrange(6)), bytes(torn[to:to + 5])))
    return bytes(torn)


SHEET_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n"), max_size=20).map(str.strip)


@given(st.lists(st.lists(st.one_of(SHEET_TEXT, st.dates(date(1901, 1, 1))), min_size=3, max_size=3), min_size=1, max_size=4))
@settings(max_examples=25)
@example([["=1+1", "+1", "-1"], ["@x", "'y", "http://a.b"], ["_x0041_", "12", "a\nb"]])
def test_what_is_written_is_read_back_and_never_computed(rows):
    data = workbook([Page("页", (Column("甲"), Column("乙", choices=("=a",)), Column("丙")), rows)])
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)] and not [name for name in archive.namelist() if "rels" in name and "worksheets" in name]
    given = [[cell for cell in row if cell != ""] for row in rows]
    assert [row for _number, row in cells(data)[1:]] == [row for row in given if row]
