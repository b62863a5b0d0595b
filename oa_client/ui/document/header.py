"""The head of the document window: what paper this is, where it is, how long there is left."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from oa_client.domain.flow import ENDED
from oa_client.ui import theme
from oa_client.ui.widgets.button import tool
from oa_client.ui.widgets.chip import URGENCY_TONES, Chip
from oa_client.ui.widgets.flow_layout import FlowLayout
from oa_client.ui.widgets.label import label, title
from oa_client.usecases.views import DocumentView

DUE_TONES = {"overdue": "overdue", "soon": "soon", "ok": "ontime"}
SHARE, EXPORT, SHEET = "共享", "导出全件", "打开处理单"
LENT = "共享给您的公文只能阅看，不能导出。"
NO_SHEET = "办理单不在共享范围内。"
_ENDED_TONES = {"filed": "ontime", "returned": "soon"}


class Header(QFrame):
    """Title, number and chips; at the right the tools `share`, `export`, `sheet`, `print` and `refresh`. One that may not be used says why."""

    share_asked = Signal()
    print_asked = Signal()
    export_asked = Signal()
    sheet_asked = Signal()
    refresh_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme.tokens().space
        self.title = title("")
        self.title.setWordWrap(True)
        self.number = label("", "secondary")
        for each in (self.title, self.number):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.urgency, self.state, self.due, self.openness, self.reference = (Chip(parent=self) for _ in range(5))
        self.chips = QWidget(self)
        flow = FlowLayout(self.chips, space[1])
        for part in (self.number, self.urgency, self.state, self.due, self.openness, self.reference):
            flow.addWidget(part)
        words = QVBoxLayout()
        words.setSpacing(space[0])
        words.addWidget(self.title)
        words.addWidget(self.chips)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(space[2])
        line.addLayout(words, 1)
        line.addLayout(self._tools())

    def show_view(self, view: DocumentView) -> None:
        """Show another state of the document."""
        self.title.setText(view.title)
        self.number.setText(view.number or ("未编号" if view.kind == "send" else "无字号"))
        self.urgency.say("" if view.urgency == "平件" else view.urgency, URGENCY_TONES.get(view.urgency, "neutral"))
        if view.state == "running":
            self.state.say(view.where or "办理中", "accent")
        else:
            self.state.say(ENDED.get(view.state, "已办结"), _ENDED_TONES.get(view.state, "neutral"))
        tone = DUE_TONES.get(view.due.tone)
        self.due.say(view.due.words if tone else "", tone or "neutral", view.due.tooltip)
        self.openness.say(view.openness if view.kind == "send" else "", "neutral", "公开属性")
        self.reference.say(f"档号 {view.reference}" if view.reference else "", "neutral")
        self.chips.updateGeometry()
        self._allow(view)

    def _allow(self, view: DocumentView) -> None:
        lent = LENT if view.watermark else ""
        for button, words, refusal in ((self.share, SHARE, view.share_refusal), (self.export, EXPORT, lent), (self.sheet, SHEET, NO_SHEET if lent else "")):
            button.setEnabled(not refusal)
            button.setToolTip(f"{words}：{refusal}" if refusal else f"{words}（{button.shortcut().toString()}）")
            button.setAccessibleDescription(refusal)

    def _tools(self) -> QVBoxLayout:
        self.share = tool("share", SHARE, shortcut="Ctrl+Shift+S", pressed=self.share_asked.emit)
        self.export = tool("export", EXPORT, shortcut="Ctrl+E", pressed=self.export_asked.emit)
        self.sheet = tool("sheet", SHEET, shortcut="Ctrl+P", pressed=self.sheet_asked.emit)
        self.print = tool("print", "打印当前内容", shortcut="Ctrl+Shift+P", pressed=self.print_asked.emit)
        self.refresh = tool("refresh", "刷新", shortcut="F5", pressed=self.refresh_asked.emit)
        line = QHBoxLayout()
        line.setSpacing(theme.tokens().space[0])
        for part in (self.share, self.export, self.sheet, self.print, self.refresh):
            line.addWidget(part)
        column = QVBoxLayout()
        column.addLayout(line)
        column.addStretch(1)
        return column
