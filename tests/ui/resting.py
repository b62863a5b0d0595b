"""Whether a window comes to rest: what it does while nobody touches it and nothing is read or written."""

import time
from collections import Counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

SLICE_MS, LOOK_MS = 40, 200
PATIENCE_SECONDS = 4.0
MANY = 3000
OF_THE_LOOK = ("QEventLoop", "QTimer")
Kinds = Counter[tuple[str, str, str]]


class Seen(QObject):
    """Counts events by kind of object, its parent and event; from one that never ends it takes away what drives it."""

    def __init__(self) -> None:
        super().__init__()
        self.events: Kinds = Counter()
        self.endless = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind, owner = type(watched).__name__, type(watched.parent()).__name__
        if kind not in OF_THE_LOOK or (watched.parent() is not None and owner != "QEventLoop"):
            self.events[kind, owner, event.type().name] += 1
        self.endless = self.endless or self.events.total() > MANY
        return self.endless

    def within(self, milliseconds: int) -> Kinds:
        """The events of so long."""
        self.events = Counter()
        QTest.qWait(milliseconds)
        return self.events


def events(look: int = LOOK_MS) -> Kinds:
    """The events of `look` milliseconds after the window came to rest, or of its last moment when it never did."""
    QApplication.setCursorFlashTime(0)
    app, seen = QCoreApplication.instance(), Seen()
    app.installEventFilter(seen)
    until = time.monotonic() + PATIENCE_SECONDS
    while seen.within(SLICE_MS) and not seen.endless and time.monotonic() < until:
        pass
    if not seen.endless:
        seen.within(look)
    app.removeEventFilter(seen)
    return seen.events
