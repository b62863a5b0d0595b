"""The buttons of a to-do: the prepared action at the right, the others beside it, the dangerous ones in a menu."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from oa_client.domain.flow import Choice, consequence
from oa_client.ui import icons, theme
from oa_client.ui.widgets.button import button


class ActionButtons(QWidget):
    """`act()` when the prepared action is pressed, `prepare(key)` for another one, `dangerous(Choice)` from the menu.

    Only the button at the right end acts. Pressing another one brings it there, so that its consequence is read first.
    """

    act = Signal()
    prepare = Signal(str)
    dangerous = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.tokens().space[1])
        self._line.addStretch(1)
        self.menu = QMenu("更多操作", self)
        self.more = button("更多", tip="退回等其他操作", parent=self)
        theme.mark(self.more, "menu", "true")
        self.more.setMenu(self.menu)
        self._line.addWidget(self.more)
        self.others: list[QPushButton] = []
        self.primary = button("", "primary", tip="", pressed=self.act.emit, parent=self)
        self._line.addWidget(self.primary)

    def show_choices(self, choices: Sequence[Choice], chosen: Choice) -> None:
        """Show the actions of a task, one of them prepared."""
        had_focus = any(old.hasFocus() for old in self.others)
        for old in self.others:
            self._line.removeWidget(old)
            old.hide()
            old.deleteLater()
        plain = [choice for choice in choices if not choice.action.danger and choice.key != chosen.key]
        self.others = [self._other(choice) for choice in plain]
        for at, made in enumerate(self.others):
            self._line.insertWidget(2 + at, made)
        self.primary.setText(chosen.action.title)
        self.primary.setAccessibleName(chosen.action.title)
        self.primary.setEnabled(not chosen.blocked)
        self.primary.setToolTip(chosen.blocked or f"{chosen.action.title}（Ctrl+Enter）")
        self._fill_menu([choice for choice in choices if choice.action.danger])
        self._order()
        if had_focus:
            self.primary.setFocus()

    def _other(self, choice: Choice) -> QPushButton:
        made = button(choice.action.title, tip=choice.blocked or f"{consequence(choice, {})}", parent=self)
        made.setEnabled(not choice.blocked)
        made.clicked.connect(lambda: self.prepare.emit(choice.key))
        made.show()
        return made

    def _fill_menu(self, choices: Sequence[Choice]) -> None:
        self.menu.clear()
        self.more.setVisible(bool(choices))
        for choice in choices:
            item = self.menu.addAction(icons.icon("return" if choice.action.returns else "void"), choice.action.title)
            item.setEnabled(not choice.blocked)
            item.triggered.connect(lambda _=False, choice=choice: self.dangerous.emit(choice))

    def _order(self) -> None:
        before: QWidget = self.more
        for after in (*self.others, self.primary):
            QWidget.setTabOrder(before, after)
            before = after
