"""Who may read and who may administer whom, as tables."""

import pytest

from oa_client.domain.actor import Actor
from oa_client.domain.permissions import AccountFacts, filed_readers, first_readers, may_administer, may_grant, may_read, may_register

OFFICER = Actor(1, "120003", "甲", 3)
LEADER = Actor(2, "120001", "乙", 3, grants=frozenset({("deputy", 3)}))
ARCHIVIST = Actor(3, "110004", "丙", 2, grants=frozenset({("archivist", 1)}))
UNIT_ADMIN = Actor(4, "120009", "丁", 3, grants=frozenset({("unit_admin", 3)}))
SYSTEM = Actor(5, "100901", "戊", 1, grants=frozenset({("sys_admin", 1)}))


@pytest.mark.parametrize(("actor", "readers", "may"), [
    (OFFICER, {"person:1"}, True), (OFFICER, {"person:2", "clerk:3"}, False), (OFFICER, {"unit:3"}, True), (OFFICER, {"unit:4"}, False),
    (LEADER, {"leader:3"}, True), (LEADER, {"chief:3"}, False), (LEADER, {"leader:1"}, False), (ARCHIVIST, {"archivist:1"}, True),
    (ARCHIVIST, {"archivist:2"}, False), (SYSTEM, first_readers(1, 9, 3), False), (UNIT_ADMIN, first_readers(3, 9, 3), False),
    (LEADER, first_readers(1, 9, 3), True), (ARCHIVIST, filed_readers(1), True),
])
def test_reading(actor, readers, may):
    assert may_read(actor, frozenset(readers)) is may


@pytest.mark.parametrize(("actor", "unit", "target", "refused"), [
    (UNIT_ADMIN, 3, None, False), (UNIT_ADMIN, 4, None, True), (UNIT_ADMIN, 3, AccountFacts(1, 3, frozenset()), False),
    (UNIT_ADMIN, 3, AccountFacts(4, 3, frozenset({"unit_admin"})), True), (UNIT_ADMIN, 3, AccountFacts(8, 3, frozenset({"unit_admin"})), True),
    (UNIT_ADMIN, 1, AccountFacts(5, 1, frozenset({"sys_admin"})), True), (SYSTEM, 3, AccountFacts(1, 3, frozenset()), True),
    (SYSTEM, 3, AccountFacts(4, 3, frozenset({"unit_admin"})), False), (SYSTEM, 1, AccountFacts(5, 1, frozenset({"sys_admin"})), True),
    (SYSTEM, 1, AccountFacts(6, 1, frozenset({"audit_admin"})), True), (OFFICER, 3, AccountFacts(2, 3, frozenset()), True), (LEADER, 3, None, True),
])
def test_administering(actor, unit, target, refused):
    assert bool(may_administer(actor, unit, target)) is refused


@pytest.mark.parametrize(("actor", "roles", "refused"), [
    (UNIT_ADMIN, {"clerk", "archivist"}, False), (UNIT_ADMIN, {"unit_admin"}, True), (UNIT_ADMIN, {"sys_admin"}, True),
    (SYSTEM, {"unit_admin"}, False), (SYSTEM, {"clerk"}, True),
])
def test_granting(actor, roles, refused):
    assert bool(may_grant(actor, frozenset(roles))) is refused


def test_registering_is_for_the_organs_clerks():
    clerk = Actor(9, "110001", "己", 2, grants=frozenset({("clerk", 1)}))
    assert may_register(clerk, 1) and not may_register(clerk, 2) and not may_register(LEADER, 3)
