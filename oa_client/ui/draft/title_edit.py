"""The title of a document: as many lines as it needs, but never a line break of its own."""

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QTextOption
from PySide6.QtWidgets import QWidget

from oa_client.ui import theme
from oa_client.ui.widgets.growing_text import GrowingText

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TitleEdit(GrowingText):
    """Enter moves on to the next field; pasted lines are joined."""

    def __init__(self, hint: str = "", most: int = 4, parent: QWidget | None = None) -> None:
        self._face: QFont | None = None
        self._centred_hint = ""
        super().__init__(1, most, hint, parent)

    def wear(self, face: QFont) -> None:
        """Show the title in a face of its own; each new styling of the widget would take it off again."""
        self._face = face
        self.setFont(face)

    def centre(self, hint: str) -> None:
        """Write from the middle, the hint too."""
        self._centred_hint = hint
        self.document().setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignHCenter))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._centred_hint and self.document().isEmpty():
            painter = QPainter(self.viewport())
            painter.setPen(theme.tokens().colour("placeholder"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._centred_hint)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._face is not None and self.font() != self._face:
            self.setFont(self._face)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText("".join(line.strip() for line in source.text().splitlines()))
