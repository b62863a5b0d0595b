"""The large empty place where papers are dropped."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label

KINDS = "可识别 DOCX、PDF、OFD、TXT 和图片，先拖入的文件作正文，其余作附件"
PAPER_ONLY = "只有纸质件的，直接在右侧填写登记"


class DropArea(QFrame):
    """An invitation to drop files, with a button for those who would rather choose them."""

    def __init__(self, choose: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "surface", "drop")
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[4], space[4], space[4], space[4])
        column.setSpacing(space[1])
        column.addStretch(2)
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._picture)
        for words, role in (("把来文拖到这里", "section"), (KINDS, "secondary")):
            column.addWidget(self._centred(words, role))
        column.addSpacing(space[1])
        self.choose = button("选择文件", icon="folder", shortcut="Ctrl+O", pressed=choose, parent=self)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(space[1])
        column.addWidget(self._centred(PAPER_ONLY, "small"))
        column.addStretch(3)
        self.setFocusProxy(self.choose)
        theme.changed.connect(self._draw)
        self._draw()

    def light(self, on: bool) -> None:
        """Show that what is being dragged can be dropped."""
        theme.mark(self, "active", "true" if on else "false")

    def _centred(self, words: str, role: str) -> QLabel:
        made = label(words, role, wrap=True, parent=self)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return made

    def _draw(self) -> None:
        side = 3 * theme.tokens().icon
        self._picture.setPixmap(icons.icon("upload", "accent").pixmap(QSize(side, side)))
