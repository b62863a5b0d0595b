"""The table of a list page: whole rows, a quiet grid, columns that resize, hide and are remembered."""

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from oa_client.settings import Settings
from oa_client.ui import theme
from oa_client.ui.models.delegate import RowDelegate
from oa_client.ui.models.table import TableModel

LEAST_PART = 0.6
_KEYS_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TableView(QTableView):
    """Shows a `TableModel`. `key` names the remembered column widths in this PC's settings."""

    opened = Signal(object)
    selected = Signal(object)
    need_more = Signal()
    sort_asked = Signal(str, bool)

    def __init__(self, model: TableModel, key: str, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._key, self._settings = model, key, settings
        self.hovered_row = -1
        self._scale = 1.0
        self._stretching = False
        self._sorted: tuple[str, bool] | None = None
        self._kept: tuple[tuple[Hashable, ...], Hashable | None] | None = None
        self._told: tuple[Hashable, ...] = ()
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("列表")
        self._tell = QTimer(self, singleShot=True, interval=0)
        self._tell.timeout.connect(self._tell_selection)
        self._head()
        self._listen()
        self._resize_rows()
        self._recall_columns()

    def selected_ids(self) -> tuple[Hashable, ...]:
        """The ids of the selected rows, from top to bottom."""
        return tuple(self._model.id_at(at) for at in sorted({index.row() for index in self.selectionModel().selectedRows()}))

    def selected_rows(self) -> tuple[Any, ...]:
        """The selected rows, from top to bottom."""
        return tuple(self._model.row(at) for at in sorted({index.row() for index in self.selectionModel().selectedRows()}))

    def select(self, wanted: Hashable) -> bool:
        """Select the row with an id and bring it into view; False when it is not shown."""
        at = self._model.position(wanted)
        if at >= 0:
            self.selectRow(at)
            self.scrollTo(self._model.index(at, 0))
        return at >= 0

    def _head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(40)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._offer_columns)
        head.sectionClicked.connect(self._ask_sort)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _stretch(self) -> None:
        """Give the stretching column what the others leave, but never less than a good part of its own width."""
        head = self.horizontalHeader()
        at = next((at for at, column in enumerate(self._model.columns) if column.stretch), None)
        if at is None or head.isSectionHidden(at):
            return
        others = sum(head.sectionSize(other) for other in range(head.count()) if other != at)
        least = round(self._model.columns[at].width * self._scale * LEAST_PART)
        width = max(least, self.viewport().width() - others)
        if width != head.sectionSize(at):
            self._stretching = True
            head.resizeSection(at, width)
            self._stretching = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def _resized(self) -> None:
        if not self._stretching:
            self._stretch()
            self._remember.start()

    def _listen(self) -> None:
        self.doubleClicked.connect(lambda index: self.opened.emit(self._model.id_at(index.row())))
        self.verticalScrollBar().valueChanged.connect(self._near_end)
        self.selectionModel().selectionChanged.connect(lambda *_: self._selection_moved())
        self.selectionModel().currentRowChanged.connect(lambda *_: self.viewport().update())
        self._model.modelAboutToBeReset.connect(self._keep_selection)
        self._model.modelReset.connect(self._restore_selection)
        theme.changed.connect(self._resize_rows)
        self._remember = QTimer(self, singleShot=True, interval=400)
        self._remember.timeout.connect(self._remember_columns)
        self.horizontalHeader().sectionResized.connect(lambda *_: self._resized())

    def _resize_rows(self) -> None:
        now = theme.tokens()
        two = any(column.two_line is not None for column in self._model.columns)
        self.verticalHeader().setDefaultSectionSize(now.row_two if two else now.row)
        scale, head = now.font / theme.load().font, self.horizontalHeader()
        for at, column in enumerate(self._model.columns):
            if not column.stretch and scale != self._scale:
                head.resizeSection(at, round(head.sectionSize(at) * scale / self._scale))
        self._scale = scale
        self._stretch()

    def _recall_columns(self) -> None:
        head = self.horizontalHeader()
        kept = {item[0]: item for item in self._settings.columns.get(self._key, []) if isinstance(item, list) and len(item) == 3}
        for at, column in enumerate(self._model.columns):
            _, width, hidden = kept.get(column.key, (column.key, column.width, column.hidden))
            if not column.stretch:
                head.resizeSection(at, round(width * self._scale))
            head.setSectionHidden(at, bool(hidden))
        self._stretch()

    def _remember_columns(self) -> None:
        head = self.horizontalHeader()
        self._settings.columns[self._key] = [
            [column.key, round(head.sectionSize(at) / self._scale) or column.width, head.isSectionHidden(at)]
            for at, column in enumerate(self._model.columns)
        ]
        self._settings.save()

    def _offer_columns(self, where: QPoint) -> None:
        menu = self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(where))

    def columns_menu(self) -> QMenu:
        """A menu that shows and hides columns; the first one always stays."""
        menu, head = QMenu("显示的列", self), self.horizontalHeader()
        for at, column in enumerate(self._model.columns):
            action = QAction(column.title or column.key, menu, checkable=True, checked=not head.isSectionHidden(at))
            action.setEnabled(at > 0)
            action.toggled.connect(lambda shown, at=at: self._show_column(at, shown))
            menu.addAction(action)
        return menu

    def _show_column(self, at: int, shown: bool) -> None:
        self.horizontalHeader().setSectionHidden(at, not shown)
        self._remember_columns()

    def _ask_sort(self, section: int) -> None:
        column, head = self._model.columns[section], self.horizontalHeader()
        if not column.sort:
            return
        descending = self._sorted == (column.key, False)
        self._sorted = (column.key, descending)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(section, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        self.sort_asked.emit(column.key, descending)

    def _near_end(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() > 0 and value >= bar.maximum() - 10 * self.verticalHeader().defaultSectionSize():
            self.need_more.emit()

    def _keep_selection(self) -> None:
        at = self.currentIndex().row()
        self._kept = (self.selected_ids(), self._model.id_at(at) if at >= 0 else None)

    def _restore_selection(self) -> None:
        if self._kept is None:
            return
        wanted, current = self._kept
        self._kept = None
        chosen, last = QItemSelection(), len(self._model.columns) - 1
        for at in (self._model.position(key) for key in wanted):
            if at >= 0:
                chosen.select(self._model.index(at, 0), self._model.index(at, last))
        at = self._model.position(current) if current is not None else -1
        flags = self.selectionModel().SelectionFlag
        if at >= 0:
            self.selectionModel().setCurrentIndex(self._model.index(at, 0), flags.NoUpdate)
        self.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    def _selection_moved(self) -> None:
        if self._kept is None:
            self._tell.start()

    def _tell_selection(self) -> None:
        now = self.selected_ids()
        if now != self._told:
            self._told = now
            self.selected.emit(now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS_OPEN and self.currentIndex().isValid():
            self.opened.emit(self._model.id_at(self.currentIndex().row()))
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()
