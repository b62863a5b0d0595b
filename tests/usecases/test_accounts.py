"""Accounts and signing in, on both databases."""

from datetime import timedelta

import pytest

from oa_client.domain.errors import Conflict, Invalid, Refused
from oa_client.domain.names import PersonKeys, match_person, unpack_readings
from oa_client.usecases import accounts, directory, signing_in
from oa_client.usecases.policy import password_problem, random_password
from tests.small_bureau import PASSWORD

NEW = "Another-Good-1"


def row(bureau, login, by="120009"):
    return accounts.by_login(bureau.desk(by), login)


def test_a_new_account_must_set_its_own_password(bureau):
    admin = bureau.desk("120009")
    made = accounts.create(admin, accounts.AccountForm("120077", "贺新凉", bureau.units["criminal"], "民警")).value
    desk = signing_in.sign_in(bureau.engine, "120077", made.password)
    assert desk.actor.must_change
    with pytest.raises(Invalid, match="至少"):
        signing_in.change_password(desk, made.password, "short")
    assert not signing_in.change_password(desk, made.password, NEW).must_change
    assert signing_in.sign_in(bureau.engine, "120077", NEW).actor.name == "贺新凉"


def test_a_number_is_given_once(bureau):
    with pytest.raises(Invalid, match="已有账号"):
        accounts.create(bureau.desk("120009"), accounts.AccountForm("120003", "重复", bureau.units["criminal"]))


@pytest.mark.parametrize(("by", "form", "said"), [
    ("120009", {"unit_id": "traffic"}, "只能管理本单位"), ("120009", {"roles": frozenset({"unit_admin"})}, "不能授予管理员角色"),
    ("100901", {}, "只建立单位管理员"), ("120003", {}, "只能管理本单位"), ("120009", {"login": "abc"}, "警号应为"), ("120009", {"name": ""}, "请填写姓名"),
])
def test_creating_is_refused(bureau, by, form, said):
    values = {"login": "120066", "name": "新人", "unit_id": "criminal", **form}
    values["unit_id"] = bureau.units[values["unit_id"]]
    with pytest.raises(Refused, match=said):
        accounts.create(bureau.desk(by), accounts.AccountForm(**values))


def test_a_system_administrator_appoints_unit_administrators(bureau):
    form = accounts.AccountForm("130009", "新管理", bureau.units["traffic"], "单位管理员", frozenset({"unit_admin"}))
    accounts.create(bureau.desk("100901"), form)
    assert bureau.desk("130009").actor.holds("unit_admin", bureau.units["traffic"])


def test_a_disabled_account_does_not_sign_in_and_a_stale_screen_does_not_win(bureau):
    admin, seen = bureau.desk("120009"), row(bureau, "120003").version
    accounts.set_active(admin, row(bureau, "120003").id, False, seen)
    with pytest.raises(Refused, match="已停用"):
        signing_in.sign_in(bureau.engine, "120003", PASSWORD)
    with pytest.raises(Conflict):
        accounts.reset(admin, row(bureau, "120003").id, seen)
    accounts.set_active(admin, row(bureau, "120003").id, True, row(bureau, "120003").version)
    assert signing_in.sign_in(bureau.engine, "120003", PASSWORD)


def test_moving_ends_the_roles_of_the_old_unit(bureau):
    target = row(bureau, "120002")
    accounts.move(bureau.desk("120009"), target.id, bureau.units["traffic"], target.version)
    moved = bureau.desk("120002").actor
    assert (moved.unit_id, moved.grants) == (bureau.units["traffic"], frozenset())


def test_five_failures_lock(bureau, monkeypatch):
    for _ in range(4):
        with pytest.raises(Refused, match="警号或密码不对"):
            signing_in.sign_in(bureau.engine, "120003", "wrong")
    with pytest.raises(Refused, match="锁定"):
        signing_in.sign_in(bureau.engine, "120003", "wrong")
    with pytest.raises(Refused, match="已锁定"):
        signing_in.sign_in(bureau.engine, "120003", PASSWORD)
    later = signing_in.now() + timedelta(minutes=31)
    monkeypatch.setattr(signing_in, "server_clock", lambda _session: lambda: later)
    assert signing_in.sign_in(bureau.engine, "120003", PASSWORD)


def test_an_unknown_number_gets_the_same_answer(bureau):
    with pytest.raises(Refused, match="警号或密码不对"):
        signing_in.sign_in(bureau.engine, "999999", "whatever")


@pytest.mark.parametrize(("password", "wrong"), [("Ab1!", True), ("alllowercaseletters", True), ("Good-pass-2026", False), ("X120003aa-b", True)])
def test_the_policy(password, wrong):
    assert bool(password_problem(password, "120003")) is wrong


def test_generated_passwords_meet_the_policy_and_differ():
    made = {random_password() for _ in range(200)}
    assert len(made) == 200 and not any(password_problem(item, "1") for item in made)


def test_people_are_found_by_every_reading(bureau):
    found = {item.name: item for item in directory.candidates(bureau.desk("110001"))}
    assert "江承岳" in found and "管系统" not in found and "首任管理员" not in found
    keys = PersonKeys("单雄信", unpack_readings(directory.reading_keys("单雄信")))
    assert all(match_person(typed, keys) is not None for typed in ("单雄", "shanxx", "sxx", "dxx", "danxiongxin"))
    assert match_person("wang", keys) is None
