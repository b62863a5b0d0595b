"""How a row of a list is drawn: two-line cells, chips, tones; every colour and length from the tokens."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from oa_client.ui.models.table import ROW, Column, TableModel, alignment
from oa_client.ui.theme import tokens

BAR = 3


class RowDelegate(QStyledItemDelegate):
    """Draws the cells of a `TableModel`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        model = index.model()
        assert isinstance(model, TableModel)
        column, row = model.columns[index.column()], index.data(ROW)
        painter.save()
        self._ground(painter, option, index)
        cell = option.rect.adjusted(tokens().space[1], 0, -tokens().space[1], 0)
        font = QFont(option.font)
        font.setBold(bool(column.bold and column.bold(row)))
        if column.chip:
            _chip(painter, cell, column, row)
        elif column.two_line is not None and column.two_line(row):
            _two_lines(painter, cell, column, row, font)
        else:
            _line(painter, cell, column, column.text(row), font, _colour(column, row))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        now, view = tokens(), option.widget
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, now.colour("selection"))
        elif isinstance(view, QAbstractItemView) and getattr(view, "hovered_row", -1) == index.row():
            painter.fillRect(option.rect, now.colour("hover"))
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), now.colour("line"))
        current = isinstance(view, QAbstractItemView) and view.currentIndex().row() == index.row() and view.hasFocus()
        if current and option.rect.left() <= 0:
            painter.fillRect(QRect(option.rect.left(), option.rect.top(), BAR, option.rect.height() - 1), now.colour("focus"))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        model = index.model()
        assert isinstance(model, TableModel)
        column, row = model.columns[index.column()], index.data(ROW)
        metrics = QFontMetrics(option.font)
        lines = [column.text(row), *([column.two_line(row)] if column.two_line else [])]
        padding = 2 * tokens().space[1] + (2 * tokens().space[1] if column.chip else 0)
        two = any(each.two_line is not None for each in model.columns)
        return QSize(max(metrics.horizontalAdvance(line) for line in lines) + padding, tokens().row_two if two else tokens().row)


def _colour(column: Column, row: object) -> str:
    tone = column.tone(row) if column.tone else None
    return tone or "text"


def _line(painter: QPainter, cell: QRect, column: Column, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(tokens().colour(colour))
    words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, cell.width())
    painter.drawText(cell, alignment(column) | Qt.TextFlag.TextSingleLine, words)


def _two_lines(painter: QPainter, cell: QRect, column: Column, row: object, font: QFont) -> None:
    small = QFont(font)
    small.setPixelSize(tokens().small)
    small.setBold(False)
    upper, lower = QFontMetrics(font).height(), QFontMetrics(small).height()
    top = cell.top() + (cell.height() - upper - lower) // 2
    _line(painter, QRect(cell.left(), top, cell.width(), upper), column, column.text(row), font, _colour(column, row))
    second = column.two_line(row) if column.two_line else ""
    _line(painter, QRect(cell.left(), top + upper, cell.width(), lower), column, second, small, "secondary")


def _chip(painter: QPainter, cell: QRect, column: Column, row: object) -> None:
    text = column.text(row)
    if not text:
        return
    now = tokens()
    font = QFont(painter.font())
    font.setPixelSize(now.small)
    metrics = QFontMetrics(font)
    width = min(metrics.horizontalAdvance(text) + 2 * now.space[1], cell.width())
    left = {"left": cell.left(), "right": cell.right() - width + 1, "center": cell.center().x() - width // 2}[column.align]
    box = QRect(left, cell.center().y() - now.chip // 2 + 1, width, now.chip)
    front, ground = now.tone(column.tone(row) if column.tone else None)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(front)
    painter.setFont(font)
    inner = box.adjusted(now.space[1] // 2, 0, -now.space[1] // 2, 0)
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width()))
