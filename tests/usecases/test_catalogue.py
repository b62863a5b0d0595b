"""The catalogue of filed items: complete, in the order of references, harmless in a spreadsheet program."""

import csv

import pytest

from oa_client.domain.errors import Unavailable
from oa_client.usecases import catalogue, library
from tests.usecases.test_library import filed


def read(file):
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(data.decode("utf-8-sig").splitlines()))


def test_everything_that_the_filter_leaves_in_order_of_references(bureau, tmp_path):
    for at in range(3):
        filed(bureau, number=f"江公通〔2026〕{at + 1}号", title=f"通知{at}")
    bureau.register(number="江公通〔2026〕9号", title="在办的")
    file = tmp_path / "目录.csv"
    done = catalogue.export_catalogue(bureau.desk("110004"), library.LibraryFilter(), file)
    assert done.value == file and "共 3 件" in done.notice
    rows = read(file)
    assert rows[0] == ["序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"]
    assert rows[1] == ["1", "Z109-WS·2026-D10-SJU-0001", "江公通〔2026〕1号", "江北省公安厅", "通知0", "", "", "1", ""]
    assert [row[1][-4:] for row in rows[1:]] == ["0001", "0002", "0003"]


def test_the_words_searched_for_narrow_it_and_those_not_filed_come_last(small, tmp_path):
    small.register(number="江公通〔2026〕9号", title="禁毒在办")
    filed(small, number="江公通〔2026〕1号", title="禁毒已归")
    filed(small, number="江公通〔2026〕2号", title="其他")
    file = tmp_path / "目录.csv"
    catalogue.export_catalogue(small.desk("110001"), library.LibraryFilter("禁毒", filed_only=False), file)
    assert [(row[0], row[4], row[8]) for row in read(file)[1:]] == [("1", "禁毒已归", ""), ("2", "禁毒在办", "未归档")]


@pytest.mark.parametrize("title", ["=1+1", "+86", "-5", "@SUM(A1)"])
def test_a_title_is_never_a_formula(small, tmp_path, title):
    small.register(title=title)
    file = tmp_path / "目录.csv"
    catalogue.export_catalogue(small.desk("110001"), library.LibraryFilter(filed_only=False), file)
    assert read(file)[1][4] == f"'{title}"


def test_a_place_that_cannot_be_written_is_told_and_leaves_nothing(small, tmp_path):
    (tmp_path / "目录.csv").mkdir()
    with pytest.raises(Unavailable, match="写不进去"):
        catalogue.export_catalogue(small.desk("110001"), library.LibraryFilter(), tmp_path / "目录.csv")
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".db" and "bureau" not in path.name] == ["目录.csv"]
