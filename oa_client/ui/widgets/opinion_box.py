"""Where an officer writes an opinion 意见: grows with the words, offers common phrases 常用语."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.growing_text import GrowingText

EDITED_AFTER_MS = 400


class OpinionBox(QWidget):
    """`submitted` on Ctrl+Enter, `changed` at every keystroke, `edited(text)` when the typing pauses (to keep a draft),
    `phrase_added(text)` when the user wants the present words among the common phrases."""

    submitted = Signal()
    changed = Signal()
    edited = Signal(str)
    phrase_added = Signal(str)

    def __init__(self, hint: str = "填写意见", phrases: Sequence[str] = (), least_lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phrases: tuple[str, ...] = ()
        self.field = GrowingText(least_lines, 8, hint, self)
        self.setFocusProxy(self.field)
        self.menu = QMenu("常用语", self)
        self.phrases_button = button("常用语", "quiet", "phrases", tip="插入常用语（Ctrl+J）", parent=self)
        self.phrases_button.setShortcut(QKeySequence("Ctrl+J"))
        self.phrases_button.clicked.connect(self._offer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens().space[0])
        column.addWidget(self.field)
        column.addWidget(self.phrases_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._pause = QTimer(self, singleShot=True, interval=EDITED_AFTER_MS)
        self._pause.timeout.connect(lambda: self.edited.emit(self.field.toPlainText()))
        self.field.textChanged.connect(self._typed)
        self.field.submitted.connect(self.submitted)
        self.set_phrases(phrases)

    def text(self) -> str:
        """The opinion without blanks around it."""
        return self.field.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Put words into the field, for example a kept draft; the cursor stands behind them."""
        self.field.setPlainText(text)
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    def clear(self) -> None:
        """Empty the field."""
        self.field.clear()

    def set_phrases(self, phrases: Sequence[str]) -> None:
        """The common phrases that the button offers, in order."""
        self._phrases = tuple(phrases)
        self.menu.clear()
        for at, phrase in enumerate(self._phrases):
            words = phrase if len(phrase) <= 24 else phrase[:23] + "…"
            action = self.menu.addAction(f"&{at + 1}  {words}" if at < 9 else words)
            action.triggered.connect(lambda _=False, phrase=phrase: self.insert(phrase))
        if self._phrases:
            self.menu.addSeparator()
        self._keep = self.menu.addAction(icons.icon("add"), "把当前意见存为常用语")
        self._keep.triggered.connect(lambda: self.phrase_added.emit(self.text()))

    def insert(self, phrase: str) -> None:
        """Put a phrase at the cursor; over a selection it replaces it."""
        self.field.textCursor().insertText(phrase)
        self.field.setFocus()

    def _offer(self) -> None:
        self._keep.setEnabled(bool(self.text()) and self.text() not in self._phrases)
        corner = self.phrases_button.rect().topLeft()
        self.menu.popup(self.phrases_button.mapToGlobal(corner) - self.menu.rect().bottomLeft())

    def _typed(self) -> None:
        self.changed.emit()
        self._pause.start()
