"""A text field as high as its text, between a least and a most number of lines."""

from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from oa_client.ui import theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GrowingText(QPlainTextEdit):
    """Plain text that grows with what is typed. Tab moves on; Ctrl+Enter submits."""

    submitted = Signal()

    def __init__(self, least: int = 2, most: int = 8, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most, self._height = least, most, 0
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        lines = max(self._least, min(self._most, round(self.document().size().height())))
        height = ceil(lines * self._pitch()) + 2 * round(self.document().documentMargin()) + 8
        over = self.document().size().height() > self._most
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if height != self._height:
            self._height = height
            self.setFixedHeight(height)

    def _pitch(self) -> float:
        """The height of a line of Chinese as it is laid out; the font's metrics are those of its first face."""
        sample = QTextLayout("国", self.font())
        sample.beginLayout()
        line = sample.createLine()
        sample.endLayout()
        return line.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that fit are in view from the first line, also when they were there before the field grew."""
        super().resizeEvent(event)
        if self.document().size().height() <= self._most:
            self.verticalScrollBar().setValue(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
            return
        super().keyPressEvent(event)
