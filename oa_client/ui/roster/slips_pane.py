"""The one-time passwords (一次性密码) of the accounts that were made: shown once, to be saved, printed or copied before the window closes."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout

from oa_client.ui import fonts, theme
from oa_client.ui.models.table import TableModel
from oa_client.ui.office import Office
from oa_client.ui.roster.columns import slip_columns, slip_words
from oa_client.ui.roster.files import ask_place, offer_folder
from oa_client.ui.roster.slip_print import SlipPrint
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.chip import Chip
from oa_client.ui.widgets.label import label, section
from oa_client.ui.widgets.table_view import TableView
from oa_client.usecases import roster_files
from oa_client.usecases.rosters import RosterResult, Slip

ONCE = "只显示这一次。请存为文件或打印，当面交给本人。"
NOT_SAVED, COPIED = "还没有保存", "已复制，还没有保存"


class SlipsPane(QFrame):
    """`slips` of every import of this window. `safe` once they are in a file or on paper, `copied` once on the clipboard; `kept()` when they are safe."""

    kept = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        theme.mark(self, "surface", "card")
        self._office = office
        self.slips: tuple[Slip, ...] = ()
        self.safe, self.copied = True, False
        self.heading, self.state = section(""), Chip(parent=self)
        self.model = TableModel(slip_columns(), lambda slip: slip.issued.account_id, self)
        self.table = TableView(self.model, "roster/slips", office.settings, self)
        self.table.setAccessibleName("新账号的一次性密码")
        self.printing = SlipPrint(office, self, lambda printed: self._keep("已打印", printed))
        self.save = button("存为文件", "primary", "save", shortcut="Ctrl+S", pressed=self.ask_file)
        self.print = button("打印", icon="print", shortcut="Ctrl+P", pressed=lambda: self.printing.ask(self.slips))
        self.copy = button("复制", icon="copy", shortcut="Ctrl+Shift+C", pressed=self._copy)
        self._build()
        theme.changed.connect(self._fit)
        self._fit()
        self.hide()

    def add(self, slips: Sequence[Slip]) -> None:
        """Show more of them; none changes nothing."""
        if slips:
            self.slips = (*self.slips, *slips)
            self.safe, self.copied = False, False
            self.heading.setText(f"新账号的一次性密码（{len(self.slips)} 个）")
            self.state.say(NOT_SAVED, "soon")
            self.model.replace(self.slips)
            self._fit()
            self.show()

    def ask_file(self) -> None:
        """Ask for the file of the passwords."""
        ask_place(self, "一次性密码存为", f"一次性密码 {self._office.desk.today():%Y-%m-%d}.xlsx", self.save_to)

    def save_to(self, file: Path) -> None:
        """Write all of them into a file."""
        written = self.slips
        self._office.jobs.write(self, roster_files.write_passwords, RosterResult(slips=written), file, busy=self.save, doing="正在保存一次性密码",
                                then=lambda place: self._saved(place, written))

    def _build(self) -> None:
        space = theme.tokens().space
        head = QHBoxLayout()
        head.setSpacing(space[1])
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.state)
        foot = QHBoxLayout()
        foot.setSpacing(space[1])
        for each in (self.save, self.print, self.copy):
            foot.addWidget(each)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(space[2], space[2], space[2], space[2])
        column.setSpacing(space[1])
        column.addLayout(head)
        column.addWidget(label(ONCE, "small", wrap=True))
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def _fit(self) -> None:
        """Wide enough for every column, and for the longest password: half of one is none."""
        now, head, last = theme.tokens(), self.table.horizontalHeader(), len(self.model.columns) - 1
        metrics = QFontMetrics(fonts.ui_font(now.font))
        longest = max((metrics.horizontalAdvance(slip.issued.password) for slip in self.slips), default=0) + 3 * now.space[1]
        head.resizeSection(last, max(head.sectionSize(last), longest))
        others = sum(column.width for column in self.model.columns[:last]) * now.font / theme.load().font
        self.setMinimumWidth(round(others) + head.sectionSize(last) + self.table.verticalScrollBar().sizeHint().width() + 3 * now.space[2])

    def _saved(self, file: Path, written: tuple[Slip, ...]) -> None:
        self._keep("已存为文件", written)
        offer_folder(self, f"一次性密码已存到「{file.name}」，发完后请销毁。", file.parent)

    def _copy(self) -> None:
        QApplication.clipboard().setText(slip_words(self.slips))
        self.copied = True
        if not self.safe:
            self.state.say(COPIED, "soon")

    def _keep(self, words: str, kept: tuple[Slip, ...]) -> None:
        if kept != self.slips:  # more came meanwhile
            return
        self.safe = True
        self.state.say(words, "ontime")
        self.kept.emit()
