"""The library's list: below the search line stand the choices by year, unit, kind, direction and retention."""

from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from oa_client.settings import Settings
from oa_client.ui import theme
from oa_client.ui.pages.row_columns import library_columns
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.flow_layout import FlowLayout
from oa_client.ui.widgets.list_page import Filter, ListPage
from oa_client.usecases.library import Facets, LibraryFilter
from oa_client.usecases.rules import retention

KEY = "library"
CHOICES = {"year": ("年度", "全部年度"), "unit_id": ("单位", "全部单位"), "doc_type": ("文种", "全部文种"), "kind": ("收文或发文", "收文和发文"),
           "retention": ("保管期限", "全部保管期限")}
KINDS = {"receive": "收文", "send": "发文"}
UNFILED = "unfiled"


class LibraryList(ListPage):
    """`filter()` tells the choices with the chips, so that everything that goes by the filter knows of them."""

    choices: Mapping[str, Choice] = MappingProxyType({})
    unfiled: QCheckBox | None = None

    def __init__(self, settings: Settings) -> None:
        super().__init__(KEY, "公文库", library_columns(), settings, search="搜索正文、标题、文号、附件", empty="正在读取……", empty_icon="library")
        row = QWidget(self)
        line = FlowLayout(row, theme.tokens().space[1])
        made = {key: _choice(name, nothing, row) for key, (name, nothing) in CHOICES.items()}
        box = QCheckBox("含未归档", row)
        box.setToolTip("连同您可以阅看的、还没有归档的公文一起查找")
        for widget in (*made.values(), box):
            line.addWidget(widget)
        for choice in made.values():
            choice.changed.connect(self._ask)
        box.toggled.connect(lambda _: self._ask())
        self.choices, self.unfiled = made, box
        self.column.insertWidget(2, row)

    def filter(self) -> Filter:
        """What is filtered by now, the choices among the chips."""
        plain = super().filter()
        chosen = {key: (choice.value(),) for key, choice in self.choices.items() if choice.value() is not None}
        if self.unfiled is not None and self.unfiled.isChecked():
            chosen[UNFILED] = (True,)
        return Filter(plain.text, {**plain.chips, **chosen}, plain.sort, plain.descending)

    def clear_filter(self) -> None:
        """Take every filter away and ask anew."""
        for choice in self.choices.values():
            with QSignalBlocker(choice):
                choice.set_value(None)
        if self.unfiled is not None:
            with QSignalBlocker(self.unfiled):
                self.unfiled.setChecked(False)
        super().clear_filter()

    def narrowed(self) -> LibraryFilter:
        """The filter as the use case wants it."""
        now = self.filter()
        year, unit_id = (next(iter(now.of(key, int)), None) for key in ("year", "unit_id"))
        doc_type, kind, period = (next(iter(now.of(key, str)), "") for key in ("doc_type", "kind", "retention"))
        return LibraryFilter(now.text, year, unit_id, doc_type, kind, period, UNFILED not in now.chips)

    def offer(self, facets: Facets) -> None:
        """Offer what there is, with how many filed documents each; a choice that is gone no longer narrows."""
        before = self.filter()
        names = {period.code: period.name for period in retention().periods}
        self._put("year", [(year, f"{year} 年", count) for year, count in facets.years])
        self._put("unit_id", facets.units)
        self._put("doc_type", [(kind, kind or "未标文种", count) for kind, count in facets.doc_types])
        self._put("kind", [(kind, KINDS.get(kind, kind), count) for kind, count in facets.kinds])
        self._put("retention", [(code, names.get(code, code), count) for code, count in facets.retentions])
        if self.filter() != before:
            self._ask()

    def _put(self, key: str, options: Sequence[tuple[Hashable, str, int]]) -> None:
        choice = self.choices[key]
        choice.blockSignals(True)
        choice.set_options([(value, f"{words}（{count}）") for value, words, count in options if value != ""])
        choice.blockSignals(False)


def _choice(name: str, nothing: str, parent: QWidget) -> Choice:
    made = Choice(none=nothing, parent=parent)
    made.setAccessibleName(f"筛选：{name}")
    made.setToolTip(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMaximumWidth(theme.tokens().font * 16)
    return made
