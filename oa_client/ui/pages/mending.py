"""Mending what does not agree (核对处置): each difference leads to the one form or request that puts it right."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from oa_client.domain.actor import ROLES, split
from oa_client.domain.reconciling import Difference
from oa_client.ui import errors
from oa_client.ui.office import Office
from oa_client.ui.pages import appointing
from oa_client.ui.pages.account_dialogs import OneTimePassword
from oa_client.ui.pages.account_form import EditAccount, NewAccount
from oa_client.ui.pages.reconcile_words import Known
from oa_client.ui.widgets.dialog import Question
from oa_client.ui.widgets.people_picker import PeoplePicker, Pick
from oa_client.usecases.accounts import AccountRow


class PersonDialog(Question):
    """Who of a unit is to have a role; `chosen(account id)`. The role itself is given in the account's form."""

    chosen = Signal(int)

    def __init__(self, owner: QWidget, unit: str, role: str, people: tuple[Pick, ...]) -> None:
        super().__init__(owner, f"由谁任{unit}{role}？", f"接着打开本人的账号，「{role}」已勾上，核对后保存。", "下一步")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumHeight(self.fontMetrics().height() * 18)
        self.picker = PeoplePicker("person", 1, "输入姓名、拼音首字母或警号")
        self.picker.set_choices(people)
        self.content.addWidget(self.picker)
        self.content.addStretch(1)
        self.picker.changed.connect(lambda: self.verb.setEnabled(bool(self.picker.chosen())))
        self.verb.setEnabled(False)
        self.accepted.connect(lambda: self.chosen.emit(split(self.picker.chosen()[0])[1]))
        self.picker.setFocus()


class Mending(QObject):
    """Opens what mends a difference, over the page `owner`."""

    def __init__(self, office: Office, owner: QWidget) -> None:
        super().__init__(owner)
        self._office, self._owner = office, owner

    def mend(self, known: Known, item: Difference, busy: QWidget) -> None:
        """Open the form or the request for a difference."""
        row = known.accounts.get(item.account_id)
        if item.mend == "appoint":
            self._appoint(known, item)
        elif item.mend == "dismiss" and row is not None:
            appointing.ask(self._office, self._owner, row, busy, lambda error: errors.show(self._owner, error))
        elif item.mend == "create":
            self._create(known, item)
        elif item.mend == "grant" and row is None:
            self._choose(known, item)
        elif row is not None:
            self._edit(known, item, row)

    def _appoint(self, known: Known, item: Difference) -> None:
        unit = known.units[item.unit_id]
        if appointing.people_of(self._office, unit.id):
            appointing.AppointDialog(self._office, self._owner, unit.id, unit.short).open()
        else:
            self._new(known, unit.id, post="单位管理员")

    def _create(self, known: Known, item: Difference) -> None:
        home = known.home(item.unit_id)
        former = next((row for row in known.accounts.values() if not row.active and row.post == item.post and row.unit_id in (home.id, item.unit_id)), None)
        note = f"原任{item.post} {former.name}（警号 {former.login}）的账号已停用；如仍由本人任职，请在「单位与账号」中启用。" if former else ""
        self._new(known, item.unit_id, post=item.post, roles=frozenset({item.role}), note=note)

    def _new(self, known: Known, unit_id: int, post: str, roles: Iterable[str] = (), note: str = "") -> None:
        asked = NewAccount(self._office, self._owner, tuple(known.units.values()), unit_id, post, roles, note=note)
        asked.issued.connect(lambda issued: OneTimePassword(self._owner, issued.name, issued).open())
        asked.open()

    def _choose(self, known: Known, item: Difference) -> None:
        home = known.home(item.unit_id)
        mine = {row.id: row for row in known.accounts.values() if row.unit_id == home.id and row.active and not row.refusal}
        people = tuple(pick for pick in appointing.people_of(self._office, home.id) if split(pick.holder)[1] in mine)
        asked = PersonDialog(self._owner, known.units[item.unit_id].short, ROLES[item.role], people)
        asked.chosen.connect(lambda account_id: self._edit(known, item, mine[account_id]))
        asked.open()

    def _edit(self, known: Known, item: Difference, row: AccountRow) -> None:
        """The account's form with the role ticked, or taken away."""
        held = frozenset(role for role, unit in row.grants if unit == item.unit_id and role != "unit_admin")
        wanted = held - {item.role} if item.mend == "revoke" else held | {item.role}
        own = row.unit_id == item.unit_id
        EditAccount(self._office, self._owner, tuple(known.units.values()), row, own=wanted if own else None, bureau_roles=None if own else wanted).open()
