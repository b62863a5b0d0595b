"""The document window: nothing typed is lost, whoever acts first and whatever fails."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from oa_client.domain.errors import Unavailable
from oa_client.ui.widgets.opinion_box import EDITED_AFTER_MS
from oa_client.usecases import acting, drafting, viewing
from tests.ui.document_room import Room

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def room(small, jobs, qtbot):
    made = Room(small, jobs, qtbot)
    yield made
    made.close()


def kept(office, document_id):
    return [piece for piece in office.scratch.kept(f"opinion/{document_id}") if piece.key == f"opinion/{document_id}"]


def test_a_conflict_keeps_the_opinion_and_offers_to_refresh(room, type_words):
    paper = room.bureau.register()
    window = room.open("110001", paper)
    type_words(window.bar.work.left.box.field, "经核对，要素齐全。")
    room.bureau.act("110002", paper, "to_propose")
    room.press(window.bar.work.buttons.primary)
    assert "已由何予安" in window.banner.sentence.text()
    assert "已保留" in window.banner.hint.text()
    assert window.bar.work.left.box.text() == "经核对，要素齐全。"
    room.press(window.banner.button)
    assert not window.bar.isVisible()
    assert "何予安" in window.banner.sentence.text()
    assert "经核对，要素齐全。" in window.banner.hint.text()
    room.press(window.banner.button)
    assert QApplication.clipboard().text() == "经核对，要素齐全。"
    assert not kept(window._office, paper)
    assert viewing.show(room.bureau.desk("110001"), paper).where == "拟办：市局核稿人"


def test_a_changed_draft_is_pointed_out_and_the_act_waits_for_reading(room, type_words):
    paper = room.bureau.draft()
    room.bureau.act("110003", paper, "submit", fields={"explain": "已核实。"})
    window = room.open("110003", paper)
    room.pick(window, "signer", "jcy")
    desk = room.bureau.desk("110003")
    form = drafting.open_draft(desk, paper).form
    drafting.save(desk, drafting.DraftForm(**{**form.__dict__, "body": f"{form.body}\n以上请遵照执行。"}))
    type_words(window.bar.work.left.box.field, "请签发。")
    room.press(window.bar.work.buttons.primary)
    assert "不是最新一稿" in window.banner.sentence.text()
    room.press(window.banner.button)
    assert "重新阅看" in window.banner.sentence.text()
    assert "以上请遵照执行。" in window.tabs.text.text.toPlainText()
    assert window.bar.work.left.box.text() == "请签发。"
    assert window.bar.work.sentence.text() == "将送 江承岳 签发。"
    room.press(window.bar.work.buttons.primary)
    assert viewing.show(desk, paper).where == "签发：江承岳"


def test_another_desk_takes_the_task_away(room, type_words):
    paper = room.bureau.register()
    window = room.open("110001", paper)
    type_words(window.bar.work.left.box.field, "送拟办。")
    room.bureau.act("110002", paper, "to_propose")
    room.jobs.announce({"document", "todo"})
    room.settle()
    assert not window.bar.isVisible()
    assert "何予安于11月16日" in window.banner.sentence.text()
    assert "送拟办。" in window.banner.hint.text()
    assert "何予安" in window.timeline.text()


def test_a_refresh_touches_nothing_that_is_being_entered(room, type_words):
    paper = room.bureau.register()
    room.bureau.act("110001", paper, "to_propose")
    window = room.open("110003", paper)
    room.pick(window, "leader", "jcy")
    type_words(window.bar.work.left.box.field, "请批示。")
    form = window.bar.work.forms["to_leader"]
    room.jobs.announce({"document"})
    room.press(window.header.refresh)
    assert window.bar.work.forms["to_leader"] is form
    assert window.bar.work.left.box.text() == "请批示。"
    assert form.picks()["leader"] == (room.bureau.person("100101"),)


def test_a_closed_window_gives_back_words_and_choices(room, type_words):
    paper = room.bureau.register()
    room.bureau.act("110001", paper, "to_propose")
    window = room.open("110003", paper)
    window.bar.work.choose("to_handle")
    room.pick(window, "lead", "刑侦")
    type_words(window.bar.work.left.box.field, "请抓紧办理。")
    window.close()
    room.settle()
    window = room.open("110003", paper)
    assert window.bar.work.left.box.text() == "请抓紧办理。"
    assert window.bar.work.left.note.text() == "已恢复上次未提交的意见"
    assert window.bar.work.left.note.isVisible()
    assert window.bar.work.buttons.primary.text() == "直接交办"
    assert window.bar.work.sentence.text() == "将交 刑侦支队 主办。"
    room.press(window.bar.work.buttons.primary)
    assert viewing.show(room.bureau.desk("110003"), paper).where == "承办：刑侦支队收发员"
    assert not kept(window._office, paper)


def test_words_survive_without_a_close(room, type_words, qtbot):
    paper = room.bureau.register()
    window = room.open("110001", paper)
    type_words(window.bar.work.left.box.field, "断电前写的。")
    qtbot.wait(EDITED_AFTER_MS + 100)
    assert kept(window._office, paper)[0].data["opinion"] == "断电前写的。"
    room.press(window.bar.work.buttons.primary)
    assert not kept(window._office, paper)


def test_restored_words_can_be_dropped(room):
    paper = room.bureau.register()
    office = room.office("110001")
    office.scratch.keep(f"opinion/{paper}", {"task": 0, "opinion": "旧话。", "action": "to_read", "entered": {"to_read": {"picks": {"readers": ["person:1"]}}}})
    window = room.open("110001", paper, office)
    assert window.bar.work.left.box.text() == "旧话。"
    assert window.bar.work.chosen.key == "to_propose", "choices made for another to-do do not come back"
    room.press(window.bar.work.left.forget)
    assert window.bar.work.left.box.text() == ""
    window.close()
    assert not kept(office, paper)


def test_words_already_on_record_are_not_offered_again(room):
    paper = room.bureau.register()
    room.bureau.act("110001", paper, "to_propose", "经初审，符合规定。")
    room.bureau.act("110003", paper, "return", "请补充。", target="check")
    office = room.office("110001")
    office.scratch.keep(f"opinion/{paper}", {"task": 0, "opinion": "经初审，符合规定。", "action": "to_propose", "entered": {}})
    window = room.open("110001", paper, office)
    assert window.bar.acting()
    assert window.bar.work.left.box.text() == ""
    assert not kept(office, paper)


def test_words_for_a_paper_that_is_gone_are_still_shown(room):
    paper = room.bureau.register()
    office = room.office("110001")
    office.scratch.keep(f"opinion/{paper}", {"task": 0, "opinion": "拟请刑侦支队办理。", "action": "to_propose", "entered": {}})
    room.bureau.act("110002", paper, "to_propose")
    window = room.open("110001", paper, office)
    assert "没有提交" in window.banner.sentence.text()
    assert "拟请刑侦支队办理。" in window.banner.hint.text()
    room.press(window.banner.button)
    assert not kept(office, paper)


def test_a_lost_connection_is_told_and_keeps_everything(room, type_words, monkeypatch):
    paper = room.bureau.register()
    window = room.open("110001", paper)
    type_words(window.bar.work.left.box.field, "送拟办。")

    def broken(*_args):
        raise Unavailable("数据库连接中断。", "意见已保留，请稍后再试。")
    with monkeypatch.context() as cut:
        cut.setattr(acting, "act", broken)
        room.press(window.bar.work.buttons.primary)
    assert window.banner.sentence.text() == "数据库连接中断。"
    assert window.bar.work.left.box.text() == "送拟办。"
    room.press(window.bar.work.buttons.primary)
    assert not window.banner.isVisible()
    assert viewing.show(room.bureau.desk("110001"), paper).where == "拟办：市局核稿人"


def test_closing_during_an_act_waits_for_its_result(room, qtbot):
    paper = room.bureau.register()
    office = room.office("110001")
    window = room.open("110001", paper, office)
    qtbot.mouseClick(window.bar.work.buttons.primary, Qt.MouseButton.LeftButton)
    assert not window.close()
    room.settle()
    assert not office.windows()
    assert viewing.show(room.bureau.desk("110001"), paper).where == "拟办：市局核稿人"
    assert not kept(office, paper)


def test_two_presses_act_once(room):
    paper = room.bureau.register()
    window = room.open("110001", paper)
    for _ in range(3):
        window.bar.work.press()
    room.settle()
    assert not window.banner.isVisible()
    assert [entry.action for entry in viewing.show(room.bureau.desk("110001"), paper).timeline].count("送拟办") == 1


def test_opening_a_held_task_marks_it_seen_once(room):
    paper = room.bureau.register()
    room.bureau.act("110001", paper, "to_propose")
    assert not viewing.show(room.bureau.desk("110001"), paper).waiting[0].seen
    room.open("110001", paper)
    assert not viewing.show(room.bureau.desk("110001"), paper).waiting[0].seen, "who has no task leaves no mark"
    window = room.open("110003", paper)
    assert viewing.show(room.bureau.desk("110001"), paper).waiting[0].seen
    assert "已打开" in window.timeline.text()
