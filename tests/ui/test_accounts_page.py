"""Units and accounts: a directory for everybody, and what administrators may do within their scope."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from oa_client.ui import errors
from oa_client.ui.pages.account_dialogs import OneTimePassword
from oa_client.ui.pages.account_form import NewAccount
from oa_client.ui.pages.accounts_page import AccountsPage
from oa_client.ui.pages.unit_chooser import UnitChooser
from oa_client.ui.pages.unit_tree import ALL
from oa_client.ui.widgets.toast import Toast
from oa_client.usecases import account_deeds, accounts, consents, signing_in
from tests.ui.entering import press, words_of
from tests.ui.pages_room import column, room_of

ADMIN, SYSTEM, OFFICER = "120009", "100901", "120003"


@pytest.fixture
def room(small, jobs, qtbot):
    with room_of(small, jobs, qtbot) as made:
        yield made


@pytest.fixture
def page(room):
    """page(login) → the page of an officer."""
    return lambda login: room.show(login, AccountsPage)


def select(room, page, login):
    row = next(row for row in page.list.model.rows() if row.login == login)
    page.list.table.select(row.id)
    room.settle()
    return row


def row_of(small, login):
    return accounts.by_login(small.desk(ADMIN), login)


def dialog(kind):
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, kind)
    return shown


def test_the_own_unit_is_shown_first_with_how_many_people_each_unit_has(small, page):
    shown = page(ADMIN)
    assert shown.tree.unit() == small.units["criminal"]
    assert column(shown.list, "login") == ["120001", "120002", "120003", "120004", "120009"]
    counts = {item.text(0): item.text(1) for item in shown.tree._items.values()}
    assert counts == {"全部单位": "21", "市局": "7", "办公室": "6", "刑侦支队": "5", "交警支队": "3"}
    assert shown.list.footer.text() == "共 5 人"


@pytest.mark.parametrize(("typed", "names"), [
    ("cyh", ["程以恒"]), ("chengyh", ["程以恒"]), ("交警 gu", ["顾南星"]), ("130003", ["顾南星"]), ("档案员", ["叶静秋", "沈嘉木", "温若水"]), ("没有的人", [])])
def test_a_search_goes_through_the_whole_bureau_and_back(small, room, page, typed, names):
    shown = page(OFFICER)
    room.search(shown.list, typed)
    assert shown.tree.unit() == ALL and sorted(column(shown.list, "name")) == sorted(names)
    room.search(shown.list, "")
    assert shown.tree.unit() == small.units["criminal"] and len(column(shown.list, "name")) == 5


def test_for_others_it_is_a_directory_without_buttons(small, room, page):
    account_deeds.set_active(small.desk(ADMIN), row_of(small, "120004").id, False, row_of(small, "120004").version)
    shown = page(OFFICER)
    assert shown.deeds is None and shown.list.primary is None
    assert "沈嘉木" not in column(shown.list, "name")
    assert "state" not in [item.key for item in shown.list.model.columns]


def test_what_is_refused_says_why(small, room, page):
    shown = page(ADMIN)
    deeds = shown.deeds
    assert not deeds.turn.isEnabled() and deeds.turn.toolTip() == "先选中一个账号。"
    select(room, shown, ADMIN)
    assert not deeds.reset.isEnabled() and "不能管理自己的账号" in deeds.why.text()
    assert deeds.reset.toolTip() == deeds.why.text()
    select(room, shown, OFFICER)
    assert deeds.turn.isEnabled() and deeds.reset.isEnabled() and deeds.move.isEnabled() and deeds.new.isEnabled()
    shown.tree.choose(small.units["traffic"])
    room.settle()
    assert not deeds.new.isEnabled() and "只能管理本单位" in deeds.new.toolTip()


def test_disabling_can_be_undone(small, room, page):
    shown = page(ADMIN)
    select(room, shown, OFFICER)
    room.press(shown.deeds.turn)
    room.settle(250)
    assert not row_of(small, OFFICER).active
    assert column(shown.list, "state")[2] == "已停用" and shown.deeds.turn.text() == "启用"
    toast = shown.window().findChild(Toast)
    press(toast, "撤销")
    room.settle(250)
    assert row_of(small, OFFICER).active and shown.deeds.turn.text() == "停用"


def test_a_stale_screen_does_not_win_and_is_read_again(small, room, page):
    shown = page(ADMIN)
    select(room, shown, OFFICER)
    account_deeds.set_active(small.desk(ADMIN), row_of(small, OFFICER).id, False, row_of(small, OFFICER).version)
    room.press(shown.deeds.turn)
    told = errors.shown()
    assert len(told) == 1 and "刚被别人改过" in words_of(told[0])
    room.settle(100)
    assert shown.selected().active is False and shown.deeds.turn.text() == "启用"


def test_a_new_password_is_shown_once_and_can_be_copied(small, room, page, answer):
    shown = page(ADMIN)
    select(room, shown, OFFICER)
    answer("重置密码")
    room.press(shown.deeds.reset)
    room.settle(200)
    told = dialog(OneTimePassword)
    password = told.password.text()
    room.press(told.copy)
    assert QApplication.clipboard().text() == password and told.copy.text() == "已复制"
    told.accept()
    assert signing_in.sign_in(small.engine, OFFICER, password).actor.must_change


def test_going_back_resets_nothing(small, room, page, answer):
    shown = page(ADMIN)
    before = select(room, shown, OFFICER).version
    answer("返回")
    room.press(shown.deeds.reset)
    assert row_of(small, OFFICER).version == before


def test_a_new_account_with_roles(small, room, page):
    shown = page(ADMIN)
    room.press(shown.deeds.new)
    asked = dialog(NewAccount)
    assert list(asked.roles) == ["chief", "deputy", "clerk", "reviewer", "archivist"]
    assert [asked.form.field("unit_id").itemText(at) for at in range(asked.form.field("unit_id").count())] == ["刑侦支队"]
    asked.form.set_values({"login": "12a", "name": "贺新凉", "post": "内勤"})
    room.press(asked.verb)
    assert "警号应为 4 至 8 位数字。" in words_of(asked.form)
    asked.form.set_values({"login": "120077"})
    asked.roles["clerk"].setChecked(True)
    room.press(asked.verb)
    room.settle(400)
    told = dialog(OneTimePassword)
    assert "贺新凉（警号 120077）" in words_of(told)
    password = told.password.text()
    told.accept()
    room.settle(250)
    assert shown.selected().login == "120077"
    assert dict(zip(column(shown.list, "login"), column(shown.list, "state"), strict=True))["120077"] == "待首次登录"
    assert signing_in.sign_in(small.engine, "120077", password).actor.holds("clerk", small.units["criminal"])


def test_a_number_that_is_taken_is_told_at_its_field(room, page):
    shown = page(ADMIN)
    room.press(shown.deeds.new)
    asked = dialog(NewAccount)
    asked.form.set_values({"login": OFFICER, "name": "重复"})
    room.press(asked.verb)
    room.settle(300)
    assert f"警号 {OFFICER} 已有账号。" in words_of(asked.form)
    asked.reject()


def test_a_system_administrator_asks_for_unit_administrators_anywhere(small, room, page):
    shown = page(SYSTEM)
    shown.tree.choose(small.units["traffic"])
    room.settle()
    room.press(shown.deeds.new)
    asked = dialog(NewAccount)
    assert not asked.roles and asked.appoint.isChecked()
    asked.form.set_values({"login": "130009", "name": "新管理", "unit_id": small.units["traffic"]})
    room.press(asked.verb)
    room.settle(400)
    dialog(OneTimePassword).accept()
    room.settle(100)
    [asked] = consents.pending(small.desk("100902"))
    assert (asked.words, asked.name) == ("任命单位管理员", "新管理")
    consents.decide(small.desk("100902"), asked.id, "agreed")
    assert small.desk("130009").actor.holds("unit_admin", small.units["traffic"])


def test_moving_says_which_roles_end(small, room, page, qtbot):
    shown = page(ADMIN)
    select(room, shown, "120002")
    room.press(shown.deeds.move)
    asked = dialog(UnitChooser)
    assert "收发员、核稿人" in words_of(asked) and "随之终止" in words_of(asked)
    offered = [asked.list.item(at).text() for at in range(asked.list.count())]
    assert offered == ["市局", "办公室", "交警支队"] and not asked.verb.isEnabled()
    qtbot.keyClicks(asked.search, "jjz")
    assert [asked.list.item(at).text() for at in range(asked.list.count())] == ["交警支队"]
    qtbot.keyClick(asked.search, Qt.Key.Key_Return)
    room.settle(250)
    moved = small.desk("120002").actor
    assert (moved.unit_id, moved.grants) == (small.units["traffic"], frozenset())
    assert "白沐阳" not in column(shown.list, "name")


def test_going_back_moves_nobody(small, room, page, qtbot):
    shown = page(ADMIN)
    before = select(room, shown, "120002").version
    room.press(shown.deeds.move)
    asked = dialog(UnitChooser)
    qtbot.keyClick(asked.search, Qt.Key.Key_Down)
    assert asked.list.currentRow() == 0 and asked.verb.isEnabled()
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    room.settle()
    assert row_of(small, "120002").version == before


def test_states_narrow_the_list(small, room, page):
    account_deeds.set_active(small.desk(ADMIN), row_of(small, "120004").id, False, row_of(small, "120004").version)
    shown = page(ADMIN)
    room.press(next(each for each in shown.list.chips.children() if getattr(each, "text", str)() == "已停用"))
    assert column(shown.list, "login") == ["120004"]
    room.press(shown.list.clear_button)
    assert len(column(shown.list, "login")) == 5
