"""Reading a sheet of accounts and carrying it out, off the screen's thread, one at a time."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from oa_client.ui.jobs import Job
from oa_client.ui.office import Office
from oa_client.usecases import rosters
from oa_client.usecases.desk import Desk
from oa_client.usecases.rosters import Preview


class RosterWork(QObject):
    """`read(Preview)` and `carried(RosterResult)` are the answers, `failed(OaError)` a refusal; `ended()` comes after each of them, and when there is none."""

    read = Signal(object)
    carried = Signal(object)
    failed = Signal(object)
    progress = Signal(int, int, str)
    ended = Signal()

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._job: Job | None = None
        office.jobs.progress.connect(self._pass_on)
        office.jobs.finished.connect(self._finished)

    @property
    def reading(self) -> bool:
        """Whether a sheet is being read."""
        return self._job is not None and not self._job.writes

    @property
    def carrying(self) -> bool:
        """Whether rows are being carried out."""
        return self._job is not None and self._job.writes

    def open(self, file: Path) -> None:
        """Read the sheet in a file and judge every row; an older reading is given up."""
        self._job = self._office.jobs.read(self, _read, self._office.desk, file, then=self.read.emit, failed=self.failed.emit, latest="sheet", doing="正在读取名单")

    def carry_out(self, shown: Preview, lines: Iterable[int]) -> None:
        """Carry out these lines of a sheet."""
        self._job = self._office.jobs.write(self, rosters.carry_out, self._office.desk, shown, frozenset(lines), then=self.carried.emit, failed=self.failed.emit,
                                            doing="正在导入账号")

    def stop(self) -> None:
        """Give the reading up at once; stop the carrying out after the row at hand."""
        job = self._job
        if job is None:
            return
        job.cancel()
        if not job.writes:
            self._job = None
            self.ended.emit()

    def _pass_on(self, job: Job, done: int, total: int, words: str) -> None:
        if job is self._job:
            self.progress.emit(done, total, words)

    def _finished(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.ended.emit()


def _read(desk: Desk, file: Path) -> Preview:
    return rosters.preview(desk, rosters.open_roster(desk, file))
