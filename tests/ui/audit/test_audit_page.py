"""The audit page: lines narrowed and read page by page, one event in full, news; on both databases."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from oa_client.domain.actor import ADMIN_ROLES
from oa_client.domain.errors import Unavailable
from oa_client.domain.happenings import GROUPS, kinds
from oa_client.ui.audit import lines
from oa_client.ui.audit.page import AuditPage
from oa_client.ui.navigation import places_for
from oa_client.usecases import audit_looks, auditing
from oa_client.usecases.audit_rows import AuditFilter
from oa_client.usecases.desk import BEIJING
from tests.ui.audit_past import AUDITOR, run, settle
from tests.ui.entering import words_of
from tests.ui.pages_room import column, room_of


def who(page):
    return {row.login for row in page.list.model.rows()}


def test_only_the_audit_administrator_has_the_page():
    assert next(place.words for place in places_for(frozenset({"audit_admin"}), ADMIN_ROLES)) == "审计"
    for role in ("sec_admin", "sys_admin", "unit_admin", "chief", "clerk"):
        assert "audit" not in [place.key for place in places_for(frozenset({role}), ADMIN_ROLES)]


def test_every_event_says_time_who_what_on_what_result_and_terminal(page, room, small):
    QAbstractItemModelTester(page.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.list.narrow(document="云公发〔2026〕1号")
    page.list.action.set_value("numbered")
    settle(room, page)
    row, = page.list.model.rows()
    moment = row.at.astimezone(BEIJING)
    assert {item.title: (item.text(row), item.two_line(row) if item.two_line else "") for item in page.list.model.columns} == {
        "时间": (f"{moment:%H:%M:%S}", f"{moment:%Y-%m-%d}"), "何人": ("苏明禾", "110001 办公室"), "事项": ("编号", "编号 云公发〔2026〕1号，印发 2 份"), "对象": ("云公发〔2026〕1号", ""),
        "结果": ("成功", ""), "终端": (row.terminal, "")}
    assert row.terminal


def test_lines_come_page_by_page(page, room, small):
    assert page.list.model.rowCount() == auditing.PAGE and page.list.more_button.isVisible()
    whole = auditing.total(small.desk(AUDITOR))
    assert page.list.footer.text() == f"共 {whole} 条，已显示 50 条"
    while page.list.more_button.isVisible():
        room.press(page.list.more_button)
    ids = [row.id for row in page.list.model.rows()]
    assert ids == sorted(set(ids), reverse=True) and len(ids) == whole


def test_nothing_is_counted_where_the_list_waits(page, room, monkeypatch):
    asked = []
    monkeypatch.setattr(auditing, "_total", lambda *_: asked.append(1) or 7)
    page.office.jobs.read(page, auditing.page, page.office.desk, counted=False, then=lambda found: asked.append(found.total))
    room.settle()
    assert asked == [None]


def test_a_person_is_found_by_pinyin_and_by_number(page, room, qtbot):
    person = page.list.person
    person.input.setFocus()
    qtbot.keyClicks(person.input, "smh")
    room.key(person.input, Qt.Key.Key_Return)
    settle(room, page)
    assert who(page) == {"110001"} and page.list.clear_button.isVisible()
    room.key(person.input, Qt.Key.Key_Backspace)
    settle(room, page)
    assert len(who(page)) > 3
    qtbot.keyClicks(person.input, "130003")
    room.key(person.input, Qt.Key.Key_Return)
    settle(room, page)
    assert {row.action for row in page.list.model.rows()} == {"登录失败"}


def test_somebody_who_has_no_account_is_found_by_what_was_typed(page, room, qtbot, small):
    run(small, "UPDATE audit_event SET login = '999999', account_id = NULL, result = 'refused' WHERE id = 30")
    qtbot.keyClicks(page.list.person.input, "999999")
    room.key(page.list.person.input, Qt.Key.Key_Return)
    settle(room, page)
    assert [row.login for row in page.list.model.rows()] == ["999999"] and column(page.list, "who") == ["999999"]


def test_document_terminal_and_words_narrow(page, room, qtbot, small):
    qtbot.keyClicks(page.list.document, str(small.sent))
    settle(room, page)
    assert {row.document for row in page.list.model.rows()} == {"云公发〔2026〕1号"}
    page.list.document.clear()
    page.list.terminal.setText("没有这台")
    settle(room, page)
    assert page.list.model.rowCount() == 0 and lines.NOTHING in words_of(page) and page.list.nothing.button.text() == "清除筛选"
    room.press(page.list.nothing.button)
    settle(room, page)
    assert page.list.model.rowCount() == 50 and page.list.terminal.text() == ""
    room.search(page.list, "贺新凉")
    assert {row.action for row in page.list.model.rows()} == {"新建账号", "停用账号"}


def test_kinds_stand_in_groups_and_a_group_can_be_chosen(page, room):
    grouped = [kind for _words, held in GROUPS.values() for kind in held]
    assert sorted(grouped) == sorted(kinds()) and not set(GROUPS) & set(kinds())
    page.list.action.set_value("people")
    settle(room, page)
    assert {"新建账号", "停用账号"} <= set(column(page.list, "what")) <= {kinds()[kind] for kind in GROUPS["people"][1]}
    page.list.action.set_value("papers")
    settle(room, page)
    assert {"签署意见", "登记编号"} <= set(column(page.list, "what")) and "登录" not in column(page.list, "what")


def test_days_stand_in_the_fields_and_a_period_fills_them(page, room, small):
    today = small.desk(AUDITOR).today()
    room.press(page.list.chips._chips["period", "week"])
    settle(room, page)
    assert (today - page.list.since.value()).days in (6, 7) and page.list.until.value() is None and page.list.model.rowCount()
    page.list.until.set_value(today.replace(year=today.year - 1))
    settle(room, page)
    assert page.list.chips.chosen() == {} and lines.TURNED in words_of(page)
    room.press(page.list.clear_button)
    settle(room, page)
    assert page.list.since.value() is None and page.list.model.rowCount() == 50


def test_refused_events_are_told_by_word_and_colour(page, room):
    room.press(page.list.chips._chips["result", "refused"])
    settle(room, page)
    assert column(page.list, "result") == ["未成功"] and page.list.model.columns[4].tone(page.list.model.row(0)) == "overdue"
    assert page.preview.values["result"].property("tone") == "overdue"


def test_one_event_in_full_with_its_place_in_the_chain(page, room, small):
    row = auditing.page(small.desk(AUDITOR), AuditFilter(action="numbered", document=str(small.sent))).rows[0]
    page.list.action.set_value("numbered")
    settle(room, page)
    page.list.table.select(row.id)
    room.settle(60)
    found = audit_looks.detail(small.desk(AUDITOR), row.id)
    told = words_of(page.preview)
    assert found.fault == "" and found.seq and found.before and len(found.hash) == 64
    for words in (row.words, "苏明禾　警号 110001　办公室", "云公发〔2026〕1号", "成功", row.terminal, f"公文 第{small.sent}号 的留痕链", f"第 {found.seq} 环，共 {found.length} 环", "相符"):
        assert words in told
    assert found.hash[:8] not in told
    room.press(page.preview.fold)
    assert " ".join(found.hash[at:at + 8] for at in range(0, 64, 8)) in words_of(page.preview)


def test_from_one_event_to_all_of_its_kind(page, room, small):
    row = auditing.page(small.desk(AUDITOR), AuditFilter(action="numbered", document=str(small.sent))).rows[0]
    page.list.action.set_value("numbered")
    settle(room, page)
    page.list.table.select(row.id)
    room.settle(60)
    room.press(page.preview.links["document"])
    settle(room, page)
    assert {item.document for item in page.list.model.rows()} == {row.document} and page.list.document.text() == row.document
    room.press(page.list.clear_button)
    settle(room, page)
    page.list.table.select(page.list.model.row(0).id)
    room.settle(60)
    first = page.list.model.row(0)
    room.press(page.preview.links["person"])
    settle(room, page)
    assert who(page) == {first.login} and page.list.person.names() == (first.name,)
    room.press(page.preview.links["terminal"])
    settle(room, page)
    assert page.list.terminal.text() == page.preview.row.terminal
    room.press(page.preview.links["stream"])
    settle(room, page)
    stream = page.preview.found.stream
    assert page.list.stream == stream and page.list.terminal.text() == "" and page.list.chain.isVisible()
    assert [item.id for item in page.list.model.rows()] == [item.id for item in auditing.page(small.desk(AUDITOR), AuditFilter(stream=stream), size=500).rows]
    room.press(page.list.chain)
    settle(room, page)
    assert page.list.model.rowCount() >= 50


def test_news_are_told_and_read_when_wanted(page, room, small, qtbot):
    first = page.list.model.row(0).id
    assert not page.list.fresh.isVisible()
    small.register(number="江公通〔2026〕9号")
    page.office.jobs.announce({"receive"})
    qtbot.waitUntil(page.list.fresh.isVisible, timeout=3000)
    assert page.list.model.row(0).id == first
    room.press(page.list.fresh)
    settle(room, page)
    assert page.list.model.row(0).id > first and not page.list.fresh.isVisible()


def test_a_list_that_cannot_be_read_says_so_and_can_be_read_again(page, room, monkeypatch):
    def fail(*_args, **_more):
        raise Unavailable("数据库没有应答。", "请稍后再试。")
    with monkeypatch.context() as patched:
        patched.setattr(auditing, "page", fail)
        page.load()
        settle(room, page)
        assert "数据库没有应答。" in words_of(page)
    room.press(page.trouble.button)
    settle(room, page)
    assert not page.trouble.isVisible() and page.list.model.rowCount() == 50


def test_everything_is_reached_by_the_keyboard(page, room, qtbot):
    page.list.search.setFocus()
    reached = set()
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    wanted = (page.list.person.input, page.list.document, page.list.action, page.list.terminal, page.list.since, page.list.until, page.list.table, page.preview.links["person"],
              page.preview.links["stream"], page.preview.fold, page.checks.verify_button, page.checks.anchor_button, page.checks.compare_button, page.checks.export_button)
    assert not [widget.accessibleName() or widget for widget in wanted if widget not in reached]
    assert {each.shortcut().toString() for each in (page.checks.verify_button, page.checks.export_button)} == {"Ctrl+Shift+V", "Ctrl+E"}


@pytest.mark.parametrize("narrow", [{"action": "papers"}, {"action": "people"}, {"action": "auditing"}, {"stream": "d1"}])
def test_groups_and_chains_on_both_databases(bureau, narrow):
    paper = bureau.register()
    bureau.act("110001", paper, "to_propose")
    desk = bureau.desk(AUDITOR)
    auditing.verify(desk)
    rows = auditing.page(desk, AuditFilter(**(narrow | ({"stream": f"d{paper}"} if "stream" in narrow else {}))), size=500).rows
    whole = auditing.page(desk, size=500).rows
    fits = {"papers": lambda row: row.document, "people": lambda row: "账号" in row.action, "auditing": lambda row: row.action == "校验留痕"}
    wanted = fits.get(narrow.get("action", ""), lambda row: row.document)
    assert [row.id for row in rows] == [row.id for row in whole if wanted(row)] and (rows or narrow == {"action": "people"})


def test_the_page_on_both_databases(bureau, jobs, qtbot, tmp_path):
    paper = bureau.register()
    with room_of(bureau, jobs, qtbot) as room:
        page = room.show(AUDITOR, AuditPage)
        page.list.narrow(document=str(paper))
        settle(room, page)
        assert page.list.model.rowCount() and {row.document for row in page.list.model.rows()} == {"江公通〔2026〕31号"}
        assert "相符" in words_of(page.preview)
        room.press(page.checks.verify_button)
        settle(room, page)
        assert "全部相符" in words_of(page.bar)
        page.checks.export_to(tmp_path / "留痕.xlsx")
        settle(room, page)
        assert (tmp_path / "留痕.xlsx").exists() and not page.trouble.isVisible()
        with bureau.engine.execution_options(writes=True).begin() as connection:
            connection.execute(text("UPDATE audit_event SET login = 'x' WHERE id = :id"), {"id": page.list.model.row(0).id})
        room.press(page.checks.verify_button)
        settle(room, page)
        assert page.stack.currentWidget() is page.faults and "被改动过" in words_of(page.faults.preview)


def test_details_on_both_databases(bureau):
    paper = bureau.register()
    desk = bureau.desk(AUDITOR)
    for row in auditing.page(desk, size=500).rows:
        found = audit_looks.detail(desk, row.id)
        assert found.fault == "" and found.row == row and 1 <= found.seq <= found.length
    assert {person.login for person in audit_looks.people(desk)} >= {"110001", "100904", "120009"}
    first = auditing.page(desk, AuditFilter(document=str(paper)), size=50).rows[-1]
    with bureau.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE audit_event SET login = 'x' WHERE id = :id"), {"id": first.id})
    assert "被改动过" in audit_looks.detail(desk, first.id).fault
    with pytest.raises(Exception, match="只有安全审计员"):
        audit_looks.detail(bureau.desk("110001"), first.id)
    with pytest.raises(Exception, match="只有安全审计员"):
        audit_looks.people(bureau.desk("100903"))
