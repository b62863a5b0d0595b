"""One event beside the list (留痕详情): all that it says, its chain and place there, and the ways on from it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.ui import theme
from oa_client.ui.audit import columns
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.flow_layout import FlowLayout
from oa_client.ui.widgets.label import label, rule
from oa_client.ui.widgets.tall_area import TallArea
from oa_client.usecases.audit_looks import AuditDetail
from oa_client.usecases.audit_rows import AuditRow

FACTS = (("at", "时间"), ("who", "何人"), ("about", "对象"), ("result", "结果"), ("terminal", "终端"), ("id", "留痕编号"), ("chain", "所在的链"), ("place", "位置"))
HASHES = (("hash", "本环摘要"), ("before", "前环摘要"))
FIT, CHECKING, OFF = "本环与写下时的摘要相符，与前一环相接。", "正在核对这一环……", "不在链上"
LEAST_IN_LETTERS = 6
SHOW, HIDE = "显示链上摘要", "收起链上摘要"
PICK = "选中一条留痕，在这里看它的全部内容。"


class AuditPreview(QStackedWidget):
    """`only(what)` asks to see only this event's "person", "document", "terminal" or "stream"."""

    only = Signal(str)

    def __init__(self, chain_words: str = "只看这条链") -> None:
        super().__init__()
        self.row: AuditRow | None = None
        self.found: AuditDetail | None = None
        self.nothing = EmptyState(PICK, "audit")
        self.heading, self.what, self.state = label("", "section", wrap=True), label("", wrap=True), label("", "small", wrap=True)
        self.values = {key: label("", wrap=True) for key, _words in (*FACTS, *HASHES)}
        self.names = {key: label(words, "label") for key, words in (*FACTS, *HASHES)}
        self.trouble = Banner(closable=False)
        self.fold = button(SHOW, "link", pressed=self._unfold)
        words = {"person": "只看此人", "document": "只看此件", "terminal": "只看此终端", "stream": chain_words}
        self.links = {key: button(text, "link", pressed=partial(self.only.emit, key)) for key, text in words.items()}
        self.addWidget(self._card(self.nothing))
        self.addWidget(self._card(self._sheet(), self._foot()))
        self.show_row(None)

    def show_row(self, row: AuditRow | None) -> None:
        """Show what the list knows of an event, or that none is selected."""
        if row is None or self.row is None or row.id != self.row.id:
            self.found = None
        self.row = row
        self.setCurrentIndex(0 if row is None else 1)
        if row is None:
            return
        self.heading.setText(row.action)
        self.what.setText(row.words)
        self.what.setVisible(row.words != row.action)
        told = {"at": columns.whole_moment(row), "who": columns.who_whole(row), "about": row.about, "result": row.result, "terminal": row.terminal, "id": str(row.id)}
        for key, value in told.items():
            self._say(key, value)
        theme.mark(self.values["result"], "tone", columns.result_tone(row))
        self.links["person"].setVisible(bool(row.login))
        self.links["document"].setVisible(bool(row.document))
        self.links["terminal"].setVisible(bool(row.terminal))
        self._show_chain()

    def show_detail(self, found: AuditDetail) -> None:
        """Show the whole of an event."""
        self.row, self.found = found.row, found
        self.show_row(found.row)

    def tell(self, error: OaError) -> None:
        """Say why an event cannot be shown."""
        self.show_row(None)
        self.nothing.say(f"{error.sentence}{error.hint}", "warning")

    def _show_chain(self) -> None:
        found = self.found
        self.trouble.setVisible(found is not None and bool(found.fault))
        if found is not None and found.fault:
            self.trouble.say(found.fault, "overdue")
        self.state.setText(CHECKING if found is None else "" if found.fault else FIT)
        self.state.setVisible(bool(self.state.text()))
        theme.mark(self.state, "tone", "ontime" if found else "")
        self._say("chain", found.chain if found else "")
        self._say("place", f"第 {found.seq} 环，共 {found.length} 环" if found and found.seq else OFF if found else "")
        self.links["stream"].setVisible(found is not None)
        self.fold.setVisible(bool(found and found.hash))
        self._fold(self.fold.text() == HIDE)

    def _unfold(self) -> None:
        self._fold(self.fold.text() != HIDE)

    def _fold(self, shown: bool) -> None:
        self.fold.setText(HIDE if shown else SHOW)
        for key, value in (("hash", self.found.hash), ("before", self.found.before or "这是第一环，没有前环")) if self.found else ():
            self._say(key, value if shown else "")
        if self.found is None:
            for key, _words in HASHES:
                self._say(key, "")

    def _say(self, key: str, value: str) -> None:
        self.values[key].setText(value if key not in dict(HASHES) else " ".join(value[at:at + 8] for at in range(0, len(value), 8)) if len(value) == 64 else value)
        self.values[key].setVisible(bool(value))
        self.names[key].setVisible(bool(value))

    def _card(self, *parts: QWidget) -> QWidget:
        space = theme.tokens().space
        card = QFrame()
        theme.mark(card, "surface", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(space[3], space[3], space[3], space[3])
        column.setSpacing(space[2])
        for at, part in enumerate(parts):
            column.addWidget(part, 0 if at else 1)
        return card

    def _sheet(self) -> QWidget:
        space = theme.tokens().space
        facts, grid = QWidget(), QGridLayout()
        grid.setHorizontalSpacing(space[3])
        grid.setVerticalSpacing(space[1])
        grid.setColumnStretch(1, 1)
        for at, (key, _words) in enumerate((*FACTS, *HASHES)):
            grid.addWidget(self.names[key], at, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
            grid.addWidget(self.values[key], at, 1)
            self.values[key].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QVBoxLayout(facts)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(space[2])
        for part in (self.heading, self.what, self.trouble):
            inside.addWidget(part)
        inside.addLayout(grid)
        inside.addWidget(self.state)
        inside.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        area = TallArea(facts)
        theme.mark(area.viewport(), "surface", "surface")
        area.setMinimumHeight(theme.tokens().font * LEAST_IN_LETTERS)
        return area

    def _foot(self) -> QWidget:
        foot, links = QWidget(), QWidget()
        line = FlowLayout(links, theme.tokens().space[1])
        for link in self.links.values():
            line.addWidget(link)
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens().space[2])
        column.addWidget(rule())
        column.addWidget(links)
        return foot
