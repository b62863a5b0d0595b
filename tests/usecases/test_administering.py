"""Units, the password policy and the reconciliation, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from oa_client.domain.errors import Invalid, Refused
from oa_client.store.guard import guarded
from oa_client.store.work_tables import Fact
from oa_client.usecases import account_deeds, auditing, consents, directory, passwords, policies, reconciling, units
from oa_client.usecases.audit_rows import AuditFilter
from tests.small_bureau import PASSWORD


def form(**changes):
    return units.UnitForm(**{"name": "云岚市公安局网络安全保卫支队", "short": "网安支队", "code": "WAZ", "number_codes": "云公网", "posts": (("chief", "支队长"), ("deputy", "副支队长")),
                             **changes})


def test_a_system_administrator_sets_up_and_changes_a_unit(bureau):
    desk = bureau.desk("100901")
    made = units.save(desk, form()).value
    assert units.opened(desk, made) == form(position=4)
    units.save(desk, form(short="网安", posts=(("chief", "支队长"),), position=4), made)
    assert [unit.short for unit in directory.units(desk)][-1] == "网安"
    assert units.opened(desk, made).posts == (("chief", "支队长"),)


@pytest.mark.parametrize(("changes", "field"), [
    ({"name": " "}, "name"), ({"short": "刑侦支队"}, "short"), ({"code": "X"}, "code"), ({"kind": "bureau"}, "kind"), ({"number_codes": "云公刑"}, "number_codes"),
    ({"posts": (("chief", "甲"), ("chief", "乙"))}, "posts"),
])
def test_a_unit_is_judged(bureau, changes, field):
    with pytest.raises(Invalid) as told:
        units.save(bureau.desk("100901"), form(**changes))
    assert set(told.value.fields) == {field}


def test_the_bureau_itself_keeps_its_kind_and_place(bureau):
    desk, root = bureau.desk("100901"), bureau.units["root"]
    before = units.opened(desk, root)
    units.save(desk, units.UnitForm(**{**before.__dict__, "posts": (("chief", "局长"), ("deputy", "政委"))}), root)
    after = units.opened(desk, root)
    assert (after.kind, after.position, after.short) == (before.kind, before.position, before.short) and after.posts[-1] == ("deputy", "政委")


def test_the_bureau_has_its_archive_number_and_its_superiors(bureau):
    """They go into 档号, and into what is checked in a paper that goes up."""
    desk, root = bureau.desk("100901"), bureau.units["root"]
    before = units.opened(desk, root)
    assert (before.fonds, before.superiors, before.others_above) == ("Z109", ("江北省公安厅", "云岚市人民政府"), ())
    units.save(desk, replace(before, fonds="b207", superiors=("江北省公安厅",), others_above=(" 公安部 ", "江北省公安厅", "")), root)
    after = units.opened(desk, root)
    assert (after.fonds, after.superiors, after.others_above) == ("B207", ("江北省公安厅",), ("公安部",))
    with bureau.desk("110003").look() as session:
        assert session.get_one(Fact, "bureau").value == {"fonds": "B207", "direct_superiors": ["江北省公安厅"], "superiors": ["江北省公安厅", "公安部"]}
    units.save(desk, replace(after, superiors=()), root)
    words = [row.words for row in auditing.page(bureau.desk("100904"), AuditFilter(action="unit_edit")).rows]
    assert words == ["修改单位 云岚市公安局", "修改单位 云岚市公安局（上级机关）", "修改单位 云岚市公安局", "修改单位 云岚市公安局（全宗号、上级机关）"]


@pytest.mark.parametrize(("unit", "changes", "field"), [
    ("root", {"fonds": "Z10"}, "fonds"), ("root", {"fonds": "全宗一号"}, "fonds"), ("root", {"superiors": ("厅" * 301,)}, "superiors"), ("root", {"others_above": ("甲",) * 51}, "others_above"),
    ("criminal", {"fonds": "Z109"}, "fonds"), ("criminal", {"superiors": ("江北省公安厅",)}, "fonds")])
def test_what_is_the_bureaus_alone_is_judged(bureau, unit, changes, field):
    desk = bureau.desk("100901")
    with pytest.raises(Invalid) as told:
        units.save(desk, replace(units.opened(desk, bureau.units[unit]), **changes), bureau.units[unit])
    assert set(told.value.fields) == {field}


@pytest.mark.parametrize("login", ["120003", "120009", "100903"])
def test_the_bureaus_superiors_are_nobody_elses(bureau, login):
    if guarded(bureau.engine):
        with pytest.raises(DBAPIError, match="units are the system administrators"), bureau.engine_of(login).connect() as connection:
            connection.exec_driver_sql("SELECT oa.bureau_save('X999', '{}', '{}')")
    with pytest.raises(Refused):
        units.save(bureau.desk(login), replace(units.opened(bureau.desk("100901"), bureau.units["root"]), fonds="X999"), bureau.units["root"])


def test_a_number_code_belongs_to_one_unit_whatever_stands_between_codes(bureau):
    desk = bureau.desk("100901")
    made = units.save(desk, form(number_codes=" 云公网、云网办， ")).value
    assert units.opened(desk, made).number_codes == "云公网 云网办"
    with pytest.raises(Invalid, match="机关代字「云网办」是网安支队在用的"):
        units.save(desk, form(name="云岚市公安局法制支队", short="法制支队", number_codes="云公法、云网办"))


@pytest.mark.parametrize("login", ["120009", "100903", "110001"])
def test_units_are_nobody_elses(bureau, login):
    with pytest.raises(Refused):
        units.save(bureau.desk(login), form())


def test_the_policy_is_the_security_administrators(bureau):
    with pytest.raises(Refused):
        policies.change(bureau.desk("100901"), {"min_length": 12})
    with pytest.raises(Invalid) as told:
        policies.change(bureau.desk("100903"), {"min_length": 4, "lock_after": 50})
    assert set(told.value.fields) == {"min_length", "lock_after"}
    policies.change(bureau.desk("100903"), {"min_length": 14, "history": 1})
    assert policies.policy(bureau.desk("100904"))["min_length"] == 14
    desk = bureau.sign_in("120003")
    with pytest.raises(Invalid, match="至少 14 位"):
        passwords.change_password(desk, PASSWORD, "Short-Good-1")
    passwords.change_password(desk, PASSWORD, "Long-Enough-Good-1")


def test_reconciling_names_what_is_missing_and_it_can_be_mended(bureau):
    desk = bureau.desk("100901")
    page = reconciling.reconcile(desk)
    assert (page.system_administrators, page.agreed) == (3, False)
    found = {(state.unit, item.subject, item.mend) for state in page.units for item in state.differences}
    assert {("市局", "系统管理员", "guardian"), ("交警支队", "单位管理员", "appoint"), ("刑侦支队", "副支队长", "create")} <= found
    made = account_deeds.create(desk, account_deeds.AccountForm("130009", "新管理", bureau.units["traffic"], "单位管理员")).value
    consents.decide(bureau.desk("100902"), consents.ask(desk, "appoint", made.account_id, bureau.units["traffic"]).value, "agreed")
    account_deeds.create(bureau.desk("120009"), account_deeds.AccountForm("120030", "新副职", bureau.units["criminal"], "副支队长", frozenset({"deputy"})))
    left = {(state.unit, item.subject) for state in reconciling.reconcile(desk).units for item in state.differences}
    assert ("交警支队", "单位管理员") not in left and ("刑侦支队", "副支队长") not in left


def test_a_units_administrator_reconciles_the_own_unit(bureau):
    assert [state.unit for state in reconciling.reconcile(bureau.desk("120009")).units] == ["刑侦支队"]
    assert [state.unit for state in reconciling.reconcile(bureau.desk("110009")).units] == ["市局", "办公室"], "the office gives the bureau's roles"
    with pytest.raises(Refused):
        reconciling.reconcile(bureau.desk("120003"))
