"""Python's cyclic garbage (垃圾回收), collected on the screen's thread only.

Left to itself the collector runs on whatever thread allocates, a job's for instance, and may destroy widgets and painters
from there, which Qt does not survive; and a full round over everything that was imported stops the screen.
"""

import gc

from PySide6.QtCore import QObject, QTimer

BEAT_MS = 400
SETTLE_MS = 4000
YOUNG, MIDDLE, OLD = 2000, 12, 12


class Collector(QObject):
    """Takes over from the automatic collector for as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        QTimer.singleShot(SETTLE_MS, self, self.settle)

    def settle(self) -> None:
        """What is loaded now stays for good: it need not be looked at in every round."""
        gc.freeze()

    def stop(self) -> None:
        """Give the work back to the automatic collector."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _beat(self) -> None:
        young, middle, old = gc.get_count()
        if young > YOUNG or middle > MIDDLE or old > OLD:
            gc.collect(2 if old > OLD else 1 if middle > MIDDLE else 0)
