"""A server set up from nothing by commands alone: administrators, a unit, its people, a paper, a share, a leaver."""

import json
import uuid

import psycopg
import pytest

from oa_client.cli import main

OWN = "Own-Password-9"


@pytest.fixture
def run(database_url, capsys, monkeypatch):
    """run(*words, who=…) → what a command said as JSON; the password of `who` is the own one unless given."""
    monkeypatch.setenv("OA_DATABASE_URL", database_url)

    def command(*words, who="", password="", status=0):
        monkeypatch.setenv("OA_PASSWORD", password or OWN)
        monkeypatch.setenv("OA_NEW_PASSWORD", OWN)
        got = main([*map(str, words), "--json", *(("--as", who) if who else ())])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert got == status, said.err or said.out
        return json.loads(said.out) if said.out.strip().startswith(("{", "[")) else said.err

    return command


@pytest.fixture
def bureau(run):
    """Two system administrators, the security and the audit administrator, each with an own password."""
    first = run("db", "create", "--bureau", "云岚市公安局", "--admin", "100001", "--name", "管一")
    run("user", "password", who="100001", password=first["password"])
    for role, login, name in (("sys_admin", "100002", "管二"), ("sec_admin", "100003", "安全"), ("audit_admin", "100004", "审计")):
        made = run("db", "guardian", "--role", role, "--login", login, "--name", name)
        run("user", "password", who=login, password=made["password"])
    assert "已经够了" in run("db", "guardian", "--role", "audit_admin", "--login", "100005", "--name", "多余", status=1)
    return run


def enrol(run, by, login, name, unit, *more):
    made = run("user", "add", login, "--name", name, "--unit", unit, *more, who=by)
    assert "要先设置自己的密码" in run("doc", "list", who=login, password=made["password"], status=1)
    run("user", "password", who=login, password=made["password"])


def test_from_nothing_to_a_shared_paper_and_a_leaver(bureau, tmp_path):
    run = bureau
    run("unit", "add", "云岚市公安局刑侦支队", "--short", "刑侦支队", "--code", "XZD", "--number-codes", "云公刑", "--chief", "支队长", "--deputy", "副支队长", who="100001")
    run("unit", "add", "云岚市公安局交警支队", "--short", "交警支队", "--code", "JJD", "--chief", "支队长", who="100001")
    for login, unit in (("120009", "刑侦支队"), ("130009", "交警支队")):
        enrol(run, "100001", login, "单位管理员", unit)
        asked = run("consent", "appoint", login, who="100001")["consent"]
        assert "另一人复核" in run("consent", "agree", asked, who="100001", status=1)
        run("consent", "agree", asked, who="100002")
    for login, name, role in (("120001", "韩立川", "chief"), ("120002", "白沐阳", "clerk"), ("120004", "沈嘉木", "archivist"), ("120003", "程以恒", "")):
        enrol(run, "120009", login, name, "刑侦支队", *(("--role", role) if role else ()), *(("--post", "支队长") if role == "chief" else ()))
    enrol(run, "130009", "130003", "顾南星", "交警支队")
    differences = run("unit", "check", who="100001", status=1)["differences"]
    assert {(item["unit"], item["subject"]) for item in differences} == {
        ("刑侦支队", "副支队长"), ("交警支队", "支队长"), ("交警支队", "收发员"), ("交警支队", "档案员"), ("云岚市公安局", "收发员"), ("云岚市公安局", "档案员")}
    assert "须经另一人同意" in run("user", "reset", "120001", who="120009", status=1)
    file = tmp_path / "来函.txt"
    file.write_text("关于开展联合检查的函\n\n刑侦支队：\n请予配合。", "utf-8")
    paper = run("doc", "register", file, "--field", "来文单位=江北省公安厅", "--field", "办理性质=阅知件", who="120002")["id"]
    run("doc", "act", paper, "to_read", "--pick", "readers=120003", who="120002")
    assert [item["kind"] for item in run("user", "matters", "120003", who="120009")] == ["read"]
    run("user", "handover", "120003", "120001", who="120009")
    run("user", "disable", "120003", who="120009")
    run("doc", "act", paper, "read", who="120001")
    run("doc", "act", paper, "close", who="120002")
    run("doc", "file", paper, who="120004")
    run("doc", "share", paper, "130003", "--reason", "联合检查", who="120002")
    assert run("doc", "show", paper, who="130003")["trail"] == []
    [lent] = run("doc", "shares", paper, who="120002")
    run("doc", "unshare", lent["id"], who="120002")
    assert "不在知悉范围" in run("doc", "show", paper, who="130003", status=1)
    assert run("db", "check") == {"ok": True, "findings": []}


def test_an_account_is_changed_and_a_guardian_replaced(bureau):
    run = bureau
    run("unit", "add", "云岚市公安局法制支队", "--short", "法制支队", "--code", "FZD", who="100001")
    enrol(run, "100001", "140009", "单位管理员", "法制支队")
    run("consent", "agree", run("consent", "appoint", "140009", who="100001")["consent"], who="100002")
    enrol(run, "140009", "140001", "苏合", "法制支队")
    run("user", "edit", "140001", "--post", "科长", "--role", "reviewer", "--until", "2099-12-31", who="140009")
    row = next(item for item in run("user", "list", who="140009") if item["login"] == "140001")
    assert (row["post"], row["roles"]) == ("科长", ["核稿人"])
    assert "2026-12-31 的样子" in run("user", "edit", "140001", "--until", "明年", who="140009", status=1)
    run("db", "guardian", "--close", "100004")
    made = run("db", "guardian", "--role", "audit_admin", "--login", "100006", "--name", "新审计")
    run("user", "password", who="100006", password=made["password"])
    run("user", "list", who="100004", status=1)


@pytest.mark.postgres
def test_creating_makes_the_database_and_says_what_stands_in_it(postgres_server, capsys):
    host, port = postgres_server
    name = f"t{uuid.uuid4().hex}"
    url = f"postgresql://postgres@{host}:{port}/{name}"
    words = ("db", "create", "--bureau", "云岚市公安局", "--name", "管一", "--url")
    try:
        assert main([*words, f"postgresql://postgres@{host}:{port}/Bad-Name", "--admin", "100001"]) == 1
        assert "小写字母开头" in capsys.readouterr().err
        assert main([*words, url, "--admin", "1"]) == 1
        assert "警号应为" in capsys.readouterr().err and not databases(postgres_server, name)
        assert main([*words, url, "--admin", "100001"]) == 0
        said = capsys.readouterr().out
        assert f"新建了库 {name}" in said and f"{name}_officer" in said and "民警的登录：1 个" in said and f"postgres@{host}" not in said
        assert databases(postgres_server, name) == [name]
        assert main([*words, url, "--admin", "100001"]) == 1
        assert "已经建过表" in capsys.readouterr().err
    finally:
        with psycopg.connect(host=host, port=port, user="postgres", dbname="postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            for role in (f"{name}_100001", f"{name}_officer", f"{name}_keeper", f"{name}_owner"):
                admin.execute(f"DROP ROLE IF EXISTS {role}")


def databases(server, name):
    host, port = server
    with psycopg.connect(host=host, port=port, user="postgres", dbname="postgres") as admin:
        return [row[0] for row in admin.execute("SELECT datname FROM pg_database WHERE datname = %s", (name,))]
