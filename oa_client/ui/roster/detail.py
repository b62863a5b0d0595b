"""The row that is selected, in full: long sentences and every field have room here."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from oa_client.ui import theme
from oa_client.ui.roster.lines import TONES, RosterLine
from oa_client.ui.widgets.chip import Chip
from oa_client.ui.widgets.label import label

NOTHING = "选中一行，这里显示全部内容。"
LINES = 3


class RowDetail(QFrame):
    """Who, the mark, the whole sentence and the fields of one row."""

    def __init__(self) -> None:
        super().__init__()
        theme.mark(self, "surface", "card")
        space = theme.tokens().space
        self.who, self.mark = label(NOTHING, "secondary"), Chip(parent=self)
        self.sentence, self.fields = label("", wrap=True), label("", "small", wrap=True)
        for each in (self.sentence, self.fields):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.who.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.setSpacing(space[1])
        head.addWidget(self.mark)
        head.addWidget(self.who, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(space[2], space[1], space[2], space[1])
        column.setSpacing(space[0])
        column.addLayout(head)
        column.addWidget(self.sentence)
        column.addWidget(self.fields)
        column.addStretch(1)
        theme.changed.connect(self._fit)
        self._fit()

    def say(self, line: RosterLine | None) -> None:
        """Show a row, or that none is selected."""
        theme.mark(self.who, "role", "section" if line else "secondary")
        parts = [f"第 {line.id} 行", *filter(None, (line.fields[key] for key in ("login", "name", "unit")))] if line else [NOTHING]
        self.who.setText("　".join(parts))
        self.mark.say(line.mark if line else "", TONES[line.mark] if line else "neutral")
        for words, where in ((line.sentence if line else "", self.sentence), (line.other_fields if line else "", self.fields)):
            where.setText(words)
            where.setVisible(bool(words))

    def _fit(self) -> None:
        """As high for every row, so that the table keeps its place."""
        now = theme.tokens()
        self.setMinimumHeight(now.chip + 2 * now.space[1] + LINES * (now.font + now.space[1]))
