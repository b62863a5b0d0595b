"""A whole number with its unit of count (份、页、天); the wheel only turns it while it has the focus."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from oa_client.ui import theme


class Number(QSpinBox):
    """A number from `least` to `most`; `unit` stands behind it."""

    changed = Signal()

    def __init__(self, least: int = 0, most: int = 9999, value: int = 0, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setSuffix(f" {unit}" if unit else "")
        self.setValue(value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(theme.tokens().space[1], 0, 0, 0)
        self.valueChanged.connect(lambda _: self.changed.emit())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
