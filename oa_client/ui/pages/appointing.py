"""Appointing and dismissing a unit's administrator (任免单位管理员): asked for by one system administrator, decided by the other."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from oa_client.domain.actor import ADMIN_ROLES, split
from oa_client.domain.errors import OaError
from oa_client.ui import theme
from oa_client.ui.office import Office, as_pick
from oa_client.ui.widgets import dialog
from oa_client.ui.widgets.dialog import Question
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.growing_text import GrowingText
from oa_client.ui.widgets.people_picker import PeoplePicker, Pick
from oa_client.ui.widgets.tall_area import TallArea
from oa_client.usecases import consents
from oa_client.usecases.accounts import AccountRow
from oa_client.usecases.consents import ConsentRow
from oa_client.usecases.directory import UnitRow

WIDTH_IN_LETTERS = 36
BUREAU = "市局本级不设单位管理员，由办公室的管理员办理。"
APPOINTED = "另一位系统管理员同意后立即生效，单位原有的管理员随之免去。"
DISMISSED = "另一位系统管理员同意后立即生效，重新任命之前该单位的账号无人管理。"


def is_admin(row: AccountRow) -> bool:
    """Whether the account is its unit's administrator."""
    return ("unit_admin", row.unit_id) in row.grants


def refusal(row: AccountRow, units: Sequence[UnitRow], asked: Sequence[ConsentRow]) -> str:
    """Why neither an appointment nor a dismissal can be asked for; empty when one can."""
    if any(role in ADMIN_ROLES for role, _unit in row.grants):
        return row.refusal
    if any(each.account_id == row.id and each.kind in ("appoint", "dismiss") and each.decision == "" for each in asked):
        return "任免申请已提交，待另一位系统管理员复核。"
    if is_admin(row):
        return ""
    if not row.active:
        return "账号已停用，不能任命。"
    return BUREAU if next((unit.parent_id for unit in units if unit.id == row.unit_id), row.unit_id) is None else ""


def ask(office: Office, owner: QWidget, row: AccountRow, busy: QWidget, failed: Callable[[OaError], object]) -> None:
    """Ask for a reason and submit: dismissal of who is administrator, appointment of anybody else."""
    kind, deed, detail = ("dismiss", "免去", DISMISSED) if is_admin(row) else ("appoint", "任命", APPOINTED)
    question = f"申请{deed} {row.name}（警号 {row.login}）{'的' if kind == 'dismiss' else '为'}{row.unit}单位管理员？"
    reason = dialog.ask_reason(owner, question, detail, "提交申请")
    if reason is not None:
        office.jobs.write(owner, consents.ask, office.desk, kind, row.id, row.unit_id, reason, failed=failed, busy=busy, doing="正在提交申请")


class AppointDialog(Question):
    """Who of a unit is to be its administrator, and why."""

    def __init__(self, office: Office, owner: QWidget, unit_id: int, unit: str) -> None:
        super().__init__(owner, f"申请任命{unit}的单位管理员", APPOINTED, "提交申请")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._office, self._unit_id = office, unit_id
        self.form, self.picker = FormGrid(), PeoplePicker("person", 1, "输入姓名、拼音首字母或警号")
        self.picker.set_choices(people_of(office, unit_id))
        self.form.add("who", "人选", self.picker, required=True)
        self.form.add("reason", "理由", GrowingText(2, 5, "请写明理由"), required=True)
        self.content.addWidget(TallArea(self.form), 1)
        self.setMinimumWidth(theme.tokens().font * WIDTH_IN_LETTERS)
        self.verb.clicked.disconnect()
        self.verb.clicked.connect(self.submit)
        self.form.submitted.connect(self.submit)
        self.picker.setFocus()

    def submit(self) -> None:
        """Submit the request; both fields are needed."""
        values = self.form.values()
        wrong = {key: words for key, words in (("who", "请选择人选。"), ("reason", "请写明理由。")) if not values[key]}
        if wrong:
            self.form.show_errors(wrong)
            return
        self._office.jobs.write(self, consents.ask, self._office.desk, "appoint", split(values["who"][0])[1], self._unit_id, values["reason"],
                                then=lambda _: self.accept(), failed=self.form.refuse, busy=self.verb, doing="正在提交申请")


def people_of(office: Office, unit_id: int) -> tuple[Pick, ...]:
    """The accounts in use of a unit as choices, administrators of the system left out."""
    return tuple(as_pick(item) for item in office.candidates if not item.is_unit and item.unit_id == unit_id)
