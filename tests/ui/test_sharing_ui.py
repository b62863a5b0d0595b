"""Sharing from the document window, taking back, and the list 共享给我."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from oa_client.domain.errors import Refused
from oa_client.ui import errors
from oa_client.ui.document.share_dialog import WHOM, ShareDialog, sentence
from oa_client.ui.pages.box_page import BoxPage
from oa_client.usecases import sharing, viewing
from tests.ui import pages_room
from tests.ui.document_room import Room
from tests.usecases.test_library import filed

BODY = "各市公安局：现就冬季治安防控有关事项通知如下。"


@pytest.fixture
def room(small, jobs, qtbot):
    made = Room(small, jobs, qtbot)
    yield made
    made.close()


def asked(room, window) -> ShareDialog:
    room.key(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    [dialog] = [each for each in QApplication.topLevelWidgets() if isinstance(each, ShareDialog) and each.isVisible()]
    return dialog


def typed(qtbot, dialog, *names):
    picker = dialog.form.field("to")
    for name in names:
        picker.input.setFocus()
        picker.input.setText(name)
        picker.input.textEdited.emit(name)
        qtbot.keyClick(picker.input, Qt.Key.Key_Return)


def words(widget):
    return [each.text() for each in widget.findChildren(QLabel) if not each.isHidden() and each.text()]


def test_what_is_not_finished_says_why_it_is_not_shared(room):
    window = room.open("110001", room.bureau.register())
    assert not window.header.share.isEnabled()
    assert window.header.share.toolTip() == "共享：办结或归档以后才能共享。"
    assert window.header.share.accessibleDescription() == "办结或归档以后才能共享。"
    assert window.header.export.isEnabled() and window.header.sheet.isEnabled()


def test_it_is_said_who_will_see_what_before_it_is_done(room, qtbot):
    paper = filed(room.bureau, body=BODY)
    window = room.open("110001", paper)
    dialog = asked(room, window)
    day = room.bureau.desk("110001").today() + timedelta(days=30)
    assert dialog.form.values()["until"] == day and dialog.sentence.text() == WHOM
    typed(qtbot, dialog, "温若水", "刑侦支队")
    assert dialog.sentence.text() == f"温若水、刑侦支队 可以阅看正文和附件，至 {day}，不含办理意见。"
    holders = {pick.holder for pick in dialog.form.field("to").matches("")}
    assert room.bureau.person("100901") not in holders, "administrators of the system hold no business rights"
    assert room.bureau.person("110001") not in holders
    assert {room.bureau.unit("traffic"), room.bureau.person("100101")} <= holders


def test_it_is_shared_by_keyboard_and_listed_at_once(room, qtbot):
    paper = filed(room.bureau, body=BODY)
    window = room.open("110001", paper)
    dialog = asked(room, window)
    typed(qtbot, dialog, "交警支队")
    dialog.form.field("reason").setText("联合整治需要")
    room.key(dialog.form.field("reason"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [row] = viewing.show(room.bureau.desk("110001"), paper).shares
    assert (row.to, row.reason) == ("交警支队", "联合整治需要")
    window.tabs.tabs.setCurrentWidget(window.tabs.related)
    shown = words(window.tabs.related)
    assert "共享情况" in shown and f"交警支队　至 {row.until}" in shown and "共享中" in shown
    assert any(text.startswith("苏明禾 11月16日") and text.endswith("共享：联合整治需要") for text in shown)
    assert room.bureau.unit("traffic") in window.lending._office.settings.recent_people


def test_what_is_missing_is_told_under_its_field_and_nothing_is_lost(room, qtbot):
    window = room.open("110001", filed(room.bureau))
    dialog = asked(room, window)
    typed(qtbot, dialog, "罗长风")
    room.press(dialog.verb)
    assert dialog.isVisible() and "请写明共享的理由。" in words(dialog)
    assert dialog.form.field("to").names() == ("罗长风",)
    dialog.form.field("reason").setText("参考")
    dialog.form.field("until").set_value(None)
    room.press(dialog.verb)
    assert "请选择共享到哪一天。" in words(dialog)
    dialog.form.field("until").set_value(room.bureau.desk("110001").today() + timedelta(days=400))
    room.press(dialog.verb)
    assert any(text.startswith("共享期限应在今天至") for text in words(dialog))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert viewing.show(room.bureau.desk("110001"), window.document_id).shares == ()


def test_who_handled_it_already_is_not_shared_with(room, qtbot):
    window = room.open("110001", filed(room.bureau))
    dialog = asked(room, window)
    typed(qtbot, dialog, "江承岳")
    dialog.form.field("reason").setText("参考")
    room.press(dialog.verb)
    assert "江承岳办理过本件，本来就能看到。" in words(dialog)


def test_a_share_is_taken_back_after_a_question(room, answer):
    paper = filed(room.bureau)
    desk = room.bureau.desk("110001")
    sharing.share(desk, paper, (room.bureau.person("130003"),), desk.today() + timedelta(days=9), "参考")
    window = room.open("110001", paper)
    window.tabs.tabs.setCurrentWidget(window.tabs.related)
    [press] = [each for each in window.tabs.related.findChildren(QPushButton) if each.text() == "收回"]
    assert press.accessibleName() == "收回对顾南星的共享"
    answer("收回共享")
    room.press(press)
    shown = words(window.tabs.related)
    assert "已收回" in shown and not [each for each in window.tabs.related.findChildren(QPushButton) if each.text() == "收回"]


def test_somebody_else_may_not_take_it_back(room):
    paper = filed(room.bureau)
    desk = room.bureau.desk("110001")
    sharing.share(desk, paper, (room.bureau.person("130003"),), desk.today() + timedelta(days=9), "参考")
    window = room.open("110002", paper)
    window.tabs.tabs.setCurrentWidget(window.tabs.related)
    assert "共享中" in words(window.tabs.related)
    assert not [each for each in window.tabs.related.findChildren(QPushButton) if each.text() == "收回"]


def test_a_refusal_in_the_dialog_is_told(room, qtbot, monkeypatch):
    window = room.open("110001", filed(room.bureau))
    dialog = asked(room, window)
    typed(qtbot, dialog, "罗长风")
    dialog.form.field("reason").setText("参考")
    monkeypatch.setattr(sharing, "share", lambda *_: (_ for _ in ()).throw(Refused("只有办理过本件的人可以共享。")))
    room.press(dialog.verb)
    assert [shown.windowTitle() for shown in errors.shown()] == ["未能完成"] and dialog.isVisible()


@pytest.mark.parametrize(("names", "said"), [(("甲",), "甲 可以"), (("甲", "乙", "丙", "丁", "戊"), "甲、乙、丙、丁 等 5 个 可以"), ((), "")])
def test_many_are_counted(names, said, small):
    assert sentence(names, small.desk("110001").today()).startswith(said)


def test_the_list_of_what_is_lent(small, jobs, qtbot):
    with pages_room.room_of(small, jobs, qtbot) as room:
        page = room.show("130003", lambda office: BoxPage(office, "lent"))
        assert "没有共享给您的公文" in page.list.nothing._sentence.text() and page.list.primary is None
        paper = filed(small, body=BODY)
        desk = small.desk("110001")
        until = desk.today() + timedelta(days=9)
        sharing.share(desk, paper, (small.unit("traffic"),), until, "参考")
        room.changed("lent")
        assert pages_room.column(page.list, "title") == ["关于开展冬季治安防控工作的通知"]
        assert pages_room.column(page.list, "organ") == ["江北省公安厅"]
        page.list.table.selectRow(0)
        room.settle(200)
        assert page.preview.watermark.words().startswith("顾南星 130003 ") and not page.preview.watermark.isHidden()
        assert page.preview.note.text() == f"共享给您阅看，至 {until}"
        assert page.preview.sheet.excerpt.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
        room.key(page.list.table, Qt.Key.Key_Return)
        assert room.opened() == [f"document {paper}"]
