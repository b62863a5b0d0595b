"""Lists refresh by themselves: other desks' commits become `jobs.changed`, a lost connection turns the light."""

import threading
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from oa_client.ui.jobs import Jobs
from oa_client.usecases import watching
from oa_client.usecases.desk import Desk

TOPICS = frozenset({"document", "todo", "send", "receive", "lent", "library", "accounts"})
QUIET_MS = 50
BETWEEN_MS = 650
END_SECONDS = 3.0


class Watch(QObject):
    """Follows the database of a desk until `stop()`. `light(connected)` tells of the connection, once at every turn.

    The first commit after a pause is announced at once, with those of the same moment; many in a row are announced together,
    two thirds of a second apart. So what another desk sends is on the screen within a second however much is going on, and
    lists are read again only about once a second.
    """

    light = Signal(bool)
    _noticed = Signal()
    _turned = Signal(bool)

    def __init__(self, desk: Desk, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._connected: bool | None = None
        self._announced = 0.0
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._announce)
        self._noticed.connect(self._note, Qt.ConnectionType.QueuedConnection)
        self._turned.connect(self._turn, Qt.ConnectionType.QueuedConnection)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=watching.follow, name="watch", daemon=True,
                                        args=(desk.engine, self._ended, self._noticed.emit, self._turned.emit))
        self._thread.start()

    @property
    def connected(self) -> bool:
        """Whether the database answers now."""
        return bool(self._connected)

    def stop(self) -> bool:
        """End the watch and wait for its thread; whether it ended in time."""
        self._pause.stop()
        self._ended.set()
        self._thread.join(END_SECONDS)
        return not self._thread.is_alive()

    @Slot()
    def _note(self) -> None:
        if not self._pause.isActive() and not self._ended.is_set():
            since = (time.monotonic() - self._announced) * 1000
            self._pause.start(max(QUIET_MS, int(BETWEEN_MS - since)))

    @Slot(bool)
    def _turn(self, connected: bool) -> None:
        if connected != self._connected and not self._ended.is_set():
            self._connected = connected
            self.light.emit(connected)

    def _announce(self) -> None:
        self._announced = time.monotonic()
        self._jobs.announce(TOPICS)
