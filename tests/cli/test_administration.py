"""A server set up from nothing by commands alone: administrators, a unit, its people, a paper, a share, a leaver."""

import json
import uuid

import psycopg
import pytest

from oa_client.cli import main
from oa_client.usecases import demo
from oa_client.usecases.gates import Gate

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


def test_a_unit_is_changed_and_the_bureau_itself(bureau):
    run = bureau
    run("unit", "edit", "云岚市公安局", "--short", "市局", "--code", "SJU", "--number-codes", "云公发 云公通", "--chief", "局长", "--deputy", "政委", "--deputy", "副局长", "--fonds", "B207",
        "--superior", "江北省公安厅", "--superior", "云岚市人民政府", "--other-superior", "公安部", who="100001")
    run("unit", "add", "云岚市公安局刑侦支队", "--short", "刑侦支队", "--code", "XZD", "--number-codes", "云公刑", "--chief", "支队长", "--deputy", "副支队长", who="100001")
    run("unit", "edit", "市局", "--deputy", "副局长", "--superior", "无", who="100001")
    run("unit", "edit", "刑侦支队", "--short", "刑警支队", "--number-codes", "无", "--chief", "无", who="100001")
    assert [(row["short"], row["number_codes"]) for row in run("unit", "list", who="100001")] == [("市局", ["云公发", "云公通"]), ("刑警支队", [])]
    posts = {item["subject"] for item in run("unit", "check", who="100001", status=1)["differences"]}
    assert {"局长", "副局长", "副支队长"} <= posts and not {"政委", "支队长"} & posts
    assert "在用的" in run("unit", "edit", "刑警支队", "--number-codes", "云公通", who="100001", status=1)
    assert "只在市局本级填写" in run("unit", "edit", "刑警支队", "--fonds", "Z109", who="100001", status=1)
    assert "由系统管理员设立和修改" in run("unit", "edit", "刑警支队", "--chief", "支队长", who="100003", status=1)


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
    made = run("db", "guardian", "--role", "安全审计员", "--login", "100006", "--name", "新审计")
    run("user", "password", who="100006", password=made["password"])
    run("user", "list", who="100004", status=1)
    assert "已经够了" in run("db", "guardian", "--enable", "100004", status=1)
    run("db", "guardian", "--close", "100006")
    assert "警号 100004 已有账号" in (said := run("db", "guardian", "--role", "audit_admin", "--login", "100004", "--name", "审计", status=1)) and "--enable" in said
    again = run("db", "guardian", "--enable", "100004")["password"]
    assert "先设置自己的密码" in run("user", "list", who="100004", password=again, status=1)
    assert "没有这个停用的三员账号" in run("db", "guardian", "--enable", "100004", status=1)
    assert run("db", "check") == {"ok": True, "findings": []}


def test_roles_are_given_by_their_names_and_accounts_for_a_time(bureau):
    run = bureau
    run("unit", "add", "云岚市公安局办公室", "--short", "办公室", "--code", "BGA", "--kind", "office", who="100001")
    enrol(run, "100001", "110009", "单位管理员", "办公室")
    run("consent", "agree", run("consent", "appoint", "110009", who="100001")["consent"], who="100002")
    run("user", "add", "110001", "--name", "苏合", "--unit", "办公室", "--role", "收发员", "--role", "局收发员", "--role", "reviewer", "--until", "2099-12-31", who="110009")
    run("user", "edit", "110001", "--role", "核稿人", who="110009")
    row = next(item for item in run("user", "list", who="110009") if item["login"] == "110001")
    assert row["roles"] == ["收发员", "核稿人"]  # the bureau's stays where none of the bureau's is named
    for words in (("add", "110002", "--name", "何予", "--unit", "办公室"), ("edit", "110001")):
        said = run("user", *words, "--role", "内勤", who="110009", status=1)
        assert "没有「内勤」这个角色，可填：主要负责人、分管领导、收发员" in said and "已填写的内容" not in said
    assert "应写成 2026-12-31" in run("user", "add", "110002", "--name", "何予", "--unit", "办公室", "--until", "明年", who="110009", status=1)
    said = run("user", "add", "11x", "--name", "何予", "--unit", "办公室", who="110009", status=1)
    assert said == "警号应为 4 至 8 位数字。请改正后再提交。\n"


def test_a_guardian_is_asked_for_in_words(capsys):
    assert main(["db", "guardian"]) == 2
    said = capsys.readouterr().err
    assert all(word in said for word in ("--role", "--close", "--enable")) and "Invalid value" not in said


@pytest.fixture
def unmade(postgres_server):
    """The address of a database that the server does not have."""
    host, port = postgres_server
    name = f"t{uuid.uuid4().hex}"
    yield f"postgresql://postgres@{host}:{port}/{name}"
    with psycopg.connect(host=host, port=port, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        for (role,) in admin.execute("SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s) ORDER BY rolname DESC", (f"{name}_",)).fetchall():
            admin.execute(f"DROP ROLE {role}")


@pytest.mark.postgres
def test_a_copy_makes_the_database_it_goes_to(unmade, postgres_server, small, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("OA_HOME", str(tmp_path))
    name = unmade.rpartition("/")[2]
    assert main(["db", "copy", str(tmp_path / "没有.db"), "--url", unmade]) == 1 and not databases(postgres_server, name)
    assert main(["db", "copy", small.engine.url.database, "--url", small.url]) == 1
    assert "目标不是服务器上的共享库" in capsys.readouterr().err
    assert main(["db", "copy", small.engine.url.database, "--url", unmade]) == 0
    assert main(["db", "check", "--url", unmade]) == 0
    assert main(["db", "copy", small.engine.url.database, "--url", unmade]) == 1
    assert "目标库里已有数据" in capsys.readouterr().err


@pytest.mark.postgres
def test_a_demonstration_makes_the_database_it_goes_to(unmade, postgres_server, monkeypatch, tmp_path):
    monkeypatch.setenv("OA_HOME", str(tmp_path))
    monkeypatch.setattr(demo, "_fill", lambda engine, *_given: engine.connect().close())
    monkeypatch.setattr(demo.moving, "move", lambda *_given: 0)
    monkeypatch.setattr(demo, "gate", lambda _engine: Gate("", True, (), "x"))
    demo.create_demo(unmade)
    assert databases(postgres_server, unmade.rpartition("/")[2])


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
