"""Standing in for somebody (委托): who may, for how long, and that it is on record."""

from datetime import timedelta

import pytest

from oa_client.domain.errors import Invalid, NotFound, Refused
from oa_client.usecases import delegating, lists, viewing


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
