"""Lists on the screen: a snapshot of plain rows, replaced or lengthened, never read from the database while painting."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
_MANY = 40


@dataclass(frozen=True)
class Column:
    """One column: what it says of a row and how it is drawn.

    `text` gives the words; `two_line` a second, quieter line; `tone` one of theme.TONES or None; with `chip` the words stand
    in a coloured chip; `bold` marks unread rows; `tip` is the tooltip. Widths are px at normal text size. A column with
    `sort` can be asked for in order by pressing its heading.
    """

    key: str
    title: str
    width: int
    text: Callable[[Any], str]
    align: str = "left"
    tone: Callable[[Any], str | None] | None = None
    two_line: Callable[[Any], str] | None = None
    chip: bool = False
    bold: Callable[[Any], bool] | None = None
    tip: Callable[[Any], str] | None = None
    stretch: bool = False
    sort: bool = False
    hidden: bool = False


class TableModel(QAbstractTableModel):
    """Frozen rows under columns. `row_id` tells rows apart, so that a fresh snapshot keeps the selection."""

    def __init__(self, columns: Sequence[Column], row_id: Callable[[Any], Hashable] = lambda row: row.id,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._row_id = row_id
        self._rows: list[Any] = []
        self._ids: list[Hashable] = []

    def rows(self) -> tuple[Any, ...]:
        """The rows shown, in order."""
        return tuple(self._rows)

    def row(self, at: int) -> Any:
        """The row at a position."""
        return self._rows[at]

    def id_at(self, at: int) -> Hashable:
        """The id of the row at a position."""
        return self._ids[at]

    def position(self, wanted: Hashable) -> int:
        """The position of the row with an id, or -1."""
        return self._ids.index(wanted) if wanted in self._ids else -1

    def replace(self, rows: Sequence[Any]) -> None:
        """Show another snapshot; rows that stay keep their selection and the list keeps its place."""
        fresh = {self._row_id(row): row for row in rows}
        if self._spots(fresh) > _MANY:
            self.beginResetModel()
            self._ids, self._rows = list(fresh), list(fresh.values())
            self.endResetModel()
            return
        self._remove_gone(fresh)
        self._reorder(fresh)
        self._insert_new(fresh)
        self._renew(fresh)

    def append(self, rows: Sequence[Any]) -> None:
        """Add the next page below; rows already shown are renewed in place."""
        fresh = {self._row_id(row): row for row in rows}
        known = set(self._ids)
        added = {key: row for key, row in fresh.items() if key not in known}
        if added:
            self.beginInsertRows(QModelIndex(), len(self._ids), len(self._ids) + len(added) - 1)
            self._ids.extend(added)
            self._rows.extend(added.values())
            self.endInsertRows()
        self._renew(fresh)

    def _spots(self, fresh: dict) -> int:
        """How many separate insertions and removals a replacement would take."""
        known = set(self._ids)
        gone = _ranges([at for at, key in enumerate(self._ids) if key not in fresh])
        come = _ranges([at for at, key in enumerate(fresh) if key not in known])
        return len(gone) + len(come)

    def _remove_gone(self, fresh: dict) -> None:
        for first, last in reversed(_ranges([at for at, key in enumerate(self._ids) if key not in fresh])):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._ids[first:last + 1], self._rows[first:last + 1]
            self.endRemoveRows()

    def _reorder(self, fresh: dict) -> None:
        known = set(self._ids)
        order = [key for key in fresh if key in known]
        if order == self._ids:
            return
        self.layoutAboutToBeChanged.emit()
        target = {key: at for at, key in enumerate(order)}
        before = self.persistentIndexList()
        after = [self.createIndex(target[self._ids[index.row()]], index.column()) for index in before]
        held = dict(zip(self._ids, self._rows, strict=True))
        self._ids, self._rows = order, [held[key] for key in order]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _insert_new(self, fresh: dict) -> None:
        known, items = set(self._ids), list(fresh.items())
        for first, last in _ranges([at for at, (key, _) in enumerate(items) if key not in known]):
            self.beginInsertRows(QModelIndex(), first, last)
            self._ids[first:first] = [key for key, _ in items[first:last + 1]]
            self._rows[first:first] = [row for _, row in items[first:last + 1]]
            self.endInsertRows()

    def _renew(self, fresh: dict) -> None:
        for at, key in enumerate(self._ids):
            if key in fresh and fresh[key] != self._rows[at]:
                self._rows[at] = fresh[key]
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(part for part in (column.text(row), column.two_line(row) if column.two_line else "") if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.columns[section])
        return None


def alignment(column: Column) -> Qt.AlignmentFlag:
    """How a column's words and its heading are aligned."""
    sides = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}
    return sides[column.align] | Qt.AlignmentFlag.AlignVCenter


def _ranges(positions: list[int]) -> list[tuple[int, int]]:
    """Ascending positions as (first, last) runs."""
    runs: list[tuple[int, int]] = []
    for at in positions:
        if runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs
