"""批量导入账号: a sheet is dropped, every row is judged before anything is written, the good rows go ahead, their passwords are kept."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.ui import theme
from oa_client.ui.office import Office
from oa_client.ui.roster import told
from oa_client.ui.roster.files import SUFFIXES, UNSUITED, ask_place, ask_sheet, offer_folder
from oa_client.ui.roster.foot import RosterFoot
from oa_client.ui.roster.head import RosterHead
from oa_client.ui.roster.leaving import LeaveUnsaved
from oa_client.ui.roster.lines import FAILED, after, before, consequence, good_ticks
from oa_client.ui.roster.pane import RosterPane
from oa_client.ui.roster.reading import RosterReading
from oa_client.ui.roster.slips_pane import SlipsPane
from oa_client.ui.roster.start import RosterStart
from oa_client.ui.roster.work import RosterWork
from oa_client.ui.widgets import toast
from oa_client.ui.widgets.banner import Banner
from oa_client.usecases import roster_files
from oa_client.usecases.rosters import Preview, RosterResult

KEY = "roster"
SIZE_IN_LETTERS = 90, 54
ONE = "一次只能导入一个表格，请只拖入一个。"
GOES_ON = "正在导入账号，请等它办完或先按「停止」，再关闭窗口。"


class RosterWindow(QWidget):
    """`load` a sheet, `pane` shows its rows, `carry_out` imports those that are ticked, `slips` shows the passwords. `shown` is the sheet as it was judged."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.shown: Preview | None = None
        self._file, self._asked = Path(), Path()
        self._kept: dict[str, bool] = {}
        self._result: RosterResult | None = None
        self._leaves = False
        self.setWindowTitle("批量导入账号")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        theme.mark(self, "surface", "window")
        self.work = RosterWork(office, self)
        self.head, self.note, self.foot = RosterHead(self.reload, self.choose), Banner(), RosterFoot()
        self.start, self.reading = RosterStart(self.choose, self.ask_template), RosterReading(self.work.stop)
        self.pane, self.slips = RosterPane(office.settings), SlipsPane(office)
        self._lay_out()
        self._listen()
        self._recall_size()
        self.start.setFocus()

    def choose(self) -> None:
        """Ask for a sheet."""
        ask_sheet(self, self.load)

    def load(self, file: Path) -> None:
        """Read the sheet in a file and show what would come of every row; what is no sheet is told in a sentence."""
        if self.work.carrying:
            return
        if file.suffix.lower() not in SUFFIXES:
            self.note.say(f"文件「{file.name}」不是表格。", "overdue", hint=UNSUITED)
            return
        self._asked = file
        self.note.hide()
        self._begin()
        self.work.open(file)

    def reload(self) -> None:
        """Read the sheet that is shown again; rows that were unticked stay so."""
        self.load(self._file)

    def carry_out(self) -> None:
        """Import the rows that are ticked."""
        ticked = self.pane.model.ticked
        if self.shown is None or self._result or self.work.carrying or not ticked:
            return
        self._kept = self._ticks()
        self.note.hide()
        self._rest(True)
        self.foot.begin("正在导入", "办完手上这一行就停，已经办成的保留")
        self.work.carry_out(self.shown, ticked)

    def ask_template(self) -> None:
        """Ask where the template is to be written."""
        ask_place(self, "模板存为", "账号名单模板.xlsx", self.template_to)

    def template_to(self, file: Path) -> None:
        """Write the template into a file."""
        self._office.jobs.write(self, roster_files.template, self._office.desk, file, busy=self.start.template, doing="正在生成模板",
                                then=lambda place: offer_folder(self, f"模板已存到「{place.name}」。", place.parent))

    def _begin(self) -> None:
        if self.shown is None:
            self.reading.say(self._asked.name)
            self.stack.setCurrentWidget(self.reading)
            self.reading.setFocus()
            return
        self._rest(True)
        self.foot.begin(f"正在读取「{self._asked.name}」", "不再读取，保留现在显示的名单")

    def _show(self, shown: Preview) -> None:
        kept = (self._kept if self._result else self._ticks()) if self._asked == self._file else {}
        if self._asked != self._file:
            self.pane.begin_anew()
        self.shown, self._file, self._result = shown, self._asked, None
        self.head.name(shown.roster.file, shown.roster.sheet)
        self.pane.show_lines(before(shown), good_ticks(shown, kept), told.about(shown))
        self.stack.setCurrentWidget(self.body)
        self.foot.show()
        self.pane.table.setFocus()

    def _carried(self, result: RosterResult) -> None:
        assert self.shown is not None
        self._result = result
        self.pane.show_lines(after(self.shown, result), frozenset(), told.about(self.shown), over=True)
        fresh = self.slips.isHidden()
        self.slips.add(result.slips)
        if fresh and result.slips:
            self.body.setSizes([self.body.width() - self.slips.minimumWidth(), self.slips.minimumWidth()])
        self._tell(result)
        if result.failed:
            self.pane.table.select(result.failed[0][0].line)
        (self.slips.save if result.slips else self.pane.table).setFocus()

    def _tell(self, result: RosterResult) -> None:
        sentence, hint, tone = told.outcome(result)
        verb = "只看未成功" if result.failed and (result.done or result.left) else ""
        self.note.say(sentence, tone, hint=hint, verb=verb, pressed=lambda: self.pane.show_only(FAILED))

    def _ended(self) -> None:
        """Whatever came of it, the window can be used again."""
        self._rest(False)
        if self.shown is None:
            self.stack.setCurrentWidget(self.start)
            self.start.setFocus()
        elif self._result:
            self.foot.end(told.ENDED)
        else:
            self._offer()

    def _offer(self) -> None:
        if self.shown is not None and self._result is None:
            ticked, (will, also) = self.pane.model.ticked, consequence(self.shown, self.pane.model.ticked)
            if self.shown.good:
                self.foot.offer(len(ticked), len(self.shown.good), will, also)
            else:
                self.foot.end(will)

    def _ticks(self) -> dict[str, bool]:
        """By police number, for lines move when the sheet is mended."""
        ticked = self.pane.model.ticked
        return {line.fields["login"]: line.id in ticked for line in self.pane.lines if line.good}

    def _rest(self, on: bool) -> None:
        self.head.rest(on)
        self.pane.model.held = on

    def _refused(self, error: OaError) -> None:
        self.note.tell(error, verb="再读一次" if self.work.reading else "", pressed=lambda: self.load(self._asked))

    def _take(self, files: Sequence[Path]) -> None:
        if len(files) == 1:
            self.load(files[0])
        else:
            self.note.say(ONE, "overdue")

    def _listen(self) -> None:
        self.work.read.connect(self._show)
        self.work.carried.connect(self._carried)
        self.work.failed.connect(self._refused)
        self.work.ended.connect(self._ended)
        self.work.progress.connect(self.foot.progress)
        self.pane.ticked_changed.connect(self._offer)
        self.foot.import_asked.connect(self.carry_out)
        self.foot.stop_asked.connect(self.work.stop)
        self.foot.close_asked.connect(self.close)
        self.foot.all_asked.connect(self.pane.tick_shown)

    def _lay_out(self) -> None:
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[3], space[2], space[3], space[2])
        column.setSpacing(space[1])
        column.addWidget(self.head)
        column.addWidget(self.note)
        self.stack = QStackedWidget(self)
        column.addWidget(self.stack, 1)
        self.body = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        for part in (self.start, self.reading, self.body):
            self.stack.addWidget(part)
        for at, each in enumerate((self.pane, self.slips)):
            self.body.addWidget(each)
            self.body.setStretchFactor(at, 1 - at)
        column.addWidget(self.foot)
        self.foot.hide()

    def _recall_size(self) -> None:
        screen, letters = QGuiApplication.primaryScreen().availableSize(), theme.tokens().font
        kept = self._office.settings.window_sizes.get(KEY, [])
        width, height = kept if len(kept) == 2 else (side * letters for side in SIZE_IN_LETTERS)
        self.resize(min(width, screen.width()), min(height, screen.height()))

    def _ask_to_leave(self) -> None:
        asked = LeaveUnsaved(self, len(self.slips.slips), self.slips.copied)
        asked.accepted.connect(self._leave)
        asked.rejected.connect(self.slips.save.setFocus)
        asked.open()

    def _leave(self) -> None:
        self._leaves = True
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.work.stop() if self.work.reading else self.close()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.work.carrying:
            event.acceptProposedAction()
            self.start.light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.start.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.start.light(False)
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self._take(files)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Not while rows are carried out, and not silently over passwords that nobody kept."""
        if self.work.carrying:
            toast.notice(self, GOES_ON)
            event.ignore()
        elif not self.slips.safe and not self._leaves:
            self._ask_to_leave()
            event.ignore()
        else:
            self.work.stop()
            if not self.isMaximized():
                self._office.settings.window_sizes[KEY] = [self.width(), self.height()]
                self._office.settings.save()
            super().closeEvent(event)
