"""Beginning with the demonstration (演示库): made on the first time, entered afterwards."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from oa_client.domain.errors import OaError
from oa_client.ui import theme
from oa_client.ui.jobs import Job, Jobs
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label
from oa_client.ui.widgets.step import Step
from oa_client.usecases import connecting, founding
from oa_client.usecases.connecting import Opened
from oa_client.usecases.founding import demo_file

HEADING = "演示库"
THERE = "这台电脑上已经有一个演示库。可以接着用，也可以重新建立：重新建立会替换原来的演示数据。"
FIRST = "将在这台电脑上建立一个虚构的市公安局：31 个单位、三百余名人员和两年的公文。通常需要一分钟左右。"
MAKING = "正在建立演示库，请稍候。可以随时取消，不会留下半成品。"


class DemoStep(Step):
    """`opened(Opened, login)` when the demonstration can be entered."""

    opened = Signal(object, str)

    def __init__(self, jobs: Jobs) -> None:
        there = demo_file().is_file()
        super().__init__(HEADING, THERE if there else FIRST)
        self._jobs = jobs
        self._job: Job | None = None
        self.bar, self.words = QProgressBar(), label("", "secondary")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("建立演示库的进度")
        self.column.addWidget(self.bar)
        self.column.addWidget(self.words)
        self.cancel = button("取消", pressed=self._cancel)
        self.anew = button("重新建立", pressed=self.make)
        self.enter = button("进入演示库" if there else "开始建立", "primary", pressed=self._enter if there else self.make)
        self.add_verbs(self.cancel, self.anew, self.enter)
        self.setFocusProxy(self.enter)
        jobs.progress.connect(self._progress)
        jobs.finished.connect(self._finished)
        self._show_making(False)

    def make(self) -> None:
        """Make the demonstration anew; an older one is replaced when the new one is complete."""
        self.banner.hide()
        self._job = self._jobs.write(self, founding.make_demo, then=self._made, failed=self._failed, doing="正在建立演示库")
        self._show_making(True)
        self.cancel.setFocus()

    def may_close(self) -> bool:
        """The window may be closed at any time: what is being made is dropped."""
        self._cancel()
        return True

    def _enter(self) -> None:
        url = f"sqlite:///{demo_file().as_posix()}"
        self._jobs.read(self, connecting.open_up, url, then=self._open_done, failed=self._failed, busy=(self.enter, self.anew), doing="正在打开演示库")

    def _made(self, url: str) -> None:
        self._jobs.read(self, connecting.open_up, url, then=self._open_done, failed=self._failed, doing="正在打开演示库")

    def _open_done(self, opened: Opened) -> None:
        self.opened.emit(opened, "")

    def _failed(self, problem: OaError) -> None:
        self._show_making(False)
        self.banner.tell(problem)

    def _cancel(self) -> None:
        if self._job is not None and not self._job.over:
            self._job.cancel()
            self.cancel.setEnabled(False)
            self.words.setText("正在取消…")

    def _finished(self, job: Job) -> None:
        if job is self._job and job.cancelled:
            self._show_making(False)
            self.banner.say("已取消，没有留下任何数据。", "neutral")

    def _progress(self, job: Job, done: int, total: int, words: str) -> None:
        if job is self._job and not job.cancelled:
            self.bar.setRange(0, max(total, 0))
            self.bar.setValue(done)
            self.words.setText(f"{words}（{done}/{total}）" if total else words)

    def _show_making(self, making: bool) -> None:
        there = demo_file().is_file()
        self.sentence.setText(MAKING if making else THERE if there else FIRST)
        self.bar.setRange(0, 0)
        self.words.setText("正在准备…")
        for part in (self.bar, self.words, self.cancel):
            part.setVisible(making)
        self.cancel.setEnabled(True)
        self.enter.setVisible(not making)
        self.anew.setVisible(not making and there)
        self.way_back.setEnabled(not making)
        self.heading.setMinimumWidth(theme.tokens().font * 10)
