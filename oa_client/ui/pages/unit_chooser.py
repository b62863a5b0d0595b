"""Choosing one unit out of many: type a part of its name or its initials, or go down the list."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from oa_client.domain.actor import split
from oa_client.ui import theme
from oa_client.ui.widgets.dialog import Question
from oa_client.ui.widgets.people_picker import Pick, nearness

_PICK = Qt.ItemDataRole.UserRole
_ARROWS = (Qt.Key.Key_Down, Qt.Key.Key_Up)


class UnitChooser(Question):
    """`chosen(unit id)` when the verb is pressed; nothing is chosen beforehand."""

    chosen = Signal(int)

    def __init__(self, owner: QWidget, question: str, detail: str, verb: str, units: Sequence[Pick]) -> None:
        super().__init__(owner, question, detail, verb)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._units = tuple(units)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("输入单位名称或拼音首字母")
        self.search.setAccessibleName("输入单位名称或拼音首字母")
        self.list = QListWidget(self)
        self.list.setAccessibleName(question)
        self.list.setMinimumHeight(theme.tokens().control * 6)
        self.content.addWidget(self.search)
        self.content.addWidget(self.list, 1)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(lambda _: self._offer())
        self.list.currentRowChanged.connect(lambda at: self.verb.setEnabled(at >= 0))
        self.list.itemActivated.connect(lambda _: self.verb.click())
        self.accepted.connect(lambda: self.chosen.emit(split(self.list.currentItem().data(_PICK).holder)[1]))
        self._offer()
        self.search.setFocus()
        QTimer.singleShot(0, self.list, self.list.scheduleDelayedItemsLayout)  # rows were measured before the style was on

    def _offer(self) -> None:
        typed = self.search.text().strip()
        ranked = [(nearness(typed, pick) if typed else 0.0, pick) for pick in self._units]
        found = sorted([(rank, at, pick) for at, (rank, pick) in enumerate(ranked) if rank is not None], key=lambda item: item[:2])
        self.list.clear()
        for _rank, _at, pick in found:
            item = QListWidgetItem(pick.name, self.list)
            item.setData(_PICK, pick)
            item.setToolTip(pick.detail)
        self.list.setCurrentRow(0 if typed and found else -1)
        self.verb.setEnabled(self.list.currentRow() >= 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ARROWS and self.list.count():
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(min(max(self.list.currentRow() + by, 0), self.list.count() - 1))
            return True
        return super().eventFilter(watched, event)
