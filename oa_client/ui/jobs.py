"""The one door off the screen's thread: writes one after another, reads three at a time, answers on the screen's thread."""

import inspect
import itertools
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import structlog
from PySide6.QtCore import QEventLoop, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from oa_client.domain.errors import OaError
from oa_client.ui import errors
from oa_client.usecases.desk import Outcome

SLOW_MS = 500
REPORT_EVERY = 0.05
GIVE_WAY_SECONDS = 0.001  # a job in Python gives the interpreter up this often; the usual 5 ms add up to a felt stall
_log = structlog.get_logger(__name__)
Busy = QWidget | Iterable[QWidget] | None


class Cancelled(BaseException):
    """Raised inside a job by `report` after the user cancelled; not an Exception, so a job does not swallow it."""


class Job:
    """One piece of work under way. `doing` are the words shown while it lasts."""

    def __init__(self, owner: QObject | None, work: Callable[[], Any], writes: bool, doing: str) -> None:
        self.owner, self.work, self.writes, self.doing = owner, work, writes, doing
        self.then: Callable[[Any], object] | None = None
        self.failed: Callable[[OaError], object] | None = None
        self.busy: list[QWidget] = []
        self.focus: QWidget | None = None
        self.latest: tuple[int, str] | None = None
        self.value: Any = None
        self.error: BaseException | None = None
        self.over = False
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked this job to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the job to stop: at once if still queued, else at its next `report`. A finished write stays written."""
        self._cancelled.set()

    @property
    def owner_alive(self) -> bool:
        """Whether the asking window still exists (or there was none)."""
        return self.owner is None or isValid(self.owner)


class _Run(QRunnable):
    def __init__(self, job: Job, deliver: Callable[[Job], None]) -> None:
        super().__init__()
        self._job, self._deliver = job, deliver

    def run(self) -> None:
        job = self._job
        try:
            if job.cancelled:
                raise Cancelled
            job.value = job.work()
        except BaseException as error:  # every failure is carried to the screen's thread
            job.error = error
        self._deliver(job)


class Jobs(QObject):
    """Runs use cases off the screen's thread; see `write` and `read`. One object for the whole program."""

    changed = Signal(object)
    notice = Signal(str)
    slow = Signal(object)
    progress = Signal(object, int, int, str)
    finished = Signal(object)
    _delivered = Signal(object)
    _reported = Signal(object, int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(GIVE_WAY_SECONDS)
        self._lanes = {True: _pool(self, 1), False: _pool(self, 3)}
        self._running: set[Job] = set()
        self._newest: dict[tuple[int, str], Job] = {}
        self._delivered.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def write(self, owner: QObject | None, fn: Callable, *args: Any, then: Callable[[Any], object] | None = None,
              failed: Callable[[OaError], object] | None = None, busy: Busy = None, doing: str = "", **kw: Any) -> Job:
        """Run a writing use case, one at a time in the order asked; `then` gets `outcome.value` on the screen's thread.

        Afterwards `changed` tells every page the topics once. An OaError goes to `failed`, else to a dialog of `owner`;
        the widgets in `busy` are disabled meanwhile. A failure is shown even if `owner` was closed.
        """
        job = self._make(owner, fn, args, kw, True, doing)
        return self._start(job, then, failed, busy)

    def read(self, owner: QObject | None, fn: Callable, *args: Any, then: Callable[[Any], object] | None = None,
             failed: Callable[[OaError], object] | None = None, latest: str | None = None, busy: Busy = None,
             doing: str = "", **kw: Any) -> Job:
        """Run a reading use case; `then` gets its value. With `latest`, an older answer of the same owner and key is dropped."""
        job = self._make(owner, fn, args, kw, False, doing)
        if latest is not None:
            job.latest = (id(owner), latest)
            older = self._newest.get(job.latest)
            if older is not None:
                older.cancel()
            self._newest[job.latest] = job
        return self._start(job, then, failed, busy)

    def announce(self, topics: Iterable[str]) -> None:
        """Tell every page that topics changed elsewhere (another desk)."""
        self.changed.emit(frozenset(topics))

    def idle(self) -> bool:
        """Whether nothing is queued, running or waiting to be delivered."""
        return not self._running

    def wait_idle(self, timeout: float = 10.0) -> bool:
        """Handle events until idle, at most `timeout` seconds; whether it became idle."""
        until = time.monotonic() + timeout
        while self._running and time.monotonic() < until:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.001)
        return self.idle()

    def running(self) -> tuple[Job, ...]:
        """The jobs under way, for the status line."""
        return tuple(self._running)

    def close(self, timeout: float = 10.0) -> bool:
        """Before leaving: stop the reads, let the writes end; whether all ended in `timeout` seconds."""
        for job in self._running:
            if not job.writes:
                job.cancel()
        return self.wait_idle(timeout)

    def _make(self, owner: QObject | None, fn: Callable, args: tuple, kw: dict, writes: bool, doing: str) -> Job:
        given = dict(kw)
        job = Job(owner, lambda: fn(*args, **given), writes, doing)
        if _wants_report(fn):
            given["report"] = self._reporter(job)
        return job

    def _start(self, job: Job, then: Callable | None, failed: Callable | None, busy: Busy) -> Job:
        job.then, job.failed = then, failed
        job.busy = [busy] if isinstance(busy, QWidget) else list(busy or ())
        job.busy = [widget for widget in job.busy if widget.isEnabled()]
        focus = QApplication.focusWidget()
        job.focus = focus if focus in job.busy else None
        for widget in job.busy:
            widget.setEnabled(False)
        self._running.add(job)
        QTimer.singleShot(SLOW_MS, self, lambda: self._tell_slow(job))
        self._lanes[job.writes].start(_Run(job, self._delivered.emit))
        return job

    def _tell_slow(self, job: Job) -> None:
        if not job.over:
            self.slow.emit(job)

    def _reporter(self, job: Job) -> Callable[[int, int, str], None]:
        last = itertools.count()
        spoken = [0.0]

        def report(done: int, total: int, words: str = "") -> None:
            if job.cancelled:
                raise Cancelled
            now = time.monotonic()
            if next(last) == 0 or done >= total or now - spoken[0] >= REPORT_EVERY:
                spoken[0] = now
                self._reported.emit(job, done, total, words)
        return report

    @Slot(object, int, int, str)
    def _pass_on(self, job: Job, done: int, total: int, words: str) -> None:
        if not job.over:
            self.progress.emit(job, done, total, words or job.doing)

    @Slot(object)
    def _settle(self, job: Job) -> None:
        job.over = True
        stale = job.latest is not None and self._newest.get(job.latest) is not job
        if job.latest is not None and not stale:
            del self._newest[job.latest]
        _wake(job)
        try:
            self._answer(job, stale)
        finally:
            self._running.discard(job)
            self.finished.emit(job)

    def _answer(self, job: Job, stale: bool) -> None:
        if isinstance(job.error, Cancelled) or stale or (job.cancelled and not job.writes):
            return
        if job.error is not None:
            self._refuse(job, job.error)
            return
        outcome = job.value if isinstance(job.value, Outcome) else None
        if job.then is not None and job.owner_alive:
            job.then(outcome.value if outcome else job.value)
        if outcome is not None:
            if outcome.notice:
                self.notice.emit(outcome.notice)
            if outcome.topics:
                self.changed.emit(frozenset(outcome.topics))

    def _refuse(self, job: Job, error: BaseException) -> None:
        owner = job.owner if job.owner_alive else None
        if not isinstance(error, OaError):
            _log.error("job failed", doing=job.doing, exc_info=error)
            errors.crash(owner, error)
        elif job.failed is not None and job.owner_alive:
            job.failed(error)
        elif job.owner_alive or job.writes:
            errors.show(owner, error)


def _pool(parent: QObject, threads: int) -> QThreadPool:
    pool = QThreadPool(parent)
    pool.setMaxThreadCount(threads)
    pool.setExpiryTimeout(-1)
    return pool


def _wants_report(fn: Callable) -> bool:
    try:
        return "report" in inspect.signature(fn).parameters
    except ValueError:  # a function of C that does not tell its parameters
        return False


def _wake(job: Job) -> None:
    for widget in job.busy:
        if isValid(widget):
            widget.setEnabled(True)
    if job.focus is not None and isValid(job.focus) and QApplication.focusWidget() is None:
        job.focus.setFocus()
