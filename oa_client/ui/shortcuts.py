"""The sheet of shortcuts (F1): everything that can be done without the mouse, and what the present window adds."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from oa_client.ui import theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.chip import Chip
from oa_client.ui.widgets.label import label, section, title

Lines = tuple[tuple[str, str], ...]

REFRESH, SHEET, FOLD, REGISTER, DRAFT, LEAVE, LOCK = "F5", "F1", "Ctrl+B", "Ctrl+N", "Ctrl+Shift+N", "Ctrl+Q", "Ctrl+Alt+L"
MAIN: Lines = (
    ("Ctrl+1 至 Ctrl+9、Ctrl+0", "转到导航里的第几页"), (REGISTER, "收文登记（收发员）"), (DRAFT, "发文拟稿"), (REFRESH, "立即刷新"), (FOLD, "收起或展开导航"),
    (LOCK, "锁定窗口"), (LEAVE, "退出程序"), (SHEET, "这张快捷键表"),
)
LISTS: Lines = (("Ctrl+F", "到搜索框"), ("↑　↓", "选择上一件、下一件"), ("Enter", "打开选中的公文"), ("Shift+↑　Shift+↓", "连选多件"))
WRITING: Lines = (("Ctrl+Enter", "提交"), ("Enter", "转到下一个字段"), ("Ctrl+J", "插入常用语"), ("Alt+P", "显示或隐藏密码"), ("Esc", "返回，不做改动"))
GROUPS = (("主窗口", MAIN), ("列表", LISTS), ("填写与办理", WRITING))
SECOND_COLUMN = ("列表", "填写与办理")


def of_window(window: QWidget | None) -> Lines:
    """The shortcuts of the visible buttons of a window, in words."""
    found: dict[str, str] = {}
    for each in window.findChildren(QAbstractButton) if window else ():
        keys = each.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if keys and each.isVisible():
            found.setdefault(keys, each.accessibleName() or each.text())
    return tuple(found.items())


class ShortcutSheet(QDialog):
    """All shortcuts at a glance; Esc closes."""

    def __init__(self, owner: QWidget | None) -> None:
        window = owner.window() if owner else None
        super().__init__(window)
        self.setWindowTitle("快捷键")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        space = theme.tokens().space
        known = {keys for _, lines in GROUPS for keys, _ in lines} | {f"Ctrl+{at}" for at in range(1, 10)}
        own = tuple((keys, words) for keys, words in of_window(window) if keys not in known)
        self.groups = (*GROUPS, ("本窗口", own)) if own else GROUPS
        outer = QVBoxLayout(self)
        outer.setContentsMargins(space[4], space[4], space[4], space[3])
        outer.setSpacing(space[3])
        outer.addWidget(title("快捷键"))
        self._holder = QWidget()
        outer.addWidget(self._columns(), 1)
        line = QHBoxLayout()
        line.addStretch(1)
        self.close_button = button("关闭", pressed=self.accept)
        line.addWidget(self.close_button)
        outer.addLayout(line)
        screen = QGuiApplication.primaryScreen().availableSize()
        wanted = self._holder.sizeHint() + QSize(2 * space[4], 12 * theme.tokens().font)
        self.resize(QSize(max(wanted.width(), theme.tokens().font * 54), wanted.height()).boundedTo(screen * 0.9))
        self.close_button.setFocus()

    def _columns(self) -> QScrollArea:
        space = theme.tokens().space
        room = QScrollArea()
        line = QHBoxLayout(self._holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(space[3])
        columns = (QVBoxLayout(), QVBoxLayout())
        for column in columns:
            column.setSpacing(space[3])
            line.addLayout(column, 1)
        for heading, lines in self.groups:
            columns[heading in SECOND_COLUMN].addWidget(_card(heading, lines))
        for column in columns:
            column.addStretch(1)
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room.setWidget(self._holder)
        return room


def _card(heading: str, lines: Iterable[tuple[str, str]]) -> QFrame:
    made = QFrame()
    theme.mark(made, "surface", "card")
    space = theme.tokens().space
    grid = QGridLayout(made)
    grid.setContentsMargins(space[3], space[2], space[3], space[3])
    grid.setHorizontalSpacing(space[3])
    grid.setVerticalSpacing(space[1])
    grid.addWidget(section(heading), 0, 0, 1, 2)
    for at, (keys, words) in enumerate(lines, 1):
        grid.addWidget(Chip(keys), at, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(words), at, 1)
    grid.setColumnStretch(1, 1)
    return made
