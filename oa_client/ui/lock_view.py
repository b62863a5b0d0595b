"""The lock (锁定): whose desk it is, a password, and the way for somebody else."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from oa_client.domain.actor import Actor
from oa_client.ui import icons, theme
from oa_client.ui.brand import NAME, BrandPanel, emblem
from oa_client.ui.password_form import CAPITALS
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label, title
from oa_client.ui.widgets.password_field import PasswordField

LOCKED = f"{NAME} — 已锁定"
KEPT = "打开的窗口和填写的内容都在，解锁后继续。"
LEAVING = "换人登录会退出当前登录，没有提交的内容留存在本机，下次登录时可以继续。"
LETTERS = 30


class LockView(QWidget):
    """A window over the others: `unlock_asked(password)`, `other_asked()`. It cannot be closed."""

    unlock_asked = Signal(str)
    other_asked = Signal()

    def __init__(self, actor: Actor, bureau: str, why: str, hint: str = "") -> None:
        super().__init__()
        self.setWindowTitle(LOCKED)
        self.setWindowIcon(emblem())
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.mark(self, "surface", "surface")
        self.brand = BrandPanel(self)
        self.brand.say_owner(bureau)
        self.room = QScrollArea(self)
        self.room.setWidgetResizable(True)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.mark(self.room.viewport(), "surface", "surface")
        self.room.setWidget(self._form(actor, bureau, why, hint))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.brand)
        line.addWidget(self.room, 1)
        self.setFocusProxy(self.password)

    def tell(self, words: str) -> None:
        """Say why it stays locked; what was typed is selected, to be typed over."""
        self.error.setText(words)
        self.error.setVisible(bool(words))
        theme.mark(self.password, "wrong", "true" if words else "false")
        self.password.setAccessibleDescription(words)
        self.verb.setText("解锁")
        self.password.setFocus()
        self.password.selectAll()

    def _form(self, actor: Actor, bureau: str, why: str, hint: str) -> QWidget:
        holder, now = QWidget(), theme.tokens()
        theme.mark(holder, "surface", "surface")
        column = QVBoxLayout()
        column.setSpacing(now.space[1])
        column.addStretch(2)
        picture = QLabel()
        picture.setPixmap(icons.icon("lock", "accent").pixmap(2 * now.icon, 2 * now.icon))
        head = QHBoxLayout()
        head.setSpacing(now.space[1])
        head.addWidget(picture)
        head.addWidget(label("已锁定", "accent"), 1)
        column.addLayout(head)
        name = title(actor.name)
        name.setAccessibleName(f"已锁定，{bureau} {actor.name}")
        column.addWidget(name)
        column.addWidget(label(actor.unit_name or bureau, "secondary", wrap=True))
        column.addSpacing(now.space[1])
        column.addWidget(label("\n".join(filter(None, (why, KEPT))), "text", wrap=True))
        column.addSpacing(now.space[1])
        self._fields(column, hint)
        column.addStretch(3)
        line = QHBoxLayout(holder)
        line.setContentsMargins(2 * now.space[4], now.space[4], 2 * now.space[4], now.space[4])
        line.addStretch(1)
        inside = QWidget()
        inside.setLayout(column)
        inside.setMaximumWidth(now.font * LETTERS)
        line.addWidget(inside, 100)
        line.addStretch(1)
        return holder

    def _fields(self, column: QVBoxLayout, hint: str) -> None:
        space = theme.tokens().space
        self.password = PasswordField()
        self.password.setAccessibleName("密码")
        self.password.returnPressed.connect(self._submit)
        name = label("密码", "label")
        name.setBuddy(self.password)
        self.error, self.capitals = label("", "error", wrap=True), label(CAPITALS, "guess")
        self.password.capitals.connect(self.capitals.setVisible)
        for part in (name, self.password, self.error, self.capitals):
            column.addWidget(part)
        self.error.hide()
        self.capitals.hide()
        if hint:
            column.addWidget(label(hint, "small", wrap=True))
        column.addSpacing(space[0])
        self.verb = button("解锁", "primary", pressed=self._submit)
        column.addWidget(self.verb)
        column.addSpacing(space[2])
        self.other = button("换人登录", "link", "logout", pressed=self.other_asked.emit)
        column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label(LEAVING, "small", wrap=True))

    def _submit(self) -> None:
        if not self.password.text():
            self.tell("请输入密码。")
        elif self.verb.isEnabled():
            self.error.hide()
            self.verb.setText("正在解锁…")
            self.unlock_asked.emit(self.password.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.brand.setVisible(self.width() >= theme.tokens().font * 56)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
