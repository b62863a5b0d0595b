"""Lists keep what the user selected, whatever comes from the database."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTableView

from oa_client.settings import Settings
from oa_client.ui import theme
from oa_client.ui.models.table import ROW, Column, TableModel
from oa_client.ui.widgets.table_view import TableView


@dataclass(frozen=True)
class Row:
    id: int
    title: str = "通知"
    number: str = "〔2026〕1号"
    due: str = "剩 2 个工作日"
    tone: str = "soon"
    unread: bool = False


COLUMNS = (
    Column("title", "标题", 300, lambda row: row.title, two_line=lambda row: row.number, stretch=True, bold=lambda row: row.unread),
    Column("due", "办理期限", 120, lambda row: row.due, chip=True, tone=lambda row: row.tone, tip=lambda row: f"办理期限：{row.due}"),
    Column("pages", "页数", 60, lambda row: str(row.id), align="right", sort=True),
)


def rows(*ids):
    return [Row(number) for number in ids]


@pytest.fixture
def model(styled):
    made = TableModel(COLUMNS)
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return made


@pytest.fixture
def view(model, qtbot):
    made = TableView(model, "test", Settings())
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


def shown(model):
    return [model.id_at(at) for at in range(model.rowCount())]


def test_what_a_cell_says(model):
    model.replace([Row(7, "关于防汛的通知", "〔2026〕7号")])
    index = model.index(0, 0)
    assert index.data() == "关于防汛的通知"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "关于防汛的通知，〔2026〕7号"
    assert index.data(ROW).id == 7
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "办理期限：剩 2 个工作日"
    assert model.index(0, 2).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert [model.headerData(at, Qt.Orientation.Horizontal) for at in range(3)] == ["标题", "办理期限", "页数"]


@given(before=st.lists(st.integers(0, 60), unique=True), after=st.lists(st.integers(0, 60), unique=True), data=st.data())
def test_any_snapshot_can_follow_any_other_and_indexes_follow_their_rows(before, after, data):
    model = TableModel(COLUMNS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.replace(rows(*before))
    held = {key: QPersistentModelIndex(model.index(at, 0)) for at, key in enumerate(before)}
    renewed = set(data.draw(st.lists(st.sampled_from(after), unique=True))) if after else set()
    model.replace([Row(key, "新标题" if key in renewed else "通知") for key in after])
    assert shown(model) == after
    assert [model.row(at).title for at in range(len(after))] == ["新标题" if key in renewed else "通知" for key in after]
    for key, index in held.items():
        if key in after and index.isValid():
            assert model.id_at(index.row()) == key


def test_a_small_change_does_not_reset_the_list(model, qtbot):
    model.replace(rows(1, 2, 3, 4))
    with qtbot.assertNotEmitted(model.modelReset):
        model.replace(rows(9, 4, 1, 2))
    assert shown(model) == [9, 4, 1, 2]


def test_only_rows_that_changed_are_drawn_again(model):
    model.replace(rows(1, 2, 3))
    changed = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.replace([Row(1), replace(Row(2), title="改过"), Row(3)])
    assert changed == [(1, 1)]


def test_the_next_page_is_added_and_repeated_rows_are_renewed(model):
    model.replace(rows(1, 2))
    model.append([Row(2, "改过"), Row(3), Row(4)])
    assert shown(model) == [1, 2, 3, 4]
    assert model.row(1).title == "改过"


@pytest.mark.parametrize(("fresh", "left"), [
    ((1, 2, 3, 4, 5), (2, 4)), ((5, 4, 3, 2, 1), (4, 2)), ((0, 2, 9, 4), (2, 4)), ((4,), (4,)), ((8, 9), ()), ((), ()),
])
def test_the_selection_stays_with_its_rows(view, model, fresh, left, qtbot):
    model.replace(rows(1, 2, 3, 4, 5))
    for key in (2, 4):
        view.selectionModel().select(model.index(model.position(key), 0),
                                     QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows)
    model.replace(rows(*fresh))
    assert view.selected_ids() == left
    qtbot.waitUntil(lambda: view._told == left)


def test_the_selection_stays_even_when_the_list_is_reset(view, model, qtbot):
    model.replace(rows(*range(0, 400, 2)))
    view.select(200)
    qtbot.wait(5)
    heard = []
    view.selected.connect(heard.append)
    with qtbot.waitSignal(model.modelReset):
        model.replace(rows(*range(0, 400, 3), 200))
    qtbot.wait(5)
    assert view.selected_ids() == (200,)
    assert view.currentIndex().row() == model.position(200)
    assert heard == []


def test_a_selection_is_told_once(view, model, qtbot):
    model.replace(rows(1, 2, 3))
    heard = []
    view.selected.connect(heard.append)
    assert view.select(2)
    qtbot.wait(5)
    assert heard == [(2,)]
    assert [row.id for row in view.selected_rows()] == [2]
    assert not view.select(99)


def test_enter_and_double_click_open(view, model, qtbot):
    model.replace(rows(1, 2, 3))
    heard = []
    view.opened.connect(heard.append)
    view.select(3)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    place = view.visualRect(model.index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard == [3, 1]


def test_the_end_of_the_list_asks_for_more(view, model, qtbot):
    model.replace(rows(*range(100)))
    qtbot.wait(5)
    with qtbot.assertNotEmitted(view.need_more):
        view.verticalScrollBar().setValue(100)
    with qtbot.waitSignal(view.need_more, timeout=1000):
        view.scrollToBottom()


def test_columns_are_remembered(view, model, styled, qtbot, monkeypatch):
    kept = Settings()
    first = TableView(model, "incoming", kept)
    qtbot.addWidget(first)
    first.horizontalHeader().resizeSection(1, 177)
    first.columns_menu().actions()[2].trigger()
    qtbot.waitUntil(lambda: Settings.load().columns.get("incoming", [[0, 0, 0]] * 3)[1][1:] == [177, False])
    second = TableView(TableModel(COLUMNS), "incoming", Settings.load())
    qtbot.addWidget(second)
    assert second.horizontalHeader().sectionSize(1) == 177
    assert second.horizontalHeader().isSectionHidden(2) and not second.horizontalHeader().isSectionHidden(1)
    assert not first.columns_menu().actions()[0].isEnabled()


def test_pressing_a_heading_asks_for_an_order(view, qtbot):
    heard = []
    view.sort_asked.connect(lambda key, descending: heard.append((key, descending)))
    head = view.horizontalHeader()
    for section in (2, 2, 0):
        head.sectionClicked.emit(section)
    assert heard == [("pages", False), ("pages", True)]


@pytest.mark.parametrize(("size", "height"), [("normal", 54), ("large", 64), ("xlarge", 76)])
def test_rows_follow_the_text_size(view, styled, size, height):
    theme.apply(styled, "light", size)
    assert view.verticalHeader().defaultSectionSize() == height


def test_rows_are_drawn_with_words_and_tone(view, model, styled):
    model.replace([Row(1, due="超期 1 个工作日", tone="overdue")])
    image = view.grab().toImage()
    place = view.visualRect(model.index(0, 1)).translated(view.viewport().pos())
    colours = {image.pixelColor(x, y).name() for x in range(place.left(), place.right()) for y in range(place.top(), place.bottom())}
    assert theme.tokens().hex("overdue_soft").lower() in colours


def test_a_screen_reader_finds_the_cells(view, model):
    model.replace([Row(1, "关于防汛的通知")])
    table = QAccessible.queryAccessibleInterface(view)
    names = [table.child(at).text(QAccessible.Text.Name) for at in range(table.childCount())]
    assert table.text(QAccessible.Text.Name) == "列表"
    assert "关于防汛的通知，〔2026〕1号" in names and "办理期限" in names


def test_a_bare_view_can_show_the_model_too(model, qtbot):
    plain = QTableView()
    qtbot.addWidget(plain)
    plain.setModel(model)
    model.replace(rows(1, 2))
    model.replace(rows(2, 3, 1))
    assert shown(model) == [2, 3, 1]
