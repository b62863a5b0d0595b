"""The dialog of sharing (共享): to whom, until when, why; above the button what they will see."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget

from oa_client.ui import theme
from oa_client.ui.office import Office
from oa_client.ui.widgets.date_edit import DateEdit
from oa_client.ui.widgets.dialog import Question
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.label import label
from oa_client.ui.widgets.people_picker import PeoplePicker
from oa_client.usecases import sharing

DAYS = 30
SHOWN = 4
WIDTH_IN_LETTERS = 40
WHOM = "选好共享给谁，这里说明对方能看到什么。"


class ShareDialog(Question):
    """Stays open, with what was entered, until the share is made or Esc is pressed."""

    def __init__(self, office: Office, owner: QWidget, document_id: int, latest: date) -> None:
        super().__init__(owner, "共享给谁阅看？", "对方只能阅看，不能导出、带出或再共享；随时可以收回，共享和阅看都有记录。", "共享")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._office, self._id = office, document_id
        today = office.desk.today()
        self.form = FormGrid()
        self.form.add("to", "共享给", PeoplePicker("both"), required=True)
        self.form.add("until", "期限", DateEdit(min(today + timedelta(days=DAYS), latest)), required=True, hint=f"最长至 {latest:%Y-%m-%d}，到期自动收回")
        self.form.add("reason", "理由", QLineEdit(), required=True)
        self.sentence = label("", "secondary", wrap=True)
        space = theme.tokens().space
        self.content.addSpacing(space[1])
        self.content.addWidget(self.form)
        self.content.addStretch(1)
        self.content.addSpacing(space[1])
        self.content.addWidget(self.sentence)
        self.column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumWidth(theme.tokens().font * WIDTH_IN_LETTERS)
        self.verb.clicked.disconnect()
        self.verb.clicked.connect(self.submit)
        self.verb.setToolTip("共享（Ctrl+Enter）")
        self.form.submitted.connect(self.submit)
        self.form.edited.connect(lambda _: self._say())
        office.directory_changed.connect(self._offer)
        self._offer()
        self._say()
        self.form.field("to").setFocus()

    def submit(self) -> None:
        """Share it; what is wrong is told under its field."""
        values = self.form.values()
        if values["until"] is None:
            self.form.show_errors({"until": "请选择共享到哪一天。"})
            return
        self._office.jobs.write(self, sharing.share, self._office.desk, self._id, values["to"], values["until"], values["reason"], then=self._shared,
                                failed=self.form.refuse, busy=self.verb, doing="正在共享")

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Resize):
            self._fit()
        return done

    def _fit(self) -> None:
        """As high as its words and chips need at this width; by itself a dialog is as high as they would be at its least width."""
        needed = self.column.totalHeightForWidth(self.width())
        if needed != self.height():
            self.setFixedHeight(needed)

    def _shared(self, _document_id: int) -> None:
        self._office.remember(self.form.values()["to"])
        self.accept()

    def _offer(self) -> None:
        picker = self.form.field("to", PeoplePicker)
        chosen = picker.chosen()
        picker.set_choices(self._office.everybody(), tuple(self._office.settings.recent_people))
        self.form.set_values({"to": chosen})

    def _say(self) -> None:
        """What will happen, or what is still to be chosen."""
        values = self.form.values()
        said = sentence(self.form.field("to", PeoplePicker).names(), values["until"])
        self.sentence.setText(said or WHOM)
        theme.mark(self.sentence, "role", "section" if said else "secondary")


def sentence(names: tuple[str, ...], until: date | None) -> str:
    """「王某某、交警支队 可以阅看正文和附件，至 2026-12-16，不含办理意见。」; empty while something is missing."""
    if not names or until is None:
        return ""
    who = "、".join(names[:SHOWN]) + (f" 等 {len(names)} 个" if len(names) > SHOWN else "")
    return f"{who} 可以阅看正文和附件，至 {until:%Y-%m-%d}，不含办理意见。"
