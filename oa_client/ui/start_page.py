"""The first start (首次启动): a demonstration, a new single-desk database, or the bureau's shared one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.settings import home
from oa_client.ui.jobs import Jobs
from oa_client.ui.start_demo import DemoStep
from oa_client.ui.start_server import ServerStep
from oa_client.ui.start_single import SingleStep
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.card import Card
from oa_client.ui.widgets.step import Step
from oa_client.usecases import connecting
from oa_client.usecases.connecting import Opened

CHOICES = (
    ("demo", "演示", "用一个虚构的市公安局试用全部功能，不影响任何真实数据。", "play"),
    ("single", "新建单机库", "数据放在这台电脑的一个文件里，适合单人使用。", "database"),
    ("server", "连接共享库", "连接本单位已建好的 PostgreSQL 数据库，多人共同办文。", "link"),
)


class ChoiceStep(Step):
    """The three ways to begin; `chosen(key)`."""

    chosen = Signal(str)

    def __init__(self, way_back: str) -> None:
        super().__init__("选择数据库", "请选择数据放在哪里，以后可以在设置中更换。", way_back)
        if not way_back:
            self.heading.setText("欢迎使用文枢")
        self.cards = {key: Card(heading, words, icon) for key, heading, words, icon in CHOICES}
        for key, card in self.cards.items():
            card.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self.column.addWidget(card)
        self.existing = button("打开已有的单机库", "link", "folder", pressed=lambda: self.chosen.emit("file"))
        self.add_link(self.existing)


class StartWindow(QWidget):
    """Fills the entrance until a database is open: `opened(Opened, login)`. `back` goes to the login page of the present one."""

    opened = Signal(object, str)
    back = Signal()

    def __init__(self, jobs: Jobs, way_back: str = "") -> None:
        super().__init__()
        self._jobs = jobs
        self.stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.choices = ChoiceStep(way_back)
        self.choices.chosen.connect(self.go)
        self.choices.back.connect(self.back)
        self.stack.addWidget(self.choices)
        self.setFocusProxy(self.choices.cards["demo"])

    def go(self, choice: str) -> None:
        """Show the step of a choice, one of CHOICES, or "file" for a file that is there."""
        if choice == "file":
            self._pick_file()
        elif choice == "demo":
            self._show(DemoStep(self._jobs))
        elif choice == "single":
            self._show(SingleStep(self._jobs))
        else:
            self._show(ServerStep(self._jobs))

    def ask_server(self, url: str, problem: OaError) -> None:
        """Show the shared database's form filled from an address, with what went wrong."""
        step = ServerStep(self._jobs, url)
        self._show(step)
        step.refuse(problem)

    def say(self, problem: OaError, again: Callable[[], object]) -> None:
        """Tell above the choices why the database of last time could not be opened, with a button to try it again."""
        self.choices.banner.tell(problem, verb="重试", pressed=again)

    def may_close(self) -> bool:
        """Whether the window may be closed now; asks when a password would be lost."""
        may_close = getattr(self.stack.currentWidget(), "may_close", None)
        return may_close is None or may_close()

    def _show(self, step: DemoStep | SingleStep | ServerStep) -> None:
        step.back.connect(self._return)
        step.opened.connect(self.opened)
        self.stack.addWidget(step)
        self.stack.setCurrentWidget(step)
        step.setFocus()

    def _return(self) -> None:
        step = self.stack.currentWidget()
        self.stack.setCurrentWidget(self.choices)
        if step is not None and step is not self.choices:
            self.stack.removeWidget(step)
            step.deleteLater()
        self.choices.cards["demo"].setFocus()

    def _pick_file(self) -> None:
        asking = QFileDialog(self, "打开已有的单机库", str(home()), "单机库 (*.db);;所有文件 (*)")
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setFileMode(QFileDialog.FileMode.ExistingFile)
        asking.fileSelected.connect(self.open_file)
        asking.open()

    def open_file(self, file: str) -> None:
        """Open a single-desk database that is there."""
        url = f"sqlite:///{Path(file).absolute().as_posix()}"
        self._jobs.read(self, connecting.open_up, url, then=self._open_done, failed=self.choices.banner.tell, busy=self.choices,
                        doing="正在打开单机库")

    def _open_done(self, opened: Opened) -> None:
        self.opened.emit(opened, "")

