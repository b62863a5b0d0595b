"""Accounts against posts: every way in which they may not agree, and none where they do."""

import pytest

from oa_client.domain.reconciling import PersonFacts, PostFacts, UnitFacts, differences

BUREAU, UNIT = UnitFacts(1, "市局", True), UnitFacts(3, "刑侦支队")


def one(number, post="民警", unit=3, active=True, **roles):
    return PersonFacts(number, f"第{number}人", unit, post, active, frozenset((role, unit) for role in roles))


FULL = [one(1, "支队长", chief=1), one(2, "内勤", clerk=1, archivist=1), one(3, "管理员", unit_admin=1)]
GUARDIANS = [one(11, unit=1, sys_admin=1), one(12, unit=1, sys_admin=1), one(13, unit=1, sec_admin=1), one(14, unit=1, audit_admin=1), one(15, unit=1, clerk=1, archivist=1)]
POSTS = [PostFacts(3, "chief", "支队长")]


@pytest.mark.parametrize(("units", "posts", "people", "found"), [
    ([UNIT], POSTS, FULL, []),
    ([BUREAU], [], GUARDIANS, []),
    ([BUREAU], [], GUARDIANS[1:], [("系统管理员", "guardian")]),
    ([BUREAU], [], [*GUARDIANS, one(16, unit=1, audit_admin=1)], [("安全审计员", "guardian")]),
    ([UNIT], POSTS, FULL[:2], [("单位管理员", "appoint")]),
    ([UNIT], POSTS, [*FULL[:2], one(3, active=False, unit_admin=1)], [("单位管理员", "appoint")]),
    ([UNIT], POSTS, [*FULL, one(4, unit_admin=1)], [("单位管理员", "dismiss")]),
    ([UNIT], POSTS, FULL[1:], [("支队长", "create")]),
    ([UNIT], POSTS, [one(1, "支队长"), *FULL[1:]], [("支队长", "grant")]),
    ([UNIT], POSTS, [*FULL, one(5, "政委", deputy=1)], [("政委", "revoke")]),
    ([UNIT], [*POSTS, PostFacts(3, "deputy", "副支队长")], [*FULL, one(5, "副支队长", deputy=1), one(6, "副支队长", deputy=1)], [("副支队长", "revoke")]),
    ([UNIT], [*POSTS, PostFacts(3, "deputy", "副支队长"), PostFacts(3, "deputy", "副支队长")], [*FULL, one(5, "副支队长", deputy=1)], [("副支队长", "create")]),
    ([UNIT], POSTS, [FULL[0], FULL[2]], [("收发员", "grant"), ("档案员", "grant")]),
])
def test_differences(units, posts, people, found):
    assert [(item.subject, item.mend) for item in differences(units, posts, people)] == found
