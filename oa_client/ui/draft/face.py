"""The drafting window's parts: paper at the left, properties and findings at the right, the buttons below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.draft.findings_panel import FindingsPanel
from oa_client.ui.draft.paper import DraftPaper
from oa_client.ui.draft.properties import DraftProperties
from oa_client.ui.draft.restore_bar import RestoreBar
from oa_client.ui.intake.cards import card, line_of, scrolled
from oa_client.ui.office import Office
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.chip import Chip
from oa_client.ui.widgets.label import label, rule, title

STEPS = {"draft": "拟稿", "review": "审核", "verify": "复核"}
HEADING = "发文拟稿"
AFTER = "送审核后由{}核稿人审核，退回之前不能再修改"
AFTER_EDIT = "保存后请回到公文窗口办理"


class DraftFace(QWidget):
    """Widgets only: `paper`, `properties`, `findings`, `remark`, `banner`, `restore` and the buttons."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[3], space[2], space[3], space[2])
        column.setSpacing(space[2])
        column.addLayout(self._head())
        self.banner, self.restore = Banner(self), RestoreBar(self)
        column.addWidget(self.banner)
        column.addWidget(self.restore)
        self.body = QSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False)
        column.addWidget(self.body, 1)
        left, sheet = card(self.body, space[2])
        self.paper = DraftPaper(left)
        sheet.addWidget(self.paper)
        right, side = scrolled(self.body)
        self.properties, self.findings = DraftProperties(office, right), FindingsPanel(right)
        for part in (self.properties, rule(parent=right), self.findings):
            side.addWidget(part)
        side.addStretch(1)
        column.addLayout(self._bar())

    def show_step(self, step: str) -> None:
        """Offer what can be done at this step: a drafter sends on, a reviewer only saves here."""
        drafting = step == "draft"
        self.heading.setText(HEADING if drafting else "修改文稿")
        self.step.say(STEPS.get(step, ""), "accent")
        for part in (self.submit, self.remark_words, self.remark):
            part.setVisible(drafting)
        self.shut.setVisible(not drafting)
        self.save.setText("保存" if drafting else "保存修改")
        self.save.setAccessibleName(self.save.text())
        theme.mark(self.save, "kind", "plain" if drafting else "primary")

    def say_after(self, organ: str) -> None:
        """What will happen when the primary button is pressed."""
        self.after.setText(AFTER_EDIT if self.submit.isHidden() else AFTER.format(organ))

    def _head(self) -> QHBoxLayout:
        self.step = Chip(parent=self)
        self.state = label("", "small", parent=self)
        self.heading = title(HEADING, self)
        return line_of(self.heading, self.step, None, self.state)

    def _bar(self) -> QVBoxLayout:
        self.remark_words = label("附言", "label", parent=self)
        self.remark = QLineEdit(self)
        self.remark.setPlaceholderText("不填时为“请审核。”")
        self.remark.setAccessibleName("附言")
        self.remark_words.setBuddy(self.remark)
        self.after = label("", "small", parent=self)
        self.layout_button = button("版式预览", icon="print", tip="保存后查看成文版式", shortcut="Ctrl+P", parent=self)
        self.shut = button("关闭", parent=self)
        self.save = button("保存", icon="save", shortcut="Ctrl+S", parent=self)
        self.submit = button("送审核", "primary", "send", shortcut="Ctrl+Return", parent=self)
        column = QVBoxLayout()
        column.setSpacing(theme.tokens().space[0])
        column.addLayout(line_of(None, self.after))
        line = line_of(self.remark_words, self.remark, None, self.layout_button, self.shut, self.save, self.submit)
        line.setStretchFactor(self.remark, 6)
        column.addLayout(line)
        return column
