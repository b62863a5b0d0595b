"""One's common phrases (常用语) for opinions: add, change, order, take away; every change is kept at once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from oa_client.settings import Settings
from oa_client.ui import theme
from oa_client.ui.widgets.button import button, tool

MOST = 50


class PhrasesEditor(QWidget):
    """The list, a field to add to it, and buttons for the chosen phrase."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.field, self.list = QLineEdit(), QListWidget()
        self.field.setPlaceholderText("新的常用语，例如“同意。”")
        self.field.setAccessibleName("新的常用语")
        self.field.setMaxLength(200)
        self.field.returnPressed.connect(self.add)
        self.list.setAccessibleName("常用语")
        self.list.setEditTriggers(QListWidget.EditTrigger.DoubleClicked | QListWidget.EditTrigger.EditKeyPressed)
        self.add_button = button("添加", icon="add", pressed=self.add)
        self.up = tool("up", "上移", pressed=lambda: self._move(-1))
        self.down = tool("down", "下移", pressed=lambda: self._move(1))
        self.edit = tool("edit", "修改", pressed=lambda: self.list.editItem(self.list.currentItem()))
        self.remove = tool("delete", "删除", pressed=self._remove)
        self._build()
        for phrase in settings.phrases:
            self._append(phrase)
        self.list.itemChanged.connect(lambda _: self._keep())
        self.list.currentRowChanged.connect(lambda _: self._show_state())
        theme.changed.connect(self._fit)
        self._fit()
        self._show_state()

    def _build(self) -> None:
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space[1])
        top = QHBoxLayout()
        top.setSpacing(space[1])
        top.addWidget(self.field, 1)
        top.addWidget(self.add_button)
        column.addLayout(top)
        line = QHBoxLayout()
        line.setSpacing(space[1])
        line.addWidget(self.list, 1)
        beside = QVBoxLayout()
        beside.setSpacing(space[0])
        for each in (self.up, self.down, self.edit, self.remove):
            beside.addWidget(each)
        beside.addStretch(1)
        line.addLayout(beside)
        column.addLayout(line)

    def phrases(self) -> list[str]:
        """The phrases in their order."""
        return [words for at in range(self.list.count()) if (words := self.list.item(at).text().strip())]

    def add(self) -> None:
        """Add what was typed; a phrase that is there already is only chosen."""
        words = self.field.text().strip()
        if not words:
            self.field.setFocus()
            return
        known = self.phrases()
        if words in known:
            self.list.setCurrentRow(known.index(words))
        elif len(known) < MOST:
            self._append(words)
            self._keep()
            self.list.setCurrentRow(self.list.count() - 1)
        self.field.clear()

    def _append(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.list.addItem(item)

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        if 0 <= at + by < self.list.count():
            self.list.insertItem(at + by, self.list.takeItem(at))
            self.list.setCurrentRow(at + by)
            self._keep()

    def _remove(self) -> None:
        self.list.takeItem(self.list.currentRow())
        self._keep()

    def _keep(self) -> None:
        self._settings.phrases = self.phrases()
        self._settings.save()
        self._show_state()

    def _show_state(self) -> None:
        at, count = self.list.currentRow(), self.list.count()
        self.list.setVisible(count > 0)
        for each in (self.up, self.down, self.edit, self.remove):
            each.setVisible(count > 0)
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < count - 1)
        self.edit.setEnabled(at >= 0)
        self.remove.setEnabled(at >= 0)

    def _fit(self) -> None:
        self.list.setFixedHeight(5 * theme.tokens().control + 2 * theme.tokens().space[0])
