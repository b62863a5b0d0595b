"""The choice between what was kept on this PC and what is in the database."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label


class RestoreBar(QFrame):
    """`restored` or `discarded`; hidden until `say`."""

    restored = Signal()
    discarded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "banner", "soon")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        space = theme.tokens().space
        line = QHBoxLayout(self)
        line.setContentsMargins(space[2], space[1], space[2], space[1])
        line.setSpacing(space[1])
        self._picture = QLabel(self)
        line.addWidget(self._picture)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.sentence = label("", wrap=True, parent=self)
        self.hint = label("", "small", wrap=True, parent=self)
        words.addWidget(self.sentence)
        words.addWidget(self.hint)
        line.addLayout(words, 1)
        self.discard = button("丢弃", pressed=lambda: self._answer(self.discarded.emit), parent=self)
        self.restore = button("恢复", "primary", pressed=lambda: self._answer(self.restored.emit), parent=self)
        line.addWidget(self.discard)
        line.addWidget(self.restore)
        theme.changed.connect(self._draw)
        self._draw()
        self.hide()

    def say(self, sentence: str, hint: str) -> None:
        """Ask."""
        self.sentence.setText(sentence)
        self.hint.setText(hint)
        self.setAccessibleName(f"{sentence}{hint}")
        self.show()
        self.restore.setFocus()

    def _answer(self, told: Callable[[], object]) -> None:
        self.hide()
        told()

    def _draw(self) -> None:
        side = theme.tokens().icon
        self._picture.setPixmap(icons.icon("history", "soon").pixmap(QSize(side, side)))
