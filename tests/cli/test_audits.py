"""`audit verify|anchor|list|export` on a data file, as the audit administrator and with the address alone."""

import json

import pytest
from sqlalchemy import text

from oa_client.cli import main
from tests.audit_room import busy
from tests.small_bureau import PASSWORD

AUDITOR = "100904"


@pytest.fixture
def run(small, capsys, monkeypatch):
    """Run a command; gives the status, the output and the error output."""
    monkeypatch.setenv("OA_DATABASE_URL", small.url)
    monkeypatch.setenv("OA_PASSWORD", PASSWORD)
    monkeypatch.setenv("OA_KEY_PASSPHRASE", "正确的口令-2026")
    monkeypatch.delenv("OA_LOGIN", raising=False)
    small.received, small.sent = busy(small)

    def command(*words, who=AUDITOR):
        status = main([*map(str, words), *(("--as", who) if who else ())])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return status, said.out, said.err

    return command


def tamper(small):
    with small.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE audit_event SET terminal = 'x' WHERE document_id = :id AND action = 'numbered'"), {"id": small.sent})


@pytest.mark.parametrize("who", [AUDITOR, None])
def test_verifying_says_what_it_found(run, small, who):
    status, out, _ = run("audit", "verify", who=who)
    assert status == 0 and "全部相符" in out
    tamper(small)
    status, out, _ = run("audit", "verify", "--json", who=who)
    answer = json.loads(out)
    assert status == 1 and not answer["ok"] and answer["checked"] > 60
    fault, = answer["faults"]
    assert set(fault) == {"stream", "seq", "event", "at", "kind", "words"} and fault["stream"] == f"d{small.sent}" and fault["kind"] == "edited"
    status, out, _ = run("audit", "verify", who=who)
    assert status == 1 and fault["words"] in out and "有 1 处不符" in out


def test_an_anchor_is_made_and_checked(run, small, tmp_path):
    key, out = tmp_path / "key.pem", tmp_path / "锚点.json"
    status, said, _ = run("audit", "anchor", out, "--key", key, "--json")
    made = json.loads(said)
    assert status == 0 and set(made) == {"file", "at", "streams", "events", "root", "key", "signature"} and key.exists()
    assert run("audit", "anchor", tmp_path / "2.json", "--key", key)[0] == 0
    status, said, _ = run("audit", "verify", "--anchor", out, "--key", made["key"], "--json")
    assert status == 0 and json.loads(said)["anchor"] == {"at": made["at"], "root": made["root"], "key": made["key"], "signer_known": True}
    with small.engine.execution_options(writes=True).begin() as connection:
        for table in ("audit_link", "audit_event", "audit_head"):
            connection.execute(text(f"DELETE FROM {table} WHERE stream LIKE 'a%'"))
    assert run("audit", "verify")[0] == 0
    status, said, _ = run("audit", "verify", "--anchor", out, who=None)
    assert status == 1 and "整条不在了" in said
    assert run("audit", "anchor", out, "--key", key)[0] == 1


@pytest.mark.parametrize(("words", "said"), [
    (("anchor", "x.json", "--key", "没有/key.pem"), "写不进去"), (("verify", "--anchor", "没有.json"), "读不出来"), (("list", "--action", "飞行"), "没有「飞行」这种事项"),
    (("list", "--result", "好"), "没有「好」这种结果"), (("export", "没有/x.xlsx"), "写不进去")])
def test_a_refusal_is_a_sentence_and_status_1(run, words, said):
    status, _, err = run("audit", *words)
    assert status == 1 and said in err


@pytest.mark.parametrize("words", [("audit",), ("audit", "list", "--since", "gestern"), ("audit", "anchor"), ("audit", "list", "--most", "0")])
def test_wrong_use_is_status_2(run, words):
    assert run(*words, who=None)[0] == 2


def test_nobody_else(run):
    for words in (("verify",), ("list",), ("export", "x.xlsx")):
        status, _, err = run("audit", *words, who="110001")
        assert status == 1 and "只有安全审计员" in err


def test_lines_are_listed_and_taken_out(run, small, tmp_path):
    status, out, _ = run("audit", "list", "--document", small.sent, "--action", "编号")
    assert status == 0 and "编号 云公发〔2026〕1号" in out and "共 1 条" in out and "冬季" not in out
    answer = json.loads(run("audit", "list", "--person", "110001", "--since", "2026-11-01", "--until", "2099-01-01", "--json")[1])
    assert answer["total"] == len(answer["rows"]) > 5 and {row["login"] for row in answer["rows"]} == {"110001"}
    status, out, _ = run("audit", "export", tmp_path / "留痕.xlsx", "--result", "未成功")
    assert status == 0 and "已导出留痕 1 条" in out and (tmp_path / "留痕.xlsx").exists()
