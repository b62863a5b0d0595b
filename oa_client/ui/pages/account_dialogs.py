"""The one-time password of an account (一次性密码), shown once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.dialog import Question
from oa_client.ui.widgets.label import label
from oa_client.usecases.account_deeds import Issued


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
