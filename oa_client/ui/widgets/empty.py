"""An empty place says in one sentence what belongs here, and offers one button."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label


class EmptyState(QWidget):
    """Icon, sentence and, if given, one button."""

    def __init__(self, sentence: str, icon: str = "empty", verb: str = "", pressed: Callable[[], object] | None = None,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        column = QVBoxLayout(self)
        column.setSpacing(theme.tokens().space[2])
        column.addStretch(2)
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._picture)
        self._sentence = label(sentence, "secondary", wrap=True, parent=self)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._sentence)
        self.button = button(verb, "plain", pressed=pressed, parent=self)
        self.button.setVisible(bool(verb))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
        self._draw()
        theme.changed.connect(self._draw)

    def say(self, sentence: str, icon: str | None = None) -> None:
        """Change the sentence and, if given, the icon."""
        self._sentence.setText(sentence)
        self._icon_name = icon or self._icon_name
        self._draw()

    def _draw(self) -> None:
        side = 2 * theme.tokens().icon + theme.tokens().space[1]
        self._picture.setPixmap(icons.icon(self._icon_name, "edge").pixmap(side, side))
