"""The parts that a form's window is laid out with. Each is made inside its parent and filled afterwards: a tree that is moved
as a whole is styled anew as a whole, which takes tens of milliseconds."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from oa_client.ui import theme


def line_of(*parts: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; None is a gap that takes what is left."""
    line = QHBoxLayout()
    line.setSpacing(theme.tokens().space[1])
    for part in parts:
        line.addStretch(1) if part is None else line.addWidget(part)
    return line


def card(parent: QWidget, margin: int) -> tuple[QFrame, QVBoxLayout]:
    """A white card and the column to fill."""
    made = QFrame(parent)
    theme.mark(made, "surface", "card")
    column = QVBoxLayout(made)
    column.setContentsMargins(margin, margin, margin, margin)
    return made, column


def scrolled(parent: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """A card whose content scrolls when the window is low: the widget inside and the column to fill."""
    space = theme.tokens().space
    made, column = card(parent, 1)
    area = _Area(made)
    column.addWidget(area)
    inner = QWidget(area)
    area.setWidget(inner)
    filled = QVBoxLayout(inner)
    filled.setContentsMargins(space[3], space[1], space[3], space[2])
    filled.setSpacing(space[3])
    return inner, filled


class _Area(QScrollArea):
    """Scrolls up and down only: it is never narrower than what it holds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget) and watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.setMinimumWidth(watched.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())
        return super().eventFilter(watched, event)
