"""The first sign-in (首次登录): the one-time password gives way to one's own."""

from PySide6.QtCore import Signal

from oa_client.ui.jobs import Jobs
from oa_client.ui.password_form import PasswordForm
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.step import Step
from oa_client.usecases.desk import Desk

SENTENCE = "请设置只有自己知道的密码。设好后一次性密码即失效，并直接进入系统。"


class FirstPassword(Step):
    """`changed(Actor)` when the own password is set; `back` returns to the login page."""

    LETTERS = 36
    changed = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, old: str) -> None:
        super().__init__(f"{desk.actor.name}，请设置自己的密码", SENTENCE, "返回登录")
        self.inner = PasswordForm(desk, jobs, old)
        self.inner.changed.connect(self.changed)
        self.column.addWidget(self.inner)
        self.verb = button("设置并进入", "primary", tip="设置密码（Ctrl+Enter）", pressed=self.inner.submit)
        self.add_verbs(self.verb)
        self.setFocusProxy(self.inner)
