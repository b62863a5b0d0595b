"""A short notice over the bottom of a window that goes by itself; may carry an undo."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label

SHOWN_MS = 4000
SHOWN_WITH_UNDO_MS = 10000
LETTER_MS = 120
MOST_OF_WINDOW = 0.6


class Toast(QFrame):
    """One notice of a window; see `notice`."""

    def __init__(self, window: QWidget, text: str, verb: str, pressed: Callable[[], object] | None) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.mark(self, "surface", "toast")
        space = theme.tokens().space
        line = QHBoxLayout(self)
        line.setContentsMargins(space[3], space[1], space[3] if not verb else space[1], space[1])
        line.setSpacing(space[2])
        self.words = label(text, parent=self)
        line.addWidget(self.words)
        self.setAccessibleName(text)
        self._pressed = pressed
        if verb:
            line.addWidget(button(verb, "plain", pressed=self._press, parent=self))
        window.installEventFilter(self)
        QTimer.singleShot(max(SHOWN_WITH_UNDO_MS if verb else SHOWN_MS, len(text) * LETTER_MS), self, self._end)

    def place(self) -> None:
        """Stand in the middle above the window's lower edge; a long sentence takes several lines."""
        window = self.parentWidget()
        assert window is not None
        whole, most = self.words.fontMetrics().horizontalAdvance(self.words.text()) + 2, round(window.width() * MOST_OF_WINDOW)
        self.words.setWordWrap(whole > most)
        self.words.setFixedWidth(min(whole, most))
        self.adjustSize()
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 3 * theme.tokens().space[4])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)

    def _press(self) -> None:
        if self._pressed is not None:
            self._pressed()
        self._end()

    def _end(self) -> None:
        self.hide()
        self.deleteLater()


def notice(owner: QWidget, text: str, verb: str = "", pressed: Callable[[], object] | None = None) -> Toast:
    """Show a notice over `owner`'s window for some seconds; an older one gives way. `verb` (撤销) calls `pressed`."""
    window = owner.window()
    for older in window.findChildren(Toast, options=Qt.FindChildOption.FindDirectChildrenOnly):
        older._end()
    toast = Toast(window, text, verb, pressed)
    toast.place()
    toast.show()
    toast.raise_()
    return toast
