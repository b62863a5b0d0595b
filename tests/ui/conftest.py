"""Screens are tested without a display, with the product's own style on."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from oa_client.settings import Settings
from oa_client.ui import errors, icons, theme
from oa_client.ui.jobs import Jobs


def pytest_collection_modifyitems(items):
    """What the display without a screen cannot do (raise a window, grab keys) it says as a warning; that is no fault of ours."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support"))


@pytest.fixture(autouse=True)
def own_garbage():
    """Cyclic garbage goes on this thread only, as `ui/garbage.py` sees to in the product: a widget ended by a job's thread blocks Qt."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # a window that outlives its test would write into the next one's home
    gc.collect()
    gc.freeze()  # what is still there need not be looked at after every test
    gc.enable()


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Every test has this PC's folder to itself."""
    monkeypatch.setenv("OA_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def qapp_args():
    return ["文枢"]


@pytest.fixture(scope="session")
def _styled(qapp):
    icons.warm()
    return qapp


@pytest.fixture
def styled(_styled, own_home):
    """The application in the light theme at normal text size."""
    theme.apply(_styled, "light", "normal")
    return _styled


@pytest.fixture
def settings():
    return Settings()


@pytest.fixture
def jobs(styled):
    """A Jobs that is idle again when the test is over; failure dialogs left open are closed."""
    made = Jobs()
    yield made
    assert made.close(5)
    for dialog in errors.shown():
        dialog.accept()


@pytest.fixture
def answer(qtbot):
    """answer(verb, act=None): in the next modal dialog call `act(dialog)` and press the button with these words."""
    def plan(verb, act=None):
        def press():
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog):
                QTimer.singleShot(10, press)
                return
            if act is not None:
                act(dialog)
            found = [button for button in dialog.findChildren(QPushButton) if button.text() == verb]
            assert found, f"没有按钮“{verb}”"
            found[0].click()
        QTimer.singleShot(10, press)
    return plan


@pytest.fixture
def type_words():
    """type_words(widget, words): what an input method does when Chinese words are committed."""
    def type_(widget, words):
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(widget, event)
    return type_
