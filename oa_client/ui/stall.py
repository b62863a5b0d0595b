"""How long the screen's thread could not answer: a heartbeat that measures its own lateness."""

import faulthandler
import re
import signal
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import BinaryIO

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5
LOOK_AFTER_MS = 30
ANSWER_MS = 3
KEPT = 10
ASK: int = getattr(signal, "SIGUSR1", 0)
_STEP = re.compile(r'File "(.*)", line (\d+) in (.*)')


@dataclass(frozen=True)
class Stall:
    """One time the screen stood still: milliseconds, seconds since the start of the watch, and where the code was."""

    ms: float
    at: float
    where: str


class StallWatch(QObject):
    """Measures from its creation until `stop()`; the thread it is made in is the one it watches.

    `longest_ms` and `worst_moments` are about the time since the last `reset()`. A second thread looks, while a beat is
    late, at what the watched thread is doing, so that a stall has a place and not only a length.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watched = threading.get_ident()
        self._born = self._beat = time.perf_counter()
        self._where = ""
        self._stalls: list[Stall] = []
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._ended = threading.Event()
        self._looker = threading.Thread(target=self._look, name="stall watch", daemon=True)
        self._looker.start()

    @property
    def longest_ms(self) -> float:
        """The longest time since `reset()` without an answer, in milliseconds (also the one that lasts now)."""
        now = (time.perf_counter() - self._beat) * 1000 - BEAT_MS
        return max([now, 0.0, *(stall.ms for stall in self._stalls)])

    @property
    def worst_moments(self) -> tuple[Stall, ...]:
        """The longest stalls since `reset()`, worst first, at most ten."""
        return tuple(self._stalls)

    def reset(self) -> None:
        """Forget what was measured and start from now."""
        self._stalls.clear()
        self._where = ""
        self._beat = time.perf_counter()

    def stop(self) -> None:
        """End the watch; the figures stay readable."""
        self._timer.stop()
        self._ended.set()
        self._looker.join(1)

    def _tick(self) -> None:
        now = time.perf_counter()
        late = (now - self._beat) * 1000 - BEAT_MS
        if late > BEAT_MS:
            self._stalls.append(Stall(round(late, 1), round(now - self._born, 3), self._where))
            self._stalls.sort(key=lambda stall: -stall.ms)
            del self._stalls[KEPT:]
        self._where = ""
        self._beat = now

    def _look(self) -> None:
        with tempfile.TemporaryFile() as file:
            if ASK:
                faulthandler.register(ASK, file, all_threads=False)
            while not self._ended.wait(LOOK_AFTER_MS / 2000):
                if ASK and not self._where and (time.perf_counter() - self._beat) * 1000 >= LOOK_AFTER_MS:
                    self._where = self._place(file, ASK)
            if ASK:
                faulthandler.unregister(ASK)

    def _place(self, file: BinaryIO, ask: int) -> str:
        """Where the watched thread is, as it writes itself when it is asked by a signal; empty where signals cannot do that (Windows).

        A frame object would keep its painters and widgets alive, and end them in this thread when let go; a dump of all threads can
        meet one of Qt's that is only being born, and crash.
        """
        file.seek(0)
        file.truncate()
        signal.pthread_kill(self._watched, ask)
        time.sleep(ANSWER_MS / 1000)
        file.seek(0)
        steps = [f"{path.rpartition('oa_client')[2]}:{line} {name}" for path, line, name in _STEP.findall(file.read().decode("utf-8", "replace"))]
        return " ← ".join(steps[:6])
