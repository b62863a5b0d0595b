"""Beginning with a new single-desk database (单机库): its form, then the administrator's one-time password."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from oa_client.domain.errors import Invalid, OaError
from oa_client.ui import fonts, icons, theme
from oa_client.ui.jobs import Jobs
from oa_client.ui.widgets import dialog
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.label import label
from oa_client.ui.widgets.step import Step
from oa_client.usecases import connecting, founding
from oa_client.usecases.connecting import CAUTION, Opened
from oa_client.usecases.founding import Created

SENTENCE = "建立一个只在这台电脑上使用的数据库，并指定第一位系统管理员。"


class SingleStep(Step):
    """`opened(Opened, login)` after the database was made and its first password noted down."""

    opened = Signal(object, str)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__("新建单机库", SENTENCE)
        self._jobs = jobs
        self._created: Created | None = None
        self.caution = Banner(self, closable=False)
        self.caution.say(CAUTION, "soon")
        self.column.addWidget(self.caution)
        self.form = FormGrid(self)
        self.form.add("bureau", "机关名称", QLineEdit(), required=True, hint="印在公文上的全称，例如“××市公安局”。")
        self.form.add("login", "管理员警号", QLineEdit(), required=True)
        self.form.add("name", "管理员姓名", QLineEdit(), required=True)
        self.form.add("file", "数据文件", self._file_field(), required=True)
        self.form.set_values({"file": founding.single_place()})
        self.form.submitted.connect(self.make)
        self.column.addWidget(self.form)
        self.verb = button("建立", "primary", tip="建立数据库（Ctrl+Enter）", pressed=self.make)
        self.add_verbs(self.verb)
        self.issued = Issued()
        self.issued.hide()
        self.column.addWidget(self.issued)
        self.setFocusProxy(self.form.field("bureau"))

    def _file_field(self) -> QLineEdit:
        field = QLineEdit()
        choose = QAction(icons.icon("folder"), "选择位置（Ctrl+O）", field)
        choose.setShortcut(QKeySequence("Ctrl+O"))
        choose.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        choose.triggered.connect(self._choose_file)
        field.addAction(choose, QLineEdit.ActionPosition.TrailingPosition)
        return field

    def _choose_file(self) -> None:
        asking = QFileDialog(self, "数据文件放在哪里", self.form.values()["file"], "单机库 (*.db)")
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.setDefaultSuffix("db")
        asking.setOption(QFileDialog.Option.DontConfirmOverwrite)
        asking.fileSelected.connect(lambda file: self.form.set_values({"file": file}))
        asking.open()

    def make(self) -> None:
        """Make the database from what was filled in."""
        self.form.clear_errors()
        filled = self.form.values()
        self._jobs.write(self, founding.create_single, filled["file"], filled["bureau"], filled["login"], filled["name"], then=self._made,
                         failed=self._failed, busy=(self.form, self.verb, self.way_back), doing="正在建立单机库")

    def may_close(self) -> bool:
        """Whether the window may be closed: a one-time password not yet noted down would be lost."""
        if self._created is None:
            return True
        return dialog.ask(self, "一次性密码记下了吗？", "关闭后这个密码不再显示，没有它就不能登录刚建好的单机库。", "已记下，关闭")

    def _made(self, created: Created) -> None:
        self._created = created
        self.issued.noted.connect(lambda: self._open(created))
        for part in (self.form, self.verb, self.way_back, self.caution):
            part.hide()
        self.heading.setText("单机库已建好")
        self.sentence.setText(f"{created.bureau}的数据库已经可以使用，第一位系统管理员是 {created.login}。")
        self.issued.say(created.password)
        self.issued.show()
        self.issued.verb.setFocus()

    def _failed(self, problem: OaError) -> None:
        if isinstance(problem, Invalid):
            self.form.refuse(problem)
        else:
            self.banner.tell(problem)

    def _open(self, created: Created) -> None:
        self._jobs.read(self, connecting.open_up, created.url, then=lambda opened: self._open_done(opened, created), failed=self._failed, busy=self.issued,
                        doing="正在打开单机库")

    def _open_done(self, opened: Opened, created: Created) -> None:
        self._created = None
        self.opened.emit(opened, created.login)


class Issued(QFrame):
    """A one-time password, shown once: large, to copy, and a button that says it was noted down."""

    noted = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.mark(self, "surface", "card")
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[4], space[4], space[4], space[4])
        column.setSpacing(space[2])
        column.addWidget(label("系统管理员的一次性密码", "section"))
        line = QHBoxLayout()
        self.password = label("")
        self.password.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.password.setAccessibleName("一次性密码")
        line.addWidget(self.password, 1)
        self.copy = button("复制", icon="copy", pressed=self._copy)
        line.addWidget(self.copy)
        column.addLayout(line)
        column.addWidget(label("只显示这一次，请现在记下。首次登录时要改成自己的密码。", "secondary", wrap=True))
        self.verb = button("我已记下", "primary", pressed=self.noted.emit)
        column.addSpacing(space[0])
        column.addWidget(self.verb, 0, Qt.AlignmentFlag.AlignRight)

    def say(self, password: str) -> None:
        """Show the password."""
        font = fonts.ui_font(theme.tokens().title + 8)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 3)
        self.password.setFont(font)
        self.password.setStyleSheet(f"font-size: {theme.tokens().title + 8}px;")
        self.password.setText(password)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.password.text())
        self.copy.setText("已复制")
