"""Administrators' verbs on an account: changing it, a leader's password with a second person's consent, appointing and dismissing."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from oa_client.ui.pages import resetting
from oa_client.ui.pages.account_dialogs import OneTimePassword
from oa_client.ui.pages.account_form import EditAccount, NewAccount
from oa_client.ui.pages.accounts_page import AccountsPage
from oa_client.ui.widgets.opinion_box import OpinionBox
from oa_client.usecases import account_deeds, accounts, consents, signing_in
from tests.ui.entering import words_of
from tests.ui.pages_room import column, room_of

ADMIN, OFFICE_ADMIN, SYSTEM, OTHER_SYSTEM, SECURITY, OFFICER, CHIEF = "120009", "110009", "100901", "100902", "100903", "120003", "120001"


@pytest.fixture
def room(small, jobs, qtbot):
    with room_of(small, jobs, qtbot) as made:
        yield made


def select(room, page, login):
    row = next(row for row in page._rows if row.login == login)
    page.tree.choose(row.unit_id)
    page.list.table.select(row.id)
    room.settle()
    return row


def row_of(small, login):
    return accounts.by_login(small.desk(SYSTEM), login)


def dialog(kind):
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, kind)
    return shown


def reason(words):
    """Fills the reason of a question."""
    return lambda shown: shown.findChild(OpinionBox).set_text(words)


def open_edit(room, page, login) -> EditAccount:
    select(room, page, login)
    room.press(page.deeds.edit)
    return dialog(EditAccount)


def test_name_post_roles_and_last_day_are_changed_and_the_list_shows_the_day(small, room):
    page = room.show(ADMIN, AccountsPage)
    assert page.list.table.isColumnHidden(6)
    asked = open_edit(room, page, OFFICER)
    assert "还没有改动。" in words_of(asked) and not asked.verb.isEnabled()
    until = small.desk(ADMIN).today() + timedelta(days=30)
    asked.form.field("post").setText("一中队民警")
    asked.form.field("closes_on").set_value(until)
    asked.boxes.own["reviewer"].setChecked(True)
    assert "将改职务、有效期、角色" in words_of(asked)
    room.press(asked.verb)
    room.settle(250)
    row = row_of(small, OFFICER)
    assert (row.post, row.closes_on, row.grants) == ("一中队民警", until, frozenset({("reviewer", small.units["criminal"])}))
    assert not page.list.table.isColumnHidden(6) and until.isoformat() in column(page.list, "closes_on")


def test_what_is_wrong_stays_in_the_form(small, room):
    page = room.show(ADMIN, AccountsPage)
    asked = open_edit(room, page, OFFICER)
    asked.form.field("name").setText("")
    asked.form.field("closes_on").set_value(small.desk(ADMIN).today() - timedelta(days=1))
    room.key(asked.form.field("name"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "请填写姓名。" in words_of(asked) and "有效期不能早于今天。" in words_of(asked)
    assert row_of(small, OFFICER).name == "程以恒"
    asked.reject()


def test_the_office_gives_the_bureaus_roles_as_well(small, room):
    page = room.show(OFFICE_ADMIN, AccountsPage)
    asked = open_edit(room, page, "110002")
    root, office = small.units["root"], small.units["office"]
    assert (asked.boxes.roles(), asked.boxes.bureau_roles()) == (frozenset(), frozenset({"clerk"}))
    asked.boxes.own["clerk"].setChecked(True)
    asked.boxes.bureau["archivist"].setChecked(True)
    room.press(asked.verb)
    room.settle(250)
    assert row_of(small, "110002").grants == frozenset({("clerk", root), ("clerk", office), ("archivist", root)})


def test_other_units_have_no_bureau_roles(room):
    page = room.show(ADMIN, AccountsPage)
    asked = open_edit(room, page, OFFICER)
    assert not asked.boxes.bureau and list(asked.boxes.own) == ["chief", "deputy", "clerk", "reviewer", "archivist"]
    asked.reject()


def test_a_system_administrator_changes_a_unit_administrator_without_touching_roles(small, room):
    page = room.show(SYSTEM, AccountsPage)
    asked = open_edit(room, page, ADMIN)
    assert asked.boxes is None
    asked.form.field("name").setText("乔书砚")
    room.press(asked.verb)
    room.settle(250)
    row = row_of(small, ADMIN)
    assert row.name == "乔书砚" and row.roles == ("单位管理员",)


def test_a_leaders_password_is_asked_for_decided_by_another_and_then_reset(small, room, answer):
    page = room.show(ADMIN, AccountsPage)
    select(room, page, CHIEF)
    assert page.deeds.why.text() == resetting.NEEDS and page.deeds.reset.isEnabled()
    answer("提交申请", reason("本人忘记密码，已当面核实"))
    room.press(page.deeds.reset)
    room.settle(250)
    [asked] = consents.pending(small.desk(SECURITY))
    assert (asked.name, asked.reason) == ("韩立川", "本人忘记密码，已当面核实")
    assert page.deeds.why.text() == resetting.WAITS and not page.deeds.reset.isEnabled() and page.deeds.reset.toolTip() == resetting.WAITS
    consents.decide(small.desk(SECURITY), asked.id, "agreed")
    room.changed("accounts")
    assert page.deeds.why.text() == resetting.AGREED and page.deeds.reset.isEnabled()
    answer("重置密码")
    room.press(page.deeds.reset)
    room.settle(250)
    told = dialog(OneTimePassword)
    assert signing_in.sign_in(small.engine, CHIEF, told.password.text()).actor.must_change
    told.accept()
    room.settle(200)
    assert page.deeds.why.text() == resetting.NEEDS


def test_going_back_asks_for_nothing(small, room, answer):
    page = room.show(ADMIN, AccountsPage)
    select(room, page, CHIEF)
    answer("返回", reason("不提了"))
    room.press(page.deeds.reset)
    assert consents.pending(small.desk(SECURITY)) == ()


def test_an_officers_password_needs_nobodys_consent(room):
    page = room.show(ADMIN, AccountsPage)
    select(room, page, OFFICER)
    assert page.deeds.why.text() == "" and page.deeds.reset.isEnabled()


def test_an_appointment_is_asked_for_and_waits(small, room, answer):
    page = room.show(SYSTEM, AccountsPage)
    select(room, page, "130003")
    assert page.deeds.appoint.text() == "申请任命管理员" and page.deeds.appoint.isEnabled()
    assert not page.deeds.edit.isEnabled() and "只管理各单位的单位管理员" in page.deeds.edit.toolTip()
    answer("提交申请", reason("交警支队尚无管理员"))
    room.press(page.deeds.appoint)
    room.settle(250)
    assert not page.deeds.appoint.isEnabled() and "待另一位系统管理员复核" in page.deeds.why.text()
    [asked] = consents.pending(small.desk(OTHER_SYSTEM))
    consents.decide(small.desk(OTHER_SYSTEM), asked.id, "agreed")
    room.changed("accounts")
    assert page.deeds.appoint.text() == "申请免去管理员" and page.deeds.edit.isEnabled()


def test_a_dismissal_is_asked_for(small, room, answer):
    page = room.show(SYSTEM, AccountsPage)
    select(room, page, ADMIN)
    answer("提交申请", reason("本人调离"))
    room.press(page.deeds.appoint)
    room.settle(250)
    [asked] = consents.pending(small.desk(OTHER_SYSTEM))
    assert (asked.words, asked.name) == ("免去单位管理员", "乔书言")


@pytest.mark.parametrize(("login", "words"), [("100102", "市局本级不设单位管理员"), ("100903", "不能在这里变更"), (SYSTEM, "不能管理自己的账号")])
def test_who_cannot_be_appointed(room, login, words):
    page = room.show(SYSTEM, AccountsPage)
    select(room, page, login)
    assert not page.deeds.appoint.isEnabled() and words in page.deeds.appoint.toolTip()


def test_a_leader_who_is_also_administrator_is_not_reset_by_the_system_administrator(small, room):
    desk = small.desk(SYSTEM)
    chief = row_of(small, CHIEF)
    consents.decide(small.desk(OTHER_SYSTEM), consents.ask(desk, "appoint", chief.id, chief.unit_id).value, "agreed")
    page = room.show(SYSTEM, AccountsPage)
    select(room, page, CHIEF)
    assert not page.deeds.reset.isEnabled() and page.deeds.why.text() == resetting.NOT_HERE


def test_without_a_selection_nothing_can_be_done_and_the_bar_says_so(room):
    page = room.show(ADMIN, AccountsPage)
    bar = page.deeds.bar
    assert "选中一个账号后办理" in words_of(bar)
    for each in (page.deeds.edit, page.deeds.reset, page.deeds.move, page.deeds.hand, page.deeds.turn):
        assert not each.isEnabled() and each.toolTip() == "先选中一个账号。" == each.accessibleDescription()


def test_a_new_account_may_close_by_a_day(small, room):
    page = room.show(ADMIN, AccountsPage)
    room.press(page.deeds.new)
    asked = dialog(NewAccount)
    until = small.desk(ADMIN).today() + timedelta(days=90)
    asked.form.set_values({"login": "120088", "name": "借调员", "closes_on": until})
    room.press(asked.verb)
    room.settle(400)
    dialog(OneTimePassword).accept()
    assert row_of(small, "120088").closes_on == until


def test_an_account_past_its_day_is_enabled_only_with_a_new_one(small, room):
    row, today = row_of(small, OFFICER), small.desk(ADMIN).today()
    account_deeds.edit(small.desk(ADMIN), row.id, account_deeds.AccountForm(OFFICER, row.name, row.unit_id, row.post, closes_on=today), row.version)
    account_deeds.set_active(small.desk(ADMIN), row.id, False, row.version + 1)
    small.at += timedelta(days=2)
    page = room.show(ADMIN, AccountsPage)
    asked = open_edit(room, page, OFFICER)
    asked.form.field("closes_on").set_value(None)
    room.press(asked.verb)
    room.settle(250)
    room.press(page.deeds.turn)
    room.settle(250)
    assert row_of(small, OFFICER).active
