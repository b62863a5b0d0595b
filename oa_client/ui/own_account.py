"""What the officer should know of the own account: the password runs out soon, unit or roles are not what they were at the login."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from oa_client.ui.office import Office
from oa_client.ui.widgets.banner import Banner
from oa_client.usecases import passwords

MOVED = "您的单位或角色已有变动。重新登录后，导航和按钮按新的角色显示。"


class OwnAccountNote(Banner):
    """Above the pages of the main window; `change` opens the form for the password, `again` leads to the login page."""

    def __init__(self, office: Office, change: Callable[[], object], again: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._change, self._again = office, change, again
        self._began = office.desk.actor
        self.button.setText("修改密码")
        office.desk_changed.connect(self._look_at_roles)
        office.password_changed.connect(self.look)
        self.look()

    def look(self) -> None:
        """Ask how long the password still holds."""
        self._office.jobs.read(self, passwords.days_left, self._office.desk, then=self._say_days, failed=lambda _: None, latest="days")

    def _say_days(self, days: int | None) -> None:
        if self._moved():
            return
        if days is None:
            self.hide()
            return
        self.say(f"密码还有 {days} 天到期，请修改。" if days else "密码今天到期，请修改。", "soon", verb="修改密码", pressed=self._change)

    def _look_at_roles(self) -> None:
        if self._moved():
            self.say(MOVED, "soon", verb="重新登录", pressed=self._again)

    def _moved(self) -> bool:
        now = self._office.desk.actor
        return (now.unit_id, now.grants) != (self._began.unit_id, self._began.grants)
