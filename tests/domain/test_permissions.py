"""Who may read and who may administer whom, as tables."""

import pytest

from oa_client.domain.actor import Actor
from oa_client.domain.permissions import (
    AccountFacts,
    may_administer,
    may_consent,
    may_end_share,
    may_grant,
    may_read,
    may_register,
    may_share,
    may_stand_in,
    needs_consent,
    readers_on,
)
from oa_client.usecases.rules import access

RULES = access()["readers"]


def first_readers(organ_id, maker_id, home_id):
    return readers_on(RULES, "create", organ_id, maker_id, home_id)


OFFICER = Actor(1, "120003", "甲", 3)
LEADER = Actor(2, "120001", "乙", 3, grants=frozenset({("deputy", 3)}))
ARCHIVIST = Actor(3, "110004", "丙", 2, grants=frozenset({("archivist", 1)}))
UNIT_ADMIN = Actor(4, "120009", "丁", 3, grants=frozenset({("unit_admin", 3)}))
KEEPER = Actor(7, "110009", "己", 2, grants=frozenset({("unit_admin", 2)}), keeps=1)
SYSTEM = Actor(5, "100901", "戊", 1, grants=frozenset({("sys_admin", 1)}))


@pytest.mark.parametrize(("actor", "readers", "may"), [
    (OFFICER, {"person:1"}, True), (OFFICER, {"person:2", "clerk:3"}, False), (OFFICER, {"unit:3"}, True), (OFFICER, {"unit:4"}, False),
    (LEADER, {"leader:3"}, True), (LEADER, {"chief:3"}, False), (LEADER, {"leader:1"}, False), (ARCHIVIST, {"archivist:1"}, True),
    (ARCHIVIST, {"archivist:2"}, False), (SYSTEM, first_readers(1, 9, 3), False), (UNIT_ADMIN, first_readers(3, 9, 3), False),
    (LEADER, first_readers(1, 9, 3), True), (ARCHIVIST, readers_on(RULES, "filed", 1, 9, 3), True),
])
def test_reading(actor, readers, may):
    assert may_read(actor, frozenset(readers)) is may


@pytest.mark.parametrize(("actor", "unit", "target", "refused"), [
    (UNIT_ADMIN, 3, None, False), (UNIT_ADMIN, 4, None, True), (UNIT_ADMIN, 3, AccountFacts(1, 3, frozenset()), False),
    (UNIT_ADMIN, 3, AccountFacts(4, 3, frozenset({"unit_admin"})), True), (UNIT_ADMIN, 3, AccountFacts(8, 3, frozenset({"unit_admin"})), True),
    (UNIT_ADMIN, 1, AccountFacts(5, 1, frozenset({"sys_admin"})), True), (SYSTEM, 3, AccountFacts(1, 3, frozenset()), True),
    (SYSTEM, 3, AccountFacts(4, 3, frozenset({"unit_admin"})), False), (SYSTEM, 1, AccountFacts(5, 1, frozenset({"sys_admin"})), True),
    (KEEPER, 1, None, False), (KEEPER, 1, AccountFacts(9, 1, frozenset({"chief"})), False), (KEEPER, 1, AccountFacts(5, 1, frozenset({"sys_admin"})), True), (KEEPER, 3, None, True),
    (SYSTEM, 1, AccountFacts(6, 1, frozenset({"audit_admin"})), True), (OFFICER, 3, AccountFacts(2, 3, frozenset()), True), (LEADER, 3, None, True),
])
def test_administering(actor, unit, target, refused):
    assert bool(may_administer(actor, unit, target)) is refused


@pytest.mark.parametrize(("actor", "roles", "bureau", "refused"), [
    (UNIT_ADMIN, {("clerk", 3), ("archivist", 3)}, None, False), (UNIT_ADMIN, {("unit_admin", 3)}, None, True), (UNIT_ADMIN, {("sys_admin", 3)}, None, True),
    (UNIT_ADMIN, {("clerk", 4)}, None, True), (UNIT_ADMIN, {("clerk", 1)}, None, True), (UNIT_ADMIN, {("clerk", 1), ("clerk", 3)}, 1, False),
    (UNIT_ADMIN, {("clerk", 4)}, 1, True), (SYSTEM, {("unit_admin", 3)}, None, True), (SYSTEM, {("clerk", 3)}, None, True), (SYSTEM, set(), None, False),
])
def test_granting(actor, roles, bureau, refused):
    assert bool(may_grant(actor, frozenset(roles), 3, bureau)) is refused


SECOND = Actor(15, "100902", "庚", 1, grants=frozenset({("sys_admin", 1)}))
SECURITY = Actor(16, "100903", "辛", 1, grants=frozenset({("sec_admin", 1)}))


@pytest.mark.parametrize(("actor", "kind", "asked_by", "target", "refused"), [
    (SECOND, "appoint", 5, 9, False), (SYSTEM, "appoint", 5, 9, True), (SECOND, "appoint", 5, 15, True), (SECURITY, "appoint", 5, 9, True),
    (SECURITY, "reset", 4, 2, False), (SECOND, "reset", 4, 2, False), (UNIT_ADMIN, "reset", 4, 2, True), (LEADER, "reset", 4, 2, True),
])
def test_the_second_of_two(actor, kind, asked_by, target, refused):
    assert bool(may_consent(actor, access()["consents"][kind], asked_by, target)) is refused


@pytest.mark.parametrize(("roles", "needed"), [({"chief"}, True), ({"deputy", "clerk"}, True), ({"clerk"}, False), (set(), False)])
def test_a_leaders_password_needs_consent(roles, needed):
    assert needs_consent(AccountFacts(1, 3, frozenset(roles))) is needed


@pytest.mark.parametrize(("actor", "readers", "state", "refused"), [
    (OFFICER, {"person:1"}, "filed", False), (OFFICER, {"person:1"}, "closed", False), (OFFICER, {"person:1"}, "running", True), (OFFICER, {"person:1"}, "void", True),
    (OFFICER, {"person:2"}, "filed", True), (LEADER, {"leader:3"}, "filed", False),
])
def test_sharing(actor, readers, state, refused):
    assert bool(may_share(actor, frozenset(readers), state)) is refused


@pytest.mark.parametrize(("actor", "giver", "organ", "may"), [
    (OFFICER, 1, 1, True), (OFFICER, 2, 1, False), (LEADER, 1, 3, True), (LEADER, 1, 1, False), (ARCHIVIST, 1, 1, True), (ARCHIVIST, 1, 3, False)])
def test_taking_a_share_back(actor, giver, organ, may):
    assert may_end_share(actor, giver, organ) is may


@pytest.mark.parametrize(("leads", "home", "other_leads", "other_home", "may"), [
    (set(), 3, set(), 3, True), (set(), 3, set(), 4, False), ({3}, 3, {3}, 3, True), ({3}, 3, set(), 3, False), ({1, 3}, 3, {3}, 3, False), ({3}, 3, {1, 3}, 1, True)])
def test_standing_in(leads, home, other_leads, other_home, may):
    assert may_stand_in(frozenset(leads), home, frozenset(other_leads), other_home) is may


def test_registering_is_for_the_organs_clerks():
    clerk = Actor(9, "110001", "己", 2, grants=frozenset({("clerk", 1)}))
    assert may_register(clerk, 1) and not may_register(clerk, 2) and not may_register(LEADER, 3)
