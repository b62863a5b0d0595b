"""The bar below the list of accounts: who is selected, why something cannot be done, and what can."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from oa_client.ui import theme
from oa_client.ui.widgets.label import label
from oa_client.usecases.accounts import AccountRow

NOBODY = "选中一个账号后办理"


class AccountBar(QFrame):
    """`who` and the quieter `why` at the left, the verbs at the right."""

    def __init__(self, verbs: Sequence[QPushButton]) -> None:
        super().__init__()
        theme.mark(self, "surface", "card")
        space = theme.tokens().space
        line = QHBoxLayout(self)
        line.setContentsMargins(space[2], space[1], space[1], space[1])
        line.setSpacing(space[1])
        self.who, self.why = label(NOBODY), label("", "small", wrap=True)
        for each in (self.who, self.why):
            each.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.who)
        words.addWidget(self.why)
        words.addStretch(1)
        line.addLayout(words, 1)
        for verb in verbs:
            line.addWidget(verb, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._fit)
        self._fit()
        self.say(None, "")

    def say(self, row: AccountRow | None, why: str) -> None:
        """Name the account that is selected, and what stands in the way."""
        self.who.setText(f"{row.name}　{row.post or '未填职务'}" if row else NOBODY)
        theme.mark(self.who, "role", "section" if row else "secondary")
        self.who.setToolTip(f"{row.name}　警号 {row.login}　{row.unit}" if row else "")
        self.why.setText(why)
        self.why.setVisible(bool(why))

    def _fit(self) -> None:
        """Two lines have room, so that nothing moves when there is something to say."""
        self.setMinimumHeight(theme.tokens().row_two + theme.tokens().space[0])
