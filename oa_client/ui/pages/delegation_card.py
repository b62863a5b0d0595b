"""Delegation in the settings (委托代办): what stands now, ending it, and a form for a new one."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.ui import theme
from oa_client.ui.office import Office
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.chip import Chip
from oa_client.ui.widgets.date_edit import DateEdit
from oa_client.ui.widgets.emptying import take_all
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.label import label, section
from oa_client.ui.widgets.people_picker import PeoplePicker
from oa_client.usecases import delegating
from oa_client.usecases.delegating import DelegationRow

WHAT = "请假、出差时，送您本人的待办待阅可由同事代办。办理过程注明代谁办理，到期自动结束，您本人随时可以办理。"
WHOM = "领导的事项只能委托给同一机关的其他领导，其他人员委托给本单位的同事。"
NONE = "没有委托，也没有人委托您。"
DAYS = 7
AGAIN_MS = 60


class DelegationCard(QFrame):
    """`rows` are the delegations shown; `form` is open while a new one is being written."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.rows: tuple[DelegationRow, ...] = ()
        theme.mark(self, "surface", "card")
        self.setAccessibleName("委托代办")
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[4], space[3], space[4], space[3])
        column.setSpacing(space[1])
        self.trouble = Banner(self)
        self.list = QVBoxLayout()
        self.list.setSpacing(space[1])
        for part in (section("委托代办"), label(WHAT, "small", wrap=True), self.trouble):
            column.addWidget(part)
        column.addSpacing(space[0])
        column.addLayout(self.list)
        column.addSpacing(space[0])
        self._build_form(column)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.load)
        office.jobs.changed.connect(lambda topics: "accounts" in topics and self._again.start())
        office.directory_changed.connect(self._offer)
        theme.changed.connect(self._fit)
        self._fit()
        self._offer()
        self.open_form(False)
        self.load()

    def load(self) -> None:
        """Read the delegations again."""
        self._office.jobs.read(self, delegating.delegations, self._office.desk, then=self._show, failed=self._failed, latest="delegations")

    def open_form(self, shown: bool) -> None:
        """Open an empty form for a new delegation, or put it away."""
        today = self._office.desk.today()
        self.form.clear_errors()
        self.form.set_values({"to_id": (), "starts_on": today, "ends_on": today + timedelta(days=DAYS), "reason": ""})
        for part in (self.form, self.sentence, self.make):
            part.setVisible(shown)
        self.begin.setText("暂不委托" if shown else "委托他人代办")
        self._say()
        if shown:
            self.taker.setFocus()
            QTimer.singleShot(0, self, self._reveal)

    def submit(self) -> None:
        """Delegate; what is wrong is told under its field."""
        values = self.form.values()
        missing = {key: words for key, words in (("to_id", "请选择受托人。"), ("starts_on", "请填写开始日期。"), ("ends_on", "请填写结束日期。")) if not values[key]}
        if missing:
            self.form.show_errors(missing)
            return
        taker = int(values["to_id"][0].partition(":")[2])
        self._office.jobs.write(self, delegating.delegate, self._office.desk, taker, values["starts_on"], values["ends_on"], values["reason"],
                                then=lambda _id: self.open_form(False), failed=self._refused, busy=self.make, doing="正在登记委托")

    def end(self, row: DelegationRow) -> None:
        """End one's own delegation at once."""
        self._office.jobs.write(self, delegating.end, self._office.desk, row.id, failed=self.trouble.tell, doing="正在结束委托")

    def _build_form(self, column: QVBoxLayout) -> None:
        self.begin = button("委托他人代办", icon="delegate", pressed=lambda: self.open_form(self.form.isHidden()))
        self.form = FormGrid(self)
        self.taker = self.form.add("to_id", "受托人", PeoplePicker("person", 1), required=True, hint=WHOM)
        self.form.add("starts_on", "开始", DateEdit(), required=True)
        self.form.add("ends_on", "结束", DateEdit(), required=True, hint=f"含当天，一次最长 {delegating.longest()} 天")
        self.form.add("reason", "事由", QLineEdit())
        self.form.submitted.connect(self.submit)
        self.form.edited.connect(lambda _: self._say())
        self.sentence = label("", "section", wrap=True)
        self.make = button("委托", "primary", tip="委托（Ctrl+Enter）", pressed=self.submit)
        beside = QHBoxLayout()
        beside.addWidget(self.form, 100)
        beside.addStretch(1)
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(beside)
        column.addWidget(self.sentence)
        column.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)

    def _offer(self) -> None:
        chosen = self.taker.chosen()
        self.taker.set_choices(self._office.stand_ins(), tuple(self._office.settings.recent_people))
        self.form.set_values({"to_id": chosen})

    def _say(self) -> None:
        """What will happen, above the button."""
        values, names = self.form.values(), self.taker.names()
        ready = bool(names and values["starts_on"] and values["ends_on"])
        self.sentence.setText(f"{span(values['starts_on'], values['ends_on'])}，送您本人的待办由 {names[0]} 代办。" if ready else "")
        self.sentence.setVisible(ready and not self.form.isHidden())

    def _show(self, rows: tuple[DelegationRow, ...]) -> None:
        self.trouble.hide()
        self.rows = rows
        take_all(self.list)
        for row in rows:
            self.list.addWidget(self._line(row))
        if not rows:
            self.list.addWidget(label(NONE, "secondary"))

    def _line(self, row: DelegationRow) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.tokens().space[2])
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(label(f"委托 {row.taker} 代办" if row.mine else f"{row.giver} 委托您代办", wrap=True))
        said.addWidget(label(span(row.starts_on, row.ends_on) + (f"：{row.reason}" if row.reason else ""), "small", wrap=True))
        line.addLayout(said, 1)
        line.addWidget(Chip("生效中", "ontime") if row.now else Chip("未开始", "neutral"))
        if row.mine:
            stop = button("结束委托", icon="stop", pressed=lambda: self.end(row))
            stop.setAccessibleName(f"结束对 {row.taker} 的委托")
            line.addWidget(stop)
        return made

    def _reveal(self) -> None:
        """Bring the button of the form into view with it."""
        room = self.parentWidget()
        while room is not None and not isinstance(room, QScrollArea):
            room = room.parentWidget()
        if room is not None:
            room.ensureWidgetVisible(self.make)

    def _refused(self, error: OaError) -> None:
        self.form.refuse(error)

    def _failed(self, error: OaError) -> None:
        self.trouble.tell(error, verb="重新读取", pressed=self.load)

    def _fit(self) -> None:
        self.form.setMaximumWidth(theme.tokens().font * 40)


def span(first: date, last: date) -> str:
    """From a day to a day in words."""
    return f"{first.month}月{first.day}日 至 {last.month}月{last.day}日" if first != last else f"{first.month}月{first.day}日 一天"
