"""Units as a system administrator sets them up and changes them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from oa_client.ui.pages.accounts_page import AccountsPage
from oa_client.ui.pages.unit_form import UnitDialog
from oa_client.ui.pages.unit_tree import ALL
from oa_client.ui.widgets.title_list import TitleList
from oa_client.usecases import units
from tests.ui.entering import words_of
from tests.ui.pages_room import room_of


@pytest.fixture
def room(small, jobs, qtbot):
    with room_of(small, jobs, qtbot) as made:
        yield made


@pytest.fixture
def page(room):
    return room.show("100901", AccountsPage)


def dialog() -> UnitDialog:
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, UnitDialog)
    return shown


def test_a_unit_is_set_up_and_shown(small, room, page):
    room.press(page.units.new)
    asked = dialog()
    asked.form.set_values({"name": "云岚市公安局网络安全保卫支队", "short": "网安支队", "code": "waz", "number_codes": "云公网", "chief": "支队长"})
    room.press(asked.deputies.add)
    asked.deputies.lines[0].setText("副支队长")
    room.press(asked.verb)
    room.settle(300)
    made = page.tree.unit()
    assert page.tree.name(made) == "网安支队"
    assert units.opened(small.desk("100901"), made) == units.UnitForm(
        "云岚市公安局网络安全保卫支队", "网安支队", "WAZ", "division", "云公网", (("chief", "支队长"), ("deputy", "副支队长")), 4)


def test_a_unit_is_changed_and_keeps_its_place(small, room, page):
    before = units.opened(small.desk("100901"), small.units["criminal"])
    page.tree.choose(small.units["criminal"])
    room.settle()
    room.press(page.units.edit)
    asked = dialog()
    assert "fonds" not in asked.form.values()
    assert (asked.form.values()["chief"], asked.deputies.value()) == ("支队长", ("副支队长",))
    asked.deputies.set_value(["政治委员", "副支队长"])
    room.key(asked.form.field("short"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.settle(300)
    after = units.opened(small.desk("100901"), small.units["criminal"])
    assert after.posts == (("chief", "支队长"), ("deputy", "政治委员"), ("deputy", "副支队长"))
    assert (after.name, after.position, after.kind) == (before.name, before.position, before.kind)
    assert page.tree.unit() == small.units["criminal"]


def test_the_bureau_itself_is_changed_without_a_kind(small, room, page):
    page.tree.choose(small.units["root"])
    room.settle()
    room.press(page.units.edit)
    asked = dialog()
    assert not asked.form.field("kind").isVisible()
    asked.deputies.set_value(["副局长", "政委"])
    assert asked.filled().kind == "bureau"
    direct, others = asked.above
    assert (asked.form.values()["fonds"], direct.value(), others.value()) == ("Z109", ("江北省公安厅", "云岚市人民政府"), ())
    asked.form.set_values({"fonds": "B2"})
    room.press(asked.verb)
    assert "全宗号应为 4 位字母或数字" in words_of(asked)
    asked.form.set_values({"fonds": "B207"})
    others.set_value(["公安部"])
    room.press(asked.verb)
    room.settle(300)
    after = units.opened(small.desk("100901"), small.units["root"])
    assert (after.kind, after.posts[-1]) == ("bureau", ("deputy", "政委"))
    assert (after.fonds, after.superiors, after.others_above) == ("B207", ("江北省公安厅", "云岚市人民政府"), ("公安部",))


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(room, page):
    room.press(page.units.new)
    asked = dialog()
    asked.form.set_values({"name": "某大队", "short": "刑侦支队", "code": "1"})
    room.press(asked.verb)
    assert "「刑侦支队」已在名录中。" in words_of(asked) and "机构代码应为 3 位字母或数字" in words_of(asked)
    assert asked.form.values()["name"] == "某大队"
    asked.reject()


def test_without_a_unit_there_is_nothing_to_change(room, page):
    page.tree.choose(ALL)
    room.settle()
    assert not page.units.edit.isEnabled() and page.units.edit.toolTip() == "先在上面选中一个单位。"


@pytest.mark.parametrize("login", ["120009", "100903", "120003"])
def test_units_are_the_system_administrators(room, login):
    assert room.show(login, AccountsPage).units is None


def test_titles_are_added_and_taken_away_by_keyboard(styled, qtbot):
    titles, told = TitleList("副职", 10), []
    qtbot.addWidget(titles)
    titles.changed.connect(lambda: told.append(titles.value()))
    titles.show()
    qtbot.keyClick(titles.add, Qt.Key.Key_Space)
    assert titles.lines[0].hasFocus() or not titles.isActiveWindow()
    qtbot.keyClicks(titles.lines[0], "abc")
    titles.set_value(["甲", "乙", "丙"])
    assert [line.accessibleName() for line in titles.lines] == ["副职 1", "副职 2", "副职 3"]
    titles._drop(titles.lines[1])
    assert titles.value() == ("甲", "丙") == told[-1]
    assert [line.accessibleName() for line in titles.lines] == ["副职 1", "副职 2"]
