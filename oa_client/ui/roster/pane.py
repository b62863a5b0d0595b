"""The preview of a sheet of accounts (批量导入预览): every row with its outcome, filters by outcome, the row that is selected in full."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.roster import BAD
from oa_client.settings import Settings
from oa_client.ui import theme
from oa_client.ui.roster.detail import RowDetail
from oa_client.ui.roster.lines import RosterLine, counts, named
from oa_client.ui.roster.table import RosterModel, RosterTable
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.chip import ChipGroup, FilterChips
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.label import label

ONLY_BAD = "只看错误"
EMPTY = "名单里没有账号。在表格里填好并保存后，按「重新读取」。"


class RosterPane(QWidget):
    """`model` holds the rows that the filter leaves, `lines` all of them; `ticked_changed()` after a tick."""

    ticked_changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.lines: tuple[RosterLine, ...] = ()
        self.model = RosterModel(self)
        self.table = RosterTable(self.model, settings, self)
        self.detail, self.said, self.wrong = RowDetail(), label("", "small"), Banner(self, closable=False)
        self.chips = FilterChips(())
        self.nothing = QFrame(self)
        theme.mark(self.nothing, "surface", "card")
        self._build()
        self.table.selected.connect(lambda _: self._tell())
        self.model.ticked_changed.connect(self.ticked_changed)

    def show_lines(self, lines: Sequence[RosterLine], ticked: frozenset[int], said: str, over: bool = False) -> None:
        """Show a sheet, as it is to be imported or, `over`, as it was; the filter stays where its mark still occurs."""
        marks, selected, place = self._chosen(), self.table.selected_ids(), self.table.verticalScrollBar().value()
        self.lines = tuple(lines)
        self.said.setText(said)
        self._renew_chips(marks)
        self.table.setColumnHidden(0, over)
        self.model.replace(())  # every row is another now; renewing them one by one takes a tenth of a second for thousands
        self.model.set_ticked(ticked)
        self._say_wrong(over)
        self._narrow()
        if selected and self.table.select(selected[0]):
            self.table.verticalScrollBar().setValue(place)
        self._tell()

    def begin_anew(self) -> None:
        """Forget filter, selection and place: what comes next is another sheet."""
        self.chips.clear()
        self.model.replace(())

    def show_all(self) -> None:
        """Take the filter away."""
        self.show_only()

    def show_only(self, *marks: str) -> None:
        """Show the rows with these marks; all of them without any."""
        self.chips.choose("mark", *marks)
        self._narrow()

    def tick_shown(self, on: bool) -> None:
        """Tick every row that is shown, or take these ticks away."""
        self.model.tick((line.id for line in self.model.rows() if line.good), on)

    def _build(self) -> None:
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space[1])
        self._line = QHBoxLayout()
        self._line.setSpacing(space[2])
        self._line.addWidget(self.chips, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addStretch(1)
        self._line.addWidget(self.said)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        QVBoxLayout(self.nothing).addWidget(EmptyState(EMPTY, "accounts"))
        column.addWidget(self.wrong)
        column.addLayout(self._line)
        column.addWidget(self.stack, 1)
        column.addWidget(self.detail)

    def _renew_chips(self, marks: Sequence[str]) -> None:
        """A chip for each mark that occurs, with its count."""
        found = counts(self.lines)
        fresh = FilterChips((ChipGroup("mark", "结果", tuple((mark, f"{mark} {count}") for mark, count in found.items())),))
        fresh.choose("mark", *marks)
        fresh.changed.connect(self._narrow)
        self._line.replaceWidget(self.chips, fresh)
        self.chips.hide()
        self.chips.deleteLater()
        self.chips = fresh
        for one, other in pairwise((self.wrong.button, *fresh.findChildren(QPushButton), self.table)):
            QWidget.setTabOrder(one, other)

    def _say_wrong(self, over: bool) -> None:
        bad = [line.row for line in self.lines if line.mark == BAD]
        if not bad or over:
            self.wrong.hide()
            return
        good = any(line.good for line in self.lines)
        rest = "其余各行可以先导入；改好表格并保存后，按「重新读取」再导入这些行。" if good else "改好表格并保存后，按「重新读取」。"
        self.wrong.say(f"有 {len(bad)} 行不能导入：{named(bad)}。", "overdue", hint=rest, verb=ONLY_BAD, pressed=lambda: self.show_only(BAD))

    def _chosen(self) -> tuple[str, ...]:
        return tuple(map(str, self.chips.chosen().get("mark", ())))

    def _narrow(self) -> None:
        marks = self._chosen()
        shown = [line for line in self.lines if not marks or line.mark in marks]
        self.model.replace(shown)
        self.stack.setCurrentWidget(self.table if self.lines else self.nothing)
        self.said.setVisible(bool(self.lines))
        self.detail.setVisible(bool(self.lines))
        if shown and not self.table.selected_ids():
            self.table.selectRow(0)
        self._tell()

    def _tell(self) -> None:
        rows = self.table.selected_rows()
        self.detail.say(rows[0] if rows else None)
