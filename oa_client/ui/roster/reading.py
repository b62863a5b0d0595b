"""While a sheet is read for the first time: which one, and the way back."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QVBoxLayout

from oa_client.ui import icons, theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label

WIDTH_IN_LETTERS = 20


class RosterReading(QFrame):
    """The file's name, a bar that moves, and 取消."""

    def __init__(self, cancel: Callable[[], object]) -> None:
        super().__init__()
        theme.mark(self, "surface", "card")
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[4], space[4], space[4], space[4])
        column.setSpacing(space[2])
        column.addStretch(2)
        self._picture, self.said, self.bar = QLabel(self), label("", "section", wrap=True), QProgressBar()
        for each in (self._picture, self.said):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(each)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignCenter)
        self.cancel = button("取消", shortcut="Esc", pressed=cancel)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
        self.setFocusProxy(self.cancel)
        theme.changed.connect(self._draw)
        self._draw()

    def say(self, name: str) -> None:
        """Name the file that is read."""
        self.said.setText(f"正在读取「{name}」，逐行核对……")
        self.bar.setAccessibleName(self.said.text())

    def _draw(self) -> None:
        now = theme.tokens()
        side = 3 * now.icon
        self._picture.setPixmap(icons.icon("excel", "accent").pixmap(QSize(side, side)))
        self.bar.setFixedWidth(now.font * WIDTH_IN_LETTERS)
