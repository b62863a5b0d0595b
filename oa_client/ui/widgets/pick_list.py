"""The list under a people picker: name, post and unit, why somebody is not there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from oa_client.ui import icons, theme
from oa_client.ui.widgets.label import label

if TYPE_CHECKING:
    from oa_client.ui.widgets.people_picker import Pick

_PICK = Qt.ItemDataRole.UserRole
_RECENT = Qt.ItemDataRole.UserRole + 1
ROWS, LEAST_LETTERS = 8, 18


class PickList(QFrame):
    """Lies over the window just below (or above) its field and never takes the focus."""

    chosen = Signal(str)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        theme.mark(self, "surface", "popup")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        self._list = QListWidget(self)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setItemDelegate(_PickDelegate(self._list))
        self._list.setAccessibleName("可选人员和单位")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(lambda item: self.chosen.emit(item.data(_PICK).holder))
        self._words = label("", "secondary", parent=self)
        self._words.setMargin(theme.tokens().space[1])
        column.addWidget(self._list)
        column.addWidget(self._words)
        field.destroyed.connect(self.deleteLater)
        self.hide()

    def offer(self, picks: "Sequence[Pick]", recent: frozenset[str]) -> None:
        """Show these to choose from; the first is the current one."""
        self._list.clear()
        for pick in picks:
            item = QListWidgetItem(pick.name, self._list)
            item.setData(_PICK, pick)
            item.setData(_RECENT, pick.holder in recent)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, "，".join(part for part in (pick.name, pick.detail, pick.note) if part))
        self._list.setCurrentRow(0)
        self._list.show()
        self._words.hide()
        self._place(min(len(picks), ROWS) * theme.tokens().row + 2)

    def say(self, words: str) -> None:
        """Show a sentence instead of choices."""
        self._list.clear()
        self._list.hide()
        self._words.setText(words)
        self._words.show()
        self._place(theme.tokens().row)

    def current(self) -> str:
        """The holder under the cursor, or an empty text."""
        item = self._list.currentItem()
        return item.data(_PICK).holder if item is not None and not self._list.isHidden() else ""

    def step(self, by: int) -> None:
        """Move the cursor, from the last to the first and back."""
        if self._list.count():
            self._list.setCurrentRow((self._list.currentRow() + by) % self._list.count())

    def _place(self, height: int) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        top = self._field.mapTo(window, QPoint(0, 0)).y()
        below = window.height() - top - self._field.height() - 8
        wanted = height + 10
        above = wanted > below and top > below
        height = min(wanted, max(top - 8 if above else below, theme.tokens().row + 10))
        at = QPoint(0, -height - 2) if above else QPoint(0, self._field.height() + 2)
        corner = self._field.mapTo(window, at)
        width = max(self._field.width(), min(theme.tokens().font * LEAST_LETTERS, window.width() - corner.x()))
        self.setGeometry(QRect(corner, QSize(width, height)))
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            self.hide()
        return super().eventFilter(watched, event)


class _PickDelegate(QStyledItemDelegate):
    """One line: icon, name, post and unit, and at the right end why not now or that it is a recent choice."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        pick, now = index.data(_PICK), theme.tokens()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, now.colour("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, now.colour("hover"))
        cell = option.rect.adjusted(now.space[1], 0, -now.space[1], 0)
        icons.icon("unit" if pick.is_unit else "person").paint(painter, QRect(cell.left(), cell.top(), now.icon, cell.height()))
        cell.setLeft(cell.left() + now.icon + now.space[1])
        small = QFont(option.font)
        small.setPixelSize(now.small)
        remark = pick.note or ("最近" if index.data(_RECENT) else "")
        tone = "soon" if pick.note or not pick.available else "secondary"
        cell = _words(painter, cell, remark, small, tone, Qt.AlignmentFlag.AlignRight)
        cell = _words(painter, cell, pick.name, option.font, "text" if pick.available else "secondary", Qt.AlignmentFlag.AlignLeft)
        _words(painter, cell, pick.detail, small, "secondary", Qt.AlignmentFlag.AlignLeft)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.tokens().row)


def _words(painter: QPainter, cell: QRect, text: str, font: QFont, colour: str, side: Qt.AlignmentFlag) -> QRect:
    """Draw words at one side of a cell and give back what is left of it."""
    if not text:
        return cell
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(theme.tokens().colour(colour))
    painter.drawText(cell, side | Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(text, Qt.TextElideMode.ElideRight, cell.width()))
    used = metrics.horizontalAdvance(text) + theme.tokens().space[2]
    rest = QRect(cell)
    if side == Qt.AlignmentFlag.AlignRight:
        rest.setRight(cell.right() - used)
    else:
        rest.setLeft(cell.left() + used)
    return rest
