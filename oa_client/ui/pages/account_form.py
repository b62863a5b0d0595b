"""The forms of an account (账号): a new one, and the change of one that is there."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from oa_client.domain.permissions import may_administer
from oa_client.ui import theme
from oa_client.ui.office import Office
from oa_client.ui.pages.appointing import APPOINTED
from oa_client.ui.pages.role_boxes import RoleBoxes
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.date_edit import DateEdit
from oa_client.ui.widgets.dialog import Question
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.label import label
from oa_client.ui.widgets.tall_area import TallArea
from oa_client.usecases import account_deeds, consents
from oa_client.usecases.account_deeds import AccountForm, Issued
from oa_client.usecases.accounts import AccountRow
from oa_client.usecases.directory import UnitRow
from oa_client.usecases.limits import NAME, POST

LASTING = "长期有效"
WIDTH_IN_LETTERS = 38
CLOSING = "过了这一天不能再登录；不填为长期有效"


def bureau_of(units: Sequence[UnitRow], unit_id: int) -> UnitRow | None:
    """The bureau whose roles the administrator of this unit gives as well, None but for the office (办公室)."""
    unit = next((each for each in units if each.id == unit_id), None)
    return next((each for each in units if unit and unit.kind == "office" and each.id == unit.parent_id), None)


class AccountDialog(Question):
    """What both forms have in common; `boxes` are the roles, None for a system administrator, who gives none."""

    def __init__(self, office: Office, owner: QWidget, units: Sequence[UnitRow], question: str, detail: str, verb: str) -> None:
        super().__init__(owner, question, detail, verb)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._office, self._units = office, tuple(units)
        self.setMinimumWidth(theme.tokens().font * WIDTH_IN_LETTERS)
        self.boxes: RoleBoxes | None = None
        self.form = FormGrid()
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.content.addWidget(TallArea(self.form), 1)
        self.verb.clicked.disconnect()
        self.verb.clicked.connect(self.submit)
        self.form.submitted.connect(self.submit)

    def submit(self) -> None:
        """Have the form carried out; what is wrong is told under its field."""
        raise NotImplementedError

    def _add_line(self, key: str, words: str, most: int, required: bool = False, hint: str = "") -> None:
        field = QLineEdit()
        field.setMaxLength(most)
        self.form.add(key, words, field, required=required, hint=hint)

    def _add_end(self) -> None:
        self._add_line("post", "职务", POST)
        self.form.add("closes_on", "有效期至", DateEdit(empty=LASTING), hint=CLOSING)

    def _add_roles(self, unit_id: int) -> RoleBoxes:
        self.form.add_section("角色")
        holder = QWidget()
        holder.setLayout(self._place)
        self.form.add_wide(holder)
        return self._show_roles(unit_id)

    def _show_roles(self, unit_id: int) -> RoleBoxes:
        """The boxes of a unit; what was ticked stays ticked."""
        before, bureau = self.boxes, bureau_of(self._units, unit_id)
        unit = next((each.short for each in self._units if each.id == unit_id), "本单位")
        boxes = self.boxes = RoleBoxes(unit, bureau.short if bureau else "")
        if before is not None:
            boxes.tick(before.roles(), before.bureau_roles())
            self._place.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._place.addWidget(boxes)
        return boxes


class NewAccount(AccountDialog):
    """`issued(Issued)` when the account has been made. Stays open with what was typed until then; `note` is said first."""

    issued = Signal(object)

    def __init__(self, office: Office, owner: QWidget, units: Sequence[UnitRow], unit_id: int, post: str = "", roles: Iterable[str] = (),
                 bureau_roles: Iterable[str] = (), note: str = "") -> None:
        super().__init__(office, owner, units, "新建账号", f"{note}建好后给出一次性密码，请当面交给本人；首次登录时须自设密码。", "新建账号")
        actor, system = office.desk.actor, office.desk.actor.holds("sys_admin")
        self._add_line("login", "警号", 8, True, "4 至 8 位数字")
        self._add_line("name", "姓名", NAME, True)
        places = Choice([(unit.id, unit.short) for unit in units if not may_administer(actor, unit.id)])
        self.form.add("unit_id", "单位", places, required=True)
        places.set_value(unit_id)
        self._add_end()
        self.form.set_values({"post": post})
        self.appoint = QCheckBox("申请任命为该单位的单位管理员")
        self.appoint.setChecked(system)
        if system:
            self.form.add_section("角色")
            self.form.add_wide(self.appoint)
            self.form.add_wide(label(APPOINTED, "small", wrap=True))
        else:
            self._add_roles(places.number()).tick(roles, bureau_roles)
            places.changed.connect(lambda: self._show_roles(places.number()))
        self.form.field("login").setFocus()

    @property
    def roles(self) -> dict[str, QCheckBox]:
        """The boxes of the unit's roles; none for a system administrator."""
        return self.boxes.own if self.boxes else {}

    def submit(self) -> None:
        """Make the account; what is wrong is told under its field."""
        values, boxes = self.form.values(), self.boxes
        wanted = AccountForm(values["login"], values["name"], values["unit_id"] or 0, values["post"], boxes.roles() if boxes else frozenset(),
                             boxes.bureau_roles() if boxes else frozenset(), values["closes_on"])
        self._office.jobs.write(self, account_deeds.create, self._office.desk, wanted, then=self._made, failed=self.form.refuse, busy=self.verb,
                                doing="正在新建账号")

    def _made(self, issued: Issued) -> None:
        self.accept()
        if self.appoint.isChecked():
            self._office.jobs.write(self.parentWidget(), consents.ask, self._office.desk, "appoint", issued.account_id, self.form.values()["unit_id"], "新设管理员",
                                    doing="正在提交任命申请")
        self.issued.emit(issued)


class EditAccount(AccountDialog):
    """Name, post, last day and roles of an account; above the button stands what is changed. `own` and `bureau_roles` tick other roles than the present ones."""

    def __init__(self, office: Office, owner: QWidget, units: Sequence[UnitRow], row: AccountRow, own: Iterable[str] | None = None,
                 bureau_roles: Iterable[str] | None = None) -> None:
        super().__init__(office, owner, units, f"修改 {row.name}（警号 {row.login}）的账号", f"{row.unit}；调到别的单位请用「调动」。", "保存修改")
        self._row, self._bureau = row, bureau_of(units, row.unit_id)
        self._held = _within(row, row.unit_id), _within(row, self._bureau.id) if self._bureau else frozenset()
        self._add_line("name", "姓名", NAME, True)
        self._add_end()
        self.form.set_values({"name": row.name, "post": row.post, "closes_on": row.closes_on})
        self.said = label("", "small", wrap=True)
        self.content.addWidget(self.said)
        if office.desk.actor.holds("sys_admin"):
            self.form.add_wide(label("业务角色由本单位的管理员授予，单位管理员经双人复核任免。", "small", wrap=True))
        else:
            boxes = self._add_roles(row.unit_id)
            boxes.tick(self._held[0] if own is None else own, self._held[1] if bureau_roles is None else bureau_roles)
            for box in (*boxes.own.values(), *boxes.bureau.values()):
                box.toggled.connect(lambda _: self._say())
        self.form.edited.connect(lambda _: self._say())
        self.form.field("name").setFocus()
        self._say()

    def submit(self) -> None:
        """Change the account; Ctrl+Enter does nothing while nothing is changed."""
        if not self.verb.isEnabled():
            return
        values, (own, bureau) = self.form.values(), self._wanted()
        wanted = AccountForm(self._row.login, values["name"], self._row.unit_id, values["post"], own, bureau, values["closes_on"])
        self._office.jobs.write(self, account_deeds.edit, self._office.desk, self._row.id, wanted, self._row.version, then=lambda _: self.accept(),
                                failed=self.form.refuse, busy=self.verb, doing="正在修改账号")

    def _wanted(self) -> tuple[frozenset[str], frozenset[str]]:
        return (self.boxes.roles(), self.boxes.bureau_roles()) if self.boxes else self._held

    def _say(self) -> None:
        values, row = self.form.values(), self._row
        changed = [words for words, before, after in (("姓名", row.name, values["name"]), ("职务", row.post, values["post"]), ("有效期", row.closes_on, values["closes_on"]),
                                                      ("角色", self._held, self._wanted())) if before != after]
        later = "新的角色在本人重新登录后生效。" if "角色" in changed else ""
        self.said.setText(f"将改{'、'.join(changed)}，记入留痕。{later}" if changed else "还没有改动。")
        self.verb.setEnabled(bool(changed))


def _within(row: AccountRow, unit_id: int) -> frozenset[str]:
    return frozenset(role for role, unit in row.grants if unit == unit_id and role != "unit_admin")
