"""The beginning of an import: where the sheet is dropped, and the template for those who have none yet."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label

HEADING = "把账号名单拖到这里"
KINDS = "可用 .xlsx、.xls、.ods 表格；还没有名单的，先下载模板填写，或把「导出」的名单改好再导入"
NOT_YET = "读取后先逐行显示结果，按「导入」之前不写入任何账号"


class RosterStart(QFrame):
    """An invitation with 选择文件 and 下载模板."""

    def __init__(self, choose: Callable[[], object], template: Callable[[], object], parent: QWidget | None = None) -> None:
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
        for words, role in ((HEADING, "section"), (KINDS, "secondary")):
            column.addWidget(self._centred(words, role))
        column.addSpacing(space[1])
        self.choose = button("选择文件", "primary", "folder", shortcut="Ctrl+O", pressed=choose, parent=self)
        self.template = button("下载模板", icon="download", pressed=template, parent=self)
        line = QHBoxLayout()
        line.setSpacing(space[1])
        line.addStretch(1)
        line.addWidget(self.choose)
        line.addWidget(self.template)
        line.addStretch(1)
        column.addLayout(line)
        column.addSpacing(space[1])
        column.addWidget(self._centred(NOT_YET, "small"))
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
        self._picture.setPixmap(icons.icon("excel", "accent").pixmap(QSize(side, side)))
