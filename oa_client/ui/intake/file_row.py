"""One line of the list of dropped files: name, size, what it is, and what can be done with it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.intake.paper import Paper
from oa_client.ui.widgets.button import button, tool
from oa_client.ui.widgets.chip import Chip
from oa_client.ui.widgets.file_drop import size_words
from oa_client.ui.widgets.label import label

ROLES = {"original": "正文", "attachment": "附件"}
_SWITCH = {"original": "改为附件", "attachment": "设为正文"}


class FileRow(QWidget):
    """A file that can be shown, switched between 正文 and 附件, or taken away; a bar moves while it is being read."""

    shown = Signal()
    switched = Signal()
    removed = Signal()

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = paper.name
        self.reading = True
        self.role = Chip(parent=self)
        self.name = button(paper.name, "link", icons.for_file(paper.name), pressed=self.shown.emit, parent=self)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.name.installEventFilter(self)
        self.remark = label("", "small", parent=self)
        self.bar = QProgressBar(self, minimum=0, maximum=0, textVisible=False)
        self.bar.setFixedWidth(theme.tokens().font * 5)
        self.bar.setAccessibleName(f"正在识别 {paper.name}")
        self.switch = button("", "quiet", pressed=self.switched.emit, parent=self)
        self.remove = tool("delete", f"移除 {paper.name}", pressed=self.removed.emit, parent=self)
        self.note = label("", "guess", wrap=True, parent=self)
        self._lay_out()
        self.tell(paper)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.tokens().space[1])
        line.addWidget(self.role)
        line.addWidget(self.name, 1)
        for part in (self.remark, self.bar, self.switch, self.remove):
            line.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.note)

    def tell(self, paper: Paper) -> None:
        """Show the present state of the file."""
        self.reading = paper.read is None
        note = paper.read.inspection.note if paper.read else ""
        self.role.say(ROLES[paper.role], "accent" if paper.role == "original" else "neutral")
        self.bar.setVisible(self.reading)
        self.name.setEnabled(not self.reading)
        self.switch.setVisible(not self.reading)
        self.switch.setText(_SWITCH[paper.role])
        self.switch.setAccessibleName(f"{_SWITCH[paper.role]}：{paper.name}")
        self.remark.setText("正在识别文字" if self.reading else size_words(paper.size))
        self.name.setToolTip(f"查看 {paper.name}")
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.name and event.type() == QEvent.Type.Resize:
            room = self.name.width() - self.name.iconSize().width() - 2 * theme.tokens().space[1]
            self.name.setText(self.name.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideMiddle, room))
        return super().eventFilter(watched, event)
