"""Handing a leaver's matters over in one act: shown first, wholly moved, on record."""

from datetime import timedelta

import pytest

from oa_client.domain.errors import NotFound, Refused
from oa_client.usecases import delegating, handing_over, lists, setting_up, sharing, viewing
from tests.usecases.test_library import filed


def laden(bureau):
    """An officer with a to-do, a paper to read, a draft, a delegation taken and a borrowed paper."""
    handle = bureau.register(number="")
    bureau.act("110001", handle, "to_propose")
    bureau.act("110003", handle, "to_handle", "请办。", picks={"lead": (bureau.person("120003"),)})
    read = bureau.register(number="", title="阅知件")
    bureau.act("110001", read, "to_read", picks={"readers": (bureau.person("120003"),)})
    draft = bureau.draft(login="120003")
    desk = bureau.desk("120002")
    delegating.delegate(desk, bureau.desk("120003").actor.id, desk.today(), desk.today() + timedelta(days=3))
    lent = filed(bureau, number="江公通〔2026〕77号", title="借阅件")
    sharing.share(bureau.desk("110001"), lent, (bureau.person("120003"),), desk.today() + timedelta(days=9), "办案需要")
    return handle, read, draft, lent


def kinds(found):
    return sorted(item.kind for item in found)


def test_everything_goes_to_the_successor_in_one_act(bureau):
    handle, read, draft, _lent = laden(bureau)
    admin, leaver = bureau.desk("120009"), bureau.desk("120003").actor.id
    shown = handing_over.matters(admin, leaver)
    assert kinds(shown) == ["delegation", "draft", "read", "share", "todo"]
    assert {item.title for item in shown if item.document_id} == {""}, "an administrator does not learn what papers are about"
    assert "借阅件" in {item.title for item in handing_over.matters(bureau.desk("120003"), leaver)}
    done = handing_over.hand_over(admin, leaver, bureau.desk("120004").actor.id)
    assert done.value == handing_over.Handed(tasks=2, drafts=1, delegations=1, shares=1, left=0)
    assert handing_over.matters(admin, leaver) == ()
    heir = bureau.desk("120004")
    assert lists.counts(heir)["todo"] == 2 and lists.counts(heir)["read"] == 1 and lists.counts(heir)["lent"] == 1
    assert viewing.show(heir, handle).where == "承办：沈嘉木"
    assert any(entry.words == "承办：程以恒 移交 沈嘉木" for entry in viewing.show(heir, handle).timeline)
    bureau.act("120004", draft, "submit", fields={"explain": "已核实"})
    bureau.act("120004", read, "read")
    bureau.act("120004", handle, "finish", "已办结。")
    assert [row.giver for row in delegating.delegations(heir)] == ["白沐阳"]
    assert setting_up.check(bureau.engine) == []


def test_what_the_successor_may_not_hold_stays(bureau):
    paper = bureau.register()
    bureau.act("110001", paper, "to_propose")
    bureau.act("110003", paper, "to_leader", "请批示。", picks={"leader": (bureau.person("100102"),)})
    leader = bureau.desk("100102")
    [matter] = handing_over.matters(leader, leader.actor.id)
    assert (matter.role, matter.organ_id) == ("leader", bureau.units["root"])
    takers = {login: not handing_over.hindrance(matter, f"person:{bureau.desk(login).actor.id}", bureau.desk(login).actor.grants) for login in ("100101", "120001", "120003")}
    assert takers == {"100101": True, "120001": False, "120003": False}, "a leader of another organ does not fit"
    done = handing_over.hand_over(leader, leader.actor.id, bureau.desk("120003").actor.id)
    assert (done.value.tasks, done.value.left) == (0, 1) and "1 件程以恒不能接办" in done.notice
    assert handing_over.hand_over(leader, leader.actor.id, bureau.desk("100101").actor.id).value.tasks == 1
    bureau.act("100101", paper, "to_handle", "同意。", picks={"lead": (bureau.unit("criminal"),)})


def test_what_the_successor_takes_part_in_already_is_said_beforehand_and_stays(bureau):
    read = bureau.register(number="", title="阅知件")
    bureau.act("110001", read, "to_read", picks={"readers": (bureau.person("120003"), bureau.person("120004"))})
    admin, leaver = bureau.desk("120009"), bureau.desk("120003").actor.id
    [matter] = handing_over.matters(admin, leaver)
    why = {login: handing_over.hindrance(matter, bureau.person(login), bureau.desk(login).actor.grants) for login in ("120004", "120002")}
    assert why == {"120004": "there", "120002": ""}
    assert handing_over.hand_over(admin, leaver, bureau.desk("120004").actor.id).value.left == 1
    assert handing_over.hand_over(admin, leaver, bureau.desk("120002").actor.id).value.tasks == 1


@pytest.mark.parametrize("by", ["130003", "120001", "100901", "100904"])
def test_others_neither_see_nor_hand_over(bureau, by):
    leaver = bureau.desk("120003").actor.id
    for story in (lambda: handing_over.matters(bureau.desk(by), leaver), lambda: handing_over.hand_over(bureau.desk(by), leaver, bureau.desk("120004").actor.id)):
        with pytest.raises((Refused, NotFound)):
            story()


def test_not_to_an_administrator_or_to_oneself(bureau):
    leaver = bureau.desk("120003").actor.id
    for heir in (leaver, bureau.desk("100901").actor.id):
        with pytest.raises(Refused, match="接办"):
            handing_over.hand_over(bureau.desk("120009"), leaver, heir)
