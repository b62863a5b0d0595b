"""Settings of this PC and of one's own account: the look, the database, the password, common phrases, the layout, about."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from oa_client.domain.actor import ADMIN_ROLES
from oa_client.ui import theme
from oa_client.ui.office import Office
from oa_client.ui.pages.about_card import AboutCard
from oa_client.ui.pages.delegation_card import DelegationCard
from oa_client.ui.pages.handover_dialog import HandoverDialog
from oa_client.ui.pages.phrases_editor import PhrasesEditor
from oa_client.ui.password_form import PasswordForm
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label, section, title
from oa_client.usecases import connecting

SIZES = (("normal", "标准"), ("large", "大"), ("xlarge", "特大"))
THEMES = (("light", "浅色"), ("dark", "深色"))
WIDTH_IN_LETTERS = 62


class SettingsPage(QWidget):
    """`other_database` when the user wants another one; `layout_reset` when column widths and window places are to be forgotten."""

    other_database = Signal()
    layout_reset = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        theme.mark(self, "surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        space = theme.tokens().space
        self._holder = QWidget()
        theme.mark(self._holder, "surface", "window")
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(space[3], space[2], space[3], space[3])
        self._column.setSpacing(space[2])
        self._column.addWidget(title("设置"))
        self._look_card()
        self._password_card()
        if not any(role in ADMIN_ROLES for role, _unit in office.desk.actor.grants):
            self.delegation = DelegationCard(office)
            self._column.addWidget(self.delegation)
            self._handover_card()
        self._phrases_card()
        self._database_card()
        self._layout_card()
        self._column.addWidget(AboutCard())
        self._column.addStretch(1)
        self.room = QScrollArea(self)
        self.room.setWidgetResizable(True)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.setWidget(self._holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.room)
        theme.changed.connect(self._fit)
        self._fit()

    def show_password(self) -> None:
        """Open the form for one's own password and go there."""
        self._toggle_password(True)
        self.room.ensureWidgetVisible(self.password)
        self.password.setFocus()

    def _card(self, heading: str, sentence: str = "") -> QVBoxLayout:
        card = QFrame()
        theme.mark(card, "surface", "card")
        card.setAccessibleName(heading)
        space = theme.tokens().space
        column = QVBoxLayout(card)
        column.setContentsMargins(space[4], space[3], space[4], space[3])
        column.setSpacing(space[1])
        column.addWidget(section(heading))
        if sentence:
            column.addWidget(label(sentence, "small", wrap=True))
        self._column.addWidget(card)
        return column

    def _look_card(self) -> None:
        column, settings = self._card("显示"), self._office.settings
        self.sizes = self._choice(column, "文字大小", SIZES, settings.text_size)
        self.themes = self._choice(column, "颜色", THEMES, settings.theme)

    def _choice(self, column: QVBoxLayout, words: str, options: tuple[tuple[str, str], ...], chosen: str) -> dict[str, QRadioButton]:
        line, group = QHBoxLayout(), QButtonGroup(self)
        line.setSpacing(theme.tokens().space[3])
        name = label(words, "label")
        name.setMinimumWidth(theme.tokens().font * 6)
        line.addWidget(name)
        made = {}
        for value, text in options:
            made[value] = QRadioButton(text)
            made[value].setChecked(value == chosen)
            made[value].setAccessibleName(f"{words}：{text}")
            made[value].clicked.connect(lambda: self._dress())
            group.addButton(made[value])
            line.addWidget(made[value])
        line.addStretch(1)
        column.addLayout(line)
        return made

    def _dress(self) -> None:
        settings = self._office.settings
        settings.text_size = next(value for value, radio in self.sizes.items() if radio.isChecked())
        settings.theme = next(value for value, radio in self.themes.items() if radio.isChecked())
        settings.save()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, settings.theme, settings.text_size)

    def _password_card(self) -> None:
        column = self._card("本人密码")
        self.change = button("修改密码", icon="key", pressed=lambda: self._toggle_password(self.password.isHidden()))
        self.password = PasswordForm(self._office.desk, self._office.jobs)
        self.password.changed.connect(self._password_changed)
        self._office.desk_changed.connect(lambda: self.password.sit_at(self._office.desk))
        self.set_password = button("设为新密码", "primary", pressed=self.password.submit)
        self.set_password.setAccessibleDescription("按 Ctrl+Enter 也可提交")
        self.changed_note = Banner(closable=True)
        beside = QHBoxLayout()
        beside.addWidget(self.password, 100)
        beside.addStretch(1)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(beside)
        column.addWidget(self.set_password, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.changed_note)
        self._toggle_password(False)

    def _toggle_password(self, shown: bool) -> None:
        self.password.clear()
        self.password.setVisible(shown)
        self.set_password.setVisible(shown)
        self.change.setText("暂不修改" if shown else "修改密码")
        if shown:
            self.changed_note.hide()
            self.password.setFocus()

    def _password_changed(self, _actor: object) -> None:
        self._toggle_password(False)
        self._office.password_changed.emit()
        self.changed_note.say("密码已修改，下次登录请用新密码。", "ontime")

    def _handover_card(self) -> None:
        column = self._card("移交", "调离、退休或长期离岗前，把本人名下的待办、文稿、委托和借阅一次交给接办人。")
        self.hand_over = button("移交本人事项", icon="move", pressed=self._hand_over)
        column.addWidget(self.hand_over, 0, Qt.AlignmentFlag.AlignLeft)

    def _hand_over(self) -> None:
        actor = self._office.desk.actor
        HandoverDialog(self._office, self, actor.id, actor.name, actor.login, actor.unit_id).open()

    def _phrases_card(self) -> None:
        column = self._card("常用语", "填写意见时可以直接插入，只保存在这台电脑上。")
        self.phrases = PhrasesEditor(self._office.settings)
        column.addWidget(self.phrases)

    def _database_card(self) -> None:
        url = self._office.url
        kind = "演示库" if self._office.demo else "单机库" if connecting.is_single(url) else "共享库"
        column = self._card("数据库")
        self.database = label(f"{kind}　{connecting.place_words(url)}", wrap=True)
        self.database.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.database)
        self.caution = Banner(closable=False)
        if connecting.is_single(url):
            self.caution.say(connecting.CAUTION, "soon")
        column.addWidget(self.caution)
        self.other = button("换一个数据库", icon="database", tip="退出登录并选择另一个数据库", pressed=self.other_database.emit)
        column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)

    def _layout_card(self) -> None:
        column = self._card("窗口布局", "列宽、分栏和窗口位置恢复为最初的样子。")
        self.reset = button("恢复窗口布局", icon="columns", pressed=self.layout_reset.emit)
        column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)

    def _fit(self) -> None:
        self.password.setMaximumWidth(theme.tokens().font * 40)
        self._holder.setMaximumWidth(theme.tokens().font * WIDTH_IN_LETTERS)
