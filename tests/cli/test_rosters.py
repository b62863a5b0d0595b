"""`user import|export|template`: every row is told, good ones are carried out, bad ones make the status 1."""

import json

import pytest

from oa_client.cli import main
from oa_client.render.spreadsheet import read_spreadsheet
from oa_client.usecases import accounts
from tests.sheet_files import make_xlsx
from tests.small_bureau import PASSWORD

HEAD = ("警号", "姓名", "单位", "职务")
NEW, CHANGED, BAD = ("120077", "贺新凉", "刑侦支队", "民警"), ("120003", "程以恒", "刑侦支队", "教导员"), ("130003", "顾南星", "交警支队", "大队长")


@pytest.fixture
def run(bureau, capsys, monkeypatch):
    """Run a command as the unit administrator; gives the status, the output and the error output."""
    monkeypatch.setenv("OA_DATABASE_URL", bureau.url)
    monkeypatch.setenv("OA_PASSWORD", PASSWORD)

    def command(*words, who="120009"):
        status = main([*map(str, words), "--as", who])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return status, said.out, said.err

    return command


@pytest.fixture
def sheet(tmp_path):
    """Write a sheet of accounts."""

    def make(*rows):
        file = tmp_path / "名单.xlsx"
        file.write_bytes(make_xlsx([HEAD, *rows]))
        return file

    return make


def known(bureau):
    return {row.login: row.post for row in accounts.accounts(bureau.desk("120009"))}


def test_a_dry_run_tells_every_row_and_writes_nothing(run, sheet, bureau):
    before = known(bureau)
    status, out, _ = run("user", "import", sheet(NEW, CHANGED, BAD), "--dry-run")
    assert status == 1 and known(bureau) == before
    assert all(part in out for part in ("新建账号。", "职务：民警 → 教导员。", "只能管理本单位的账号。", "共 3 行：新建 1，修改 1，错误 1。"))
    assert run("user", "import", sheet(NEW, CHANGED), "--dry-run")[0] == 0


def test_good_rows_are_carried_out_and_bad_ones_make_the_status(run, sheet, bureau):
    status, out, _ = run("user", "import", sheet(NEW, CHANGED, BAD))
    assert status == 1 and "办成 2 行，新账号 1 个。" in out
    password = out.split("120077 贺新凉（刑侦支队）一次性密码：")[1].split()[0]
    assert bureau.sign_in("120077", password).actor.must_change
    assert (known(bureau)["120003"], known(bureau)["130003"]) == ("教导员", "民警")
    assert run("user", "import", sheet(NEW, CHANGED))[0] == 0


def test_passwords_go_into_a_file_and_nowhere_else(run, sheet, bureau, tmp_path):
    status, out, _ = run("user", "import", sheet(NEW), "--passwords", tmp_path / "口令.xlsx")
    (slips,) = read_spreadsheet((tmp_path / "口令.xlsx").read_bytes(), "口令.xlsx", 10)
    login, name, unit, password = slips.rows[-1][1]
    assert (status, login, name, unit) == (0, "120077", "贺新凉", "刑侦支队") and password not in out
    assert bureau.sign_in("120077", password)


def test_a_list_that_cannot_be_written_stops_before_anything_is_done(run, sheet, bureau, tmp_path):
    status, _, err = run("user", "import", sheet(NEW), "--passwords", tmp_path / "没有的" / "口令.xlsx")
    assert status == 1 and "写不进去" in err and "120077" not in known(bureau)


def test_the_shapes_for_scripts(run, sheet):
    status, out, _ = run("user", "import", sheet(NEW, CHANGED, BAD), "--json")
    told = json.loads(out)
    assert status == 1 and told["counts"] == {"新建": 1, "修改": 1, "错误": 1}
    assert told["rows"][0] == {"line": 2, "login": "120077", "name": "贺新凉", "outcome": "新建", "sentence": "新建账号。", "done": True, "failed": ""}
    assert [row["done"] for row in told["rows"]] == [True, True, False] and [item["login"] for item in told["passwords"]] == ["120077"]
    dry = json.loads(run("user", "import", sheet(CHANGED), "--json", "--dry-run")[1])
    assert dry["rows"][0]["outcome"] == "不变" and dry["passwords"] == []


def test_an_export_without_a_unit_is_of_what_one_keeps(run, tmp_path):
    assert run("user", "export", tmp_path / "账号.xlsx")[:2] == (0, "已导出账号 5 个。\n")
    status, _, err = run("user", "export", tmp_path / "账号.xlsx", "--unit", "交警支队")
    assert status == 1 and "只导出自己管理的账号" in err


def test_export_and_template(run, tmp_path):
    file = tmp_path / "账号.xlsx"
    assert run("user", "export", file, "--unit", "刑侦支队")[:2] == (0, "已导出账号 5 个。\n")
    assert "不变 5" in run("user", "import", file)[1]
    assert run("user", "template", tmp_path / "模板.xlsx")[0] == 0
    assert run("user", "import", tmp_path / "模板.xlsx")[:2] == (0, "行     结果    警号        姓名        说明\n名单里没有账号。\n没有要办理的行。\n")


@pytest.mark.parametrize(("words", "who", "said"), [(("export", "x.xlsx"), "120003", "导出账号由"), (("template", "x.xlsx"), "120003", "办理"), (("import", "没有.xlsx"), "120009", "读不出来")])
def test_a_refusal_is_a_sentence_and_status_1(run, words, who, said):
    status, _, err = run("user", *words, who=who)
    assert status == 1 and said in err
