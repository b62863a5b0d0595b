"""A drop-down of (value, words); the wheel only turns it while it has the focus."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget


class Choice(QComboBox):
    """`none` are the words of the empty value; without them the first option is chosen. `changed` follows the user or `set_value`."""

    changed = Signal()

    def __init__(self, options: Sequence[tuple[Hashable, str]] = (), none: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._none = none
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(12)
        self.set_options(options)
        self.currentIndexChanged.connect(lambda _: self.changed.emit())

    def set_options(self, options: Sequence[tuple[Hashable, str]]) -> None:
        """Offer other options; the chosen value stays if it is still among them."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        if self._none:
            self.addItem(self._none, None)
        for value, words in options:
            self.addItem(words, value)
        self.set_value(kept)
        self.blockSignals(False)
        if self.value() != kept:
            self.changed.emit()

    def value(self) -> Hashable | None:
        """The value chosen, or None."""
        return self.currentData()

    def number(self) -> int:
        """The value chosen where the values are numbers, 0 without one."""
        value = self.value()
        return value if isinstance(value, int) else 0

    def set_value(self, value: Hashable | None) -> None:
        """Choose the option with a value; an unknown one leaves the first."""
        found = next((at for at in range(self.count()) if self.itemData(at) == value), 0 if self.count() else -1)
        self.setCurrentIndex(found)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
