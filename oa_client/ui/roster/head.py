"""The line at the top of the import: what it is, which sheet is shown, reading it again, choosing another."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from oa_client.ui import theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label, title

AGAIN = "改好表格并保存后，重新读取；取消了勾选的行仍不勾选"


class RosterHead(QWidget):
    """`again` and `other` are shown once there is a sheet."""

    def __init__(self, again: Callable[[], object], other: Callable[[], object]) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.tokens().space[1])
        self.setMinimumHeight(theme.tokens().control)
        self._named, self.file = "", label("", "secondary")
        self.file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.again = button("重新读取", icon="refresh", shortcut="F5", tip=AGAIN, pressed=again)
        self.other = button("选择其他文件", icon="folder", shortcut="Ctrl+O", pressed=other)
        line.addWidget(title("批量导入账号"))
        line.addSpacing(theme.tokens().space[1])
        line.addWidget(self.file, 1)
        for each in (self.again, self.other):
            line.addWidget(each)
            each.hide()

    def name(self, file: str, sheet: str) -> None:
        """Name the sheet that is shown."""
        self._named = f"{file}　工作表「{sheet}」"
        self.file.setToolTip(self._named)
        for each in (self.again, self.other):
            each.show()
        self._fit()

    def rest(self, on: bool) -> None:
        """While something is under way neither can be pressed."""
        for each in (self.again, self.other):
            each.setEnabled(not on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.file.setText(self.file.fontMetrics().elidedText(self._named, Qt.TextElideMode.ElideMiddle, self.file.width()))
