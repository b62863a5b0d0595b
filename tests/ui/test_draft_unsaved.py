"""发文拟稿: a crash, a closed window or a newer text elsewhere never cost a word."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from shiboken6 import delete

from oa_client.ui.draft import unsaved
from oa_client.ui.draft.comparing import CompareWindow
from oa_client.ui.draft.loading import key_of
from oa_client.ui.draft.window import KEPT
from oa_client.usecases import drafting
from tests.ui.draft_windows import TITLE, choose, kept, offices, press, windows, write

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
office, window = pytest.fixture(offices), pytest.fixture(windows)


def test_a_crash_is_offered_again_and_restored(window, office, jobs, small, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(unsaved, "KEEP_MS", 100)
    number = small.draft("120003")
    page = window(number)
    page.face.paper.body.append("崩溃前写的一段。")
    choose(page.face.properties.copy_to, "江北省公安厅")
    page.face.properties.main_to.input.setText("交通")
    page.face.properties.main_to.input.textEdited.emit("交通")
    table = tmp_path / "表.txt"
    table.write_text("单位")
    page.face.properties.attachments.take([table])
    jobs.wait_idle()
    qtbot.wait(200)
    delete(page)
    again = window(number, office())
    bar = again.face.restore
    assert bar.isVisible()
    assert "11月16日" in bar.hint.text()
    assert not again.face.paper.body.isEnabled()
    bar.restore.click()
    jobs.wait_idle()
    assert again.face.paper.body.text().endswith("崩溃前写的一段。")
    assert again.face.paper.body.isEnabled()
    assert again.face.properties.copy_to.names() == ("江北省公安厅",)
    assert again.face.properties.main_to.pending() == "交通"
    assert again.face.properties.attachments.names() == ("表.txt",)
    again.face.properties.main_to.input.clear()
    press(again.face.save, jobs)
    opened = drafting.open_draft(small.desk("120003"), number)
    assert opened.form.body.endswith("崩溃前写的一段。")
    assert [row.name for row in opened.attachments] == ["表.txt"]


def test_what_was_kept_of_a_new_draft_can_be_discarded(window, office, jobs, small, qtbot):
    page = window()
    write(page, small)
    kept(page, qtbot)
    delete(page)
    again = window(0, office())
    assert "没有保存过" in again.face.restore.hint.text()
    assert again.face.paper.title.toPlainText() == ""
    again.face.restore.discard.click()
    assert again._office.scratch.kept() == []
    assert again.face.paper.title.isEnabled()


def test_nothing_is_offered_when_nothing_differs(window, office, jobs, small, qtbot):
    number = small.draft("120003")
    page = window(number)
    body = page.face.paper.body.text()
    page.face.paper.body.append("又删去。")
    kept(page, qtbot)
    assert [piece.key for piece in page._office.scratch.kept()] == [key_of(number)]
    page.face.paper.body.set_text(body)
    kept(page, qtbot)
    assert page._office.scratch.kept() == []


def test_closing_keeps_and_says_so(window, office, jobs, small, qtbot):
    desk = office()
    page = window(0, desk)
    write(page, small)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.isVisible()
    with qtbot.waitSignal(jobs.notice) as told:
        page.close()
    assert told.args == [KEPT]
    again = window(0, desk)
    again.face.restore.restore.click()
    assert again.face.paper.title.toPlainText() == TITLE


def newer(small, number, **changes):
    """Somebody saves the same draft from another desk."""
    form = drafting.open_draft(small.desk("120003"), number).form
    drafting.save(small.desk("120003"), replace(form, **changes))


@pytest.mark.parametrize(("choice", "body"), [("mine", "我写的。"), ("newest", "别处写的。")])
def test_a_newer_text_is_never_overwritten_unseen(window, jobs, small, choice, body):
    number = small.draft("120003")
    page = window(number)
    page.face.paper.body.setPlainText("我写的。")
    newer(small, number, body="别处写的。")
    press(page.face.save, jobs)
    assert "没有覆盖" in page.face.banner.sentence.text()
    assert page.face.paper.body.text() == "我写的。"
    page.face.banner.button.click()
    jobs.wait_idle()
    compare = page.findChild(CompareWindow)
    assert "我写的。" in compare.own.toPlainText()
    assert "别处写的。" in compare.latest.toPlainText()
    assert len(compare.own.extraSelections()) == 1
    getattr(compare, choice).emit()
    compare.accept()
    press(page.face.save, jobs)
    assert drafting.open_draft(small.desk("120003"), number).form.body == body
