"""Idle time: keys and the mouse in any window count as somebody at the desk, and nothing else does."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout

from oa_client.ui import idle
from oa_client.ui.idle import IdleWatch


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves: clock[0] in seconds."""
    at = [1000.0]
    monkeypatch.setattr(idle, "since_start", lambda: at[0])
    return at


@pytest.fixture
def field(styled, qtbot):
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def watch(clock, field, qapp):
    """A watch of ten minutes; `told` is what it said."""
    made = IdleWatch(10)
    made.told = []
    made.idle.connect(lambda: made.told.append("idle"))
    made.asked.connect(lambda: made.told.append("asked"))
    yield made
    made.rest()
    made.deleteLater()


def after(watch, clock, minutes):
    clock[0] += minutes * 60
    watch.look()
    return watch.told


def test_it_is_told_once_after_the_minutes(watch, clock):
    assert after(watch, clock, 9.9) == []
    assert after(watch, clock, 0.2) == ["idle"]
    assert after(watch, clock, 60) == ["idle"]
    watch.restart()
    assert after(watch, clock, 9.9) == ["idle"]
    assert after(watch, clock, 0.2) == ["idle", "idle"]


@pytest.mark.parametrize("act", [
    lambda field: QTest.keyClick(field.windowHandle(), Qt.Key.Key_A), lambda field: QTest.mouseMove(field.windowHandle(), QPoint(9, 9)),
    lambda field: QTest.mouseClick(field.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))],
    ids=["key", "move", "press"])
def test_who_types_or_moves_the_mouse_is_there(watch, clock, field, act):
    after(watch, clock, 9)
    act(field)
    QApplication.processEvents()
    assert after(watch, clock, 9) == []
    assert after(watch, clock, 1.1) == ["idle"]


def test_words_of_an_input_method_count(watch, clock, field):
    watch._follow_field(field)
    after(watch, clock, 9)
    event = QInputMethodEvent()
    event.setCommitString("请阅")
    QApplication.sendEvent(field, event)
    assert field.text() == "请阅"
    assert after(watch, clock, 9) == []


def test_what_the_program_does_itself_counts_for_nothing(watch, clock, field):
    after(watch, clock, 9)
    field.setText("刷新")
    field.resize(300, 40)
    QApplication.sendEvent(field, QEvent(QEvent.Type.UpdateRequest))
    QApplication.processEvents()
    assert after(watch, clock, 1.1) == ["idle"]


def test_a_dialog_opened_later_is_heard(watch, clock, field, qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    QVBoxLayout(dialog).addWidget(QLineEdit(dialog))
    dialog.open()
    qtbot.waitExposed(dialog)
    after(watch, clock, 9)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
    assert after(watch, clock, 9) == []


def test_who_comes_back_after_the_pc_slept_does_not_wake_the_desk(watch, clock, field):
    clock[0] += 8 * 3600
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert watch.told == ["idle"] and field.text() == ""


def test_the_keys_for_locking_are_heard_in_every_window(watch, field):
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert watch.told == ["asked"]


def test_it_looks_by_itself(styled, qtbot):
    watch = IdleWatch(0.002)
    with qtbot.waitSignal(watch.idle, timeout=3000):
        pass
    watch.deleteLater()
