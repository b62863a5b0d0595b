"""The status line: who, which database, whether it answers, when the lists were read, and the work under way."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from oa_client.ui import theme
from oa_client.ui.jobs import Job, Jobs
from oa_client.ui.widgets.button import tool
from oa_client.ui.widgets.label import label, rule

SAID_IN_LETTERS = 36
ON, OFF = "已连接", "连接中断，正在重新连接"


class Dot(QWidget):
    """A small lamp in a tone's colour; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = "neutral"

    def glow(self, tone: str) -> None:
        """Take the colour of a tone."""
        self._tone = tone
        self.setFixedSize(theme.tokens().icon, theme.tokens().icon)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        strong, soft = theme.tokens().tone(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, radius = QRectF(self.rect()).center(), self.width() / 2
        for colour, share in ((soft, 1.0), (strong, 0.5)):
            painter.setBrush(colour)
            painter.drawEllipse(middle, radius * share, radius * share)


class Light(QWidget):
    """A light with words: green and 「已连接」, or red and what is being done."""

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.tokens().space[0])
        self._dot, self.words = Dot(), label("", "small")
        line.addWidget(self._dot)
        line.addWidget(self.words)
        self._on: bool | None = None
        theme.changed.connect(self._draw)
        self._draw()

    def turn(self, on: bool) -> None:
        """Show whether the database answers."""
        self._on = on
        self._draw()

    def _draw(self) -> None:
        tone = "ontime" if self._on else "overdue" if self._on is False else "neutral"
        words = ON if self._on else OFF if self._on is False else "正在连接"
        self._dot.glow(tone)
        theme.mark(self.words, "tone", "overdue" if self._on is False else "")
        self.words.setText(words)
        self.setAccessibleName(f"数据库连接：{words}")


class Working(QWidget):
    """The job under way that takes longest: what and how many, with a cross to cancel it."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._job: Job | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.tokens().space[1])
        self.words, self.bar = label("", "small"), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.tokens().font * 8)
        self.cancel = tool("close", "取消", pressed=self._cancel)
        line.addWidget(self.words)
        line.addWidget(self.bar)
        line.addWidget(self.cancel)
        jobs.slow.connect(self._take)
        jobs.progress.connect(self._progress)
        jobs.finished.connect(self._finished)
        self.hide()

    def _take(self, job: Job) -> None:
        if job.doing and (self._job is None or self._job.over):
            self._job = job
            self.words.setText(f"{job.doing}…")
            self.bar.setRange(0, 0)
            self.bar.setAccessibleName(job.doing)
            self.cancel.setVisible(not job.writes)
            self.show()

    def _progress(self, job: Job, done: int, total: int, words: str) -> None:
        if self._job is None or self._job.over:
            self._take(job)
        if job is self._job:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.words.setText(f"{words}（{done}/{total}）" if total else words)
            self.cancel.setVisible(True)

    def _finished(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.hide()
            waiting = [other for other in self._jobs.running() if other.doing and not other.over]
            if waiting:
                self._take(waiting[0])

    def _cancel(self) -> None:
        if self._job is not None:
            self.words.setText("正在取消…")
            self._job.cancel()


class StatusLine(QFrame):
    """One line at the window's foot."""

    def __init__(self, who: str, database: str, place: str, jobs: Jobs) -> None:
        super().__init__()
        theme.mark(self, "surface", "surface")
        space = theme.tokens().space
        line = QHBoxLayout(self)
        line.setContentsMargins(space[2], 2, space[2], 2)
        line.setSpacing(space[2])
        self.light, self.working = Light(), Working(jobs)
        self.refreshed, self.last = label("", "small"), label("", "small")
        self.database = label(database, "small")
        self.database.setToolTip(place)
        for at, part in enumerate((label(who, "small"), self.database, self.light, self.refreshed)):
            if at:
                line.addWidget(rule(upright=True))
            line.addWidget(part)
        line.addStretch(1)
        self.last.setMinimumWidth(theme.tokens().font)  # a long sentence beside work under way must not widen the window
        self.last.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.last)
        line.addWidget(self.working)
        theme.changed.connect(self._dress)
        self._dress()

    def say_refreshed(self, moment: datetime) -> None:
        """Note when the lists were last read."""
        self.refreshed.setText(f"{moment:%H:%M} 已刷新")
        self.refreshed.setToolTip(f"列表上次刷新：{moment:%Y-%m-%d %H:%M:%S}。按 F5 立即刷新。")

    def say(self, sentence: str) -> None:
        """Keep the result of the last act in sight."""
        self.last.setText(self.last.fontMetrics().elidedText(sentence, Qt.TextElideMode.ElideRight, theme.tokens().font * SAID_IN_LETTERS))
        self.last.setToolTip(sentence)

    def _dress(self) -> None:
        self.setFixedHeight(theme.tokens().control + 2)
