"""Sheets of accounts: headings, cells however they were typed, and what each row comes to; no database."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa_client.domain.actor import ROLES, Actor
from oa_client.domain.errors import Refused
from oa_client.domain.roster import BAD, CHANGED, DISABLED, ENABLED, NEW, SAME, Ground, Present
from oa_client.domain.roster_cells import Line, day, find_table, number, person_name, words
from oa_client.domain.roster_judging import judge
from oa_client.domain.roster_places import GIVEN, Place, Places
from oa_client.usecases.policy import login_fits

TODAY = date(2026, 11, 16)
ROOT, OFFICE, CRIMINAL, TRAFFIC = 1, 2, 3, 4
PLACES = Places([Place(ROOT, "云岚市公安局", "市局", None, "bureau"), Place(OFFICE, "云岚市公安局办公室", "办公室", ROOT, "office"),
                 Place(CRIMINAL, "云岚市公安局刑侦支队", "刑侦支队", ROOT), Place(TRAFFIC, "云岚市公安局交警支队", "交警支队", ROOT)])
PRESENT = (
    Present(11, "120003", "程以恒", CRIMINAL, "民警"), Present(12, "120002", "白沐阳", CRIMINAL, "内勤", frozenset({("clerk", CRIMINAL), ("reviewer", CRIMINAL)})),
    Present(13, "120009", "乔书言", CRIMINAL, "单位管理员", frozenset({("unit_admin", CRIMINAL)})), Present(14, "130003", "顾南星", TRAFFIC, "民警"),
    Present(15, "120005", "停用者", CRIMINAL, "民警", active=False), Present(16, "120006", "到期者", CRIMINAL, "民警", active=False, closes_on=date(2026, 10, 1)),
    Present(17, "100903", "安全之", ROOT, "", frozenset({("sec_admin", ROOT)})), Present(18, "110009", "谷知微", OFFICE, "", frozenset({("unit_admin", OFFICE)})),
    Present(19, "120007", "候任者", CRIMINAL, "民警", appointing=True), Present(20, "001234", "零开头", CRIMINAL, "综合科\n民警"),
    Present(21, "120008", "跨单位", CRIMINAL, "", frozenset({("archivist", TRAFFIC)})), Present(22, "110001", "苏明禾", OFFICE, "收发员", frozenset({("clerk", ROOT)})),
)
ADMIN = Actor(13, "120009", "乔书言", CRIMINAL, grants=frozenset({("unit_admin", CRIMINAL)}))
OFFICE_ADMIN = Actor(18, "110009", "谷知微", OFFICE, grants=frozenset({("unit_admin", OFFICE)}))
SYSTEM = Actor(30, "100901", "管系统", ROOT, grants=frozenset({("sys_admin", ROOT)}))
COLUMNS = ("login", "name", "unit", "post", "roles", "closes_on", "action", "state")


def problems(wanted):
    """What the form of an account refuses, in short."""
    wrong = {} if login_fits(wanted.login) else {"login": "警号应为 4 至 8 位数字。"}
    wrong |= {} if wanted.name else {"name": "请填写姓名。"}
    return wrong | ({"closes_on": "有效期不能早于今天。"} if wanted.closes_on and wanted.closes_on < TODAY else {})


def judged(*rows, actor=ADMIN, columns=COLUMNS):
    lines = [Line(at, dict(zip(columns, (*row, *[""] * len(columns)), strict=False))) for at, row in enumerate(rows, 2)]
    return judge(lines, Ground(actor, TODAY, PLACES, {item.login: item for item in PRESENT}, problems))


def one(*row, **more):
    (found,) = judged(row, **more)
    return found


@pytest.mark.parametrize(("row", "outcome", "said"), [
    (("120077", "贺新凉", "刑侦支队", "民警", "收发员、档案员", "2027-12-31"), NEW, "新建账号，角色：收发员、档案员。"), (("120077", "贺新凉"), NEW, "新建账号。"),
    ((120077.0, "贺  凉", "云岚市公安局刑侦支队"), NEW, "新建账号。"), (("１２００７７", "贺新凉", "刑侦支队", "", "本单位收发员"), NEW, "角色：收发员"),
    (("120003", "程以恒", "刑侦支队", "民警"), SAME, ""), (("120003", "程 以 恒", "", "民警"), SAME, ""),
    (("120003", "程以衡", "刑侦支队", "副大队长", "收发员"), CHANGED, "姓名：程以恒 → 程以衡；职务：民警 → 副大队长；角色：无 → 收发员。"),
    (("120003", "程以恒", "刑侦支队", "民警", "", date(2027, 1, 1)), CHANGED, "有效期：长期 → 2027-01-01。"),
    (("120002", "白沐阳", "刑侦支队", "内勤", "核稿人 收发员"), SAME, ""), (("120002", "白沐阳", "刑侦支队", "内勤", "收发员/档案员"), CHANGED, "角色：收发员、核稿人 → 收发员、档案员。"),
    (("120002", "白沐阳", "刑侦支队", "内勤", "无"), CHANGED, "→ 无。"), (("120003", "", "", "", "", "", "停用"), DISABLED, "停用账号。"),
    (("120005", "", "", "", "", "", "启用"), ENABLED, "启用账号。"), (("120005", "停用者", "刑侦支队", "教导员", "", "", "恢复"), ENABLED, "启用账号；职务：民警 → 教导员。"),
    (("120003", "", "", "", "", "", "启用"), SAME, "账号已启用。"), (("120005", "", "", "", "", "", "停用"), SAME, "账号已停用。"),
    (("120003", "别的", "", "", "", "", "跳过"), SAME, "按操作栏跳过。"), (("120009", "乔书言", "刑侦支队", "单位管理员", "单位管理员"), SAME, ""),
    (("130003", "顾南星", "交警支队", "民警"), SAME, ""), (("120006", "到期者", "刑侦支队", "民警", "", "2026-10-01", "", "停用"), SAME, ""),
    (("1234", "写明的短号"), NEW, "新建账号。"), (("001234", "零开头", "", "综合科  民警"), SAME, ""),
    (("120006", "", "", "", "", "2027-10-01", "启用"), ENABLED, "启用账号；有效期：2026-10-01 → 2027-10-01。"), (("100903", "安全之", "市局", "", "安全保密管理员"), SAME, ""),
])
def test_good_rows(row, outcome, said):
    found = one(*row)
    assert (found.outcome, said in found.sentence) == (outcome, True), found
    assert (found.wanted is not None) == (outcome != SAME)


@pytest.mark.parametrize(("row", "said"), [
    (("", "无号"), "请填写警号"), (("12a", "某人"), "4 至 8 位数字"), (("120077", ""), "请填写姓名"), (("120077", "某人", "无此单位"), "没有名为「无此单位」的单位"),
    (("120077", "某人", "交警支队"), "只能管理本单位"), (("120077", "某人", "", "", "局长"), "没有「局长」这个角色"), (("120077", "某人", "", "", "收发员 交警支队档案员"), "只能授予本单位的角色"),
    (("120077", "某人", "", "", "局收发员"), "只能授予本单位的角色"), (("120077", "某人", "", "", "单位管理员"), "单位管理员不能授予管理员角色"),
    (("120077", "某人", "", "", "系统管理员"), "不能授予管理员角色"), (("120077", "某人", "", "", "", "2026-11-15"), "不能早于今天"),
    (("120077", "某人", "", "", "", "明年"), "「明年」不是日期"), (("120077", "某人", "", "", "", "2026-02-30"), "不是日期"), (("120077", "某人", "", "", "", "", "删除"), "操作「删除」不认识"),
    (("120077", "某人", "", "", "", "", "停用"), "没有警号为 120077 的账号，不能停用"), (("120077", "某人", "", "", "", "", "", "停用"), "状态栏请留空"),
    (("120003", "程以恒", "", "民警", "", "", "新增"), "已有账号（程以恒，刑侦支队）"), (("120003", "程以恒", "交警支队", "民警"), "调动请在"),
    (("120003", "张三", "", "", "", "", "停用"), "与表中的姓名「张三」不符"), (("130003", "顾南星", "交警支队", "大队长"), "只能管理本单位"),
    (("130003", "", "", "", "", "", "停用"), "只能管理本单位"), (("100903", "", "", "", "", "", "停用"), "系统、安全保密、审计管理员"),
    (("120009", "乔书言", "", "科长", "单位管理员"), "不能管理自己的账号"), (("120009", "", "", "", "", "", "停用"), "不能管理自己的账号"),
    (("120003", "程以恒", "", "民警", "", "", "", "停用"), "请在操作栏填「停用」"), (("120005", "停用者", "", "民警", "", "", "", "在用"), "请在操作栏填「启用」"),
    (("120006", "", "", "", "", "", "启用"), "已于 2026-10-01 到期"), (("120006", "到期者", "", "内勤", "", "2026-10-01"), "不能早于今天"),
    ((1234.0, "零开头"), "可能丢了前面的 0（已有账号 001234）"), (("120008", "跨单位", "", "内勤", "交警支队档案员"), "有其他单位的角色"),
])
def test_bad_rows_are_told_why(row, said):
    found = one(*row)
    assert said in found.sentence
    assert (found.outcome, found.wanted) == (BAD, None)
    assert found.sentence.endswith("。")


def test_everything_that_is_wrong_with_a_row_is_told():
    said = one("12003a", "", "", "", "局长", "明年").sentence
    assert all(part in said for part in ("4 至 8 位数字。", "请填写姓名。", "没有「局长」", "有效期「明年」"))


@pytest.mark.parametrize(("row", "outcome", "said"), [
    (("130009", "新管理", "交警支队", "", "单位管理员"), NEW, "并申请任命为单位管理员"), (("130009", "新管理", "交警支队"), BAD, "请在角色栏填「单位管理员」"),
    (("130009", "新管理", "", "", "单位管理员"), BAD, "请填写单位"), (("130009", "新管理", "交警支队", "", "单位管理员、收发员"), BAD, "不直接授予角色"),
    (("130003", "顾南星", "交警支队", "民警", "单位管理员"), CHANGED, "申请任命为单位管理员"), (("130003", "顾南星", "交警支队", "教导员", "单位管理员"), BAD, "只管理各单位的单位管理员"),
    (("120009", "乔书言", "刑侦支队", "科长", "单位管理员"), CHANGED, "职务：单位管理员 → 科长"), (("120009", "乔书言", "刑侦支队", "单位管理员", ""), BAD, "免去单位管理员须另行申请"),
    (("120009", "", "", "", "", "", "停用"), DISABLED, "停用账号"), (("120007", "候任者", "刑侦支队", "民警", "单位管理员"), SAME, "待另一位系统管理员复核"),
    (("120005", "停用者", "刑侦支队", "民警", "单位管理员"), BAD, "不能为这个账号申请任命"), (("100903", "安全之", "市局", "", "安全保密管理员、单位管理员"), BAD, "不能为这个账号申请任命"),
])
def test_a_system_administrator_imports_unit_administrators(row, outcome, said):
    found = one(*row, actor=SYSTEM)
    assert found.outcome == outcome and said in found.sentence, found
    assert bool(found.wanted and found.wanted.appoints) is ("申请任命为" in found.sentence and outcome != BAD)
    if outcome == NEW:
        assert found.wanted.grants == frozenset()


def test_only_one_administrator_a_unit():
    first, second, third = judged(("130009", "甲", "交警支队", "", "单位管理员"), ("130010", "乙", "交警支队", "", "单位管理员"), ("110010", "丙", "办公室", "", "单位管理员"), actor=SYSTEM)
    assert (first.outcome, second.outcome, third.outcome) == (NEW, BAD, NEW) and "第 2 行已申请任命" in second.sentence


def test_the_offices_administrator_gives_the_bureaus_roles():
    found = one("110020", "新收发", "办公室", "", "收发员，局收发员；市局档案员", actor=OFFICE_ADMIN)
    assert found.outcome == NEW and found.wanted.grants == {("clerk", OFFICE), ("clerk", ROOT), ("archivist", ROOT)}
    assert "角色：收发员、局收发员、局档案员" in found.sentence
    assert one("110001", "苏明禾", "办公室", "收发员", "局收发员", actor=OFFICE_ADMIN).outcome == SAME


def test_a_number_that_comes_twice_is_bad_in_each_place():
    found = judged(("120077", "甲"), ("120003", "程以恒", "", "民警"), (120077.0, "乙"), ("120078", "丙"))
    assert [row.outcome for row in found] == [BAD, SAME, BAD, NEW]
    assert found[0].sentence == found[2].sentence == "警号 120077 在第 2、4 行重复，请只留一行。"


def test_what_the_sheet_has_no_column_for_stays():
    found = one("120002", "白沐洋", columns=("login", "name"))
    assert (found.outcome, found.sentence) == (CHANGED, "姓名：白沐阳 → 白沐洋。")
    assert found.wanted.grants == PRESENT[1].grants and found.wanted.post == "内勤"
    assert one("120003", "停用", columns=("login", "action")).outcome == DISABLED


@pytest.mark.parametrize(("cell", "wanted"), [
    ("2026-12-31", date(2026, 12, 31)), ("2026/1/2", date(2026, 1, 2)), ("2026年12月31日", date(2026, 12, 31)), ("20261231", date(2026, 12, 31)), (20261231.0, date(2026, 12, 31)),
    (46387.0, date(2026, 12, 31)), (46387.75, date(2026, 12, 31)), (46387, date(2026, 12, 31)), ("46387", date(2026, 12, 31)), ("２０２６．１．２", date(2026, 1, 2)),
    ("2026-12-31 00:00:00", date(2026, 12, 31)), (date(2026, 12, 31), date(2026, 12, 31)), (datetime(2026, 12, 31, 8), date(2026, 12, 31)), ("", None), ("长期", None),
])
def test_dates_however_they_were_typed(cell, wanted):
    assert day(cell) == wanted


@pytest.mark.parametrize("cell", ["明年", "2026-13-01", "12.5", 12.0, True, float("nan"), float("inf"), "#REF!", "-5", "99999"])
def test_what_is_no_date(cell):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the calendar says of it
        day(cell)


@pytest.mark.parametrize(("cell", "wanted"), [(120003.0, "120003"), (120003, "120003"), ("120003.0", "120003"), ("１２０００３", "120003"), (" 120 003 ", "120003"),
                                              ("'120003", "120003"), ("001234", "001234"), (True, "是"), (1.5, "1.5"), (float("nan"), "nan"), (1e22, "1e+22")])
def test_numbers_however_they_were_typed(cell, wanted):
    assert number(cell) == wanted


def test_names_lose_the_blanks_that_fill_them_up():
    assert [person_name(text) for text in ("程　恒", " 程 以 恒 ", "阿依古丽·买买提", "Anna  Maria")] == ["程恒", "程以恒", "阿依古丽·买买提", "Anna Maria"]


def test_the_headings_are_found_below_a_title_whatever_they_are_called():
    rows = [(1, ("云岚市公安局账号名单",)), (3, ("序号", "警 号*", "姓名（必填）", "所在单位：", "备注")), (4, (1.0, "示例", "程某某")), (5, (1.0, 120003.0, "程以恒")),
            (7, ("", "警号", "姓名")), (9, (3.0, "", "")), (10, (2.0, "120004", "沈嘉木", "刑侦支队", "新"))]
    found = find_table(rows)
    assert [(line.number, line.text("login"), line.text("unit")) for line in found.lines] == [(5, "120003", ""), (10, "120004", "刑侦支队")]
    assert found.ignored == ("序号", "备注")
    assert find_table([(21, ("警号", "姓名"))]) is None and find_table([(1, ("警号", "电话"))]) is None and find_table([]) is None


def test_two_columns_of_one_heading_are_refused():
    with pytest.raises(Refused, match="第 2 行有两列都是「单位」"):
        find_table([(2, ("警号", "姓名", "单位", "部门"))])


def test_units_of_one_short_name_are_told_apart():
    named = Places([Place(1, "市局", "市局", None), Place(2, "甲分局办公室", "办公室", 1), Place(3, "乙分局办公室", "办公室", 1)])
    assert named.words(2) == "甲分局办公室" and named.find("甲分局 办公室") == 2
    with pytest.raises(ValueError, match="不止一个"):
        named.find("办公室")


@given(st.sets(st.tuples(st.sampled_from(GIVEN), st.sampled_from((ROOT, OFFICE, CRIMINAL, TRAFFIC)))), st.sampled_from((ROOT, OFFICE, CRIMINAL)))
def test_roles_are_read_back_as_they_are_written(grants, home):
    assert PLACES.roles(PLACES.role_words(grants, home), home) == grants


CELLS = st.one_of(st.text(max_size=12), st.floats(), st.booleans(), st.dates(), st.integers(-10**9, 10**9),
                  st.sampled_from(["120003", 120003.0, "刑侦支队", "收发员", "停用", "启用", "单位管理员", "长期", *ROLES.values()]))


@pytest.mark.fuzz
@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), CELLS), max_size=4), st.sampled_from([ADMIN, OFFICE_ADMIN, SYSTEM]))
def test_no_cell_is_too_odd(rows, actor):
    lines = [Line(at, {"login": "", **row}) for at, row in enumerate(rows, 2)]
    found = judge(lines, Ground(actor, TODAY, PLACES, {item.login: item for item in PRESENT}, problems))
    assert [row.line for row in found] == [line.number for line in lines]
    for row in found:
        assert row.outcome != BAD or row.sentence
        assert (row.wanted is not None) == (row.outcome not in (BAD, SAME))
        assert all(isinstance(words(cell), str) for cell in row.fields.values())
