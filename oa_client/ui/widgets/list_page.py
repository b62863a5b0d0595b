"""A page that is a list: heading and one primary button, filter line, table, preview at the right, a count below."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from oa_client.settings import Settings
from oa_client.ui import icons, theme
from oa_client.ui.models.table import Column, TableModel
from oa_client.ui.widgets.button import button, tool
from oa_client.ui.widgets.chip import ChipGroup, FilterChips
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.label import label, title
from oa_client.ui.widgets.table_view import TableView

TYPING_MS = 180
Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True)
class Filter:
    """What the user filters by: typed words, chips switched on by group, the column and direction of order."""

    text: str = ""
    chips: dict[str, tuple[Hashable, ...]] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is left out."""
        return not self.text and not self.chips

    def of(self, key: str, kind: type[Value]) -> tuple[Value, ...]:
        """The values of a group that are switched on, of the kind that its chips carry."""
        return tuple(value for value in self.chips.get(key, ()) if isinstance(value, kind))


class ListPage(QWidget):
    """`filtered(Filter)` asks for a first page, `need_more()` for the next one; `opened(id)` for a window; `selected(ids)` for a preview.

    `key` names the remembered columns; `empty` is the sentence of an empty list and `empty_verb` its button (emits `empty_pressed`);
    `counted` is the word that rows are counted by.
    """

    filtered = Signal(object)
    need_more = Signal()
    opened = Signal(object)
    selected = Signal(object)
    empty_pressed = Signal()

    def __init__(self, key: str, heading: str, columns: Sequence[Column], settings: Settings, *, primary: QPushButton | None = None,
                 search: str = "搜索", groups: Sequence[ChipGroup] = (), row_id: Callable[[Any], Hashable] = lambda row: row.id,
                 empty: str = "这里还没有内容。", empty_icon: str = "empty", empty_verb: str = "",
                 counted: str = "件", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._settings, self._empty, self._counted = key, settings, empty, counted
        self._sort, self._more, self._asked = ("", False), False, False
        self._total: int | None = None
        theme.mark(self, "surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = TableModel(columns, row_id, self)
        self.table = TableView(self.model, key, settings, self)
        self.table.setAccessibleName(heading)
        self.heading, self.primary = title(heading), primary
        self.search, self.chips = QLineEdit(self), FilterChips(groups, self)
        self.clear_button = button("清除筛选", "link", pressed=self.clear_filter)
        self.nothing = EmptyState(empty, empty_icon, empty_verb, self._empty_pressed)
        self._empty_verb = empty_verb
        self.footer = label("", "small")
        self.more_button = button("加载更多", "link", pressed=self.ask_more)
        self._build(search)
        self._listen()
        self._show_state()

    def _build(self, search: str) -> None:
        space = theme.tokens().space
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(space[3], space[2], space[3], space[1])
        column.setSpacing(space[1])
        self.head = QHBoxLayout()
        self.head.setSpacing(space[1])
        self.head.addWidget(self.heading)
        self.head.addStretch(1)
        if self.primary is not None:
            self.head.addWidget(self.primary)
        column.addLayout(self.head)
        column.addLayout(self._filter_line(search))
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.stack)
        column.addWidget(self.splitter, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.footer)
        foot.addWidget(self.more_button)
        foot.addStretch(1)
        column.addLayout(foot)

    def _filter_line(self, search: str) -> QHBoxLayout:
        self.search.setPlaceholderText(search)
        self.search.setAccessibleName(search)
        self.search.setToolTip("输入即筛选（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(theme.tokens().font * 9)
        self.search.setMaximumWidth(theme.tokens().font * 22)
        line = QHBoxLayout()
        line.setSpacing(theme.tokens().space[2])
        line.addWidget(self.search, 20)
        line.addWidget(self.chips, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.clear_button)
        line.addStretch(1)
        self.columns_button = columns = tool("columns", "选择显示的列")
        columns.clicked.connect(lambda: self.table.columns_menu().popup(columns.mapToGlobal(columns.rect().bottomLeft())))
        line.addWidget(columns)
        return line

    def _listen(self) -> None:
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self._into_table)
        self.chips.changed.connect(self._ask)
        self.table.sort_asked.connect(self._order)
        self.table.opened.connect(self.opened)
        self.table.selected.connect(self._selection)
        self.table.need_more.connect(self.ask_more)
        find = QShortcut(QKeySequence("Ctrl+F"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._into_search)
        self._sizes = QTimer(self, singleShot=True, interval=400)
        self._sizes.timeout.connect(self._remember_split)
        self.splitter.splitterMoved.connect(lambda *_: self._sizes.start())

    def filter(self) -> Filter:
        """What is filtered by now."""
        return Filter(self.search.text().strip(), self.chips.chosen(), *self._sort)

    def clear_filter(self) -> None:
        """Take every filter away and ask anew."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.chips.clear()
        self._ask()

    def set_rows(self, rows: Sequence[Any], more: bool = False, total: int | None = None) -> None:
        """Show a fresh first page (or the whole list again); `more` says that there is a next page, `total` how many in all."""
        self.model.replace(rows)
        self._page_came(more, total)

    def append_rows(self, rows: Sequence[Any], more: bool = False) -> None:
        """Add the next page."""
        self.model.append(rows)
        self._page_came(more, self._total)

    def ask_more(self) -> None:
        """Ask for the next page unless it is already on its way."""
        if self._more and not self._asked:
            self._asked = True
            self.need_more.emit()

    def more_failed(self) -> None:
        """The next page could not be read: it may be asked for again."""
        self._asked = False

    def set_preview(self, preview: QWidget) -> None:
        """Put a preview at the right of the table; its width is remembered."""
        self.splitter.addWidget(preview)
        kept = self._settings.columns.get(f"{self._key}/preview", [])
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([size for size in kept if isinstance(size, int)] if len(kept) == 2 else [600, 400])

    def add_tool(self, widget: QWidget) -> None:
        """Put a secondary button beside the primary one."""
        self.head.insertWidget(self.head.count() - (1 if self.primary else 0), widget)

    def say_empty(self, sentence: str, icon: str = "empty") -> None:
        """Change the sentence of the empty list."""
        self._empty = sentence
        self.nothing.say(sentence, icon)

    def _page_came(self, more: bool, total: int | None) -> None:
        self._more, self._asked, self._total = more, False, total
        self._show_state()

    def _ask(self) -> None:
        self._typing.stop()
        self._show_state()
        self.filtered.emit(self.filter())

    def _order(self, column: str, descending: bool) -> None:
        self._sort = (column, descending)
        self._ask()

    def _into_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _into_table(self) -> None:
        if self.model.rowCount():
            self.table.setFocus()
            if not self.table.currentIndex().isValid():
                self.table.selectRow(0)

    def _selection(self, ids: tuple[Hashable, ...]) -> None:
        self._show_state()
        self.selected.emit(ids)

    def _empty_pressed(self) -> None:
        if self.filter().empty:
            self.empty_pressed.emit()
        else:
            self.clear_filter()

    def _show_state(self) -> None:
        count, filtered = self.model.rowCount(), not self.filter().empty
        self.clear_button.setVisible(filtered)
        self.nothing.say("没有符合条件的内容。" if filtered else self._empty)
        verb = "清除筛选" if filtered else self._empty_verb
        self.nothing.button.setText(verb)
        self.nothing.button.setVisible(bool(verb))
        self.stack.setCurrentWidget(self.table if count else self.nothing)
        chosen = len(self.table.selected_ids())
        unit = self._counted
        whole = f"共 {self._total} {unit}" if self._total is not None else f"{'已显示' if self._more else '共'} {count} {unit}"
        shown = f"，已显示 {count} {unit}" if self._total is not None and count < self._total else ""
        self.footer.setText(f"{whole}{shown}" + (f"　已选 {chosen} {unit}" if chosen > 1 else ""))
        self.more_button.setVisible(self._more)

    def _remember_split(self) -> None:
        self._settings.columns[f"{self._key}/preview"] = self.splitter.sizes()
        self._settings.save()
