"""The table of a sheet of accounts: rows that can be carried out are ticked with the mouse or the space bar; marks are drawn with a sign."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from oa_client.settings import Settings
from oa_client.ui import icons
from oa_client.ui.models.delegate import RowDelegate
from oa_client.ui.models.table import ROW, Index, TableModel
from oa_client.ui.roster.columns import MARK, TICK, roster_columns
from oa_client.ui.roster.lines import SIGNS, TONES, RosterLine
from oa_client.ui.theme import tokens
from oa_client.ui.widgets.table_view import TableView

KEY = "roster"
_CHECK = Qt.ItemDataRole.CheckStateRole


class RosterModel(TableModel):
    """Rows with ticks; `ticked_changed()` after any change. A tick stays while a filter hides its row; while `held` the user changes none."""

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(roster_columns(), lambda line: line.id, parent)
        self._ticked: frozenset[int] = frozenset()
        self.held = False

    @property
    def ticked(self) -> frozenset[int]:
        """The lines that are ticked."""
        return self._ticked

    def tick(self, ids: Iterable[int], on: bool = True) -> None:
        """Tick lines, or take their ticks away."""
        chosen = frozenset() if self.held else frozenset(ids)
        self.set_ticked(self._ticked | chosen if on else self._ticked - chosen)

    def set_ticked(self, ids: Iterable[int]) -> None:
        """Tick exactly these lines."""
        fresh = frozenset(ids)
        if fresh != self._ticked:
            self._ticked = fresh
            if self.rowCount():
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0), [_CHECK])
            self.ticked_changed.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.columns[index.column()].key != TICK:
            return super().data(index, role)
        line = self.row(index.row())
        on = line.id in self._ticked
        if role == _CHECK and line.good:
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"第 {line.id} 行，{'已勾选' if on else '未勾选'}" if line.good else f"第 {line.id} 行，不能勾选"
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        given = super().flags(index)
        tickable = index.isValid() and self.columns[index.column()].key == TICK and self.row(index.row()).good
        return given | Qt.ItemFlag.ItemIsUserCheckable if tickable else given

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != _CHECK or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        self.tick((self.row(index.row()).id,), Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


class RosterDelegate(RowDelegate):
    """Draws the box of a row that can be ticked, and the mark with its sign."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        model, line = index.model(), index.data(ROW)
        assert isinstance(model, TableModel)
        key = model.columns[index.column()].key
        if key not in (TICK, MARK):
            super().paint(painter, option, index)
            return
        painter.save()
        self._ground(painter, option, index)
        if key == MARK:
            _signed(painter, option.rect.adjusted(tokens().space[1], 0, 0, 0), line)
        elif line.good:
            _box(painter, option, index.data(_CHECK) == Qt.CheckState.Checked)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> bool:
        """A press anywhere in the cell of the box counts, for boxes are small."""
        tickable = model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable
        if tickable and isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            if event.type() == QEvent.Type.MouseButtonRelease:
                other = Qt.CheckState.Unchecked if index.data(_CHECK) == Qt.CheckState.Checked else Qt.CheckState.Checked
                return model.setData(index, other, _CHECK)
            return event.type() == QEvent.Type.MouseButtonDblClick
        return super().editorEvent(event, model, option, index)


class RosterTable(TableView):
    """The space bar ticks the selected rows, or takes the ticks away when all have one."""

    def __init__(self, model: RosterModel, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(model, KEY, settings, parent)
        self._ticks = model
        self.setItemDelegate(RosterDelegate(self))
        self.setAccessibleName("名单各行的结果")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        good = [line.id for line in self.selected_rows() if line.good]
        if event.key() != Qt.Key.Key_Space or not good:
            super().keyPressEvent(event)
            return
        self._ticks.tick(good, not self._ticks.ticked.issuperset(good))


def _box(painter: QPainter, option: QStyleOptionViewItem, on: bool) -> None:
    drawn, view, side = QStyleOptionViewItem(option), option.widget, tokens().icon + 2
    drawn.rect = QRect(0, 0, side, side)
    drawn.rect.moveCenter(option.rect.center())
    drawn.state = QStyle.StateFlag.State_Enabled | (QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off)
    view.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, drawn, painter, view)


def _signed(painter: QPainter, cell: QRect, line: RosterLine) -> None:
    """A chip with its sign before the words, so that the colour only repeats them."""
    now, tone = tokens(), TONES[line.mark]
    font = QFont(painter.font())
    font.setPixelSize(now.small)
    metrics, gap = QFontMetrics(font), now.space[0]
    front, ground = now.tone(tone)
    side = now.small
    box = QRect(cell.left(), cell.center().y() - now.chip // 2 + 1, min(cell.width(), side + metrics.horizontalAdvance(line.mark) + 4 * gap), now.chip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4, 4)
    icons.icon(SIGNS[line.mark], tone).paint(painter, QRect(box.left() + gap, box.top() + (box.height() - side + 1) // 2, side, side))
    painter.setPen(front)
    painter.setFont(font)
    words = box.adjusted(side + 2 * gap, 0, -gap, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(line.mark, Qt.TextElideMode.ElideRight, words.width()))
