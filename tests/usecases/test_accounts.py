"""Accounts and signing in, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from oa_client.domain.errors import Conflict, Invalid, NotFound, Refused
from oa_client.domain.names import PersonKeys, match_person, unpack_readings
from oa_client.store import unit as transactions
from oa_client.store.tables import Account, RoleGrant
from oa_client.usecases import account_deeds, accounts, consents, directory, passwords, signing_in
from oa_client.usecases.policy import defaults, password_problem, random_password
from tests.small_bureau import PASSWORD

NEW = "Another-Good-1"


def row(bureau, login, by="120009"):
    return accounts.by_login(bureau.desk(by), login)


def test_a_new_account_must_set_its_own_password(bureau):
    admin = bureau.desk("120009")
    made = account_deeds.create(admin, account_deeds.AccountForm("120077", "贺新凉", bureau.units["criminal"], "民警")).value
    desk = bureau.sign_in("120077", made.password)
    assert desk.actor.must_change
    with pytest.raises(Invalid, match="至少"):
        passwords.change_password(desk, made.password, "short")
    assert not passwords.change_password(desk, made.password, NEW).must_change
    assert bureau.sign_in("120077", NEW).actor.name == "贺新凉"


def test_a_number_is_given_once(bureau):
    with pytest.raises(Invalid, match="已有账号"):
        account_deeds.create(bureau.desk("120009"), account_deeds.AccountForm("120003", "重复", bureau.units["criminal"]))


@pytest.mark.parametrize(("by", "form", "said"), [
    ("120009", {"unit_id": "traffic"}, "只能管理本单位"), ("120009", {"roles": frozenset({"unit_admin"})}, "不能授予管理员角色"),
    ("100901", {"roles": frozenset({"clerk"})}, "不直接授予角色"), ("120003", {}, "只能管理本单位"), ("120009", {"login": "abc"}, "警号应为"), ("120009", {"name": ""}, "请填写姓名"),
])
def test_creating_is_refused(bureau, by, form, said):
    values = {"login": "120066", "name": "新人", "unit_id": "criminal", **form}
    values["unit_id"] = bureau.units[values["unit_id"]]
    with pytest.raises(Refused, match=said):
        account_deeds.create(bureau.desk(by), account_deeds.AccountForm(**values))


def test_a_system_administrator_appoints_unit_administrators(bureau):
    traffic = bureau.units["traffic"]
    made = account_deeds.create(bureau.desk("100901"), account_deeds.AccountForm("130009", "新管理", traffic, "单位管理员")).value
    asked = consents.ask(bureau.desk("100901"), "appoint", made.account_id, traffic, "到任").value
    assert not bureau.desk("130009").actor.holds("unit_admin", traffic)
    with pytest.raises(Refused, match="另一人复核"):
        consents.decide(bureau.desk("100901"), asked, "agreed")
    with pytest.raises(NotFound):
        consents.decide(bureau.desk("120009"), asked, "agreed")
    assert [row.words for row in consents.pending(bureau.desk("100902"))] == ["任命单位管理员"]
    consents.decide(bureau.desk("100902"), asked, "agreed")
    assert bureau.desk("130009").actor.holds("unit_admin", traffic)
    with pytest.raises(Conflict):
        consents.decide(bureau.desk("100902"), asked, "agreed")


def test_a_new_administrator_takes_the_place_of_the_old_one(bureau):
    criminal = bureau.units["criminal"]
    asked = consents.ask(bureau.desk("100901"), "appoint", bureau.desk("120003").actor.id, criminal).value
    consents.decide(bureau.desk("100902"), asked, "agreed")
    assert bureau.desk("120003").actor.holds("unit_admin", criminal)
    assert not bureau.desk("120009").actor.holds("unit_admin", criminal)


def test_a_leaders_password_needs_a_second_persons_consent(bureau):
    admin, chief = bureau.desk("120009"), row(bureau, "120001")
    with pytest.raises(Refused, match="须经另一人同意"):
        account_deeds.reset(admin, chief.id, chief.version)
    asked = consents.ask(admin, "reset", chief.id, chief.unit_id, "忘记密码").value
    with pytest.raises(Conflict):
        consents.ask(admin, "reset", chief.id, chief.unit_id, "再申请")
    consents.decide(bureau.desk("100903"), asked, "agreed")
    assert [item.usable for item in consents.pending(admin)] == [True]
    made = account_deeds.reset(admin, chief.id, chief.version).value
    assert bureau.sign_in("120001", made.password).actor.must_change
    with pytest.raises(Refused, match="须经另一人同意"):
        account_deeds.reset(admin, chief.id, row(bureau, "120001").version)


def test_a_refused_or_taken_back_request_gives_nothing(bureau):
    admin, chief = bureau.desk("120009"), row(bureau, "120001")
    for decider, answer in (("100903", "refused"), ("120009", "taken_back")):
        asked = consents.ask(admin, "reset", chief.id, chief.unit_id).value
        consents.decide(bureau.desk(decider), asked, answer)
        with pytest.raises(Refused, match="须经另一人同意"):
            account_deeds.reset(admin, chief.id, chief.version)


def test_the_offices_administrator_gives_the_bureaus_roles(bureau):
    form = account_deeds.AccountForm("110020", "新收发", bureau.units["office"], "收发员", frozenset({"clerk"}), frozenset({"clerk"}))
    account_deeds.create(bureau.desk("110009"), form)
    assert bureau.desk("110020").actor.grants == {("clerk", bureau.units["office"]), ("clerk", bureau.units["root"])}


def test_changing_an_account(bureau):
    target = row(bureau, "120002")
    form = account_deeds.AccountForm("120002", "白沐阳", target.unit_id, "综合科长", frozenset({"archivist"}))
    account_deeds.edit(bureau.desk("120009"), target.id, form, target.version)
    changed = row(bureau, "120002")
    assert (changed.post, changed.roles) == ("综合科长", ("档案员",))
    with pytest.raises(Conflict):
        account_deeds.edit(bureau.desk("120009"), target.id, form, target.version)


def test_the_offices_administrator_keeps_the_accounts_of_the_bureaus_leaders(bureau):
    office, leader = bureau.desk("110009"), row(bureau, "100102")
    form = account_deeds.AccountForm("100102", "陆知远", bureau.units["root"], "常务副局长", frozenset({"deputy"}))
    account_deeds.edit(office, leader.id, form, leader.version)
    assert row(bureau, "100102").post == "常务副局长"
    made = account_deeds.create(office, account_deeds.AccountForm("100103", "新局领导", bureau.units["root"], "副局长", frozenset({"deputy"}))).value
    assert bureau.desk("100103").actor.grants == {("deputy", bureau.units["root"])}
    with pytest.raises(Refused, match="须经另一人同意"):
        account_deeds.reset(office, made.account_id, row(bureau, "100103").version)
    consents.decide(bureau.desk("100901"), consents.ask(office, "reset", made.account_id, bureau.units["root"]).value, "agreed")
    assert account_deeds.reset(office, made.account_id, row(bureau, "100103").version).value.password
    for login in ("120009", "100901"):
        with pytest.raises(Refused, match="只"):
            account_deeds.set_active(bureau.desk(login), made.account_id, False, row(bureau, "100103").version)


def test_a_leader_who_administers_a_unit_gets_a_new_password_from_the_system_administrators(bureau):
    chief, criminal = row(bureau, "120001"), bureau.units["criminal"]
    consents.decide(bureau.desk("100902"), consents.ask(bureau.desk("100901"), "appoint", chief.id, criminal).value, "agreed")
    with pytest.raises(Refused, match="须经另一人同意"):
        account_deeds.reset(bureau.desk("100901"), chief.id, row(bureau, "120001").version)
    asked = consents.ask(bureau.desk("100901"), "reset", chief.id, criminal).value
    with pytest.raises(Refused, match="另一人复核"):
        consents.decide(bureau.desk("100901"), asked, "agreed")
    consents.decide(bureau.desk("100902"), asked, "agreed")
    assert account_deeds.reset(bureau.desk("100901"), chief.id, row(bureau, "120001").version).value.password


def test_a_role_held_elsewhere_outlasts_a_change_here(bureau):
    target, elsewhere = row(bureau, "120003"), ("archivist", bureau.units["traffic"])
    with transactions.unit(bureau.engine) as session:
        session.add(RoleGrant(account_id=target.id, role=elsewhere[0], unit_id=elsewhere[1]))
    form = account_deeds.AccountForm("120003", "程以恒", target.unit_id, "探长", frozenset({"clerk"}))
    account_deeds.edit(bureau.desk("120009"), target.id, form, row(bureau, "120003").version)
    assert bureau.desk("120003").actor.grants == {elsewhere, ("clerk", bureau.units["criminal"])}


def test_the_form_of_a_units_administrator_may_name_that_role_and_no_other_form(bureau):
    admin, form = row(bureau, "120009", "100901"), account_deeds.AccountForm("120009", "乔书言", bureau.units["criminal"], "管理员", frozenset({"unit_admin"}))
    account_deeds.edit(bureau.desk("100901"), admin.id, form, admin.version)
    assert bureau.desk("120009").actor.holds("unit_admin", bureau.units["criminal"])
    other = row(bureau, "120002")
    with pytest.raises(Refused, match="不能授予管理员角色"):
        account_deeds.edit(bureau.desk("120009"), other.id, account_deeds.AccountForm("120002", "白沐阳", other.unit_id, "", frozenset({"unit_admin", "clerk"})), other.version)


def test_a_password_of_before_does_not_come_again(bureau):
    desk = bureau.sign_in("120003", PASSWORD)
    passwords.change_password(desk, PASSWORD, NEW)
    passwords.change_password(desk, NEW, "Third-Good-3")
    with pytest.raises(Invalid, match="最近用过"):
        passwords.change_password(desk, "Third-Good-3", NEW)
    with pytest.raises(Invalid, match="原密码不对"):
        passwords.change_password(desk, "Wrong-Good-4", "Fourth-Good-5")
    assert bureau.sign_in("120003", "Third-Good-3").actor.name == "程以恒"


def test_an_expired_password_must_be_changed(bureau):
    passwords.change_password(bureau.sign_in("120003", PASSWORD), PASSWORD, NEW)
    with transactions.unit(bureau.engine) as session:
        session.execute(update(Account).where(Account.login == "120003").values(password_at=signing_in.now() - timedelta(days=91)))
    assert bureau.sign_in("120003", NEW).actor.must_change


def test_an_account_closes_by_date(bureau):
    target = row(bureau, "120003")
    with transactions.unit(bureau.engine) as session:
        session.execute(update(Account).where(Account.login == "120003").values(closes_on=bureau.now().date() - timedelta(days=2)))
    with pytest.raises(Refused, match="已停用"):
        sign_in_all(bureau, "120003")
    assert not row(bureau, "120003").active
    with pytest.raises(Refused, match="到期"):
        account_deeds.set_active(bureau.desk("120009"), target.id, True, row(bureau, "120003").version)


def sign_in_all(bureau, login):
    """Whoever signs in first in the day closes what has run out; then the officer tries."""
    bureau.sign_in("110001", PASSWORD)
    return bureau.sign_in(login, PASSWORD)


def test_a_disabled_account_does_not_sign_in_and_a_stale_screen_does_not_win(bureau):
    admin, seen = bureau.desk("120009"), row(bureau, "120003").version
    account_deeds.set_active(admin, row(bureau, "120003").id, False, seen)
    with pytest.raises(Refused, match="已停用"):
        bureau.sign_in("120003", PASSWORD)
    with pytest.raises(Conflict):
        account_deeds.reset(admin, row(bureau, "120003").id, seen)
    account_deeds.set_active(admin, row(bureau, "120003").id, True, row(bureau, "120003").version)
    assert bureau.sign_in("120003", PASSWORD)


def test_moving_ends_the_roles_of_the_old_unit(bureau):
    target = row(bureau, "120002")
    account_deeds.move(bureau.desk("120009"), target.id, bureau.units["traffic"], target.version)
    moved = bureau.desk("120002").actor
    assert (moved.unit_id, moved.grants) == (bureau.units["traffic"], frozenset())


def test_five_failures_lock(bureau):
    for _ in range(4):
        with pytest.raises(Refused, match="警号或密码不对"):
            bureau.sign_in("120003", "wrong")
    with pytest.raises(Refused, match="锁定"):
        bureau.sign_in("120003", "wrong")
    with pytest.raises(Refused, match="已锁定"):
        bureau.sign_in("120003", PASSWORD)
    bureau.sign_in("110001", PASSWORD)
    assert row(bureau, "120003").locked
    with transactions.unit(bureau.engine) as session:
        session.execute(update(Account).where(Account.login == "120003").values(locked_until=signing_in.now() - timedelta(seconds=1)))
    assert bureau.sign_in("120003", PASSWORD)


def test_an_unknown_number_gets_the_same_answer(bureau):
    with pytest.raises(Refused, match="警号或密码不对"):
        bureau.sign_in("999999", "whatever")


@pytest.mark.parametrize(("password", "wrong"), [("Ab1!", True), ("alllowercaseletters", True), ("Good-pass-2026", False), ("X120003aa-b", True), ("密码Good-pass-2026", True), ("Good pass 2026", True)])
def test_the_policy(password, wrong):
    assert bool(password_problem(password, "120003", defaults())) is wrong


def test_generated_passwords_meet_the_policy_and_differ():
    made = {random_password() for _ in range(200)}
    assert len(made) == 200 and not any(password_problem(item, "1", defaults()) for item in made)


def test_people_are_found_by_every_reading(bureau):
    found = {item.name: item for item in directory.candidates(bureau.desk("110001"))}
    assert "江承岳" in found and "管系统" not in found and "首任管理员" not in found
    keys = PersonKeys("单雄信", unpack_readings(directory.reading_keys("单雄信")))
    assert all(match_person(typed, keys) is not None for typed in ("单雄", "shanxx", "sxx", "dxx", "danxiongxin"))
    assert match_person("wang", keys) is None
