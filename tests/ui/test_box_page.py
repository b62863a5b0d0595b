"""The six lists: what a row says, filters, paging, keeping still while others work, opening, signing as read."""

import threading
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt

from oa_client.domain.errors import Unavailable
from oa_client.ui.document.timeline_entry import TimelineItem
from oa_client.ui.pages import preview
from oa_client.ui.pages.box_page import BoxPage, list_filter
from oa_client.ui.pages.row_columns import moment_words
from oa_client.ui.widgets.list_page import Filter
from oa_client.usecases import acting, lists, recalling, viewing
from tests.ui.entering import words_of
from tests.ui.pages_room import column, room_of


@pytest.fixture
def room(small, jobs, qtbot):
    with room_of(small, jobs, qtbot) as made:
        yield made


@pytest.fixture
def box(room):
    """box(name, login) → the page of a list."""
    return lambda name, login="110001": room.show(login, lambda office: BoxPage(office, name))


def to_read(small, count, reader="100102"):
    for at in range(count):
        paper = small.register(title=f"阅知件{at}", number=f"江公通〔2026〕{at + 1}号", nature="read")
        small.act("110001", paper, "to_read", picks={"readers": (small.person(reader), small.person("100101"))})


def seconds(page):
    first = page.list.model.columns[0]
    return [first.two_line(row) for row in page.list.model.rows()]


def test_a_row_says_what_it_is_where_it_lies_and_how_long_there_is(small, box):
    small.register(urgency="特急", due_on=date(2026, 11, 17))
    small.register(number="", title="无期限的函", from_organ="云岚市教育局")
    page = box("todo")
    assert column(page.list, "title") == ["无期限的函", "关于开展冬季治安防控工作的通知"]
    assert seconds(page) == ["无字号 · 云岚市教育局 · 初审：市局收发员", "江公通〔2026〕31号 · 江北省公安厅 · 初审：市局收发员"]
    assert column(page.list, "urgency") == ["", "特急"]
    assert column(page.list, "due") == ["", "剩 1 个工作日"]
    due, row = page.list.model.columns[2], page.list.model.row(1)
    assert due.tone(row) == "soon" and "截止日为2026年11月17日" in due.tip(row)
    assert all(at.startswith("今天 ") for at in column(page.list, "at"))
    assert page.list.footer.text() == "共 2 件"


def test_what_was_not_opened_is_bold_until_it_is(small, room, box):
    paper = small.register()
    page = box("todo")
    bold = page.list.model.columns[0].bold
    assert bold(page.list.model.row(0))
    desk = small.desk("110001")
    acting.mark_seen(desk, viewing.show(desk, paper).tasks[0].id)
    room.changed("todo")
    assert not bold(page.list.model.row(0))


def test_being_urged_is_written_on_the_row(small, room, box):
    paper = small.register(due_on=date(2026, 12, 1))
    plain = small.register(number="江公通〔2026〕2号")
    for document in (paper, paper, plain):
        desk = small.desk("100101")
        recalling.urge(desk, viewing.show(desk, document).waiting[0].task_id)
    page = box("todo")
    assert column(page.list, "due")[0] == "催办 1 次"
    due = page.list.model.columns[2]
    assert due.two_line(page.list.model.row(1)) == "催办 2 次"


@pytest.mark.parametrize(("at", "words"), [
    (datetime(2026, 11, 16, 1, 5, tzinfo=UTC), "今天 09:05"), (datetime(2026, 11, 15, 15, 59, tzinfo=UTC), "昨天 23:59"),
    (datetime(2026, 1, 3, 0, 0, tzinfo=UTC), "1月3日"), (datetime(2025, 12, 31, 15, 0, tzinfo=UTC), "2025-12-31"),
])
def test_times_are_told_from_today(at, words):
    assert moment_words(at, date(2026, 11, 16)) == words


@pytest.mark.parametrize(("period", "since"), [
    ("today", date(2026, 11, 16)), ("week", date(2026, 11, 10)), ("month", date(2026, 10, 18)), ("year", date(2026, 1, 1)),
])
def test_periods_end_today(period, since):
    assert list_filter(Filter("", {"period": (period,)}), date(2026, 11, 16)).since == since


def test_search_and_chips_narrow_at_once_and_are_taken_away_together(small, room, box):
    small.register(number="江公通〔2026〕1号", title="治安通知", urgency="特急")
    small.register(number="江公通〔2026〕2号", title="治安通报")
    small.register(number="江公通〔2026〕3号", title="交通通知")
    page = box("receive")
    room.search(page.list, "治安")
    assert column(page.list, "title") == ["治安通报", "治安通知"] and page.list.footer.text() == "共 2 件"
    chip = next(each for each in page.list.chips.children() if getattr(each, "text", str)() == "特急")
    room.press(chip)
    assert column(page.list, "title") == ["治安通知"]
    room.search(page.list, "查不到")
    assert page.list.nothing.isVisible() and "没有符合条件的内容" in words_of(page.list.nothing)
    room.press(page.list.nothing.button)
    assert page.list.model.rowCount() == 3 and page.list.search.text() == ""


def test_a_list_is_read_page_by_page(small, room, box, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 4)
    papers = [small.register(number=f"江公通〔2026〕{at}号", title=f"第{at}件") for at in range(1, 10)]
    page = box("receive")
    assert page.list.footer.text() == "共 9 件，已显示 4 件"
    while page.list.more_button.isVisible():
        room.press(page.list.more_button)
    assert [row.id for row in page.list.model.rows()] == papers[::-1]
    small.register(number="江公通〔2026〕10号", title="新到")
    room.changed("receive")
    assert column(page.list, "title")[0] == "新到" and page.list.model.rowCount() == 10


def test_selection_and_place_stay_when_another_desk_changes_something(small, room, box):
    papers = [small.register(number=f"江公通〔2026〕{at}号", title=f"第{at}件") for at in range(1, 31)]
    page = box("receive")
    page.list.table.select(papers[10])
    page.list.table.verticalScrollBar().setValue(400)
    small.register(number="江公通〔2026〕99号", title="新到")
    room.changed("receive")
    assert page.list.model.rowCount() == 31
    assert page.list.table.selected_ids() == (papers[10],)
    assert page.list.table.verticalScrollBar().value() > 0
    assert page.preview.shown.view.id == papers[10]


def test_a_page_out_of_sight_reads_when_it_is_seen_again(small, room, box, monkeypatch):
    page = box("receive")
    asked, real = [], lists.page
    monkeypatch.setattr(lists, "page", lambda *args: asked.append(1) or real(*args))
    page.hide()
    small.register()
    room.changed("receive")
    room.changed("receive")
    assert asked == []
    page.show()
    room.settle()
    assert asked == [1] and page.list.model.rowCount() == 1


@pytest.mark.parametrize(("name", "topics", "reads"), [("todo", {"todo"}, True), ("todo", {"library"}, False), ("send", {"receive"}, False), ("send", {"document"}, True)])
def test_only_what_concerns_the_list_is_read_again(room, box, monkeypatch, name, topics, reads):
    box(name)
    asked, real = [], lists.page
    monkeypatch.setattr(lists, "page", lambda *args: asked.append(1) or real(*args))
    room.changed(*topics)
    assert bool(asked) is reads


def test_enter_and_double_click_open_the_document_an_own_draft_its_editor(small, room, box):
    draft, paper = small.draft("110003"), small.register()
    page = box("send", "110003")
    page.list.table.select(draft)
    room.key(page.list.table, Qt.Key.Key_Return)
    assert room.opened() == [f"draft {draft}"]
    other = box("receive", "110002")
    place = other.list.table.visualRect(other.list.model.index(0, 0)).center()
    other.list.table.selectRow(0)
    room.settle()
    other.list.table.doubleClicked.emit(other.list.table.indexAt(place))
    assert f"document {paper}" in room.opened()


def test_another_officers_draft_opens_as_a_document(small, room, box):
    draft = small.draft("110003")
    page = box("send", "100101")
    page.list.table.select(draft)
    room.key(page.list.table, Qt.Key.Key_Return)
    assert room.opened() == [f"document {draft}"]


def test_the_main_button_of_the_to_do_list_opens_what_is_selected_or_the_topmost(small, room, box):
    first, second = small.register(), small.register(number="江公通〔2026〕2号")
    page = box("todo")
    room.press(page.list.primary)
    page.list.table.select(page.list.model.row(1).key)
    room.press(page.list.primary)
    assert room.opened() == [f"document {second}", f"document {first}"]


@pytest.mark.parametrize(("name", "login", "words"), [
    ("receive", "110001", "收文登记"), ("receive", "120003", None), ("send", "120003", "拟稿"), ("todo", "120003", "打开办理"), ("doing", "120003", None), ("done", "120003", None)])
def test_each_list_has_the_one_button_that_its_reader_needs(room, box, name, login, words):
    page = box(name, login)
    assert (page.list.primary.text() if page.list.primary else None) == words
    assert page.list.nothing.isVisible() and "正在读取" not in words_of(page.list.nothing)
    begins = words in ("收文登记", "拟稿")
    assert page.list.nothing.button.isVisible() is begins
    if begins:
        room.press(page.list.nothing.button)
        room.press(page.list.primary)
        assert room.opened() == ["intake" if words == "收文登记" else "draft 0"]
    if words == "打开办理":
        assert not page.list.primary.isEnabled()


def test_papers_to_read_are_signed_together_after_saying_how_many_were_never_opened(small, room, box, answer):
    to_read(small, 3)
    page = box("read", "100102")
    assert not page.list.primary.isEnabled()
    page.list.table.selectAll()
    room.settle()
    assert page.list.primary.text() == "所选 3 件标为已阅"
    asked = []
    answer("标为已阅", lambda dialog: asked.append(words_of(dialog)))
    room.press(page.list.primary)
    room.settle(200)
    assert "其中 3 件还没有打开看过" in asked[0]
    assert page.list.model.rowCount() == 0 and lists.counts(small.desk("100102"))["read"] == 0
    assert "没有待阅公文" in words_of(page.list.nothing)
    assert lists.counts(small.desk("100101"))["read"] == 3


def test_going_back_signs_nothing(small, room, box, answer):
    to_read(small, 2)
    page = box("read", "100102")
    page.list.table.selectAll()
    room.settle()
    answer("返回")
    room.press(page.list.primary)
    assert lists.counts(small.desk("100102"))["read"] == 2


def test_what_could_not_be_signed_is_named(small, room, box, answer, monkeypatch):
    to_read(small, 2)
    page = box("read", "100102")
    gone = page.list.model.row(0)
    page.list.table.selectAll()
    room.settle()
    answer("标为已阅", lambda _: small.act("100102", gone.id, "read"))
    room.press(page.list.primary)
    assert "有 1 件没有标为已阅，其余 1 件已完成。" in words_of(page.trouble) and gone.title in words_of(page.trouble)


def test_a_broken_connection_leaves_the_list_and_offers_to_read_again(small, room, box, monkeypatch):
    small.register()
    page = box("todo")
    real = lists.page

    def broken(*_):
        raise Unavailable("与数据库的连接中断。", "恢复后可继续。")
    monkeypatch.setattr(lists, "page", broken)
    room.changed("todo")
    assert page.list.model.rowCount() == 1 and "连接中断" in words_of(page.trouble)
    monkeypatch.setattr(lists, "page", real)
    room.press(page.trouble.button)
    assert not page.trouble.isVisible()


def test_ended_documents_say_how_they_ended(small, box):
    paper = small.register()
    small.act("110001", paper, "reject", "不属于本机关职权。")
    page = box("receive")
    assert column(page.list, "due") == ["已退回"]
    assert box("done").list.model.rowCount() == 1 and box("doing").list.model.rowCount() == 0


def test_the_rows_are_those_that_the_navigation_counts(small, room, box):
    small.register()
    small.draft("110001")
    to_read(small, 2, "110001")
    counted = lists.counts(small.desk("110001"))
    for name in lists.BOXES:
        page = box(name)
        assert (page.list.model.rowCount(), page.list.footer.text()) == (counted[name], f"共 {counted[name]} 件")


def test_the_preview_follows_the_selection_and_opens_what_it_shows(small, room, box):
    paper, draft = small.register(), small.draft("110001")
    page = box("todo")
    assert "选中一份公文" in words_of(page.preview)
    page.list.table.select(page.list.model.row(1).key)
    room.settle(200)
    sheet = page.preview.sheet
    assert sheet.title.text() == "关于开展冬季治安防控工作的通知" and sheet.state.text() == "初审"
    assert "现就冬季治安防控有关事项通知如下" in sheet.excerpt.toPlainText()
    assert "市局收发员" in words_of(sheet.holders) and "江北省公安厅" in words_of(sheet.facts)
    assert not sheet.opinions.isVisible() and page.preview.open_button.text() == "办理"
    room.press(page.preview.open_button)
    page.list.table.select(page.list.model.row(0).key)
    room.settle(200)
    assert page.preview.open_button.text() == "继续拟稿"
    room.press(page.preview.open_button)
    assert room.opened() == [f"document {paper}", f"draft {draft}"]
    page.list.table.selectAll()
    room.settle(200)
    assert "已选 2 件公文" in words_of(page.preview)


def test_the_preview_quotes_the_last_three_opinions(small, room, box):
    paper = small.register()
    small.act("110001", paper, "to_propose", "初审意见。")
    small.act("110003", paper, "to_leader", "拟请局长批示。", picks={"leader": (small.person("100101"),)})
    small.act("100101", paper, "to_handle", "请刑侦支队办理。", picks={"lead": (small.person("120003"),)})
    small.act("120003", paper, "finish", "已办理完毕。")
    page = box("receive", "110003")
    page.list.table.select(paper)
    room.settle(200)
    said = [item.words.opinion for item in page.preview.sheet.opinions.findChildren(TimelineItem)]
    assert said == ["拟请局长批示。", "请刑侦支队办理。", "已办理完毕。"]


def test_the_preview_follows_what_others_do(small, room, box):
    paper = small.register()
    page = box("receive")
    page.list.table.select(paper)
    room.settle(200)
    small.act("110001", paper, "to_propose")
    room.changed("document")
    assert page.preview.sheet.state.text() == "拟办" and page.preview.open_button.text() == "打开"


def test_nothing_is_read_on_the_screens_thread(small, room, box, monkeypatch):
    paper, threads = small.register(), []

    def noted(real):
        return lambda *args: threads.append(threading.current_thread() is threading.main_thread()) or real(*args)
    monkeypatch.setattr(lists, "page", noted(lists.page))
    monkeypatch.setattr(preview, "glimpse", noted(preview.glimpse))
    page = box("receive")
    page.list.table.select(paper)
    room.settle(200)
    assert page.preview.shown.view.id == paper and threads == [False, False]


def test_signing_many_tells_how_far_it_is(small, room, box, answer):
    to_read(small, 2)
    page = box("read", "100102")
    told = []
    room.jobs.progress.connect(lambda _job, done, total, words: told.append((done, total, words)))
    first = page.list.model.row(0).title
    page.list.table.selectAll()
    room.settle()
    answer("标为已阅")
    room.press(page.list.primary)
    assert told[0] == (0, 2, f"标为已阅：{first}") and told[-1][:2] == (2, 2)
