"""What administrators do with accounts: 新建、修改、停用、启用、重置密码、调动、移交、任免; what is refused says why."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel, QPushButton

from oa_client.domain.actor import pool
from oa_client.domain.errors import OaError
from oa_client.ui import errors, icons
from oa_client.ui.office import Office
from oa_client.ui.pages import appointing, resetting
from oa_client.ui.pages.account_bar import AccountBar
from oa_client.ui.pages.account_dialogs import OneTimePassword
from oa_client.ui.pages.account_form import EditAccount, NewAccount
from oa_client.ui.pages.handover_dialog import HandoverDialog
from oa_client.ui.pages.unit_chooser import UnitChooser
from oa_client.ui.widgets import toast
from oa_client.ui.widgets.button import button
from oa_client.usecases import account_deeds
from oa_client.usecases.account_deeds import Issued
from oa_client.usecases.accounts import AccountRow
from oa_client.usecases.consents import ConsentRow

if TYPE_CHECKING:
    from oa_client.ui.pages.accounts_page import AccountsPage

NOBODY = "先选中一个账号。"
ADMINS_STAY = "单位管理员须先免去，再由本单位调动。"


class AccountDeeds(QObject):
    """The buttons of an administrator; `settle` follows the selection, `know` what was asked for and waits for consent."""

    def __init__(self, office: Office, page: "AccountsPage") -> None:
        super().__init__(page)
        self._office, self._page = office, page
        self._row: AccountRow | None = None
        self._unit = 0
        self._asked: tuple[ConsentRow, ...] = ()
        self._system = office.desk.actor.holds("sys_admin")
        self.new = button("新建账号", "primary", "add", shortcut="Ctrl+Alt+N", pressed=self.create)
        self.edit = button("修改", icon="edit", pressed=self.change)
        self.reset = button("重置密码", icon="key", pressed=self.reset_password)
        self.appoint = button("申请任命管理员", icon="leader", pressed=self.ask_appointment)
        self.move = button("调动", icon="transfer", pressed=self.move_away)
        self.hand = button("移交", icon="move", pressed=self.hand_over)
        self.turn = button("停用", icon="disable", pressed=self.turn_over)
        self.bar = AccountBar((self.edit, self.reset, self.appoint if self._system else self.move, self.hand, self.turn))

    @property
    def why(self) -> QLabel:
        """The sentence beside the buttons."""
        return self.bar.why

    def know(self, asked: Sequence[ConsentRow]) -> None:
        """The requests that this officer made, and those that wait."""
        self._asked = tuple(asked)

    def settle(self, row: AccountRow | None, unit_id: int) -> None:
        """Go by the account that is selected and the unit that is shown."""
        self._row, self._unit = row, unit_id
        refusal = row.refusal if row else NOBODY
        enables = row is not None and not row.active
        self.turn.setText("启用" if enables else "停用")
        self.turn.setIcon(icons.icon("enable" if enables else "disable"))
        turning = "恢复登录" if enables else "停用后不能登录，名下的公文仍在"
        for each, does in ((self.edit, "修改姓名、职务、角色和有效期"), (self.turn, turning), (self.hand, "把名下的待办、文稿、委托和借阅交给接办人")):
            _allow(each, refusal, does)
        _allow(self.move, refusal or (ADMINS_STAY if row and appointing.is_admin(row) else ""), "调到另一个单位")
        _allow(self.new, self._may_create(), "建立新账号（Ctrl+Alt+N）")
        words = self._settle_reset(row, refusal)
        hindered = self._settle_appoint(row)
        self.bar.say(row, hindered or words or (row.refusal if row else ""))

    def _settle_reset(self, row: AccountRow | None, refusal: str) -> str:
        """The button by how far the consent is; gives the sentence that explains it."""
        if row is None or refusal:
            _allow(self.reset, refusal, "")
            return ""
        at = resetting.stage(row, self._asked)
        stuck = resetting.NOT_HERE if self._system and at != "free" else resetting.WAITS if at == "waits" else ""
        _allow(self.reset, stuck, {"free": "给出新的一次性密码", "needs": "提出申请，经另一人同意后重置"}.get(at, "给出新的一次性密码"))
        return stuck or {"needs": resetting.NEEDS, "agreed": resetting.AGREED}.get(at, "")

    def _settle_appoint(self, row: AccountRow | None) -> str:
        if not self._system:
            return ""
        wanted = "申请免去管理员" if row and appointing.is_admin(row) else "申请任命管理员"
        self.appoint.setText(wanted)
        refusal = appointing.refusal(row, self._page.tree.units(), self._asked) if row else NOBODY
        _allow(self.appoint, refusal, "由另一位系统管理员复核后生效")
        return refusal if row else ""

    def create(self) -> None:
        """Ask for a new account of the unit that is shown."""
        if self._may_create():
            return
        asked = NewAccount(self._office, self._page, self._page.tree.units(), self._unit or self._office.desk.actor.unit_id)
        asked.issued.connect(lambda issued: self._issued(issued, issued.name))
        asked.open()

    def change(self) -> None:
        """Open the form of the account."""
        if self._row:
            EditAccount(self._office, self._page, self._page.tree.units(), self._row).open()

    def turn_over(self) -> None:
        """Disable or enable the account; disabling can be undone for a while."""
        if self._row:
            self._set_active(self._row, not self._row.active, self._row.version)

    def reset_password(self) -> None:
        """Give a new one-time password, or ask for the consent that it needs."""
        if self._row and resetting.stage(self._row, self._asked) == "needs":
            resetting.ask_consent(self._office, self._page, self._row, self.reset, self._refused)
        elif self._row:
            resetting.reset(self._office, self._page, self._row, self.reset, self._refused, lambda issued: self._page.show_account(issued.account_id))

    def ask_appointment(self) -> None:
        """Ask for the account's appointment as its unit's administrator, or its dismissal."""
        if self._row:
            appointing.ask(self._office, self._page, self._row, self.appoint, self._refused)

    def hand_over(self) -> None:
        """Show what lies with the account, and hand it to a successor."""
        if self._row:
            HandoverDialog(self._office, self._page, self._row.id, self._row.name, self._row.login, self._row.unit_id).open()

    def move_away(self) -> None:
        """Ask to which unit, and move the account there."""
        row = self._row
        if row is None:
            return
        held = f"在{row.unit}的角色（{'、'.join(row.roles)}）随之终止；" if row.roles else ""
        places = [unit for unit in self._office.units() if unit.holder != pool("unit", row.unit_id)]
        asked = UnitChooser(self._page, f"把 {row.name}（警号 {row.login}）调到哪个单位？", f"{held}未办完的公文仍由本人办理，不再办理的请先「移交」。", "调动", places)
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
