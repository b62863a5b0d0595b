"""Noticing that nobody is at the desk (空闲): no key, no mouse in any window of the program for some minutes."""

import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

LOOK_MS = 10_000
_KIND = QEvent.Type
ACTIVE = frozenset({_KIND.KeyPress, _KIND.MouseMove, _KIND.MouseButtonPress, _KIND.Wheel, _KIND.TouchBegin, _KIND.TouchUpdate, _KIND.TabletMove,
                    _KIND.TabletPress, _KIND.InputMethod})
_CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def since_start() -> float:
    """Seconds on a clock that also runs while the PC sleeps."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class IdleWatch(QObject):
    """`idle()` after `minutes` without a key or a move, once; `asked()` when Ctrl+Alt+L is pressed in any window.

    It listens at the windows as the system knows them and, for input methods, at the field that is written in: so it costs nothing
    for the thousands of events that pass inside the program, and a dialog cannot keep it from hearing.
    """

    idle = Signal()
    asked = Signal()

    def __init__(self, minutes: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.minutes = minutes
        self._last, self._resting = since_start(), False
        self._field: QObject | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._listen_at)
        app.focusObjectChanged.connect(self._follow_field)
        self.restart()

    def restart(self) -> None:
        """Somebody is here: count from now on."""
        self._last, self._resting = since_start(), False
        self.look()

    def rest(self) -> None:
        """Count no more until `restart`."""
        self._resting = True
        self._timer.stop()

    def look(self) -> None:
        """Whether it has been long enough; tells so, or looks again in time."""
        if self._resting:
            return
        for window in QGuiApplication.topLevelWindows():
            self._listen_at(window)
        left = self.minutes * 60 - (since_start() - self._last)
        if left <= 0:
            self.rest()
            self.idle.emit()
        else:
            self._timer.start(min(LOOK_MS, int(left * 1000) + 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._resting or kind not in ACTIVE:
            return False
        if kind == _KIND.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_L and event.modifiers() == _CONTROL_ALT:
            self.asked.emit()
            return True
        if since_start() - self._last >= self.minutes * 60:  # the PC slept: who moves the mouse now need not be the one who left
            self.look()
            return True
        self._last = since_start()
        return False

    def _listen_at(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _follow_field(self, field: QObject | None) -> None:
        """What an input method commits never was a key of the window."""
        if self._field is not None and isValid(self._field):
            self._field.removeEventFilter(self)
        self._field = field if field is not None and not field.isWindowType() else None
        if self._field is not None:
            self._field.installEventFilter(self)
