"""The first window (入口): the brand at the left, at the right one view after another: waiting, choosing a database, signing in."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.brand import NAME, BrandPanel, emblem
from oa_client.ui.widgets.label import label

LETTERS = 46


class Waiting(QWidget):
    """One sentence of what is going on, and a way out if there is one."""

    def __init__(self, words: str, verb: str = "", pressed: Callable[[], object] | None = None) -> None:
        super().__init__()
        now = theme.tokens()
        column = QVBoxLayout(self)
        column.setSpacing(now.space[3])
        column.addStretch(1)
        self.words = label(words, "secondary", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.words)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(now.font * 16)
        self.bar.setAccessibleName(words)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignCenter)
        if verb and pressed is not None:
            self.way_out = QPushButton(verb)
            self.way_out.clicked.connect(lambda: pressed())
            column.addSpacing(now.space[1])
            column.addWidget(self.way_out, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)


class Entrance(QWidget):
    """Shows one view at a time; `closed` when the user closes the window. A view may have `may_close() -> bool`,

    and `LETTERS`, the width that suits it.
    """

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(NAME)
        self.setWindowIcon(emblem())
        theme.mark(self, "surface", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.brand = BrandPanel(self)
        self.room = QScrollArea(self)
        self.room.setWidgetResizable(True)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.mark(self.room.viewport(), "surface", "surface")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.brand)
        line.addWidget(self.room, 1)
        self._fit()

    def view(self) -> QWidget | None:
        """The view shown now."""
        holder = self.room.widget()
        return holder.findChild(QWidget, "view", Qt.FindChildOption.FindDirectChildrenOnly) if holder else None

    def show_view(self, view: QWidget) -> None:
        """Show a view in place of the one before, which is deleted."""
        view.setObjectName("view")
        holder = QWidget()
        theme.mark(holder, "surface", "surface")
        now = theme.tokens()
        line = QHBoxLayout(holder)
        line.setContentsMargins(2 * now.space[4], 2 * now.space[3], 2 * now.space[4], 2 * now.space[3])
        line.addStretch(1)
        line.addWidget(view, 100)
        line.addStretch(1)
        view.setMaximumWidth(now.font * getattr(view, "LETTERS", LETTERS))
        old = self.room.takeWidget()
        self.room.setWidget(holder)
        if old is not None:
            old.deleteLater()
        view.show()

    def say_owner(self, bureau: str) -> None:
        """Show whose database is open."""
        self.brand.say_owner(bureau)
        self.setWindowTitle(f"{NAME} — {bureau}" if bureau else NAME)

    def wait(self, words: str, verb: str = "", pressed: Callable[[], object] | None = None) -> None:
        """Show that something is going on; `verb` is the way out of it."""
        self.show_view(Waiting(words, verb, pressed))

    def _fit(self) -> None:
        font = theme.tokens().font
        wanted = QSize(font * 74, font * 49)
        screen = QGuiApplication.primaryScreen()
        room = screen.availableSize() - QSize(0, 40) if screen else wanted
        self.resize(wanted.boundedTo(room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.brand.setVisible(self.width() >= theme.tokens().font * 56)

    def closeEvent(self, event: QCloseEvent) -> None:
        may_close = getattr(self.view(), "may_close", None)
        if may_close is not None and not may_close():
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit()
