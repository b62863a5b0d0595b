"""The audit for its administrator, on both databases: lines, verifying, taking out; and who is refused."""

import contextlib
import sqlite3
from datetime import date, timedelta

import psycopg
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from oa_client.domain.errors import Refused, Unavailable
from oa_client.domain.happenings import kinds
from oa_client.store import engine as engines
from oa_client.store import unit as transactions
from oa_client.usecases import auditing, exporting
from oa_client.usecases.audit_rows import AuditFilter, actions
from tests import postgres
from tests.audit_room import busy
from tests.small_bureau import PASSWORD, Bureau
from tests.store import tampering

AUDITOR = "100904"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def room(request, tmp_path_factory):
    """A bureau in which something happened; tests that share it leave its chains as they are."""
    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('room') / 'bureau.db'}"
        else:
            url = stack.enter_context(postgres.database(request.getfixturevalue("postgres_server")))
        made = Bureau.make(url)
        made.received, made.sent = busy(made)
        yield made
        made.close()


@contextlib.contextmanager
def undone(bureau, column):
    """What is edited in a column of events is put back."""
    with bureau.engine.connect() as connection:
        before = [{"id": key, "value": value} for key, value in connection.execute(text(f"SELECT id, {column} FROM audit_event"))]
    yield
    with bureau.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text(f"UPDATE audit_event SET {column} = :value WHERE id = :id"), before)


def run(bureau, sql, **values):
    with bureau.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text(sql), values)


def found(bureau, **narrow):
    return auditing.page(bureau.desk(AUDITOR), AuditFilter(**narrow), size=500).rows


def test_pages_go_back_without_gap_or_repeat(room):
    desk, seen, after = room.desk(AUDITOR), [], None
    while True:
        page = auditing.page(desk, after=after, size=7)
        seen += [row.id for row in page.rows]
        if page.after is None:
            break
        after = page.after
    assert seen == sorted(set(seen), reverse=True) and len(seen) == page.total > 60
    assert page.total_words == f"共 {page.total} 条"


def test_counting_ends_somewhere(room, monkeypatch):
    monkeypatch.setattr(auditing, "COUNTED", 20)
    page = auditing.page(room.desk(AUDITOR), size=5)
    assert page.total == 21 and page.total_words == "超过 20 条"


def test_a_line_says_when_who_what_on_what_and_from_where(room):
    row, = found(room, action="numbered", document=str(room.sent))
    assert (row.login, row.name, row.unit, row.action, row.result) == ("110001", "苏明禾", "办公室", "编号", "成功")
    assert row.words.startswith("编号 云公发〔2026〕1号") and row.document == row.about == "云公发〔2026〕1号" and row.terminal
    account, = found(room, action="account_create")
    assert account.words == "新建账号 120077 贺新凉" and account.about == "120077 贺新凉" and account.document == ""
    opinion = found(room, action="opinion")[0]
    assert opinion.words == opinion.action == "签署意见"


def test_every_line_is_in_chinese_and_names_no_title(room):
    for row in found(room):
        assert not any("a" <= sign <= "z" for sign in (row.words + row.action)), row
        assert "冬季" not in row.words + row.about and "工作的通知" not in row.words + row.about, row


@pytest.mark.parametrize(("narrow", "fits"), [
    ({"person": "110003"}, lambda row: row.login == "110003"), ({"person": "苏明"}, lambda row: row.name == "苏明禾"), ({"action": "sign_in"}, lambda row: row.action == "登录"),
    ({"action": "act"}, lambda row: row.action not in kinds().values() or row.words == "归档"), ({"document": "江公通〔2026〕1号"}, lambda row: row.document == "江公通〔2026〕1号"),
    ({"document": "云公发"}, lambda row: row.document.startswith("云公发")), ({"text": "归档"}, lambda row: "归档" in row.words + row.action),
    ({"text": "新建账号 贺新凉"}, lambda row: "贺新凉" in row.words and row.action == "新建账号"), ({"result": "done"}, lambda row: row.result == "成功"),
])
def test_lines_are_narrowed(room, narrow, fits):
    assert {row.id for row in found(room, **narrow)} == {row.id for row in found(room) if fits(row)} != set()


def test_lines_are_narrowed_by_document_and_day_and_terminal(room):
    assert {row.document for row in found(room, document=f"公文 第{room.sent}号")} == {"云公发〔2026〕1号"} == {row.document for row in found(room, document=str(room.sent))}
    today, whole = room.desk(AUDITOR).today(), len(found(room))
    days = {row.at.astimezone(tz=None).date() for row in found(room)}
    assert len(found(room, since=min(days) - timedelta(days=1), until=max(days) + timedelta(days=1))) == whole
    assert found(room, since=today + timedelta(days=400)) == found(room, until=date.min) == () and len(found(room, until=date.max, since=date.min)) == whole
    terminal = found(room, action="create")[0].terminal
    assert len(found(room, terminal=terminal[:3])) > 3 and found(room, terminal="没有这台%") == ()
    assert found(room, person="查无此人") == () == found(room, document="没有这个字号") == found(room, text="100%")


def test_failed_sign_ins_are_shown_as_failed(small):
    with pytest.raises(Refused):
        small.sign_in("130003", "wrong")
    row, = auditing.page(small.desk(AUDITOR), AuditFilter(result="refused")).rows
    assert (row.login, row.result, row.action) == ("130003", "未成功", "登录失败")


def test_what_somebody_edited_is_still_shown(small):
    small.register()
    run(small, "UPDATE audit_event SET detail = 'x{' WHERE id = (SELECT min(id) FROM audit_event)")
    assert any("内容无法识别" in row.words for row in found(small))


def test_kinds_to_choose_from_have_chinese_names():
    assert actions()["act"] == "办理公文" and all(caption[0] < "a" or caption[0] > "z" for caption in actions().values())


@pytest.mark.parametrize("login", ["110001", "100101", "120009", "100901", "100903"])
def test_nobody_else_looks_into_the_audit(room, login, tmp_path):
    desk = room.desk(login)
    for deed in (lambda: auditing.page(desk), lambda: auditing.verify(desk), lambda: auditing.export(desk, AuditFilter(), tmp_path / "x.xlsx")):
        with pytest.raises(Refused, match="只有安全审计员"):
            deed()


@pytest.mark.attack
@pytest.mark.parametrize("login", ["110001", "100101", "120009", "100901", "100903"])
@pytest.mark.parametrize("asked", [
    "oa.audit_bound(0, 1)", "oa.audit_faults(0, 100)", "oa.audit_heads()", "oa.audit_papers()", "oa.audit_missing('{d1}', '{1}', '{x}')", "oa.audit_numbers('{1}')",
    "oa.audit_numbered('1', 5)", "oa.may_audit()", "oa.told_at(now())"])
def test_the_server_answers_nobody_else(postgres_bureau, login, asked):
    url = postgres_bureau.engine.url
    with psycopg.connect(host=url.host, port=url.port, dbname=url.database, user=f"{url.database}_{login}", password=PASSWORD) as connection, \
            pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"SELECT * FROM {asked}")


@pytest.fixture(scope="module")
def postgres_bureau(postgres_server):
    with postgres.database(postgres_server) as url:
        made = Bureau.make(url)
        made.register()
        yield made
        made.close()


def test_verifying_is_noted_and_told(room):
    done = auditing.verify(room.desk(AUDITOR))
    assert done.value.good and done.value.checked > 60 and done.notice == f"已校验 {done.value.checked} 条留痕、{done.value.streams} 条链，全部相符。"
    newest = found(room)[0]
    assert (newest.login, newest.words) == (AUDITOR, f"校验留痕 {done.value.checked} 条，0 处不符")


def test_a_fault_is_named_with_its_place(room):
    edited = found(room, action="numbered", document=str(room.sent))[0]
    with undone(room, "terminal"):
        run(room, "UPDATE audit_event SET terminal = '别处' WHERE id = :id", id=edited.id)
        verified = auditing.verify(room.desk(AUDITOR))
    fault, = verified.value.faults
    assert (fault.kind, fault.stream, fault.event_id) == ("edited", f"d{room.sent}", edited.id) and fault.at is not None and fault.seq > 1
    assert fault.words == f"公文 第{room.sent}号 的留痕链：第 {fault.seq} 环的内容与写下时的摘要不符，这条留痕被改动过（留痕编号 {edited.id}）。"
    assert "有 1 处不符" in verified.notice


def test_the_first_broken_link_of_each_chain_is_named(room):
    with undone(room, "login"):
        run(room, "UPDATE audit_event SET login = 'x' WHERE document_id IN (:one, :other)", one=room.sent, other=room.received)
        faults = auditing.verify(room.desk(AUDITOR)).value.faults
    assert {(fault.stream, fault.seq) for fault in faults if fault.stream.startswith("d")} == {(f"d{room.received}", 1), (f"d{room.sent}", 1)}


@pytest.mark.attack
@pytest.mark.parametrize(("column", "value"), [("at", "infinity"), ("at", "0001-01-01 BC"), ("detail", "{"), ("id", "-9223372036854775807"), ("id", "9223372036854775807")])
def test_values_beyond_all_bounds_do_not_stop_the_server(postgres_bureau, column, value):
    with tampering.superuser(postgres_bureau.url) as connection:
        connection.execute(text(f"UPDATE audit_event SET {column} = :value WHERE id = (SELECT max(id) FROM audit_event WHERE stream = 'd1')"), {"value": value})
        with Session(connection) as session:
            assert "d1" in {fault.stream for fault in auditing.store.verify(session).faults}


@pytest.mark.attack
@pytest.mark.parametrize(("table", "column", "value"), [
    ("audit_event", "at", "'gestern'"), ("audit_event", "detail", "x'ff00'"), ("audit_event", "detail", "CAST(x'ff' AS TEXT)"), ("audit_event", "account_id", "CAST(x'ff' AS TEXT)"),
    ("audit_event", "document_id", "'x'"), ("audit_event", "login", "5"), ("audit_link", "prev", "CAST(x'fe' AS TEXT)"), ("audit_link", "stream", "x'fe'"),
    ("audit_link", "seq", "'x'"), ("audit_link", "seq", "1.5"), ("audit_head", "hash", "CAST(x'ff' AS TEXT)"), ("opinion", "text", "CAST(x'ff' AS TEXT)"), ("opinion", "text", "7"),
    ("archive_item", "reference", "CAST(x'ff' AS TEXT)")])
def test_what_is_no_text_does_not_stop_a_file(small, table, column, value):
    busy(small)
    with contextlib.closing(sqlite3.connect(small.engine.url.database)) as forger, forger:
        forger.execute(f"UPDATE {table} SET {column} = {value} WHERE rowid = (SELECT max(rowid) FROM {table})")
    with transactions.look(small.engine) as session:
        assert auditing.store.verify(session).faults
        assert session.execute(text("SELECT '文'")).scalar() == "文"


def test_verifying_can_be_broken_off(room):
    class Off(BaseException):
        pass

    told = []

    def report(done, total, words):
        told.append((done, total, words))
        if len(told) == 2:
            raise Off

    with pytest.raises(Off):
        auditing.verify(room.desk(AUDITOR), report=report)
    assert told[0][0] == 0 and told[0][1] > 60 and told[0][2]
    assert auditing.verify(room.desk(AUDITOR)).value.good


def test_the_holder_of_the_database_verifies_and_is_noted(room):
    assert auditing.verify(room.engine).value.good
    newest = auditing.page(room.engine).rows[0]
    assert newest.name == "数据库管理员" and newest.action == "校验留痕" and auditing.verify(room.engine).value.good


def test_a_copy_that_cannot_be_written_is_verified_too(small):
    small.register()
    engine = engines.connect(small.url)
    event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA query_only = ON"))
    done = auditing.verify(engine)
    engine.dispose()
    assert done.value.good and "没有记入留痕" in done.notice


def test_lines_are_taken_out_as_a_table(room, tmp_path):
    exporting.export(room.desk("110001"), room.received, tmp_path)
    told, file = [], tmp_path / "留痕.xlsx"
    done = auditing.export(room.desk(AUDITOR), AuditFilter(document=str(room.received)), file, lambda *words: told.append(words))
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    shown = found(room, document=str(room.received))
    assert rows[0] == ["时间", "警号", "姓名", "单位", "事项", "内容", "对象", "结果", "终端"] and len(rows) == len(shown) + 1
    assert [row[1:] for row in rows[1:]] == [[item.login, item.name, item.unit, item.action, item.words, item.about, item.result, item.terminal] for item in shown]
    assert rows[1][5] == "导出全件" and told and done.notice.startswith(f"已导出留痕 {len(shown)} 条")
    assert found(room)[0].words == f"导出留痕 {len(shown)} 条" and [item.name for item in tmp_path.glob("*.xlsx")] == ["留痕.xlsx"]


def test_a_table_that_cannot_be_written_is_told(small, tmp_path):
    with pytest.raises(Unavailable, match="写不进去"):
        auditing.export(small.desk(AUDITOR), AuditFilter(), tmp_path / "没有这个文件夹" / "x.xlsx")


def test_a_text_is_no_formula(small, tmp_path):
    run(small, "UPDATE audit_event SET terminal = '=1+1' WHERE id = (SELECT max(id) FROM audit_event)")
    auditing.export(small.desk(AUDITOR), AuditFilter(), tmp_path / "x.xlsx")
    assert CalamineWorkbook.from_path(str(tmp_path / "x.xlsx")).get_sheet_by_index(0).to_python()[1][8] == "=1+1"


def test_more_than_a_sheet_holds_is_refused(small, tmp_path, monkeypatch):
    monkeypatch.setattr(auditing, "MOST", 0)
    with pytest.raises(Refused, match="缩小范围"):
        auditing.export(small.desk(AUDITOR), AuditFilter(), tmp_path / "x.xlsx")
