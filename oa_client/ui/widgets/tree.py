"""A tree of units or folders, rows as high as the text size asks."""

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QWidget


class Tree(QTreeWidget):
    """The first column takes the room that the others leave; without headings there is one column."""

    def __init__(self, headings: Sequence[str] = (), name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(max(1, len(headings)))
        self.setHeaderLabels(list(headings) or [name])
        self.setHeaderHidden(not headings)
        self.setAccessibleName(name)
        self.setUniformRowHeights(True)
        self.setAnimated(False)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def showEvent(self, event: QShowEvent) -> None:
        # Rows added before the style sheet was polished in were measured without it.
        super().showEvent(event)
        self.scheduleDelayedItemsLayout()
