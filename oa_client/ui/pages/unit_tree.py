"""The bureau's units as a tree, with how many people each has."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidgetItem, QWidget

from oa_client.ui.widgets.tree import Tree
from oa_client.usecases.directory import UnitRow

ALL = 0
_ID = Qt.ItemDataRole.UserRole


class UnitTree(Tree):
    """`chosen(unit id)` follows the selection; ALL stands for the whole bureau."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(("单位", "人数"), "单位", parent)
        self._items: dict[int, QTreeWidgetItem] = {}
        self._units: tuple[UnitRow, ...] = ()
        self.headerItem().setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.currentItemChanged.connect(lambda now, _before: self._tell(now))

    def unit(self) -> int:
        """The unit selected, or ALL."""
        item = self.currentItem()
        return item.data(0, _ID) if item is not None else ALL

    def name(self, unit_id: int) -> str:
        """A unit's short name."""
        return next((unit.short for unit in self._units if unit.id == unit_id), "")

    def units(self) -> tuple[UnitRow, ...]:
        """The units shown, in the bureau's order."""
        return self._units

    def choose(self, unit_id: int) -> None:
        """Select a unit and bring it into view."""
        item = self._items.get(unit_id)
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def show_units(self, units: Sequence[UnitRow], counts: Mapping[int, int]) -> None:
        """Show the units with their numbers of people; the selection stays."""
        if tuple(units) != self._units:
            self._rebuild(tuple(units))
        for unit_id, item in self._items.items():
            count = sum(counts.values()) if unit_id == ALL else counts.get(unit_id, 0)
            item.setText(1, str(count) if count else "")

    def _tell(self, now: QTreeWidgetItem | None) -> None:
        if now is not None:
            self.chosen.emit(now.data(0, _ID))

    def _rebuild(self, units: tuple[UnitRow, ...]) -> None:
        kept = self.unit()
        self.blockSignals(True)
        self.clear()
        self._units = units
        self._items = {ALL: _item(ALL, "全部单位", "")}
        self._items |= {unit.id: _item(unit.id, unit.short, unit.name) for unit in units}
        self.addTopLevelItem(self._items[ALL])
        for unit in units:
            above = self._items.get(unit.parent_id or ALL) if unit.parent_id else None
            above.addChild(self._items[unit.id]) if above is not None else self.addTopLevelItem(self._items[unit.id])
        self.expandAll()
        self.blockSignals(False)
        self.choose(kept if kept in self._items else ALL)


def _item(unit_id: int, words: str, tip: str) -> QTreeWidgetItem:
    made = QTreeWidgetItem([words, ""])
    made.setData(0, _ID, unit_id)
    made.setToolTip(0, tip)
    made.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
