"""One unit on the reconciliation page: its figures, and each difference in words and red with what mends it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from oa_client.domain.reconciling import Difference
from oa_client.ui import icons, theme
from oa_client.ui.pages.reconcile_words import VERBS, of_unit, sentence
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.chip import Chip
from oa_client.ui.widgets.label import label
from oa_client.usecases.reconciling import UnitState

Lines = tuple[tuple[Difference, str], ...]


class UnitCard(QFrame):
    """`mend_asked(Difference, QPushButton)` when a difference's link is pressed; `lines` pairs each difference with why it is not this officer's to mend."""

    mend_asked = Signal(object, object)

    def __init__(self, state: UnitState, lines: Lines) -> None:
        super().__init__()
        self.state, self.lines = state, lines
        self.links: list[QPushButton] = []
        theme.mark(self, "surface", "card")
        self.setAccessibleName(f"{state.unit}，{'相符' if not lines else f'{len(lines)} 处不符'}")
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[3], space[1], space[2], space[1])
        column.setSpacing(space[0])
        column.addLayout(self._head())
        if lines:
            column.addLayout(self._differences())

    def _head(self) -> QHBoxLayout:
        state, line = self.state, QHBoxLayout()
        line.setSpacing(theme.tokens().space[2])
        name = label(state.unit, "section")
        name.setMinimumHeight(theme.tokens().control)
        line.addWidget(name)
        line.addWidget(label(of_unit(state), "small", wrap=True), 1)
        line.addWidget(Chip(f"{len(self.lines)} 处不符", "overdue") if self.lines else Chip("相符", "ontime"))
        return line

    def _differences(self) -> QGridLayout:
        space, grid = theme.tokens().space, QGridLayout()
        grid.setHorizontalSpacing(space[1])
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        side = theme.tokens().icon
        for at, (item, why) in enumerate(self.lines):
            picture, words = QLabel(), label(sentence(item), wrap=True)
            picture.setPixmap(icons.icon("warning", "overdue").pixmap(QSize(side, side)))
            theme.mark(words, "tone", "overdue")
            words.setMinimumHeight(theme.tokens().control)
            grid.addWidget(picture, at, 0)
            grid.addWidget(words, at, 1)
            grid.addWidget(label(why, "small", wrap=False) if why else self._link(item), at, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return grid

    def _link(self, item: Difference) -> QPushButton:
        words = "指定人员" if item.mend == "grant" and not item.account_id else VERBS[item.mend]
        made = button(words, "link")
        made.setAccessibleName(f"{words}，{self.state.unit}：{sentence(item)}")
        made.clicked.connect(lambda: self.mend_asked.emit(item, made))
        self.links.append(made)
        return made
