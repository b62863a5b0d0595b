"""The audit page's deeds: verifying with progress and faults, comparing with an anchor, making one, taking out."""

import csv
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from oa_client.ui.audit import checks, lines
from oa_client.ui.audit.anchor_dialogs import AnchorDialog
from oa_client.ui.audit.anchor_made import AnchorMade, sheet
from oa_client.usecases import anchor_keys, auditing
from oa_client.usecases.audit_rows import AuditFilter
from tests.ui.audit_past import AUDITOR, run, settle
from tests.ui.entering import words_of

WORDS = "正确的口令-2026"


def dialog(kind):
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, kind), shown
    return shown


def slowly(monkeypatch, seconds=0.9):
    """Verifying takes its time, and tells of it."""
    real = auditing.store.verify

    def verify(session, tell=lambda *_: None, anchored=None):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            tell(3, 10, "校验留痕")
            time.sleep(0.01)
        return real(session, tell, anchored)
    monkeypatch.setattr(auditing.store, "verify", verify)


def test_all_is_well(page, room, small):
    room.press(page.checks.verify_button)
    settle(room, page)
    told = words_of(page.bar)
    assert "全部相符：已校验" in told and "已记入留痕" in told and page.bar.banner.property("banner") == "ontime"
    assert page.list.model.row(0).action == "校验留痕" and page.stack.currentWidget() is page.list


def test_verifying_shows_how_far_it_is_and_can_be_cancelled(page, room, qtbot, monkeypatch, small):
    slowly(monkeypatch, 5)
    before = auditing.total(small.desk(AUDITOR))
    page.checks.verify_button.click()
    assert not page.checks.verify_button.isEnabled() and not page.bar.isVisible()
    qtbot.waitUntil(page.bar.progress.isVisible, timeout=2000)
    qtbot.waitUntil(lambda: "校验留痕　3 / 10 条" in words_of(page.bar), timeout=2000)
    assert (page.bar.bar.value(), page.bar.bar.maximum()) == (3, 10)
    page.bar.cancel.click()
    settle(room, page)
    assert "校验已取消，没有得出结果。" in words_of(page.bar) and not page.bar.progress.isVisible()
    assert page.checks.verify_button.isEnabled() and auditing.total(small.desk(AUDITOR)) == before


def test_the_list_answers_while_all_is_verified(page, room, qtbot, monkeypatch):
    slowly(monkeypatch, 1.2)
    page.checks.verify_button.click()
    page.list.action.set_value("sign_in")
    qtbot.waitUntil(lambda: {row.action for row in page.list.model.rows()} == {"登录"}, timeout=1000)
    assert not page.office.jobs.idle()
    settle(room, page)


def broken(page, room, small):
    """An edited event, a removed link; verified."""
    rows = auditing.page(small.desk(AUDITOR), AuditFilter(action="numbered"), size=50).rows
    edited = next(row for row in rows if row.document == "云公发〔2026〕1号")
    run(small, "UPDATE audit_event SET terminal = '别处' WHERE id = :id", id=edited.id)
    run(small, "DELETE FROM audit_link WHERE stream = :stream AND seq = 2", stream=f"d{small.received}")
    room.press(page.checks.verify_button)
    settle(room, page)
    return edited


def test_faults_are_listed_and_each_opens_onto_its_rows(page, room, small):
    edited = broken(page, room, small)
    pane = page.faults
    assert page.stack.currentWidget() is pane and "处不符" in pane.heading.text() and "不能作准" in words_of(pane)
    assert {fault.kind for fault in pane.model.rows()} >= {"edited", "gap"}
    fault = next(fault for fault in pane.model.rows() if fault.event_id == edited.id)
    pane.table.select(pane.model.id_at(pane.model.rows().index(fault)))
    room.settle(60)
    assert fault.words in words_of(pane.preview) and "别处" in words_of(pane.preview)
    room.press(pane.preview.links["stream"])
    settle(room, page)
    assert page.stack.currentWidget() is page.list and page.list.stream == f"d{small.sent}"
    assert page.list.table.selected_ids() == (edited.id,) and fault.words in words_of(page.preview)
    room.press(page.bar.banner.button)
    assert page.stack.currentWidget() is pane
    room.key(pane, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.list


def test_a_chain_that_is_gone_says_so(page, room, small, tmp_path):
    file = tmp_path / "锚点.json"
    checks.anchors.issue(small.desk(AUDITOR), file, anchor_keys.file_key(tmp_path / "k.pem", lambda _new: WORDS))
    stream = f"d{small.sent}"
    for table in ("audit_link", "audit_event", "audit_head"):
        run(small, f"DELETE FROM {table} WHERE stream = :stream", stream=stream)
    asked = page.checks.ask_anchor_file()
    asked.file.setText(str(file))
    asked.accept()
    settle(room, page)
    lost = next(fault for fault in page.faults.model.rows() if fault.kind == "lost")
    page.faults.table.select(page.faults.model.id_at(page.faults.model.rows().index(lost)))
    room.settle(60)
    room.press(page.faults.preview.nothing.button)
    settle(room, page)
    assert lines.GONE in words_of(page)


def test_verifying_again_after_it_was_mended_is_good(page, room, small):
    run(small, "UPDATE audit_event SET terminal = terminal || 'x' WHERE id = 30")
    room.press(page.checks.verify_button)
    settle(room, page)
    assert page.stack.currentWidget() is page.faults
    run(small, "UPDATE audit_event SET terminal = substr(terminal, 1, length(terminal) - 1) WHERE id = 30")
    room.press(page.faults.again)
    settle(room, page)
    assert page.stack.currentWidget() is page.list and "全部相符" in words_of(page.bar)


def test_an_anchor_is_made_with_a_key_file_and_compared(page, room, qtbot, tmp_path):
    file, key = tmp_path / "锚点.json", tmp_path / "密钥.pem"
    room.press(page.checks.anchor_button)
    asked = dialog(AnchorDialog)
    asked.file.setText("")
    room.press(asked.verb)
    assert "请指定锚点文件。" in words_of(asked)
    asked.file.setText(str(file))
    asked.source.set_value("file")
    asked.key.setText(str(key))
    asked.passphrase.setText(WORDS)
    room.press(asked.verb)
    assert "请把同一个口令再输一次" in words_of(asked) and asked.passphrase.text() == WORDS and not file.exists()
    asked.again.setText(WORDS)
    room.key(asked.again, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.settle(300)
    made = dialog(AnchorMade)
    assert file.exists() and key.exists() and "与锚点比对" in words_of(made) and made._made.root in sheet(made._made)
    room.press(made.copy)
    assert made._made.signature in QApplication.clipboard().text()
    made.reject()
    asked = page.checks.ask_anchor_file()
    room.press(asked.verb)
    assert "请选择锚点文件。" in words_of(asked)
    asked.file.setText(str(file))
    asked.key.setText(made._made.key)
    room.press(asked.verb)
    settle(room, page)
    assert "全部相符" in words_of(page.bar) and "签发的锚点核对" in words_of(page.bar) and "没有核对是谁签的" not in words_of(page.bar)


def test_an_anchor_that_was_refused_keeps_what_was_typed(page, room, small, tmp_path):
    run(small, "UPDATE audit_event SET terminal = '别处' WHERE id = 30")
    asked = page.checks.ask_anchor()
    asked.file.setText(str(tmp_path / "a.json"))
    asked.source.set_value("file")
    for field, words in ((asked.key, str(tmp_path / "k.pem")), (asked.passphrase, WORDS), (asked.again, WORDS)):
        field.setText(words)
    room.press(asked.verb)
    assert "处不符，没有签发" in words_of(asked) and asked.again.text() == WORDS and not (tmp_path / "a.json").exists()
    asked.anyway.setChecked(True)
    room.press(asked.verb)
    dialog(AnchorMade).reject()
    assert (tmp_path / "a.json").exists()


def test_without_a_key_store_the_dialog_says_what_to_do(page, room, tmp_path, monkeypatch):
    monkeypatch.setattr(anchor_keys, "store", lambda: None)
    asked = page.checks.ask_anchor()
    asked.file.setText(str(tmp_path / "a.json"))
    room.press(asked.verb)
    told = words_of(asked)
    assert "没有可信的钥匙串" in told and "请改用密钥文件" in told and "--" not in told
    asked.reject()


def test_an_altered_anchor_is_refused_in_the_dialog(page, room, tmp_path):
    (tmp_path / "x.json").write_text("{}", "utf-8")
    asked = page.checks.ask_anchor_file()
    asked.file.setText(str(tmp_path / "x.json"))
    room.press(asked.verb)
    assert "不是完好的锚点" in words_of(asked) and asked.file.text().endswith("x.json")
    asked.reject()


@pytest.mark.parametrize("name", ["留痕.xlsx", "留痕.csv"])
def test_what_is_filtered_is_taken_out_and_noted(page, room, small, tmp_path, name):
    page.list.document.setText(str(small.sent))
    settle(room, page)
    shown = page.list.model.rowCount()
    page.checks.export_to(tmp_path / name)
    settle(room, page)
    assert (tmp_path / name).exists() and len(list(tmp_path.glob(f"*{Path(name).suffix}"))) == 1
    if name.endswith("csv"):
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0][0] == "时间" and len(rows) == shown + 1
    assert auditing.page(small.desk(AUDITOR)).rows[0].words == f"导出留痕 {shown} 条"


def test_an_export_that_cannot_be_written_is_told_above_the_list(page, room, tmp_path):
    page.checks.export_to(tmp_path / "没有" / "x.xlsx")
    settle(room, page)
    assert "写不进去" in words_of(page.bar) and "请换一个文件夹" in words_of(page.bar)


def test_a_time_that_is_no_time_is_told_in_words(page, room, small):
    run(small, "UPDATE audit_event SET at = 'gestern' WHERE id = (SELECT max(id) FROM audit_event)")
    page.load()
    settle(room, page)
    assert "读不出来" in words_of(page) and "请立即校验" in words_of(page)
    room.press(page.checks.verify_button)
    settle(room, page)
    assert page.stack.currentWidget() is page.faults
