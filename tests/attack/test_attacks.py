"""Every attack is refused or finds nothing, as it must; what remains possible is named with its reason."""

import pytest

from tests.attack.attack import ALLOWED
from tests.attack.families import ATTACKS, FAMILIES

pytestmark = [pytest.mark.attack, pytest.mark.postgres]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.full_name)
def test_the_server_answers_as_it_must(stage, attack):
    if stage.version < attack.since:
        pytest.skip(f"PostgreSQL {attack.since} has it")
    outcome = stage.run(attack)
    assert attack.held(outcome), f"{attack.by} → {outcome.said}"


def test_the_list_is_long_and_every_attack_has_a_name_of_its_own():
    assert len([attack for attack in ATTACKS if attack.answer != ALLOWED]) >= 150
    named = [(attack.family, attack.name, attack.by) for attack in ATTACKS]
    assert len(set(named)) == len(named)
    assert {attack.family for attack in ATTACKS} == set(FAMILIES)


def test_what_remains_possible_has_a_reason():
    assert all(attack.why for attack in ATTACKS if attack.answer == ALLOWED)
