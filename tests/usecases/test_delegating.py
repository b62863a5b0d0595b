"""Standing in for somebody (委托): who may, for how long, and that it is on record."""

from datetime import timedelta

import pytest

from oa_client.domain.errors import Invalid, NotFound, Refused
from oa_client.usecases import delegating, directory, lists, viewing


def give(bureau, giver, taker, start=0, days=5):
    desk = bureau.desk(giver)
    return delegating.delegate(desk, bureau.desk(taker).actor.id, desk.today() + timedelta(days=start), desk.today() + timedelta(days=start + days), "出差").value


def to_instruct(bureau, leader="100102"):
    paper = bureau.register()
    bureau.act("110001", paper, "to_propose")
    bureau.act("110003", paper, "to_leader", "请批示。", picks={"leader": (bureau.person(leader),), "lead": (bureau.unit("criminal"),)})
    return paper


def test_a_leader_stands_in_for_a_leader_and_it_is_said(bureau):
    paper = to_instruct(bureau)
    with pytest.raises(NotFound):
        viewing.show(bureau.desk("120001"), paper)
    give(bureau, "100102", "100101")
    assert lists.counts(bureau.desk("100101"))["todo"] == 1
    bureau.act("100101", paper, "to_handle", "同意，请抓紧。")
    entry = next(entry for entry in viewing.show(bureau.desk("100102"), paper).timeline if entry.step == "批示")
    assert (entry.name, entry.words) == ("江承岳", "批示：批示交办（代陆知远）")


def test_it_ends_at_once_when_taken_back(bureau):
    to_instruct(bureau)
    made = give(bureau, "100102", "100101")
    standing = bureau.desk("100101")
    assert [(row.taker, row.mine) for row in delegating.delegations(bureau.desk("100102"))] == [("江承岳", True)]
    with pytest.raises(NotFound):
        delegating.end(bureau.desk("100101"), made)
    delegating.end(bureau.desk("100102"), made)
    with pytest.raises(Refused, match="委托已收回"):
        lists.counts(standing)
    assert lists.counts(bureau.desk("100101"))["todo"] == 0


def test_what_begins_later_is_not_yet(bureau):
    to_instruct(bureau)
    give(bureau, "100102", "100101", start=3)
    assert lists.counts(bureau.desk("100101"))["todo"] == 0


@pytest.mark.parametrize(("giver", "taker", "said"), [
    ("100102", "120001", "同一机关的其他领导"), ("100102", "110001", "同一机关的其他领导"), ("120003", "130003", "本单位的同事"),
    ("120003", "100901", "管理员账号"), ("100901", "120003", "管理员账号"),
])
def test_not_to_everybody(bureau, giver, taker, said):
    with pytest.raises(Refused, match=said):
        give(bureau, giver, taker)


def test_not_twice_at_a_time_and_not_for_ever(bureau):
    give(bureau, "120003", "120002")
    with pytest.raises(Refused, match="已经委托"):
        give(bureau, "120003", "120004", start=2)
    with pytest.raises(Invalid, match="结束日期"):
        give(bureau, "120003", "120004", start=20, days=100)
    with pytest.raises(Invalid, match="过去的日子"):
        give(bureau, "120003", "120004", start=-3)


def test_the_directory_says_who_stands_in_today(bureau):
    give(bureau, "100102", "100101")
    give(bureau, "120003", "120002", start=3)
    notes = {item.name: item.note for item in directory.candidates(bureau.desk("130003")) if item.note}
    assert notes == {"陆知远": "已委托 江承岳"}


def test_the_to_do_of_another_says_for_whom(bureau):
    paper = to_instruct(bureau)
    give(bureau, "100102", "100101")
    assert [task.on_behalf for task in viewing.show(bureau.desk("100101"), paper).tasks] == ["陆知远"]
    assert [task.on_behalf for task in viewing.show(bureau.desk("100102"), paper).tasks] == [""]


def test_the_choice_offered_is_the_one_that_is_accepted(bureau):
    for giver in ("100102", "120003", "120001", "110005", "100901"):
        desk = bureau.desk(giver)
        may = {item.holder for item in directory.candidates(desk) if delegating.may_take(desk.actor, item)}
        for login in ("100101", "100102", "110005", "120001", "120002", "120003", "120004", "130001", "130003"):
            taker = bureau.desk(login).actor
            try:
                made = delegating.delegate(desk, taker.id, desk.today(), desk.today(), "").value
                delegating.end(desk, made)
                accepted = True
            except (Invalid, Refused):
                accepted = False
            assert (f"person:{taker.id}" in may) == accepted, (giver, login)


def test_a_desk_that_is_too_old_learns_what_it_is_now(bureau):
    old = bureau.desk("100101")
    made = give(bureau, "100102", "100101")
    assert directory.actor_now(old).stands_for == {bureau.desk("100102").actor.id}
    standing = bureau.desk("100101")
    delegating.end(bureau.desk("100102"), made)
    with pytest.raises(Refused, match="委托已收回"):
        lists.counts(standing)
    assert lists.counts(standing.renewed(directory.actor_now(standing)))["todo"] == 0
