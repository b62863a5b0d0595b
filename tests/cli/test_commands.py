"""The command line: every verb on the real use cases, exit statuses, and four kinds of file walked to filing."""

import json

import pytest

from oa_client.cli import main
from oa_client.render.plain_files import make_docx, make_ofd, make_pdf
from tests.small_bureau import PASSWORD

BODY = ("江北省公安厅\n江公传发〔2026〕58号\n关于做好寒潮天气道路交通安全工作的通知\n各市公安局：\n近期我省将出现大范围寒潮天气，现就有关工作通知如下。\n"
        "一、加强路面巡查\n各地要增派警力，加密巡查频次。\n二、及时发布提示\n通过多种渠道提醒驾驶人减速慢行。\n江北省公安厅\n2026年11月10日\n")
MAKERS = {"docx": make_docx, "pdf": make_pdf, "ofd": make_ofd, "txt": lambda text: text.encode()}


@pytest.fixture
def run(small, capsys, monkeypatch):
    """Run a command as an officer; gives the status, the output and the error output."""
    monkeypatch.setenv("OA_DATABASE_URL", small.url)
    monkeypatch.setenv("OA_PASSWORD", PASSWORD)

    def command(*words, who="110001"):
        status = main([*map(str, words), *(("--as", who) if who else ())])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return status, said.out, said.err

    return command


@pytest.mark.parametrize("kind", MAKERS)
def test_a_file_of_each_kind_is_registered_walked_and_found(run, tmp_path, kind):
    file = tmp_path / f"来文.{kind}"
    file.write_bytes(MAKERS[kind](BODY))
    status, out, _ = run("doc", "register", file, "--json")
    assert status == 0
    paper = json.loads(out)
    fields = paper["fields"]
    assert fields["title"] == "关于做好寒潮天气道路交通安全工作的通知"
    assert (fields["from_organ"], fields["number"], fields["doc_date"], fields["main_to"]) == ("江北省公安厅", "江公传发〔2026〕58号", "2026-11-10", "各市公安局")
    assert set(paper["unsure"]) <= set(fields)
    steps = [("110001", "to_propose"), ("110003", "to_leader", "--opinion", "拟请交警支队办理。", "--pick", "leader=100102", "--pick", "lead=交警支队"),
             ("100102", "to_handle", "--opinion", "同意。"), ("130002", "finish", "--opinion", "已部署。"), ("110001", "close")]
    for who, action, *more in steps:
        assert run("doc", "act", paper["id"], action, *more, who=who)[0] == 0
    status, out, _ = run("doc", "file", paper["id"], "--retention", "30年", who="110004")
    assert status == 0 and "Z109-WS·2026-D30-SJU-0001" in out
    body = "".join(BODY.split())
    for at in range(0, len(body) - 1, 7):
        found = json.loads(run("search", body[at:at + 2], "--filed", "--json")[1])
        assert [row["id"] for row in found["hits"]] == [paper["id"]], body[at:at + 2]
        assert found["total"] == 1 and found["facets"]["years"] == [[2026, 1]] and found["hits"][0]["snippet"]


def test_fields_given_correct_what_was_read(run, tmp_path):
    file = tmp_path / "来文.txt"
    file.write_text(BODY, "utf-8")
    _, out, _ = run("doc", "register", file, "--field", "标题=更正后的标题", "--field", "办理性质=阅知件", "--field", "办理期限=2026-12-01", "--json")
    paper = json.loads(out)
    assert paper["fields"]["title"] == "更正后的标题" and paper["fields"]["nature"] == "read" and "title" not in paper["unsure"]


@pytest.mark.parametrize(("words", "said"), [
    (("doc", "show", "9999"), "没有找到这份公文"), (("doc", "register", "没有的文件.pdf"), "读不出来"), (("doc", "list", "--box", "nothing"), "没有「nothing」"),
    (("export", "9999", "out"), "没有找到"), (("user", "disable", "999999"), "没有警号"), (("user", "add", "1299", "--name", "新人", "--unit", "无此单位"), "没有名为"),
])
def test_a_refusal_is_a_sentence_and_status_1(run, words, said):
    status, _, err = run(*words)
    assert status == 1 and said in err


@pytest.mark.parametrize("words", [("doc",), ("doc", "act", "1"), ("nonsense",), ("doc", "show", "not-a-number"), ("search",), ("doc", "list", "--most", "0"),
                                   ("doc", "show", "9" * 30), ("doc", "show", "0"), ("doc", "act", "1", "pass", "--next"), ("export", "9" * 30, "out")])
def test_wrong_use_is_status_2(run, words):
    assert run(*words, who=None)[0] == 2


def test_a_marked_file_is_refused(run, tmp_path):
    file = tmp_path / "密件.txt"
    file.write_text("机密★10年\n" + BODY, "utf-8")
    status, _, err = run("doc", "register", file)
    assert status == 1 and "非涉密系统" in err
    assert json.loads(run("doc", "list", "--box", "receive", "--json")[1]) == []


def test_wrong_password_and_no_login(run, monkeypatch):
    assert run("doc", "list", who=None) == (1, "", "没有说明以谁的身份办理。请用 --as 给出警号。\n")
    monkeypatch.setenv("OA_PASSWORD", "wrong")
    status, _, err = run("doc", "list")
    assert status == 1 and "密码不对" in err


def test_accounts_from_adding_to_moving(run):
    status, out, _ = run("user", "add", "120088", "--name", "新同志", "--unit", "刑侦支队", "--post", "民警", "--role", "clerk", "--json", who="120009")
    assert status == 0 and len(json.loads(out)["password"]) >= 10
    assert run("user", "disable", "120088", who="120009")[0] == 0
    assert "停用" in run("user", "list", "--text", "新同志", who="120009")[1]
    assert run("user", "enable", "120088", who="120009")[0] == 0
    assert run("user", "reset", "120088", who="120009")[0] == 0
    assert run("user", "move", "120088", "交警支队", who="120009")[0] == 0
    assert run("user", "disable", "130003", who="120009")[0] == 1


def test_a_document_is_exported_with_digests(run, small, tmp_path):
    file = tmp_path / "来文.pdf"
    file.write_bytes(make_pdf(BODY))
    paper = json.loads(run("doc", "register", file, "--json")[1])["id"]
    status, out, _ = run("export", paper, tmp_path / "导出", "--json")
    folder = tmp_path / "导出"
    assert status == 0 and json.loads(out)["folder"].startswith(str(folder))
    made = next(folder.iterdir())
    assert {item.name for item in made.iterdir()} == {"公文处理单.pdf", "办理记录.json", "01 来文.pdf", "SHA256SUMS.txt"}
    assert (made / "01 来文.pdf").read_bytes() == file.read_bytes()


def test_databases_are_created_checked_and_upgraded(tmp_path, capsys):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert main(["db", "check", "--url", url]) == 1
    assert main(["db", "create", "--bureau", "云岚市公安局", "--admin", "100900", "--name", "首任", "--url", url]) == 0
    assert main(["db", "create", "--bureau", "云岚市公安局", "--admin", "100900", "--name", "首任", "--url", url]) == 1
    assert main(["db", "check", "--url", url]) == 0
    assert main(["db", "upgrade", "--url", url]) == 0
    assert main(["db", "check", "--url", "nonsense"]) == 1
    assert "数据库地址写法不对" in capsys.readouterr().err
