"""One request beside the list (双人复核): who asked for what and why, what will follow, and the answers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.pages import consent_words as words
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.chip import Chip
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.label import label, rule
from oa_client.ui.widgets.tall_area import TallArea
from oa_client.usecases.consents import ConsentRow
from oa_client.usecases.desk import local

FACTS = (("who", "对象"), ("unit", "单位"), ("asked", "申请人"), ("at", "申请时间"), ("reason", "理由"), ("decided", "复核人"))


class ConsentPreview(QStackedWidget):
    """`answered("agreed" | "refused" | "taken_back")` and `reset_asked` tell what was pressed for the request shown."""

    answered = Signal(str)
    reset_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.row: ConsentRow | None = None
        self.nothing = EmptyState("选中一项申请，在这里复核。", "consents")
        self.heading, self.state, self.what = label("", "section", wrap=True), Chip(), label("", wrap=True)
        self.values = {key: label("", wrap=True) for key, _words in FACTS}
        self.names = {key: label(name, "label") for key, name in FACTS}
        self.agree = button("同意", "primary", "check", pressed=lambda: self.answered.emit("agreed"))
        self.refuse = button("不同意", icon="close", pressed=lambda: self.answered.emit("refused"))
        self.back = button("撤回申请", icon="withdraw", pressed=lambda: self.answered.emit("taken_back"))
        self.reset = button("去重置密码", "primary", "key", pressed=self.reset_asked.emit)
        self.verbs = (self.agree, self.reset, self.refuse, self.back)
        self.why = label("", "small", wrap=True)
        self.addWidget(self._empty())
        self.addWidget(self._sheet())
        self.show_row(None)

    def show_row(self, row: ConsentRow | None) -> None:
        """Show a request, or that none is selected."""
        self.row = row
        self.setCurrentIndex(0 if row is None else 1)
        if row is None:
            return
        self.heading.setText(words.subject(row))
        self.state.say(*words.state_of(row))
        told = {"who": f"{row.name}　警号 {row.login}", "unit": row.unit, "asked": f"{row.asked_by}{'（本人）' if row.mine else ''}",
                "at": f"{local(row.asked_at):%Y-%m-%d %H:%M}", "reason": row.reason or "未写", "decided": "" if row.decision == "taken_back" else row.decided_by}
        for key, value in told.items():
            self.values[key].setText(value)
            self.values[key].setVisible(bool(value))
            self.names[key].setVisible(bool(value))
        self._settle(row)

    def _settle(self, row: ConsentRow) -> None:
        waits = row.decision == ""
        self.agree.setVisible(waits and not row.refusal)
        self.refuse.setVisible(waits and not row.refusal)
        self.back.setVisible(waits and row.mine)
        self.reset.setVisible(row.usable)
        self.what.setText(words.consequence(row) if waits else "由您在 24 小时内重置，过时须重新申请。" if row.usable else "")
        self.what.setVisible(waits or row.usable)
        self.why.setText(row.refusal if waits else "")
        self.why.setVisible(waits and bool(row.refusal))
        self.foot.setVisible(waits or row.usable)

    def _empty(self) -> QWidget:
        card = QFrame()
        theme.mark(card, "surface", "card")
        column = QVBoxLayout(card)
        column.addWidget(self.nothing)
        return card

    def _sheet(self) -> QWidget:
        space = theme.tokens().space
        card, facts, grid = QFrame(), QWidget(), QGridLayout()
        theme.mark(card, "surface", "card")
        head = QHBoxLayout()
        head.setSpacing(space[1])
        head.addWidget(self.heading, 1)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        grid.setHorizontalSpacing(space[3])
        grid.setVerticalSpacing(space[1])
        grid.setColumnStretch(1, 1)
        for at, (key, _words) in enumerate(FACTS):
            grid.addWidget(self.names[key], at, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
            grid.addWidget(self.values[key], at, 1)
            self.values[key].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QVBoxLayout(facts)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(grid)
        inside.addStretch(1)
        area = TallArea(facts)
        theme.mark(area.viewport(), "surface", "surface")
        column = QVBoxLayout(card)
        column.setContentsMargins(space[3], space[3], space[3], space[3])
        column.setSpacing(space[2])
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addWidget(self._foot())
        return card

    def _foot(self) -> QWidget:
        """What will follow stands above the answers."""
        space = theme.tokens().space
        self.foot = QWidget()
        column = QVBoxLayout(self.foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space[2])
        column.addWidget(rule())
        column.addWidget(self.what)
        column.addWidget(self.why)
        line = QHBoxLayout()
        line.setSpacing(space[1])
        line.addStretch(1)
        for verb in (self.back, self.refuse, self.reset, self.agree):
            line.addWidget(verb)
        column.addLayout(line)
        return self.foot
