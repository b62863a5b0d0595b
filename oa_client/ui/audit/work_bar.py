"""Long work above the list: what and how many, a way to stop it, and afterwards what came of it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.jobs import Job, Jobs
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label

STOPPING = "正在取消……"


class WorkBar(QWidget):
    """Shows the job that it follows once that takes more than half a second; `banner` tells the result until it is closed."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.job: Job | None = None
        self._stopped = ""
        self._asked: QWidget | None = None
        self.words, self.bar, self.cancel = label(""), QProgressBar(), button("取消", icon="close", pressed=self.stop)
        self.bar.setTextVisible(False)
        self.banner, self.progress = Banner(self), QFrame(self)
        self._build()
        jobs.slow.connect(self._show)
        jobs.progress.connect(self._report)
        jobs.finished.connect(self._finished)

    def follow(self, job: Job, stopped: str, asked: QWidget | None = None) -> None:
        """Follow a job; when it was cancelled the sentence `stopped` is told, and the dialog that asked for it goes."""
        self.job, self._stopped, self._asked = job, stopped, asked
        self.banner.hide()
        self.words.setText(f"{job.doing}……")
        self.bar.setAccessibleName(job.doing)
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self._settle()

    def say(self, sentence: str, tone: str, *, hint: str = "", verb: str = "", pressed: Callable[[], object] | None = None) -> None:
        """Tell a result."""
        self.banner.say(sentence, tone, hint=hint, verb=verb, pressed=pressed)
        self._settle()

    def stop(self) -> None:
        """Ask the job to stop."""
        if self.job is not None:
            self.cancel.setEnabled(False)
            self.words.setText(STOPPING)
            self.job.cancel()

    def _show(self, job: Job) -> None:
        if job is self.job:
            self.progress.show()
            self._settle()

    def _report(self, job: Job, done: int, total: int, words: str) -> None:
        if job is self.job and not job.cancelled:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.words.setText(f"{words}　{done} / {total} 条" if total else f"{words}……")

    def _finished(self, job: Job) -> None:
        if job is not self.job:
            return
        self.job = None
        self.progress.hide()
        if job.cancelled:
            self.say(self._stopped, "neutral")
            if self._asked is not None:
                self._asked.deleteLater()
        self._asked = None
        self._settle()

    def _settle(self) -> None:
        self.setVisible(not (self.banner.isHidden() and self.progress.isHidden()))

    def _build(self) -> None:
        space = theme.tokens().space
        theme.mark(self.progress, "surface", "card")
        line = QHBoxLayout(self.progress)
        line.setContentsMargins(space[2], space[1], space[1], space[1])
        line.setSpacing(space[2])
        self.words.setMinimumWidth(theme.tokens().font * 20)
        line.addWidget(self.words)
        line.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space[1])
        column.addWidget(self.progress)
        column.addWidget(self.banner)
        self.banner.cross.clicked.connect(self._settle)
        self.progress.hide()
        self.hide()
