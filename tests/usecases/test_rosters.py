"""Accounts by workbook, on both databases: preview, carrying out, slips with passwords, template, export and back again."""

import stat
import time
from datetime import date

import pytest
from sqlalchemy import func, insert, select

from oa_client.domain.errors import Invalid, OaError, Refused, Unavailable
from oa_client.domain.happenings import words
from oa_client.domain.roster import BAD, CHANGED, DISABLED, ENABLED, NEW, SAME
from oa_client.render.spreadsheet import read_spreadsheet
from oa_client.store import unit as transactions
from oa_client.store.audit_tables import Event
from oa_client.store.tables import Account
from oa_client.usecases import account_deeds, accounts, consents, roster_files, rosters
from oa_client.usecases.account_deeds import AccountForm
from tests.sheet_files import make_ods, make_xls, make_xlsx

CHANGED_MEANWHILE = "这个账号刚被别人改过。请刷新后核对再操作。"
HEAD = ("警号", "姓名", "单位", "职务", "角色", "有效期", "操作")


def shown(bureau, who, *rows, head=HEAD):
    desk = bureau.desk(who)
    return rosters.preview(desk, rosters.read_roster(desk, make_xlsx([head, *rows]), "名单.xlsx"))


def carried(bureau, who, preview, lines=None, report=None):
    return rosters.carry_out(bureau.desk(who), preview, preview.good if lines is None else lines, report)


def row(bureau, login):
    return accounts.by_login(bureau.desk("120009"), login)


def outcomes(preview):
    return [item.outcome for item in preview.rows]


def test_good_rows_go_ahead_and_bad_ones_are_named(bureau):
    until = bureau.now().date().replace(year=2030)
    preview = shown(bureau, "120009", (120077.0, "贺新凉", "刑侦支队", "民警", "收发员、核稿人", until), ("120003", "程以衡", "刑侦支队", "民警", "", ""), ("130003", "顾南星", "交警支队", "大队长"),
                    (), ("120004", "沈嘉木", "刑侦支队", "档案员", "档案员"), ("120002", "", "", "", "", "", "停用"), ("12x", "坏号", "刑侦支队"), ("120009", "乔书言", "刑侦支队", "科长", "单位管理员"))
    assert outcomes(preview) == [NEW, CHANGED, BAD, SAME, DISABLED, BAD, BAD] and preview.good == (2, 3, 7)
    assert [item.line for item in preview.bad] == [4, 8, 9] and preview.words == "共 7 行：新建 1，修改 1，停用 1，不变 1，错误 3。"
    told = []
    done = carried(bureau, "120009", preview, report=lambda *said: told.append(said))
    assert [item.line for item in done.value.done] == [2, 3, 7] and not done.value.failed and done.topics == {"accounts"}
    assert done.notice == "办成 3 行，新账号 1 个。" and told[0] == (0, 3, "新建：120077 贺新凉") and told[-1] == (3, 3, "导入账号")
    made, criminal = row(bureau, "120077"), bureau.units["criminal"]
    assert (made.name, made.closes_on, made.grants) == ("贺新凉", until, {("clerk", criminal), ("reviewer", criminal)})
    assert (row(bureau, "120003").name, row(bureau, "120002").active, row(bureau, "120002").roles) == ("程以衡", False, ("收发员", "核稿人"))
    assert (row(bureau, "130003").post, row(bureau, "120009").post) == ("民警", "单位管理员")
    (slip,) = done.value.slips
    assert bureau.sign_in("120077", slip.issued.password).actor.must_change and slip.unit == "刑侦支队"
    assert outcomes(shown(bureau, "120009", ("120077", "贺新凉", "刑侦支队", "民警", "核稿人、收发员", until), ("120002", "", "", "", "", "", "启用"))) == [SAME, ENABLED]


def test_each_row_is_on_record(bureau):
    carried(bureau, "120009", shown(bureau, "120009", ("120077", "贺新凉"), ("120003", "程以恒", "", "教导员"), ("120004", "", "", "", "", "", "停用")))
    with transactions.look(bureau.engine) as session:
        actions = session.scalars(select(Event.action).where(Event.login == "120009").order_by(Event.id)).all()
    assert actions == ["account_create", "account_edit", "account_disable"]


def test_only_the_chosen_rows_are_carried_out(bureau):
    preview = shown(bureau, "120009", ("120003", "程以衡", "", "民警"), ("120002", "白沐洋", "", "内勤", "收发员、核稿人"), ("", "坏"))
    done = carried(bureau, "120009", preview, (3, 4, 99))
    assert [item.line for item in done.value.done] == [3]
    assert (row(bureau, "120003").name, row(bureau, "120002").name) == ("程以恒", "白沐洋")
    nothing = carried(bureau, "120009", preview, ())
    assert (nothing.topics, nothing.notice) == (frozenset(), "没有要办理的行。")


def test_an_account_that_was_changed_meanwhile_fails_alone(bureau):
    preview = shown(bureau, "120009", ("120003", "程以衡", "", "民警"), ("120077", "贺新凉"), ("120002", "", "", "", "", "", "停用"), ("120078", "后来者"))
    admin, other = bureau.desk("120009"), row(bureau, "120003")
    account_deeds.edit(admin, other.id, AccountForm("120003", "程以恒", other.unit_id, "教导员"), other.version)
    account_deeds.create(admin, AccountForm("120077", "先到者", other.unit_id))
    account_deeds.set_active(admin, row(bureau, "120002").id, False, row(bureau, "120002").version)
    result = carried(bureau, "120009", preview).value
    assert [item.line for item in result.done] == [5] and [item.line for item, _said in result.failed] == [2, 3, 4]
    assert [said for _row, said in result.failed] == [CHANGED_MEANWHILE, "警号 120077 已有账号。", CHANGED_MEANWHILE]
    assert result.words == "办成 1 行，未成功 3 行，新账号 1 个。"
    assert (row(bureau, "120003").name, row(bureau, "120003").post, row(bureau, "120077").name) == ("程以恒", "教导员", "先到者")


def test_what_one_row_does_in_two_steps(bureau):
    later = bureau.now().date().replace(year=2031)
    carried(bureau, "120009", shown(bureau, "120009", ("120003", "", "", "", "", "", "停用")))
    preview = shown(bureau, "120009", ("120003", "程以恒", "", "教导员", "", later, "启用"))
    assert preview.rows[0].sentence == f"启用账号；职务：民警 → 教导员；有效期：长期 → {later}。"
    assert carried(bureau, "120009", preview).value.done
    assert (row(bureau, "120003").active, row(bureau, "120003").post, row(bureau, "120003").closes_on) == (True, "教导员", later)


def test_the_second_step_may_fail_alone(bureau, monkeypatch):
    preview = shown(bureau, "100901", ("130009", "新管理", "交警支队", "", "单位管理员"))

    def refused(*_given):
        raise Refused("现在不能申请。")

    monkeypatch.setattr(consents, "ask", refused)
    done = carried(bureau, "100901", preview)
    assert done.value.failed[0][1] == "新建账号已办成，其余没有：现在不能申请。" and len(done.value.slips) == 1 and done.topics


def test_breaking_off_keeps_what_was_done(bureau):
    class Cancelled(BaseException):
        pass

    def report(at, _total, _words):
        if at == 2:
            raise Cancelled

    preview = shown(bureau, "120009", ("120077", "甲"), ("120003", "程以衡", "", "民警"), ("120078", "乙"))
    result = carried(bureau, "120009", preview, report=report).value
    assert [item.line for item in result.done] == [2, 3] and [item.line for item in result.left] == [4]
    assert result.slips[0].issued.login == "120077" and result.words == "办成 2 行，未办理 1 行，新账号 1 个。"


@pytest.mark.parametrize(("trouble", "said"), [(Unavailable("与数据库的连接中断。"), "连接中断"), (ZeroDivisionError(), "请重新预览核对"), (KeyboardInterrupt(), "请重新预览核对")])
def test_trouble_ends_the_work_but_not_the_passwords(small, monkeypatch, trouble, said):
    def breaks(*_given):
        raise trouble

    preview = shown(small, "120009", ("120077", "甲"), ("120003", "程以衡", "", "民警"), ("120002", "白沐洋", "", "内勤", "收发员、核稿人"))
    monkeypatch.setattr(account_deeds, "edit", breaks)
    result = carried(small, "120009", preview).value
    assert (len(result.done), len(result.slips), len(result.left)) == (1, 1, 1) and said in result.failed[0][1]


def test_a_system_administrator_imports_those_who_are_to_be_appointed(bureau):
    traffic, rows = bureau.units["traffic"], [("130009", "新管理", "交警支队", "单位管理员", "单位管理员"), ("120003", "程以恒", "刑侦支队", "民警", "单位管理员"), ("130010", "他人", "交警支队")]
    preview = shown(bureau, "100901", *rows)
    assert outcomes(preview) == [NEW, CHANGED, BAD]
    assert len(carried(bureau, "100901", preview).value.done) == 2
    assert not bureau.desk("130009").actor.holds("unit_admin")
    assert outcomes(shown(bureau, "100902", *rows)) == [SAME, SAME, BAD]
    asked = {item.login: item for item in consents.pending(bureau.desk("100902"))}
    assert {login: (item.kind, item.reason) for login, item in asked.items()} == dict.fromkeys(("130009", "120003"), ("appoint", "按名单导入"))
    consents.decide(bureau.desk("100902"), asked["130009"].id, "agreed")
    assert bureau.desk("130009").actor.holds("unit_admin", traffic)
    assert outcomes(shown(bureau, "100901", rows[0])) == [SAME]


def test_a_system_administrator_changes_and_disables_unit_administrators(bureau):
    done = carried(bureau, "100901", shown(bureau, "100901", ("120009", "乔书言", "刑侦支队", "综合科长", "单位管理员"), ("110009", "", "", "", "", "", "停用")))
    assert len(done.value.done) == 2, done.value.failed
    assert bureau.desk("120009").actor.post == "综合科长" and bureau.desk("120009").actor.holds("unit_admin")
    assert not accounts.by_login(bureau.desk("100901"), "110009").active


@pytest.mark.parametrize("who", ["120009", "110009", "100901"])
def test_an_export_comes_back_unchanged(bureau, tmp_path, who):
    admin, criminal = bureau.desk("120009"), bureau.units["criminal"]
    strange = AccountForm("120066", "阿依古丽·买买提", criminal, "=1+1", frozenset({"clerk"}), closes_on=bureau.now().date().replace(year=2032))
    account_deeds.create(admin, strange)
    account_deeds.set_active(admin, row(bureau, "120003").id, False, row(bureau, "120003").version)
    desk, file = bureau.desk(who), tmp_path / "导出.xlsx"
    told = roster_files.export(desk, file)
    preview = rosters.preview(desk, rosters.open_roster(desk, file))
    kept = {"120009": {"刑侦支队"}, "110009": {"市局", "办公室"}, "100901": {item.unit for item in accounts.accounts(desk)}}[who]
    assert {item.fields["login"] for item in preview.rows} == {item.login for item in accounts.accounts(desk) if item.unit in kept and (who == "100901" or not item.login.startswith("1009"))}
    assert preview.counts == {SAME: len(preview.rows)}, preview.bad
    assert told.notice == f"已导出账号 {len(preview.rows)} 个。" and not preview.roster.ignored
    with transactions.look(bureau.engine) as session:
        noted = session.scalars(select(Event).where(Event.action == "accounts_export")).one()
        assert noted.login == who and f'"count": {len(preview.rows)}' in noted.detail
    assert words("accounts_export", {"count": 3}) == "导出账号清单 3 个"


def test_an_export_of_one_unit_is_edited_and_imported(bureau, tmp_path):
    desk, file = bureau.desk("120009"), tmp_path / "导出.xlsx"
    roster_files.export(desk, file, bureau.units["criminal"])
    roster = rosters.open_roster(desk, file)
    assert {line.text("unit") for line in roster.lines} == {"刑侦支队"} and len(roster.lines) == 5
    rows = [HEAD, *(tuple(line.text(key) for key in ("login", "name", "unit", "post", "roles", "closes_on", "action")) for line in roster.lines)]
    edited = [tuple("综合科民警" if cell == "民警" else cell for cell in line) for line in rows]
    for maker in (make_xlsx, make_xls, make_ods):
        assert rosters.preview(desk, rosters.read_roster(desk, maker(edited), "改.xls")).counts == {CHANGED: 1, SAME: 4}


def test_who_may_import_and_export(bureau, tmp_path):
    for who in ("120003", "100101", "100904"):
        with pytest.raises(Refused, match="单位管理员和系统管理员办理"):
            rosters.read_roster(bureau.desk(who), make_xlsx([HEAD]), "名单.xlsx")
    with pytest.raises(Refused, match="导出账号由"):
        roster_files.export(bureau.desk("120003"), tmp_path / "导出.xlsx")
    roster_files.export(bureau.desk("100904"), tmp_path / "导出.xlsx")
    with pytest.raises(Refused, match="只导出自己管理的账号"):
        roster_files.export(bureau.desk("120009"), tmp_path / "导出.xlsx", bureau.units["traffic"])


@pytest.mark.parametrize(("who", "units", "outcome"), [("120009", ["刑侦支队"], NEW), ("110009", ["办公室", "市局"], NEW), ("100901", ["市局", "办公室", "刑侦支队", "交警支队"], NEW)])
def test_the_template_is_filled_in_and_imported(bureau, tmp_path, who, units, outcome):
    desk, file = bureau.desk(who), tmp_path / "模板.xlsx"
    roster_files.template(desk, file)
    empty = rosters.preview(desk, rosters.open_roster(desk, file))
    assert (empty.rows, empty.words) == ((), "名单里没有账号。")
    sheet, guide = read_spreadsheet(file.read_bytes(), "模板.xlsx", 100)
    example = [str(cell) for cell in sheet.rows[1][1]]
    assert (sheet.name, guide.name, sheet.rows[0][1]) == ("账号名单", "填写说明", HEAD)
    assert [line[2] for _number, line in guide.rows[1:] if line[2]] == units
    assert all(words in str(guide.rows) for words in ("点「导入」后才写入", "不加就直接写入"))
    told = "".join(str(cell) for _number, line in guide.rows for cell in line)
    assert "确认后" not in told
    filled = shown(bureau, who, ("1" + example[2].replace("刑侦支队", "2").replace("办公室", "1").replace("交警支队", "3") + "0078", *example[1:]))
    assert outcomes(filled) == [outcome], filled.rows


def test_slips_are_private_and_whole(bureau, tmp_path):
    result, file = carried(bureau, "120009", shown(bureau, "120009", ("120077", "甲"), ("120078", "乙"))).value, tmp_path / "口令.xlsx"
    file.write_bytes(b"old")
    file.chmod(0o644)
    assert "2 个" in roster_files.write_passwords(result, file).notice
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (sheet,) = read_spreadsheet(file.read_bytes(), "口令.xlsx", 100)
    assert [line for _number, line in sheet.rows[2:]] == [(slip.issued.login, slip.issued.name, slip.unit, slip.issued.password) for slip in result.slips]
    assert "设好后它即失效" in sheet.rows[0][1][0]
    assert list(tmp_path.glob(".*")) == []


def test_a_place_that_cannot_be_written(small, tmp_path):
    (tmp_path / "占用.xlsx").mkdir()
    with pytest.raises(Unavailable, match="写不进去"):
        roster_files.template(small.desk("120009"), tmp_path / "占用.xlsx")
    assert [item.name for item in tmp_path.glob(".*")] == []
    with pytest.raises(Unavailable, match="读不出来"):
        rosters.open_roster(small.desk("120009"), tmp_path / "没有.xlsx")


@pytest.mark.parametrize(("rows", "said"), [([("名单",)], "没有找到表头"), ([HEAD, *(((str(200000 + at)), "某") for at in range(5001))], "超过 5000 行"),
                                            ([(*HEAD[:3], "部门")], "有两列都是「单位」"), ([*[("题",)] * 20, HEAD], "没有找到表头")])
def test_a_sheet_without_a_table_is_told(small, rows, said):
    with pytest.raises(OaError, match=said):
        rosters.read_roster(small.desk("120009"), make_xlsx(rows), "名单.xlsx")


def test_the_limit_itself_is_read(small):
    full = [*[("题",)] * 19, HEAD, *((str(200000 + at), "某") for at in range(5000))]
    assert len(rosters.read_roster(small.desk("120009"), make_xlsx(full), "名单.xlsx").lines) == 5000


def test_five_hundred_rows_are_previewed_at_once(small):
    with transactions.unit(small.engine) as session:
        session.execute(insert(Account), [{"login": str(500000 + at), "name": "多人", "unit_id": small.units["criminal"], "post": "民警", "created_at": small.at} for at in range(3000)])
    rows = [(str(500000 + at), "多人", "刑侦支队", "教导员" if at % 2 else "民警", "收发员" if at % 3 else "", date(2030, 1, 1)) for at in range(500)]
    data, desk = make_xlsx([HEAD, *rows]), small.desk("120009")
    began = time.perf_counter()
    preview = rosters.preview(desk, rosters.read_roster(desk, data, "名单.xlsx"))
    assert time.perf_counter() - began < 1.5
    assert preview.counts == {CHANGED: 500}
    with transactions.look(small.engine) as session:
        assert session.scalar(select(func.count()).select_from(Account).where(Account.post == "教导员")) == 0


def test_roles_are_named_by_their_words_or_keys(bureau):
    desk, office = bureau.desk("110009"), bureau.units["office"]
    assert rosters.roles_named(desk, ["收发员", "reviewer", "局核稿人"], office) == ({"clerk", "reviewer"}, {"reviewer"})
    assert rosters.roles_named(desk, [], office) == rosters.roles_named(desk, ["无"], office) == (frozenset(), frozenset())
    with pytest.raises(Invalid, match="没有「内勤」这个角色，可填：主要负责人") as told:
        rosters.roles_named(desk, ["内勤"], office)
    assert told.value.hint == ""
