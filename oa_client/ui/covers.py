"""While the desk is locked: a cover over every window, and no key or press that gets past the lock."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from oa_client.ui import theme
from oa_client.ui.widgets.empty import EmptyState

WORDS = "已锁定。请在锁定窗口输入密码。"
_KIND = QEvent.Type
INPUT = frozenset({
    _KIND.KeyPress, _KIND.KeyRelease, _KIND.ShortcutOverride, _KIND.Shortcut, _KIND.InputMethod, _KIND.MouseButtonPress, _KIND.MouseButtonRelease,
    _KIND.MouseButtonDblClick, _KIND.MouseMove, _KIND.Wheel, _KIND.ContextMenu, _KIND.TouchBegin, _KIND.TouchUpdate, _KIND.TouchEnd, _KIND.TabletPress,
    _KIND.TabletMove, _KIND.TabletRelease, _KIND.DragEnter, _KIND.DragMove, _KIND.Drop, _KIND.HoverEnter, _KIND.HoverMove, _KIND.Enter, _KIND.ToolTip})
_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)


class Cover(QWidget):
    """Lies over everything in a window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.mark(self, "surface", "window")
        self.setAccessibleName(WORDS)
        column = QVBoxLayout(self)
        column.addWidget(EmptyState(WORDS, "lock"))
        self.follow()
        self.show()

    def follow(self) -> None:
        """Be as large as the window, and above everything in it."""
        window = self.parentWidget()
        assert window is not None
        self.setGeometry(window.rect())
        self.raise_()


class Covers(QObject):
    """From its making until `lift()`: everything but `lock` is covered and deaf, also what is opened meanwhile.

    Titles name papers, so they are covered too. `pushed()` when a window stood up that the lock must get before.
    Windows are not closed meanwhile, but for `leaving`: the desk is left as a whole.
    """

    pushed = Signal()

    def __init__(self, lock: QWidget, title: str) -> None:
        super().__init__(lock)
        self._lock, self._title = lock, title
        self.leaving = False
        self.covers: dict[QWidget, Cover] = {}
        self._titles: dict[QWidget, str] = {}
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._cover(window)
        _application().installEventFilter(self)

    def lift(self) -> None:
        """Give every window back as it was, with the title that it has by now."""
        _application().removeEventFilter(self)
        for window, cover in self.covers.items():
            if isValid(cover):
                cover.hide()
                cover.deleteLater()
            if isValid(window) and window.windowTitle() == self._title:
                window.setWindowTitle(self._titles[window])
        self.covers, self._titles = {}, {}

    def _cover(self, window: QWidget) -> None:
        if self._belongs(window) or window in self.covers or window.windowType() in _PASSING:
            return
        self.covers[window] = Cover(window)
        self._titles[window] = window.windowTitle()
        window.setWindowTitle(self._title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in INPUT:
            return not self._belongs(watched)
        if kind == _KIND.Close and isinstance(watched, QWindow) and not self.leaving and not self._belongs(watched):
            event.ignore()  # the program's own close() comes this way too
            return True
        if isinstance(watched, QWidget):
            self._keep_covered(watched, kind)
        return False

    def _keep_covered(self, watched: QWidget, kind: QEvent.Type) -> None:
        """What moves, grows, rises or opens stays below a cover."""
        if kind == _KIND.Show and watched.isWindow():
            self._cover(watched)
            if watched in self.covers:
                self.pushed.emit()
        elif kind in (_KIND.Show, _KIND.ZOrderChange):
            window = watched.parentWidget()
            cover = self.covers.get(window) if window is not None else None
            if cover is not None and watched is not cover and isValid(cover):
                cover.raise_()
        elif kind == _KIND.Resize and watched in self.covers:
            self.covers[watched].follow()
        elif kind == _KIND.WindowTitleChange and watched in self.covers and watched.windowTitle() != self._title:
            self._titles[watched] = watched.windowTitle()
            watched.setWindowTitle(self._title)
        elif kind == _KIND.WindowActivate and watched in self.covers:
            self.pushed.emit()

    def _belongs(self, watched: QObject) -> bool:
        """Whether it is the lock, something in it, or a menu or dialog of it."""
        at: QObject | None = watched
        handle = self._lock.windowHandle()
        while at is not None and at is not self._lock and at is not handle:
            at = (at.transientParent() or at.parent()) if isinstance(at, QWindow) else at.parent()
        return at is not None


def _application() -> QCoreApplication:
    found = QApplication.instance()
    assert found is not None
    return found
