"""Handing over (移交): first what lies with the account, then to whom, in words what will happen, and afterwards what did."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from oa_client.domain.actor import person, split
from oa_client.domain.errors import OaError
from oa_client.ui import errors, theme
from oa_client.ui.models.table import TableModel
from oa_client.ui.office import Office
from oa_client.ui.pages import handover_words as words
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.dialog import Question
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.label import label
from oa_client.ui.widgets.people_picker import PeoplePicker, Pick
from oa_client.ui.widgets.table_view import TableView
from oa_client.usecases import handing_over
from oa_client.usecases.directory import Candidate
from oa_client.usecases.handing_over import Handed, Matter

LETTERS = QSize(78, 45)


class HandoverDialog(Question):
    """The matters of one account; an administrator sees no titles. Stays open to show what stayed."""

    def __init__(self, office: Office, owner: QWidget, account_id: int, name: str, login: str, unit_id: int) -> None:
        own = account_id == office.desk.actor.id
        super().__init__(owner, "移交本人名下的事项" if own else f"移交 {name}（警号 {login}）名下的事项",
                         "交给一位接办人，一次移交完毕；接办人收到后即可办理。" if own else "只列类别、环节和时间，题名按知悉范围不显示。", "移交")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._office, self._id, self._name, self._unit = office, account_id, "本人" if own else name, unit_id
        self._rows: tuple[Matter, ...] = ()
        self._heir: Candidate | None = None
        self._over = False
        self.model = TableModel(words.columns(office.desk.today(), lambda: self._heir), lambda row: (row.kind, row.id), self)
        self.table = TableView(self.model, "handover", office.settings, self)
        self.table.setAccessibleName("名下的事项")
        self.nothing = EmptyState("正在读取……", "task")
        self.banner = Banner(self, closable=False)
        self.picker = PeoplePicker("person", 1)
        self.picker.input.setAccessibleName("接办人：输入姓名、拼音首字母、单位或警号")
        self.said = label("", wrap=True)
        self._build()
        self.picker.changed.connect(self._chosen)
        office.directory_changed.connect(self._offer)
        self.load()

    def load(self) -> None:
        """Read what lies with the account."""
        self._office.jobs.read(self, handing_over.matters, self._office.desk, self._id, then=self._show, failed=self._failed, latest="matters")

    def submit(self) -> None:
        """Hand everything over that the successor may hold."""
        heir = self._heir
        if heir is not None and self.verb.isEnabled():
            self._office.remember((heir.holder,))
            self._office.jobs.write(self, handing_over.hand_over, self._office.desk, self._id, split(heir.holder)[1], then=lambda done: self._done(heir.name, done),
                                    failed=self._refused, busy=(self.verb, self.picker), doing="正在移交")

    def _build(self) -> None:
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.table)
        self.content.addWidget(self.banner)
        self.content.addWidget(self.stack, 1)
        self.to = QWidget()
        line = QHBoxLayout(self.to)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.tokens().space[2])
        name = label("接办人", "label")
        name.setBuddy(self.picker)
        line.addWidget(name)
        line.addWidget(self.picker, 1)
        self.content.addWidget(self.to)
        self.content.addWidget(self.said)
        self.verb.clicked.disconnect()
        self.verb.clicked.connect(self.submit)
        self.verb.setEnabled(False)
        screen = QGuiApplication.primaryScreen().availableSize()
        self.resize((LETTERS * theme.tokens().font).boundedTo(QSize(round(screen.width() * 0.94), round(screen.height() * 0.92))))
        self._settle()

    def _show(self, rows: tuple[Matter, ...]) -> None:
        order = list(handing_over.KINDS)
        self._rows = tuple(sorted(rows, key=lambda row: order.index(row.kind)))
        self.model.replace(self._rows)
        self.banner.setVisible(self._over)
        self.nothing.say("已经全部移交，名下没有未了的事项。" if self._over else "名下没有未了的事项，不用移交。", "done")
        self.stack.setCurrentWidget(self.table if self._rows else self.nothing)
        self._offer()
        self._settle()
        (self.picker if self._rows else self.back).setFocus()

    def _offer(self) -> None:
        """Successors, the own unit's first, never the officer at the desk; who cannot take everything over says so in the list."""
        out = (person(self._id), person(self._office.desk.actor.id))
        people = [item for item in self._office.candidates if not item.is_unit and item.holder not in out]
        people.sort(key=lambda item: item.unit_id != self._unit)
        self.picker.set_choices([Pick(item.holder, item.name, item.detail, item.keys, note=self._note(item)) for item in people], self._office.settings.recent_people)

    def _note(self, item: Candidate) -> str:
        stay = sum(bool(handing_over.hindrance(row, item.holder, item.roles)) for row in self._rows)
        return f"{stay} 件不能接办" if stay else ""

    def _chosen(self) -> None:
        chosen = self.picker.chosen()
        self._heir = next((item for item in self._office.candidates if item.holder in chosen), None)
        self.table.viewport().update()
        self._settle()

    def _settle(self) -> None:
        """The words and the button as the successor is chosen."""
        self.to.setVisible(bool(self._rows))
        self.said.setVisible(bool(self._rows))
        self.verb.setVisible(bool(self._rows))
        self.back.setText("返回" if self._rows and not self._over else "关闭")
        self.said.setText(words.before(self._name, self._rows, self._heir) if self._rows else "")
        heir = self._heir
        self.verb.setEnabled(heir is not None and not all(handing_over.hindrance(row, heir.holder, heir.roles) for row in self._rows))
        self.verb.setText(f"移交给 {self._heir.name}" if self._heir else "移交")

    def _done(self, heir: str, done: Handed) -> None:
        self._over = True
        sentence, hint = words.after(heir, done)
        self.banner.say(sentence, "ontime" if not done.left else "soon", hint=hint)
        self.picker.clear()
        self.load()

    def _refused(self, error: OaError) -> None:
        errors.show(self, error)
        self.load()

    def _failed(self, error: OaError) -> None:
        self.banner.tell(error, verb="重新读取", pressed=self.load)
        self.nothing.say("没有读到名下的事项。", "error")
