"""Keeping a page true to the database: it is read again when something that it shows was changed, by this desk or another."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from oa_client.ui.jobs import Jobs

AGAIN_MS = 150


class Fresh(QObject):
    """Calls `load` when changed topics concern the page: shortly after while it is shown (a burst counts once), else when it is shown next."""

    def __init__(self, page: QWidget, jobs: Jobs, concerns: Callable[[frozenset[str]], object], load: Callable[[], object], after_ms: int = AGAIN_MS) -> None:
        super().__init__(page)
        self._page, self._concerns, self._load, self._stale = page, concerns, load, False
        self._again = QTimer(self, singleShot=True, interval=after_ms)
        self._again.timeout.connect(lambda: load())
        jobs.changed.connect(self._heard)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What changed while the page was away is read when it comes back."""
        if self._stale and event.type() == QEvent.Type.Show:
            self._stale = False
            self._load()
        return super().eventFilter(watched, event)

    def _heard(self, topics: frozenset[str]) -> None:
        if not self._concerns(topics):
            return
        if self._page.isVisible():
            self._again.start()
        else:
            self._stale = True
