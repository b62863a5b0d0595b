"""Dialogs about accounts: the form of a new one, and the one-time password that is shown once (一次性密码)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from oa_client.domain.actor import ROLES, Actor
from oa_client.domain.permissions import may_administer, may_grant
from oa_client.ui import theme
from oa_client.ui.office import Office
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.dialog import Question
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.label import label
from oa_client.usecases import account_deeds, consents
from oa_client.usecases.account_deeds import AccountForm, Issued
from oa_client.usecases.directory import UnitRow

DUTIES = {"chief": "批示、签发，上行文由其签发", "deputy": "批示、签发", "clerk": "收文登记、签收、分发", "reviewer": "核稿、拟办、复核", "archivist": "归档",
          "unit_admin": "管理本单位的账号"}


class NewAccount(Question):
    """The form; `issued(Issued)` when the account has been made. Stays open with what was typed until then."""

    issued = Signal(object)

    def __init__(self, office: Office, owner: QWidget, units: Sequence[UnitRow], unit_id: int) -> None:
        super().__init__(owner, "新建账号", "建好后给出一次性密码，请当面交给本人；首次登录时须自设密码。", "新建账号")
        self._office = office
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        actor = office.desk.actor
        self.form = FormGrid()
        self.form.add("login", "警号", QLineEdit(), required=True, hint="4 至 8 位数字")
        self.form.add("name", "姓名", QLineEdit(), required=True)
        places = Choice([(unit.id, unit.short) for unit in units if not may_administer(actor, unit.id)])
        self.form.add("unit_id", "单位", places, required=True)
        places.set_value(unit_id)
        self.form.add("post", "职务", QLineEdit())
        self.form.add_section("角色")
        self.roles = _roles(actor)
        self.appoint = QCheckBox("申请任命为该单位的单位管理员（由另一位系统管理员复核后生效）")
        self.appoint.setAccessibleName("申请任命为单位管理员")
        self.appoint.setChecked(actor.holds("sys_admin"))
        self.form.add_wide(self.appoint if actor.holds("sys_admin") else _column(self.roles))
        self.content.addWidget(self.form)
        self.verb.clicked.disconnect()
        self.verb.clicked.connect(self.submit)
        self.form.submitted.connect(self.submit)
        self.form.field("login").setFocus()

    def submit(self) -> None:
        """Make the account; what is wrong is told under its field."""
        values = self.form.values()
        roles = frozenset(key for key, box in self.roles.items() if box.isChecked())
        wanted = AccountForm(values["login"], values["name"], values["unit_id"] or 0, values["post"], roles)
        self._office.jobs.write(self, account_deeds.create, self._office.desk, wanted, then=self._made, failed=self.form.refuse, busy=self.verb,
                                doing="正在新建账号")

    def _made(self, issued: Issued) -> None:
        self.accept()
        if self.appoint.isChecked():
            self._office.jobs.write(self.parentWidget(), consents.ask, self._office.desk, "appoint", issued.account_id, self.form.values()["unit_id"], "新设管理员",
                                    doing="正在提交任命申请")
        self.issued.emit(issued)


class OneTimePassword(Question):
    """Shows a password once, with 复制; there is nothing to decide."""

    def __init__(self, owner: QWidget, name: str, issued: Issued) -> None:
        super().__init__(owner, f"{name}（警号 {issued.login}）的一次性密码", "只显示这一次，请抄录或复制后当面交给本人。首次登录时须自设密码。", "已记下")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.back.hide()
        self.password = label(issued.password, "title")
        self.password.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.password.setAccessibleName(f"一次性密码 {' '.join(issued.password)}")
        self.copy = button("复制", icon="copy", shortcut="Ctrl+Shift+C", pressed=self._copy)
        line = QHBoxLayout()
        line.setSpacing(theme.tokens().space[2])
        line.addWidget(self.password)
        line.addWidget(self.copy)
        line.addStretch(1)
        self.content.addLayout(line)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.password.text())
        self.copy.setText("已复制")


def _roles(actor: Actor) -> dict[str, QCheckBox]:
    """A box for each role that this administrator may give; one that must be given is ticked."""
    given = [key for key in DUTIES if not may_grant(actor, frozenset({(key, actor.unit_id)}), actor.unit_id)]
    made = {}
    for key in given:
        made[key] = QCheckBox(f"{ROLES[key]}（{DUTIES[key]}）")
        made[key].setAccessibleName(ROLES[key])
    return made


def _column(boxes: dict[str, QCheckBox]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for box in boxes.values():
        column.addWidget(box)
    return holder
