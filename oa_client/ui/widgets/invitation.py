"""An invitation to drop files: a picture, what to do, buttons for those who would rather choose, and a word below."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.widgets.label import label


class Invitation(QFrame):
    """Fills its place; the first of `verbs` takes the focus."""

    def __init__(self, icon: str, heading: str, detail: str, verbs: Sequence[QPushButton], note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, space = icon, theme.tokens().space
        theme.mark(self, "surface", "drop")
        column = QVBoxLayout(self)
        column.setContentsMargins(space[4], space[4], space[4], space[4])
        column.setSpacing(space[1])
        column.addStretch(2)
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._picture)
        for words, role in ((heading, "section"), (detail, "secondary")):
            column.addWidget(self._centred(words, role))
        column.addSpacing(space[1])
        line = QHBoxLayout()
        line.setSpacing(space[1])
        line.addStretch(1)
        for verb in verbs:
            line.addWidget(verb)
        line.addStretch(1)
        column.addLayout(line)
        column.addSpacing(space[1])
        column.addWidget(self._centred(note, "small"))
        column.addStretch(3)
        self.setFocusProxy(verbs[0])
        theme.changed.connect(self._draw)
        self._draw()

    def light(self, on: bool) -> None:
        """Show that what is being dragged can be dropped."""
        theme.mark(self, "active", "true" if on else "false")

    def _centred(self, words: str, role: str) -> QLabel:
        made = label(words, role, wrap=True, parent=self)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return made

    def _draw(self) -> None:
        side = 3 * theme.tokens().icon
        self._picture.setPixmap(icons.icon(self._icon, "accent").pixmap(QSize(side, side)))
