"""A new one-time password (重置密码); for a leader's account another person's consent is asked for first (双人复核)."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from oa_client.domain.actor import LEADER_ROLES
from oa_client.domain.errors import OaError
from oa_client.ui.office import Office
from oa_client.ui.pages.account_dialogs import OneTimePassword
from oa_client.ui.widgets import dialog
from oa_client.usecases import account_deeds, consents
from oa_client.usecases.account_deeds import Issued
from oa_client.usecases.accounts import AccountRow
from oa_client.usecases.consents import ConsentRow

NEEDS = "领导的密码须经另一人同意才能重置，请先提出申请。"
WAITS = "重置密码的申请已提交，待系统管理员或安全保密管理员复核。"
AGREED = "重置密码的申请已获同意，24 小时内可以重置。"
NOT_HERE = "领导兼任单位管理员，须先免去管理员，再由本单位申请重置。"


def is_leader(row: AccountRow) -> bool:
    """Whether this account's password needs a second person's consent."""
    return row.led or any(role in LEADER_ROLES for role, _unit in row.grants)


def stage(row: AccountRow, asked: Sequence[ConsentRow]) -> str:
    """Where a reset stands: "free", "needs", "waits" or "agreed"."""
    if not is_leader(row):
        return "free"
    mine = [each for each in asked if each.kind == "reset" and each.account_id == row.id]
    if any(each.usable for each in mine):
        return "agreed"
    return "waits" if any(each.decision == "" for each in mine) else "needs"


def ask_consent(office: Office, owner: QWidget, row: AccountRow, busy: QWidget, failed: Callable[[OaError], object]) -> None:
    """Ask for the reason, and submit the request."""
    reason = dialog.ask_reason(owner, f"申请重置 {row.name}（警号 {row.login}）的密码？",
                               "须经系统管理员或安全保密管理员同意，同意后 24 小时内由您重置。", "提交申请", hint="请写明理由，例如：本人忘记密码，已当面核实")
    if reason is not None:
        office.jobs.write(owner, consents.ask, office.desk, "reset", row.id, row.unit_id, reason, failed=failed, busy=busy, doing="正在提交申请")


def reset(office: Office, owner: QWidget, row: AccountRow, busy: QWidget, failed: Callable[[OaError], object], then: Callable[[Issued], object] | None = None) -> None:
    """Ask once more, reset, and show the new password: the old one cannot be brought back."""
    def issued(made: Issued) -> None:
        if then is not None:
            then(made)
        OneTimePassword(owner, row.name, made).open()

    if dialog.ask(owner, f"重置 {row.name}（警号 {row.login}）的密码？", "原密码立即失效，本人须用新的一次性密码登录并自设密码。", "重置密码"):
        office.jobs.write(owner, account_deeds.reset, office.desk, row.id, row.version, then=issued, failed=failed, busy=busy, doing="正在重置密码")
