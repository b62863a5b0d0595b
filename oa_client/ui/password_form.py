"""Setting one's own password (修改密码): the policy in words, both entries compared, errors under their fields."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oa_client.domain.actor import Actor
from oa_client.domain.errors import OaError
from oa_client.ui import theme
from oa_client.ui.jobs import Jobs
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.label import label
from oa_client.ui.widgets.password_field import PasswordField
from oa_client.usecases import passwords, policy
from oa_client.usecases.desk import Desk

CAPITALS = "大写锁定已打开。"


class PasswordForm(QWidget):
    """`changed(Actor)` when the new password is in force. With `old` the present one is known and not asked again."""

    changed = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, old: str | None = None) -> None:
        super().__init__()
        self._desk, self._jobs, self._old = desk, jobs, old
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens().space[2])
        self.form = FormGrid(self)
        self.fields = {"old": PasswordField(), "new": PasswordField(), "again": PasswordField()}
        self.form.add("old", "原密码", self.fields["old"], required=True)
        self.rules = label(policy.policy_words(policy.defaults()), "small", wrap=True)  # stays in view when a field says what is wrong
        self.form.add_wide(self.rules)
        self.form.add("new", "新密码", self.fields["new"], required=True)
        self.form.add("again", "再输一次", self.fields["again"], required=True)
        self.form.show_row("old", old is None)
        self.form.submitted.connect(self.submit)
        self.fields["again"].installEventFilter(self)  # after the form's own filter, so asked before it
        column.addWidget(self.form)
        self.capitals = label(CAPITALS, "guess")
        self.capitals.hide()
        column.addWidget(self.capitals)
        for field in self.fields.values():
            field.capitals.connect(self.capitals.setVisible)
        self.setFocusProxy(self.fields["old" if old is None else "new"])
        jobs.read(self, passwords.rules, desk, then=self._say_rules, failed=lambda _: None)  # without an answer the words stay those of a new database

    def submit(self) -> None:
        """Set the password, unless the two entries differ."""
        old = self.fields["old"].text() if self._old is None else self._old
        new, again = self.fields["new"].text(), self.fields["again"].text()
        self.form.clear_errors()
        if not new or new != again:
            self.form.show_errors({"again": "两次输入的新密码不一致。"} if new else {"new": "请输入新密码。"})
            return
        self._jobs.write(self, passwords.change_password, self._desk, old, new, then=self._done, failed=self._failed, busy=self, doing="正在设置密码")

    def sit_at(self, desk: Desk) -> None:
        """The officer's desk is another since the form was made."""
        self._desk = desk

    def clear(self) -> None:
        """Empty every field."""
        for field in self.fields.values():
            field.clear()
        self.form.clear_errors()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the last field submits."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            return True
        return super().eventFilter(watched, event)

    def _say_rules(self, rules: dict[str, int]) -> None:
        self.rules.setText(policy.policy_words(rules))

    def _done(self, actor: Actor) -> None:
        self.clear()
        self.changed.emit(actor)

    def _failed(self, problem: OaError) -> None:
        self.form.refuse(problem)
