"""Answers the question that a press may raise, while its dialog waits."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from oa_client.tour.guide import Guide
from oa_client.ui.widgets.dialog import Question

LOOK_MS, LOOKS = 100, 60


def answer(guide: Guide, words: str = "", seen: Callable[[], object] | None = None) -> None:
    """When a question comes up within some seconds, fill its field with the words, have it `seen`, and press its verb."""
    looks = iter(range(LOOKS))
    timer = QTimer(guide.program, interval=LOOK_MS)

    def look() -> None:
        asked = QApplication.activeModalWidget()
        if isinstance(asked, Question):
            timer.stop()
            _fill(asked, words)
            if seen is not None:
                seen()
            asked.verb.click()
        elif next(looks, None) is None:
            timer.stop()

    timer.timeout.connect(look)
    timer.start()


def _fill(asked: Question, words: str) -> None:
    for rich in asked.findChildren(QTextEdit):
        rich.setPlainText(words)
    for plain in asked.findChildren(QPlainTextEdit):
        plain.setPlainText(words)
    for line in asked.findChildren(QLineEdit):
        line.setText(words)
