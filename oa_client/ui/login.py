"""Signing in (登录): whose database it is, 警号 and 密码; in a demonstration, personas to enter with one click."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.settings import Settings
from oa_client.ui import theme
from oa_client.ui.jobs import Jobs
from oa_client.ui.password_form import CAPITALS
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.card import Card
from oa_client.ui.widgets.label import label, section, title
from oa_client.ui.widgets.password_field import PasswordField
from oa_client.ui.widgets.step import headroom
from oa_client.usecases import db_passwords, signing_in
from oa_client.usecases.connecting import Opened, place_words
from oa_client.usecases.desk import Desk
from oa_client.usecases.gates import Persona

DEMO = "演示库：单位、人员和公文都是虚构的。点一个身份即可进入。"
CAPTION_ICONS = {"系统管理": "settings", "保密": "lock", "审计": "supervise", "管理员": "accounts", "收发": "incoming", "核稿": "edit", "档案": "archive",
                 "长": "leader", "领导": "leader"}
COLUMNS = 2
KEPT = "记住密码（由操作系统保管，不写入文件）"


class LoginWindow(QWidget):
    """Fills the entrance until somebody is signed in: `entered(Desk, password)`. `other_database` goes to the choice of databases."""

    entered = Signal(object, str)
    other_database = Signal()

    def __init__(self, opened: Opened, jobs: Jobs, settings: Settings) -> None:
        super().__init__()
        self._opened, self._jobs, self._settings = opened, jobs, settings
        if not opened.gate.demo:
            self.LETTERS = 30
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.tokens().space[1])
        if not opened.gate.demo:
            self.column.addItem(headroom())
        self._build_head()
        self.cards: dict[str, Card] = {}
        if opened.gate.demo:
            self._offer_personas()
        self._build_fields()
        self.column.addStretch(1)
        self.login.setText(settings.last_login)
        if not opened.gate.demo:
            jobs.read(self, _keeping, opened.url, settings.last_login, then=self._offer_keeping, latest="store")
        self.setFocusProxy(next(iter(self.cards.values()), self.password if settings.last_login else self.login))

    def _build_head(self) -> None:
        space = theme.tokens().space
        line = QHBoxLayout()
        line.addWidget(title("登录"))
        line.addStretch(1)
        self.other = button("换一个数据库", "link", "database", pressed=self.other_database.emit)
        line.addWidget(self.other)
        self.column.addLayout(line)
        place = label(f"{self._opened.gate.bureau or place_words(self._opened.url)}　{self._opened.kind}", "secondary", wrap=True)
        place.setToolTip(place_words(self._opened.url))
        self.column.addWidget(place)
        self.column.addSpacing(space[1])

    def _offer_personas(self) -> None:
        space = theme.tokens().space
        self.banner = Banner(self, closable=False)
        self.banner.say(DEMO, "accent")
        self.column.addWidget(self.banner)
        self.column.addSpacing(space[1])
        grid = QGridLayout()
        grid.setSpacing(space[1])
        for at, persona in enumerate(self._opened.gate.personas):
            card = Card(persona.caption, f"{persona.name} · {persona.unit}", _icon(persona.caption), small=True)
            card.setAccessibleName(f"以{persona.caption} {persona.name}（{persona.unit}）的身份进入")
            card.clicked.connect(lambda _=False, persona=persona: self._enter_as(persona))
            self.cards[persona.login] = card
            grid.addWidget(card, at // COLUMNS, at % COLUMNS)
        for at in range(COLUMNS):
            grid.setColumnStretch(at, 1)
        self.column.addLayout(grid)
        self.column.addSpacing(space[1])
        self.column.addWidget(section("或用警号登录"))

    def _build_fields(self) -> None:
        self.login, self.password = QLineEdit(), PasswordField()
        self.password.returnPressed.connect(self.enter)
        self.login.returnPressed.connect(self.password.setFocus)
        self.error, self.capitals = label("", "error", wrap=True), label(CAPITALS, "guess")
        self.password.capitals.connect(self.capitals.setVisible)
        self.verb = button("登录", "primary", pressed=self.enter)
        side_by_side = self._opened.gate.demo
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.tokens().space[1])
        grid.setVerticalSpacing(theme.tokens().space[0])
        for at, (words, field) in enumerate((("警号", self.login), ("密码", self.password))):
            name = label(words, "label")
            name.setBuddy(field)
            field.setAccessibleName(words)
            row, column = (0, at) if side_by_side else (3 * at, 0)
            if row:
                grid.setRowMinimumHeight(row - 1, theme.tokens().space[0])
            grid.addWidget(name, row, column)
            grid.addWidget(field, row + 1, column)
            grid.setColumnStretch(column, 1)
        self.column.addLayout(grid)
        self.remember = QCheckBox(KEPT)
        self.remember.setAccessibleName(KEPT)
        self.remember.setEnabled(False)
        for part in (self.error, self.capitals, self.remember):
            part.hide()
            self.column.addWidget(part)
        self.column.addSpacing(theme.tokens().space[1])
        if side_by_side:
            grid.addWidget(self.verb, 1, 2)
        else:
            self.column.addWidget(self.verb)

    def enter(self) -> None:
        """Sign in with what was typed."""
        login, password = self.login.text().strip(), self.password.text()
        if not login or not password:
            self._tell("请输入警号。" if not login else "请输入密码。", self.password if login else self.login)
            return
        self._sign_in(login, password)

    def _offer_keeping(self, found: tuple[bool, str]) -> None:
        can, kept = found
        self.remember.setVisible(can)
        self.remember.setEnabled(can)
        if kept and not self.password.text():
            self.password.setText(kept)
            self.remember.setChecked(True)
            self.verb.setFocus()

    def _enter_as(self, persona: Persona) -> None:
        self.login.setText(persona.login)
        self._sign_in(persona.login, self._opened.gate.demo_password)

    def _sign_in(self, login: str, password: str) -> None:
        self.error.hide()
        self.verb.setText("正在登录…")
        parts = (self.login, self.password, self.verb, self.other, *self.cards.values())
        self._jobs.write(self, signing_in.sign_in, self._opened.engine, login, password, then=lambda desk: self._entered(desk, password),
                         failed=self._refused, busy=parts, doing="正在登录")

    def _entered(self, desk: Desk, password: str) -> None:
        self._settings.last_login = desk.actor.login
        self._settings.save()
        if self.remember.isEnabled():
            keep = (db_passwords.keep_password, self._opened.url, desk.actor.login, password)
            forget = (db_passwords.forget_password, self._opened.url, desk.actor.login)
            self._jobs.read(None, *(keep if self.remember.isChecked() and not desk.actor.must_change else forget))
        self.password.clear()
        self.entered.emit(desk, password)

    def _refused(self, problem: OaError) -> None:
        self._tell(str(problem), self.password)
        self.password.selectAll()

    def _tell(self, words: str, field: QLineEdit) -> None:
        self.verb.setText("登录")
        self.error.setText(words)
        self.error.show()
        for each in (self.login, self.password):
            theme.mark(each, "wrong", "true" if each is field else "false")
            each.setAccessibleDescription(words if each is field else "")
        field.setFocus()


def _keeping(url: str, login: str) -> tuple[bool, str]:
    """Whether this PC may keep passwords, and the one that it keeps."""
    can = db_passwords.can_keep_passwords()
    return can, db_passwords.kept_password(url, login) if can and login else ""


def _icon(caption: str) -> str:
    return next((icon for words, icon in CAPTION_ICONS.items() if words in caption), "person")
