"""The document window, acting: both flows through real windows, and what is in the database afterwards."""

import pytest
from PySide6.QtCore import Qt

from oa_client.usecases import viewing
from tests.ui.document_room import Room

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def room(small, jobs, qtbot):
    made = Room(small, jobs, qtbot)
    yield made
    made.close()


def where(room, document_id, login="110001"):
    return viewing.show(room.bureau.desk(login), document_id).where


def opinions(room, document_id, login="110001"):
    return [entry.opinion for entry in viewing.show(room.bureau.desk(login), document_id).timeline if entry.opinion]


def test_an_incoming_paper_from_initial_review_to_the_archive(room, type_words):
    paper = room.bureau.register(urgency="加急")
    window = room.open("110001", paper)
    assert window.bar.work.sentence.text() == "将送办公室拟办。"
    room.press(window.bar.work.buttons.primary)
    assert where(room, paper) == "拟办：市局核稿人"
    window.close()

    window = room.open("110003", paper)
    assert window.bar.work.sentence.text() == "将送 （请选择批示领导） 批示。"
    room.pick(window, "leader", "jcy")
    room.pick(window, "lead", "刑侦")
    room.pick(window, "assist", "jjzd")
    assert window.bar.work.sentence.text() == "将送 江承岳 批示。"
    type_words(window.bar.work.left.box.field, "拟请刑侦支队主办。")
    room.press(window.bar.work.buttons.primary)
    assert where(room, paper) == "批示：江承岳"
    window.close()

    window = room.open("100101", paper)
    assert window.bar.work.sentence.text() == "将交 刑侦支队 主办，交警支队 协办。"
    assert window.bar.work.left.box.field.placeholderText() == "填写处理意见，不填写即为「同意拟办意见，请按拟办意见办理。」"
    form = window.bar.work.forms["to_handle"]
    form.field("due_on").setDate(form.field("due_on").date().fromString("2026-11-20", "yyyy-MM-dd"))
    room.press(window.bar.work.buttons.primary)
    assert where(room, paper) == "承办：刑侦支队收发员、交警支队收发员"
    assert opinions(room, paper)[-1] == "同意拟办意见，请按拟办意见办理。"
    window.close()

    lead = room.open("120002", paper)
    assert not lead.bar.work.buttons.primary.isEnabled()
    assert lead.bar.work.sentence.text() == "还有 1 个协办未答复，答复后才能报办理结果。"
    room.key(lead, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert where(room, paper).startswith("承办")

    helper = room.open("130002", paper)
    type_words(helper.bar.work.left.box.field, "无不同意见。")
    room.key(helper.bar.work.left.box.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert lead.bar.work.buttons.primary.isEnabled(), "the other desk's answer frees the lead without a press"
    type_words(lead.bar.work.left.box.field, "已办理完毕。")
    room.press(lead.bar.work.buttons.primary)
    assert where(room, paper) == "办结：市局收发员"

    room.press(room.open("110001", paper).bar.work.buttons.primary)
    archive = room.open("110004", paper)
    assert archive.bar.work.forms["file"].values()["year"] == "2026"
    room.press(archive.bar.work.buttons.primary)
    view = viewing.show(room.bureau.desk("110004"), paper)
    assert view.state == "filed"
    assert view.reference


def test_an_outgoing_paper_from_review_to_its_receipts(room, type_words):
    paper = room.bureau.draft()
    room.bureau.act("110003", paper, "submit", fields={"explain": "内容已核实。"})
    window = room.open("110003", paper)
    room.press(window.bar.work.left.edit)
    assert room.drafts == [paper]
    countersign = next(button for button in window.bar.work.buttons.others if button.text() == "送会签")
    room.press(countersign)
    assert where(room, paper, "110003") == "审核：市局核稿人", "the first press only prepares"
    room.pick(window, "countersigners", "xzzd")
    room.pick(window, "countersigners", "luochangfeng")
    room.pick(window, "signer", "100101")
    assert window.bar.work.sentence.text() == "将送 刑侦支队、罗长风 会签，一致后送 江承岳 签发。"
    room.press(window.bar.work.buttons.primary)
    window.close()
    for login in ("120001", "130001", "100101", "110003"):
        window = room.open(login, paper)
        room.press(window.bar.work.buttons.primary)
        window.close()
    assert where(room, paper, "110003") == "登记：市局收发员"

    clerk = room.open("110001", paper)
    assert clerk.bar.work.left.box.isHidden(), "a step without opinion has no box"
    clerk.bar.work.forms["number"].field("copies").setText("30")
    room.press(clerk.bar.work.buttons.primary)
    assert clerk.header.number.text() == "云公发〔2026〕1号"
    assert clerk.banner.isVisible(), "numbered, and now the same clerk distributes"
    room.press(clerk.bar.work.buttons.primary)
    assert clerk.bar.after.words.text() == "办理完毕：分发给主送、抄送单位，由各单位签收"
    view = viewing.show(room.bureau.desk("110001"), paper)
    assert [row.sent_at is not None for row in view.addressees] == [True, True]
    assert dict(view.fields)["份数"] == "30"


def test_what_is_missing_is_said_under_its_field(room, type_words):
    paper = room.bureau.register()
    room.bureau.act("110001", paper, "to_propose")
    window = room.open("110003", paper)
    work = window.bar.work
    room.press(work.buttons.primary)
    assert work.left.error.text() == "请填写送领导批示的意见。"
    type_words(work.left.box.field, "请批示。")
    assert work.left.error.isHidden(), "typing takes the sentence away"
    room.press(work.buttons.primary)
    form = work.forms["to_leader"]
    assert form.field("leader").accessibleDescription() == "请选择批示领导。"
    assert work.left.box.text() == "请批示。"
    assert where(room, paper) == "拟办：市局核稿人"


def test_turning_to_another_action_and_back_keeps_what_was_chosen(room):
    paper = room.bureau.register()
    room.bureau.act("110001", paper, "to_propose")
    window = room.open("110003", paper)
    work = window.bar.work
    room.pick(window, "leader", "jcy")
    room.press(next(button for button in work.buttons.others if button.text() == "送传阅"))
    assert work.buttons.primary.text() == "送传阅"
    assert work.sentence.text() == "将送 （请选择传阅） 传阅。"
    assert work.forms["to_leader"].isHidden()
    room.press(next(button for button in work.buttons.others if button.text() == "送领导批示"))
    assert work.sentence.text() == "将送 江承岳 批示。"


def test_return_asks_for_step_and_reason_in_one_dialog(room, answer):
    paper = room.bureau.register()
    room.bureau.act("110002", paper, "to_propose")
    room.bureau.act("110003", paper, "to_leader", "请批示。", picks={"leader": (room.bureau.person("100101"),)})
    window = room.open("100101", paper)
    actions = {action.text(): action for action in window.bar.work.buttons.menu.actions()}
    assert list(actions) == ["退回"]

    def fill(dialog):
        assert [radio.text() for radio in dialog.steps.values()] == ["拟办（许文谦）", "初审（何予安）"]
        assert not dialog.verb.isEnabled(), "no return without a reason"
        dialog.steps["check"].click()
        dialog.box.set_text("附件不全，请补齐。")
    answer("退回到「初审」", fill)
    actions["退回"].trigger()
    room.settle()
    assert where(room, paper) == "初审：何予安"
    assert opinions(room, paper)[-1] == "附件不全，请补齐。"


def test_going_back_from_the_dialog_changes_nothing(room, answer):
    paper = room.bureau.register()
    window = room.open("110001", paper)
    answer("返回")
    window.bar.work.buttons.menu.actions()[0].trigger()
    room.settle()
    assert where(room, paper) == "初审：市局收发员"
    assert window.bar.acting()


def test_a_dangerous_action_keeps_its_reason_when_it_is_refused(room, answer):
    paper = room.bureau.register()
    window = room.open("110001", paper)
    room.bureau.act("110002", paper, "to_propose")
    answer("退回来文单位", lambda dialog: dialog.findChild(type(window.bar.work.left.box)).set_text("不属我局职责。"))
    window.bar.work.buttons.menu.actions()[0].trigger()
    room.settle()
    assert "何予安" in window.banner.sentence.text()
    assert window.bar.work.left.box.text() == "不属我局职责。"


def test_withdraw_while_nobody_has_opened_it(room, answer):
    paper = room.bureau.register()
    window = room.open("110001", paper)
    room.press(window.bar.work.buttons.primary)
    assert window.bar.after.words.text() == "办理完毕：送办公室拟办"
    answer("撤回")
    room.press(window.bar.after.withdraw)
    assert where(room, paper) == "初审：苏明禾"
    assert window.bar.acting()
    room.press(window.bar.work.buttons.primary)
    room.open("110003", paper)
    assert window.bar.after.withdraw.isHidden(), "opened by the other side, it can no longer be taken back"


def test_several_tasks_have_a_switch(room):
    paper = room.bureau.register()
    room.bureau.act("110001", paper, "to_propose")
    room.bureau.act("110003", paper, "to_read", "请阅。", picks={"readers": (room.bureau.person("120002"), room.bureau.unit("criminal"))})
    window = room.open("120002", paper)
    switch = window.bar.work.left.switch
    assert not switch.isHidden()
    assert switch.count() == 2
    room.press(window.bar.work.buttons.primary)
    assert switch.isHidden()
    assert window.bar.acting(), "the other one is still to do"


def test_the_next_to_do_can_be_opened_at_once(room):
    office = room.office("110001")
    first = room.bureau.register()
    second = room.bureau.register(number="江公通〔2026〕32号", title="关于做好值班工作的通知")
    window = room.open("110001", first, office)
    room.press(window.bar.work.buttons.primary)
    assert window.bar.after.next.text() == "下一件待办：关于做好值班工作的通知"
    room.press(window.bar.after.next)
    assert [opened.document_id for opened in office.windows()] == [second]
    window = office.windows()[0]
    window.bar.after.at_once.setChecked(True)
    third = room.bureau.register(number="江公通〔2026〕33号", title="关于报送统计表的通知")
    room.press(window.bar.work.buttons.primary)
    assert [opened.document_id for opened in office.windows()] == [third]


def test_own_phrases_come_first_and_can_be_added(room):
    paper = room.bureau.register()
    office = room.office("110001")
    office.settings.phrases = ["请予登记。"]
    side = room.open("110001", paper, office).bar.work.left
    words = [action.text() for action in side.box.menu.actions()]
    assert words[0].endswith("请予登记。")
    assert any("经初审" in entry for entry in words)
    side.box.set_text("情况属实。")
    side.box.phrase_added.emit("情况属实。")
    assert office.settings.phrases == ["情况属实。", "请予登记。"]
    assert side.box.menu.actions()[0].text().endswith("情况属实。")
