"""Nonsense typed, pasted or dropped in: kept as far as it can be, else refused by name; never a failure of the database."""

from datetime import date
from pathlib import Path

import pytest

from oa_client.domain.errors import Invalid
from oa_client.usecases import exporting, library, lists, recalling, viewing
from oa_client.usecases.library import LibraryFilter
from oa_client.usecases.papers import NewFile, clean, file_name
from oa_client.usecases.views import ListFilter
from oa_client.usecases.writing import Target
from tests.usecases.test_send_flow import walk_to_number

ODD = ("甲\x00乙", "甲\ud800乙", "甲😀乙", "甲\u202e乙", "甲\x1b[31m\x07乙")


@pytest.mark.parametrize("odd", ODD, ids=["nul", "half", "emoji", "turned", "control"])
def test_odd_text_is_kept_found_and_shown(bureau, odd):
    file = NewFile(f"来{odd}文.txt", odd.encode(errors="replace"), "original", "txt", 1, odd)
    paper = bureau.register(title=f"关于{odd}的通知", from_organ=odd, number=f"{odd}〔2026〕1号", main_to=odd, body=odd, files=(file,))
    bureau.act("110001", paper, "to_propose", odd)
    recalling.urge(bureau.desk("110001"), viewing.show(bureau.desk("110001"), paper).waiting[0].task_id, odd)
    recalling.withdraw(bureau.desk("110001"), paper, odd)
    view = viewing.show(bureau.desk("110001"), paper)
    said = repr((view.title, view.fields, view.attachments, view.timeline))
    assert not any(mark in said for mark in ("\\x00", "\\ud800", "\\u202e", "\\x1b", "\\x07"))
    assert lists.page(bureau.desk("110001"), "receive", ListFilter(text=odd)).total in (0, 1)
    assert library.search(bureau.desk("110001"), LibraryFilter(odd, filed_only=False)).total == 1


@pytest.mark.parametrize("odd", ODD, ids=["nul", "half", "emoji", "turned", "control"])
def test_odd_text_in_a_draft(bureau, odd):
    paper = bureau.draft(title=f"云岚市公安局关于{odd}的通知", body=odd, openness_reason=odd, targets=(Target(odd),))
    bureau.act("110003", paper, "submit", odd, fields={"explain": odd})
    assert "乙" in viewing.show(bureau.desk("110003"), paper).title


@pytest.mark.parametrize(("changes", "field"), [
    ({"title": "长" * 3_000_000}, "title"), ({"from_organ": "长" * 301}, "from_organ"), ({"number": "长" * 81}, "number"), ({"main_to": "长" * 4001}, "main_to"),
    ({"body": "长" * 1_000_001}, "body"), ({"doc_type": "简报"}, "doc_type"), ({"doc_type": "通知" * 30}, "doc_type"), ({"copies": 10**30}, "copies"),
    ({"title": "\u202e\x00"}, "title"), ({"due_on": date.min}, "due_on"),
])
def test_a_paper_that_does_not_fit_is_refused_by_field(bureau, changes, field):
    with pytest.raises(Invalid) as told:
        bureau.register(**changes)
    assert set(told.value.fields) == {field} and len(str(told.value)) < 200


@pytest.mark.parametrize(("changes", "field"), [({"title": "长" * 301}, "title"), ({"body": "长" * 1_000_001}, "body"), ({"targets": (Target("长" * 301),)}, "targets")])
def test_a_draft_that_does_not_fit_is_refused_by_field(bureau, changes, field):
    with pytest.raises(Invalid) as told:
        bureau.draft(**changes)
    assert set(told.value.fields) == {field}


def test_an_endless_opinion_is_refused(bureau):
    with pytest.raises(Invalid, match="意见最长"):
        bureau.act("110001", bureau.register(), "to_propose", "长" * 100_000)


@pytest.mark.parametrize("number", ["9" * 5000, "0", "-1", "1.5", "²", "一", "", "10000"])
def test_numbers_that_are_none(bureau, number):
    paper = walk_to_number(bureau)
    with pytest.raises(Invalid, match="份数"):
        bureau.act("110001", paper, "number", fields={"code": "云公通", "copies": number})
    bureau.act("110001", paper, "number", fields={"code": "云公通", "copies": "1"})
    bureau.act("110001", paper, "distribute")
    with pytest.raises(Invalid, match="归档年度"):
        bureau.act("110004", paper, "file", fields={"retention": "Y", "year": number})


def test_the_ends_of_the_calendar(bureau):
    bureau.register(due_on=date.max, doc_date=date.min, received_on=date.min)
    desk = bureau.desk("110001")
    assert lists.page(desk, "receive", ListFilter(since=date.min, until=date.max)).total == 1
    assert lists.page(desk, "receive").rows[0].due.words.endswith("到期")


@pytest.mark.parametrize(("given", "kept"), [
    ("../../上级/来文.pdf", "来文.pdf"), ("C:\\公文\\来文.docx", "来文.docx"), ("", "未命名"), ("甲\u202etxt.exe", "甲txt.exe"), ("/", "未命名"),
    ("长" * 300 + ".pdf", "长" * 116 + ".pdf"), ("关于".encode("gbk").decode("utf-8", "surrogateescape") + ".txt", "关于.txt"), ("\ud800来文.txt", "来文.txt"),
])
def test_file_names(given, kept):
    assert file_name(given) == kept


def test_text_is_cleaned_once():
    assert clean("一\r\n二\x0b三\x0c四\t五\x00\x1f\u2066") == "一\n二\n三\n四\t五"
    assert all(clean(clean(odd)) == clean(odd) for odd in ODD)


@pytest.mark.parametrize("name", ["很" * 116 + ".pdf", "😀" * 100 + ".pdf", "a" * 300 + ".docx", "无后缀" * 40, "..", "尾点. . ."])
def test_exported_names_fit_every_system_and_keep_their_ending(bureau, tmp_path, name):
    safe = exporting.safe_name(name)
    assert len(safe) <= 80 and len(safe.encode()) <= 240 and safe == safe.strip(" .")
    assert name.count(".pdf") == 0 or safe.endswith(".pdf")
    assert safe.encode() and not Path(safe).is_absolute()


def test_two_files_of_one_name_and_long_names_are_exported(bureau, tmp_path):
    files = tuple(NewFile("很" * 110 + ".txt", f"第{number}份".encode(), "original", "txt", 1, "") for number in range(2))
    paper = bureau.register(title="长" * 200, number="", files=files)
    folder = exporting.export(bureau.desk("110001"), paper, tmp_path).value
    assert sorted(item.read_text("utf-8") for item in folder.glob("0*.txt")) == ["第0份", "第1份"]
