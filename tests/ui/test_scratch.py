"""Unsaved words survive whatever happens to the program."""

import os
import random
import subprocess
import sys
import time

import pytest

from oa_client.scratch import Scratch
from oa_client.settings import home, resource


@pytest.fixture
def scratch():
    made = Scratch("sqlite:///a.db|zhang")
    yield made
    made.close()


def test_what_was_kept_is_there_after_a_restart(scratch):
    scratch.keep("收文登记/新", {"标题": "关于“夏季行动”的通知\n第二行", "份数": 3, "主送": ["甲", "乙"]})
    scratch.flush()
    again = Scratch("sqlite:///a.db|zhang")
    [piece] = again.kept()
    assert piece.key == "收文登记/新"
    assert piece.data == {"标题": "关于“夏季行动”的通知\n第二行", "份数": 3, "主送": ["甲", "乙"]}
    assert piece.saved_at.tzinfo is not None
    again.close()


def test_logins_and_databases_do_not_see_each_other(scratch):
    scratch.keep("意见/1", {"text": "同意"})
    for other in ("sqlite:///a.db|wang", "sqlite:///b.db|zhang"):
        stranger = Scratch(other)
        assert stranger.kept() == []
        stranger.close()


def test_the_latest_stands_first_and_a_prefix_chooses(scratch):
    for number in (1, 2, 3):
        scratch.keep(f"意见/{number}", {"n": number})
    scratch.keep("收文登记/新", {"n": 4})
    assert [piece.data["n"] for piece in scratch.kept("意见/")] == [3, 2, 1]
    assert [piece.data["n"] for piece in scratch.kept()] == [4, 3, 2, 1]


def test_keys_that_look_alike_are_different_pieces(scratch):
    keys = ["意见/1", "意见-1", "意见 1", "a/b", "a-b", "../a", "A" * 300, "A" * 301]
    for key in keys:
        scratch.keep(key, {"key": key})
    assert {piece.key: piece.data["key"] for piece in scratch.kept()} == {key: key for key in keys}


def test_dropping_forgets_the_words_and_the_files(scratch):
    scratch.keep("收文登记/新", {"标题": "甲"})
    scratch.keep_file("收文登记/新", "附件：任务表.docx", b"\x00\xffPK")
    assert scratch.kept_file("收文登记/新", "附件：任务表.docx") == b"\x00\xffPK"
    scratch.drop("收文登记/新")
    assert scratch.kept() == []
    assert scratch.kept_file("收文登记/新", "附件：任务表.docx") is None
    scratch.flush()
    assert [path for path in (home() / "unsaved").rglob("*") if path.is_file()] == []


def test_one_attachment_can_be_taken_away(scratch):
    scratch.keep_file("k", "a.txt", b"a")
    scratch.keep_file("k", "b.txt", b"b")
    scratch.drop_file("k", "a.txt")
    assert (scratch.kept_file("k", "a.txt"), scratch.kept_file("k", "b.txt")) == (None, b"b")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"key": "x"}', b"\xff\xfe", b'{"key":"x","data":3,"saved_at":"y"}'])
def test_a_damaged_file_is_set_aside(scratch, content):
    scratch.keep("好的", {"n": 1})
    scratch.keep("坏的", {"n": 2})
    scratch.flush()
    [bad] = [path for path in (home() / "unsaved").rglob("*.json") if '"n": 2' in path.read_text("utf-8")]
    bad.write_bytes(content)
    assert [piece.data["n"] for piece in scratch.kept()] == [1]
    assert not bad.exists()
    assert bad.with_name(f"{bad.name}.damaged").read_bytes() == content
    scratch.keep("坏的", {"n": 3})
    assert {piece.data["n"] for piece in scratch.kept()} == {1, 3}


def test_a_failure_to_write_is_told_and_the_old_words_stay(scratch, monkeypatch):
    told = []
    watched = Scratch("full", failed=told.append)
    watched.keep("k", {"n": 1})
    watched.flush()

    def full(descriptor):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(os, "fsync", full)
    watched.keep("k", {"n": 2})
    with pytest.raises(OSError, match="No space left"):
        watched.flush()
    assert [error.errno for error in told] == [28]
    assert watched.kept()[0].data == {"n": 1}
    watched.flush()
    watched.close()


def test_leftovers_of_an_interrupted_write_are_swept_when_old(scratch):
    scratch.flush()
    folder = next((home() / "unsaved").iterdir())
    old, fresh = folder / "a.json.1.new", folder / "b.json.2.new"
    old.write_text("half")
    fresh.write_text("half")
    os.utime(old, (time.time() - 7200,) * 2)
    again = Scratch("sqlite:///a.db|zhang")
    again.flush()
    assert (old.exists(), fresh.exists()) == (False, True)
    assert again.kept() == []
    again.close()


_WRITER = """
import sys
from oa_client.scratch import Scratch
scratch = Scratch("kill")
n = 0
while True:
    n += 1
    scratch.keep("意见/1", {"n": n, "text": "同意。" * 2000})
    scratch.keep_file("意见/1", "附件", (str(n) * 4000).encode())
    scratch.flush()
    print(n, flush=True)
"""


@pytest.mark.kill
def test_killed_at_any_moment_the_last_kept_words_are_whole():
    chance = random.Random(20260701)
    kept_before = 0
    for _ in range(12):
        with subprocess.Popen([sys.executable, "-c", _WRITER], stdout=subprocess.PIPE, text=True,
                              cwd=resource("..").resolve()) as writer:
            assert writer.stdout is not None
            first = writer.stdout.readline()
            time.sleep(chance.random() * 0.03)
            writer.kill()
            told = [int(line) for line in [first, *writer.stdout.read().splitlines()] if line.strip()]
        scratch = Scratch("kill")
        [piece] = scratch.kept()
        content = scratch.kept_file("意见/1", "附件")
        scratch.close()
        assert piece.data["n"] >= told[-1] >= 1
        assert piece.data["text"] == "同意。" * 2000
        assert content is not None and len(content) % 4000 == 0
        assert content == content[:len(content) // 4000] * 4000
        kept_before += 1
    assert kept_before == 12
    assert not list((home() / "unsaved").rglob("*.damaged"))
