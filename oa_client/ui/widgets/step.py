"""One view of the entrance: the way back, a heading, a sentence, the content, and the buttons at its foot."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label, title

LOW_IN_LETTERS = 52


class Step(QWidget):
    """Content goes into `column`, buttons to `add_verbs`; `back` when the user wants the view before (also Esc)."""

    back = Signal()

    def __init__(self, heading: str, sentence: str = "", way_back: str = "返回") -> None:
        super().__init__()
        space = theme.tokens().space
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(space[1])
        outer.addItem(headroom())
        self.way_back = button(way_back, "link", "left", tip="返回上一步（Esc）", pressed=self.back.emit)
        self.way_back.setVisible(bool(way_back))
        outer.addWidget(self.way_back, 0, Qt.AlignmentFlag.AlignLeft)
        body = QVBoxLayout()
        body.setContentsMargins(space[0] + 1, 0, 0, 0)  # where the words of a link begin
        body.setSpacing(space[1])
        outer.addLayout(body)
        self.heading = title(heading)
        body.addWidget(self.heading)
        self.sentence = label(sentence, "secondary", wrap=True)
        self.sentence.setVisible(bool(sentence))
        body.addWidget(self.sentence)
        body.addSpacing(space[1])
        self.banner = Banner(self, closable=False)
        body.addWidget(self.banner)
        self.column = QVBoxLayout()
        self.column.setSpacing(space[2])
        body.addLayout(self.column)
        self._links = QVBoxLayout()
        outer.addLayout(self._links)
        outer.addStretch(1)

    def add_verbs(self, *verbs: QPushButton, aside: QPushButton | None = None) -> None:
        """Put buttons at the right of the foot, the primary one last; `aside` stands at the left."""
        line = QHBoxLayout()
        line.setSpacing(theme.tokens().space[1])
        if aside is not None:
            line.addWidget(aside)
        line.addStretch(1)
        for verb in verbs:
            line.addWidget(verb)
        self.column.addSpacing(theme.tokens().space[0])
        self.column.addLayout(line)

    def add_link(self, link: QPushButton) -> None:
        """Put a link below the content, its words flush with it."""
        self._links.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.way_back.isVisible() and self.way_back.isEnabled():
            self.back.emit()
            return
        super().keyPressEvent(event)


def headroom() -> QSpacerItem:
    """The room above the heading: the same in every view, hardly any where the screen is low for the text size."""
    screen, font = QGuiApplication.primaryScreen(), theme.tokens().font
    low = screen is not None and screen.availableSize().height() < font * LOW_IN_LETTERS
    return QSpacerItem(0, theme.tokens().space[1] if low else font * 6, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

