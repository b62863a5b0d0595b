"""What administrators do with accounts: 新建、停用、启用、重置密码、调动; what is refused says why."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QPushButton

from oa_client.domain.actor import pool
from oa_client.domain.errors import OaError
from oa_client.ui import errors, icons
from oa_client.ui.office import Office
from oa_client.ui.pages.account_dialogs import NewAccount, OneTimePassword
from oa_client.ui.pages.unit_chooser import UnitChooser
from oa_client.ui.widgets import dialog, toast
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label
from oa_client.usecases import account_deeds
from oa_client.usecases.account_deeds import Issued
from oa_client.usecases.accounts import AccountRow

if TYPE_CHECKING:
    from oa_client.ui.pages.accounts_page import AccountsPage

NOBODY = "先选中一个账号。"


class AccountDeeds(QObject):
    """The buttons of an administrator; `settle` follows the selection."""

    def __init__(self, office: Office, page: "AccountsPage") -> None:
        super().__init__(page)
        self._office, self._page = office, page
        self._row: AccountRow | None = None
        self._unit = 0
        self.new = button("新建账号", "primary", "add", shortcut="Ctrl+Alt+N", pressed=self.create)
        self.why = label("", "small", wrap=True)
        self.turn = button("停用", icon="disable", pressed=self.turn_over)
        self.reset = button("重置密码", icon="key", pressed=self.reset_password)
        self.move = button("调动", icon="transfer", pressed=self.move_away)
        self.tools = (self.why, self.turn, self.reset, self.move)

    def settle(self, row: AccountRow | None, unit_id: int) -> None:
        """Go by the account that is selected and the unit that is shown."""
        self._row, self._unit = row, unit_id
        refusal = row.refusal if row else NOBODY
        enables = row is not None and not row.active
        self.turn.setText("启用" if enables else "停用")
        self.turn.setIcon(icons.icon("enable" if enables else "disable"))
        turning = "恢复登录" if enables else "停用后不能登录，名下的公文仍在"
        for each, does in ((self.turn, turning), (self.reset, "给出新的一次性密码"), (self.move, "调到另一个单位")):
            _allow(each, refusal, does)
        _allow(self.new, self._may_create(), "建立新账号（Ctrl+Alt+N）")
        self.why.setText(row.refusal if row else "")

    def create(self) -> None:
        """Ask for a new account of the unit that is shown."""
        if self._may_create():
            return
        asked = NewAccount(self._office, self._page, self._page.tree.units(), self._unit or self._office.desk.actor.unit_id)
        asked.issued.connect(lambda issued: self._issued(issued, asked.form.values()["name"]))
        asked.open()

    def turn_over(self) -> None:
        """Disable or enable the account; disabling can be undone for a while."""
        if self._row:
            self._set_active(self._row, not self._row.active, self._row.version)

    def reset_password(self) -> None:
        """Give a new one-time password, after asking: the old one cannot be brought back."""
        row = self._row
        if row and dialog.ask(self._page, f"重置 {row.name}（警号 {row.login}）的密码？", "原密码立即失效，本人须用新的一次性密码登录并自设密码。", "重置密码"):
            self._office.jobs.write(self._page, account_deeds.reset, self._office.desk, row.id, row.version,
                                    then=lambda issued: self._issued(issued, row.name), failed=self._refused, busy=self.reset, doing="正在重置密码")

    def move_away(self) -> None:
        """Ask to which unit, and move the account there."""
        row = self._row
        if row is None:
            return
        held = f"在{row.unit}的角色（{'、'.join(row.roles)}）随之终止；" if row.roles else ""
        places = [unit for unit in self._office.units() if unit.holder != pool("unit", row.unit_id)]
        asked = UnitChooser(self._page, f"把 {row.name}（警号 {row.login}）调到哪个单位？", f"{held}未办完的公文仍由本人办理。", "调动", places)
        asked.chosen.connect(lambda unit_id: self._move(row, unit_id))
        asked.open()

    def _move(self, row: AccountRow, unit_id: int) -> None:
        self._office.jobs.write(self._page, account_deeds.move, self._office.desk, row.id, unit_id, row.version, failed=self._refused,
                                busy=self.move, doing="正在调动")

    def _may_create(self) -> str:
        desk = self._office.desk
        return account_deeds.may_create_in(desk, self._unit or desk.actor.unit_id)

    def _set_active(self, row: AccountRow, active: bool, seen: int) -> None:
        def done(_account_id: int) -> None:
            if not active:
                QTimer.singleShot(0, self, lambda: toast.notice(
                    self._page, f"已停用 {row.name} 的账号。", "撤销", lambda: self._set_active(row, True, seen + 1)))
        self._office.jobs.write(self._page, account_deeds.set_active, self._office.desk, row.id, active, seen, then=done, failed=self._refused,
                                busy=self.turn, doing="正在启用账号" if active else "正在停用账号")

    def _issued(self, issued: Issued, name: str) -> None:
        self._page.show_account(issued.account_id)
        OneTimePassword(self._page, name, issued).open()

    def _refused(self, error: OaError) -> None:
        errors.show(self._page, error)
        self._page.load()


def _allow(deed: QPushButton, refusal: str, does: str) -> None:
    deed.setEnabled(not refusal)
    deed.setToolTip(refusal or does)
    deed.setAccessibleDescription(refusal or does)
