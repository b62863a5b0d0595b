"""The reconciliation: sums, differences in words and red, each with what mends it or who does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import delete

from oa_client.domain.errors import Unavailable
from oa_client.store import unit as transactions
from oa_client.store.tables import Account, RoleGrant
from oa_client.ui import theme
from oa_client.ui.pages.account_dialogs import OneTimePassword
from oa_client.ui.pages.account_form import EditAccount, NewAccount
from oa_client.ui.pages.appointing import AppointDialog
from oa_client.ui.pages.mending import PersonDialog
from oa_client.ui.pages.reconcile_page import CLEAR, ReconcilePage
from oa_client.ui.pages.reconcile_words import GUARDIAN
from oa_client.ui.widgets.opinion_box import OpinionBox
from oa_client.usecases import account_deeds, accounts, consents, guardians, reconciling
from oa_client.usecases.account_deeds import AccountForm
from tests.ui.entering import words_of
from tests.ui.pages_room import room_of

SYSTEM, OTHER, SECURITY, AUDIT, ADMIN, OFFICE_ADMIN = "100901", "100902", "100903", "100904", "120009", "110009"


@pytest.fixture
def room(small, jobs, qtbot):
    with room_of(small, jobs, qtbot) as made:
        yield made


def link(page, unit, words):
    """The link of a difference that says these words."""
    card = page.cards[unit]
    return next(each for each in card.links if words in each.accessibleName())


def told(page, unit):
    return words_of(page.cards[unit])


def dialog(kind):
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, kind), shown
    return shown


def row_of(small, login):
    return accounts.by_login(small.desk(SYSTEM), login)


def give(small, admin, login, roles, post=None, bureau=frozenset()):
    row = row_of(small, login)
    account_deeds.edit(small.desk(admin), row.id, AccountForm(login, row.name, row.unit_id, row.post if post is None else post, frozenset(roles), frozenset(bureau)), row.version)


def mend_everything(small):
    """What makes the small bureau agree."""
    guardians.close(small.engine, "100900")
    traffic, desk = small.units["traffic"], small.desk(SYSTEM)
    made = account_deeds.create(desk, AccountForm("130009", "新管理", traffic, "单位管理员")).value
    consents.decide(small.desk(OTHER), consents.ask(desk, "appoint", made.account_id, traffic).value, "agreed")
    account_deeds.create(small.desk(ADMIN), AccountForm("120030", "新副职", small.units["criminal"], "副支队长", frozenset({"deputy"})))


def test_differences_stand_in_red_words_with_who_mends_them(small, room):
    page = room.show(SYSTEM, ReconcilePage)
    units = small.units
    assert "3 个单位中 1 个没有管理员" in words_of(page.sums) and "系统管理员 3 名（应为 2 名）" in words_of(page.sums)
    assert "领导职数 6 个，5 个有账号" in words_of(page.sums)
    assert "系统管理员应有 2 个在用账号，现有 3 个" in told(page, units["root"]) and GUARDIAN in told(page, units["root"])
    assert "由刑侦支队单位管理员办理" in told(page, units["criminal"])
    red = [each for each in page.cards[units["criminal"]].findChildren(QLabel) if each.property("tone") == "overdue"]
    assert [each.text() for each in red] == ["副支队长没有在用账号"]
    assert [each.text() for each in page.cards[units["traffic"]].links] == ["申请任命"]


def test_agreeing_units_are_hidden_until_wanted(small, room):
    page = room.show(SYSTEM, ReconcilePage)
    assert not page.cards[small.units["office"]].isVisible()
    room.press(page.chips._chips["wrong", "wrong"])
    assert page.cards[small.units["office"]].isVisible() and "相符" in told(page, small.units["office"])
    assert page.footer.text().startswith("共 4 个单位")


def test_when_all_agrees_the_page_says_so_and_can_still_show_the_units(small, room):
    mend_everything(small)
    page = room.show(SYSTEM, ReconcilePage)
    assert CLEAR in words_of(page) and "3 个单位各有一名在用的管理员" in words_of(page.sums)
    assert "系统管理员 2 名" in words_of(page.sums) and "均有账号" in words_of(page.sums)
    room.press(page.clear.button)
    assert all(card.isVisible() for card in page.cards.values()) and page.footer.text() == "共 4 个单位，全部相符"


def test_an_administrator_is_appointed_from_here(small, room, qtbot):
    page = room.show(SYSTEM, ReconcilePage)
    room.press(link(page, small.units["traffic"], "没有在用的单位管理员"))
    asked = dialog(AppointDialog)
    assert {pick.name for pick in asked.picker.matches("")} == {"罗长风", "温若水", "顾南星"}
    room.press(asked.verb)
    assert "请选择人选。" in words_of(asked) and "请写明理由。" in words_of(asked)
    qtbot.keyClicks(asked.picker.input, "gnx")
    room.key(asked.picker.input, Qt.Key.Key_Return)
    asked.form.field("reason").setPlainText("交警支队尚无管理员")
    room.key(asked.form.field("reason"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.settle(300)
    assert "已申请任命 顾南星，待另一位系统管理员复核" in told(page, small.units["traffic"]) and not page.cards[small.units["traffic"]].links
    [request] = consents.pending(small.desk(OTHER))
    consents.decide(small.desk(OTHER), request.id, "agreed")
    room.changed("accounts")
    assert not page.cards[small.units["traffic"]].isVisible()


def test_one_administrator_too_many_is_dismissed(small, room, answer):
    target = row_of(small, "120003")
    with transactions.unit(small.engine) as session:
        session.add(RoleGrant(account_id=target.id, role="unit_admin", unit_id=target.unit_id))
    page = room.show(SYSTEM, ReconcilePage)
    assert "不止一名" in words_of(page.sums)
    answer("提交申请", lambda shown: shown.findChild(OpinionBox).set_text("多出一名"))
    room.press(link(page, small.units["criminal"], "有 2 位单位管理员"))
    room.settle(300)
    assert "已申请免去" in told(page, small.units["criminal"])
    assert [item.words for item in consents.pending(small.desk(OTHER))] == ["免去单位管理员"]


def test_a_vacant_post_is_filled_with_a_new_account(small, room):
    page = room.show(ADMIN, ReconcilePage)
    assert list(page.cards) == [small.units["criminal"]] and "刑侦支队单位管理员：乔书言" in words_of(page.sums)
    room.press(link(page, small.units["criminal"], "副支队长没有在用账号"))
    asked = dialog(NewAccount)
    assert asked.form.values()["post"] == "副支队长" and asked.boxes.roles() == {"deputy"}
    asked.form.set_values({"login": "120030", "name": "新副职"})
    room.press(asked.verb)
    room.settle(400)
    dialog(OneTimePassword).accept()
    room.settle(300)
    assert "副支队长" not in told(page, small.units["criminal"])


def test_a_former_holder_who_is_disabled_is_named(small, room):
    chief = row_of(small, "120001")
    account_deeds.set_active(small.desk(ADMIN), chief.id, False, chief.version)
    page = room.show(ADMIN, ReconcilePage)
    room.press(link(page, small.units["criminal"], "支队长没有在用账号"))
    asked = dialog(NewAccount)
    assert "原任支队长 韩立川（警号 120001）的账号已停用" in words_of(asked)
    asked.reject()


def test_who_bears_the_title_without_the_role_is_given_it(small, room):
    give(small, ADMIN, "120003", (), "副支队长")
    page = room.show(ADMIN, ReconcilePage)
    room.press(link(page, small.units["criminal"], "程以恒任副支队长"))
    asked = dialog(EditAccount)
    assert asked.boxes.roles() == {"deputy"} and asked.verb.isEnabled()
    room.press(asked.verb)
    room.settle(300)
    assert row_of(small, "120003").roles == ("分管领导",) and "程以恒" not in told(page, small.units["criminal"])


def test_who_leads_without_a_post_loses_the_role(small, room):
    give(small, ADMIN, "120003", {"deputy"})
    page = room.show(ADMIN, ReconcilePage)
    room.press(link(page, small.units["criminal"], "程以恒有分管领导角色"))
    asked = dialog(EditAccount)
    assert asked.boxes.roles() == frozenset()
    room.press(asked.verb)
    room.settle(300)
    assert row_of(small, "120003").roles == ()


def test_a_desk_without_anybody_is_given_to_somebody(small, room, qtbot):
    give(small, ADMIN, "120002", {"reviewer"})
    page = room.show(ADMIN, ReconcilePage)
    room.press(link(page, small.units["criminal"], "没有收发员"))
    who = dialog(PersonDialog)
    assert not who.verb.isEnabled() and {pick.name for pick in who.picker.matches("")} == {"韩立川", "白沐阳", "程以恒", "沈嘉木"}
    qtbot.keyClicks(who.picker.input, "bmy")
    room.key(who.picker.input, Qt.Key.Key_Return)
    room.press(who.verb)
    asked = dialog(EditAccount)
    assert asked.boxes.roles() == {"reviewer", "clerk"}
    room.press(asked.verb)
    room.settle(300)
    assert "没有收发员" not in told(page, small.units["criminal"])


def test_the_office_mends_the_bureaus_posts(small, room):
    with transactions.unit(small.engine) as session:
        session.get_one(Account, row_of(small, "100102").id).active = False
    page = room.show(OFFICE_ADMIN, ReconcilePage)
    assert list(page.cards) == [small.units["root"], small.units["office"]]
    room.press(link(page, small.units["root"], "副局长没有在用账号"))
    asked = dialog(NewAccount)
    assert (asked.form.values()["unit_id"], asked.boxes.roles(), asked.boxes.bureau_roles()) == (small.units["root"], {"deputy"}, frozenset())
    asked.form.set_values({"login": "110030", "name": "新局领导"})
    room.press(asked.verb)
    room.settle(400)
    dialog(OneTimePassword).accept()
    room.settle(300)
    assert "副局长" not in told(page, small.units["root"])


def test_the_office_gives_the_bureaus_own_people_their_roles(small, room):
    with transactions.unit(small.engine) as session:
        session.execute(delete(RoleGrant).where(RoleGrant.account_id == row_of(small, "100102").id))
    page = room.show(OFFICE_ADMIN, ReconcilePage)
    room.press(link(page, small.units["root"], "陆知远任副局长，账号没有分管领导角色"))
    room.press(dialog(EditAccount).verb)
    room.settle(400)
    assert small.desk("100102").actor.grants == {("deputy", small.units["root"])}


@pytest.mark.parametrize("login", [SECURITY, AUDIT])
def test_others_see_everything_and_mend_nothing(small, room, login):
    page = room.show(login, ReconcilePage)
    assert len(page.cards) == 4 and not any(card.links for card in page.cards.values())
    assert "由系统管理员办理" in told(page, small.units["traffic"]) and "由刑侦支队单位管理员办理" in told(page, small.units["criminal"])


def test_what_did_not_change_is_not_built_anew(small, room):
    page = room.show(SYSTEM, ReconcilePage)
    before = dict(page.cards)
    give(small, ADMIN, "120003", {"deputy"}, "副支队长")
    room.changed("accounts")
    anew = {unit for unit, card in page.cards.items() if card is not before[unit]}
    assert anew == {small.units["criminal"]}


def test_a_failure_is_told_in_place_and_can_be_tried_again(small, room, monkeypatch):
    def lost(_desk):
        raise Unavailable("连不上数据库。")
    with monkeypatch.context() as patched:
        patched.setattr(reconciling, "reconcile", lost)
        page = room.show(SYSTEM, ReconcilePage)
        assert "连不上数据库。" in words_of(page)
    room.press(page.trouble.button)
    assert len(page.cards) == 4 and not page.trouble.isVisible()


def test_every_link_says_where_it_leads(room):
    page = room.show(SYSTEM, ReconcilePage)
    for card in page.cards.values():
        assert card.accessibleName() and all(each.accessibleName().startswith(each.text()) for each in card.links)


def test_signs_take_the_colours_of_another_theme(small, room, styled):
    page = room.show(SYSTEM, ReconcilePage)
    theme.apply(styled, "dark", "large")
    room.settle()
    assert len(page.cards) == 4
    pictures = [each for each in page.cards[small.units["traffic"]].findChildren(QLabel) if not each.pixmap().isNull()]
    image = pictures[0].pixmap().toImage()
    drawn = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).alpha() == 255}
    assert theme.load("dark").hex("overdue").lower() in drawn
    theme.apply(styled, "light", "normal")
