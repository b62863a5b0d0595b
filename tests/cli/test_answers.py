"""What scripts rely on: the names and shapes of --json, the usual next step, and where the database is found."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oa_client.cli import databases, main, opening
from oa_client.domain.errors import Refused
from oa_client.settings import home
from oa_client.usecases.gates import Persona
from tests.small_bureau import PASSWORD

ROOT = Path(__file__).parent.parent.parent
ENTRY = {"id", "direction", "kind", "title", "number", "status", "step", "holders", "due"}


@pytest.fixture
def ask(small, capsys, monkeypatch):
    """Run a command as an officer and read its JSON."""
    monkeypatch.setenv("OA_DATABASE_URL", small.url)
    monkeypatch.setenv("OA_PASSWORD", PASSWORD)

    def command(who, *words):
        status = main([*map(str, words), "--json", "--as", who])
        said = capsys.readouterr()
        assert status == 0, said.err
        return json.loads(said.out)

    return command


def test_the_shapes(ask, small):
    paper = small.register(due_on=small.at.date().replace(month=12))
    assert ask("110001", "doc", "list") == [
        {"id": paper, "direction": "receive", "kind": "", "title": "关于开展冬季治安防控工作的通知", "number": "江公通〔2026〕31号", "status": "in_flow", "step": "初审",
         "holders": ["市局收发员"], "due": "2026-12-16"}]
    shown = ask("110001", "doc", "show", paper)
    assert set(shown) >= {*ENTRY, "actions", "trail", "files"}
    assert [(item["name"], item["label"], item["needs"]) for item in shown["actions"]] == [
        ("to_propose", "送拟办", []), ("to_read", "送传阅", ["readers"]), ("reject", "退回来文单位", ["opinion"])]
    assert [set(item) for item in shown["trail"]] == [{"at", "who", "step", "action", "opinion"}] * 2
    assert ask("110001", "doc", "act", paper, "to_propose") == {"id": paper, "status": "in_flow", "step": "拟办", "holders": ["市局核稿人"], "reference": ""}
    assert set(ask("110001", "user", "list")[0]) >= {"login", "name", "unit", "roles", "active"}
    assert ask("110001", "search", "防控")["hits"][0]["number"] == "江公通〔2026〕31号"


def test_a_draft_has_its_own_status(ask, small):
    small.draft()
    assert [(item["status"], item["step"]) for item in ask("110003", "doc", "list")] == [("draft", "拟稿")]


def test_both_flows_are_walked_by_the_usual_next_step(ask, small):
    paper, sent = small.register(urgency="特急"), small.draft()
    for who in ("110001", "110003", "100101", "110001", "110001", "110004"):
        now = ask(who, "doc", "act", paper, "--next")
    assert now["status"] == "filed"
    for who in ("110003", "110003", "100101", "110003", "110001", "110001", "110004"):
        now = ask(who, "doc", "act", sent, "--next")
    assert now["status"] == "filed" and ask("110004", "doc", "show", sent)["number"].startswith("云公")


def test_nothing_leads_forward(small, monkeypatch, capsys):
    monkeypatch.setenv("OA_DATABASE_URL", small.url)
    monkeypatch.setenv("OA_PASSWORD", PASSWORD)
    paper = small.register()
    assert main(["doc", "act", str(paper), "--next", "--as", "100101"]) == 1
    assert "没有可以往下办的操作" in capsys.readouterr().err


def test_the_database_is_named_checked_and_its_check_is_told(small, capsys):
    assert main(["db", "check", "--url", small.url, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "findings": []}


def test_where_the_database_is_found(monkeypatch, tmp_path):
    for name in ("OA_DATABASE_URL", "OA_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OA_HOME", str(tmp_path))
    with pytest.raises(Refused, match="没有指定数据库"):
        opening.address("")
    for name in ("demo.db", "wenshu.db"):
        (home() / name).touch()
        assert opening.address("").endswith(name)
    monkeypatch.setenv("OA_DATABASE_URL", "sqlite:///named.db")
    assert opening.address("") == opening.new_address("", "demo.db") == "sqlite:///named.db"
    assert opening.address("sqlite:///given.db") == "sqlite:///given.db"


def test_personas_go_by_the_names_of_scripts():
    captions = ("局长", "分管刑侦、经侦工作的副局长", "办公室收发员", "办公室核稿人", "办公室档案员", "刑侦支队支队长", "刑侦支队民警", "刑侦支队单位管理员", "系统管理员", "安全保密管理员", "安全审计员")
    found = databases.by_role(Persona(str(number), "某人", caption, "某单位") for number, caption in enumerate(captions))
    assert found == {"leader": "0", "clerk": "2", "reviewer": "3", "archivist": "4", "officer": "6", "unit_admin": "7", "sys_admin": "8",
                     "security_admin": "9", "audit_admin": "10"}


def test_a_file_that_is_too_large_is_not_read(small, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OA_PASSWORD", PASSWORD)
    huge = tmp_path / "大.bin"
    with huge.open("wb") as file:
        file.truncate(50 * 1024**3)
    assert main(["doc", "register", str(huge), "--url", small.url, "--as", "110001"]) == 1
    assert "超过 200 MB" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="a pipe whose reader has left")
def test_a_reader_who_left_is_no_failure(small):
    small.register()
    environment = {**os.environ, "OA_PASSWORD": PASSWORD, "OA_DATABASE_URL": small.url, "PYTHONUNBUFFERED": ""}
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "main.py", "doc", "list", "--as", "110001"], cwd=ROOT, env=environment, stdout=writing, stderr=subprocess.PIPE,
                          check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_json_is_utf8_whatever_the_terminal_is(small, monkeypatch):
    monkeypatch.setenv("OA_PASSWORD", PASSWORD)
    small.register(title="关于😀的通知")
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="gbk"))
    assert main(["doc", "list", "--json", "--url", small.url, "--as", "110001"]) == 0
    assert json.loads(raw.getvalue().decode())[0]["title"] == "关于😀的通知"
