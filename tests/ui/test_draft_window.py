"""发文拟稿: what is written in the real window ends in the database and goes to review by the rules."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QDialog

from oa_client.ui.widgets.opinion_box import OpinionBox
from oa_client.usecases import drafting, lists, viewing
from oa_client.usecases.writing import Target
from tests.ui.draft_windows import BODY, TITLE, choose, kept, offices, press, sent, windows, write

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
office, window = pytest.fixture(offices), pytest.fixture(windows)


def test_a_new_draft_is_written_and_saved(window, jobs, small, qtbot):
    page = window()
    write(page, small)
    choose(page.face.properties.copy_to, "公安厅")
    choose(page.face.properties.copy_to, "云岚市应急管理局，云岚市交通运输局")
    page.face.properties.field("urgency").set_value("加急")
    press(page.face.save, jobs)
    [opened] = sent(small)
    form = opened.form
    assert (form.title, form.body, form.urgency, form.openness, form.organ_id) == (TITLE, BODY, "加急", "主动公开", small.units["root"])
    assert form.targets == (Target("刑侦支队", small.units["criminal"], True), Target("江北省公安厅", None, False),
                            Target("云岚市应急管理局", None, False), Target("云岚市交通运输局", None, False))
    assert "已保存" in page.face.state.text()
    assert page._office.scratch.kept() == []
    page.face.paper.body.append("补充一段。")
    press(page.face.save, jobs)
    assert [opened.form.body for opened in sent(small)] == [f"{BODY}\n补充一段。"]


def test_ctrl_s_saves(window, jobs, small, qtbot):
    page = window()
    page.activateWindow()
    write(page, small)
    page.face.paper.body.setFocus()
    with qtbot.waitSignal(page.sending.saved):
        qtbot.keyClick(page.face.paper.body, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert sent(small)[0].form.title == TITLE


def test_a_draft_without_title_is_not_saved(window, jobs, small):
    page = window()
    page.activateWindow()
    page.face.paper.body.insertPlainText("只有正文。")
    press(page.face.save, jobs)
    assert page.face.paper.wrong.text() == "请填写标题。"
    assert page.focusWidget() is page.face.paper.title
    assert sent(small) == []
    assert page.face.paper.body.text() == "只有正文。"
    page.face.paper.title.setPlainText("有了")
    assert page.face.paper.wrong.isHidden()


def test_a_receiver_typed_but_not_taken_is_not_lost_silently(window, jobs, small):
    page = window()
    write(page, small)
    page.face.properties.copy_to.input.setText("省交通厅")
    press(page.face.save, jobs)
    assert sent(small) == []
    assert page.face.properties.copy_to.property("wrong") == "true"
    assert page.face.properties.copy_to.pending() == "省交通厅"


def test_the_bureau_is_addressed_by_its_full_name(window, small):
    page = window()
    choose(page.face.properties.main_to, "sj")
    assert page.face.properties.targets() == (Target("云岚市公安局", small.units["root"], True),)


def test_the_reason_is_asked_only_when_not_public(window, jobs, small):
    page = window()
    write(page, small, openness="不予公开")
    reason = page.face.properties.field("openness_reason")
    assert reason.isVisible()
    reason.setPlainText("涉及执法工作秘密。")
    press(page.face.save, jobs)
    assert sent(small)[0].form.openness_reason == "涉及执法工作秘密。"
    page.face.properties.field("openness").set_value("主动公开")
    assert not reason.isVisible()
    press(page.face.save, jobs)
    assert sent(small)[0].form.openness_reason == ""


def test_attachments_are_added_shown_and_removed(window, jobs, small, tmp_path):
    page = window()
    write(page, small)
    first, second = tmp_path / "名单.txt", tmp_path / "表.csv"
    first.write_text("甲乙丙")
    second.write_text("单位,数量\n")
    page.face.properties.attachments.take([first, second])
    jobs.wait_idle()
    press(page.face.save, jobs)
    [opened] = sent(small)
    assert [row.name for row in opened.attachments] == ["名单.txt", "表.csv"]
    files = page.face.properties.attachments
    files.opened.emit(files.files()[0].key)
    jobs.wait_idle()
    [shown] = page.findChildren(QDialog)
    assert "甲乙丙" in shown.preview.text.toPlainText()
    shown.close()
    files._remove(files.files()[0].key)
    third = tmp_path / "图.txt"
    third.write_text("丁")
    files.take([third])
    jobs.wait_idle()
    press(page.face.save, jobs)
    assert [row.name for row in sent(small)[0].attachments] == ["表.csv", "图.txt"]
    assert viewing.read_attachment(small.desk("120003"), sent(small)[0].attachments[1].id)[3].strip() == "丁"


def test_a_marked_attachment_is_refused_and_not_kept(window, jobs, small, tmp_path, qtbot):
    page = window()
    write(page, small)
    secret = tmp_path / "密.txt"
    secret.write_text("机密★1年\n江北省公安厅文件\n江公通〔2026〕3号\n关于某事的通知\n各市公安局：\n内容。\n")
    page.face.properties.attachments.take([secret])
    jobs.wait_idle()
    assert "标有密级「机密」" in page.face.banner.sentence.text()
    assert page.face.properties.attachments.files() == ()
    kept(page, qtbot)
    assert page._office.scratch.kept()[0].data["files"] == []


def test_the_rules_speak_while_one_writes(window, jobs, small, qtbot):
    page = window()
    page.activateWindow()
    assert page.face.findings.found() == ()
    page.face.properties.field("organ_id").set_value(small.units["root"])
    page.face.paper.title.setPlainText("关于加强冬季交通安全管理的通知")
    qtbot.waitUntil(lambda: len(page.face.findings.found()) > 3)
    rows = {row.finding.field: row for row in page.face.findings.rows()}
    assert rows["body"].finding.severity == "block"
    assert "第" in rows["title"].toolTip()
    qtbot.mouseClick(rows["body"], Qt.MouseButton.LeftButton)
    assert page.focusWidget() is page.face.paper.body
    rows["openness"].setFocus()
    qtbot.keyClick(rows["openness"], Qt.Key.Key_Return)
    assert page.focusWidget() is page.face.properties.field("openness")
    write(page, small, title=TITLE)
    qtbot.waitUntil(lambda: page.face.findings.found() == ())
    assert page.face.findings.summary.text() == "没有发现问题。"


def test_a_good_draft_goes_to_review_and_the_window_closes(window, jobs, small, qtbot):
    page = window()
    page.activateWindow()
    write(page, small)
    page.face.remark.setText("请尽快审核。")
    page.face.remark.setFocus()
    with qtbot.waitSignal(page.sending.sent):
        qtbot.keyClick(page.face.remark, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [row] = lists.page(small.desk("120003"), "send").rows
    view = viewing.show(small.desk("120003"), row.id)
    assert view.where.startswith("审核")
    assert any(entry.opinion == "请尽快审核。" for entry in view.timeline)
    assert not page.isVisible()
    assert page._office.scratch.kept() == []


def test_a_block_stops_and_leads_to_its_field(window, jobs, small):
    page = window()
    page.activateWindow()
    write(page, small)
    page.face.properties.field("openness").set_value(None)
    press(page.face.submit, jobs)
    assert page.isVisible()
    assert "必须改正" in page.face.banner.sentence.text()
    assert page.focusWidget() is page.face.properties.field("openness")
    assert sent(small) == []


def test_a_warning_asks_for_a_reason_which_goes_on_record(window, jobs, small, qtbot, answer):
    page = window()
    write(page, small, title="关于加强冬季交通安全管理的通知")
    answer("返回")
    press(page.face.submit, jobs)
    assert page.isVisible()
    assert sent(small) == []
    answer("送审核", lambda dialog: dialog.findChild(OpinionBox).set_text("标题已经办公室同意。"))
    with qtbot.waitSignal(page.sending.sent):
        page.face.submit.click()
    view = viewing.show(small.desk("120003"), lists.page(small.desk("120003"), "send").rows[0].id)
    assert view.where.startswith("审核")
    assert ("提示事项说明", "标题已经办公室同意。") in view.fields


def test_the_layout_is_shown_after_saving(window, jobs, small):
    page = window()
    write(page, small)
    press(page.face.layout_button, jobs)
    jobs.wait_idle()
    [shown] = page.findChildren(QDialog)
    assert shown.preview.pdf.pages() >= 1
    assert sent(small)[0].form.title == TITLE
    shown.close()


def test_a_reviewer_corrects_and_does_not_send_from_here(window, office, jobs, small):
    number = small.draft("120003")
    small.act("120003", number, "submit", fields={"explain": "已核实"})
    page = window(number, office("110003"))
    assert not page.face.submit.isVisible()
    assert page.face.shut.isVisible()
    assert page.face.save.text() == "保存修改"
    page.face.paper.body.append("审核时补充。")
    press(page.face.save, jobs)
    assert drafting.open_draft(small.desk("110003"), number).form.body.endswith("审核时补充。")
    page.face.shut.click()
    assert not page.isVisible()


def test_a_draft_in_other_hands_is_not_opened(window, jobs, small, office):
    number = small.draft("120003")
    small.act("120003", number, "submit", fields={"explain": "已核实"})
    page = window(number)
    assert page.pages.currentWidget() is page.waiting
    assert page.waiting.button.isVisible()
    page.waiting.button.click()
    assert not page.isVisible()


def test_pasted_text_becomes_plain_paragraphs(window):
    page = window()
    pasted = QMimeData()
    pasted.setHtml("<b>一、标题</b>")
    pasted.setText("　　一、标题\r\n\r\n  \t正文\u200b一段。\x00\n")
    page.face.paper.body.insertFromMimeData(pasted)
    assert page.face.paper.body.text() == "一、标题\n正文一段。"
    page.face.paper.body.undo()
    assert page.face.paper.body.text() == ""
