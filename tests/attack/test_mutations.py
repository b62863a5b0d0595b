"""No attack of the list is idle: without one layer, or the declared few together, each of them gets through."""

import pytest

from tests.attack.families import ATTACKS
from tests.attack.layers import layers
from tests.attack.mutations import survey
from tests.attack.setting import standing

pytestmark = [pytest.mark.attack, pytest.mark.postgres]


def test_declared_layers_exist(stage):
    with stage.administrator() as connection:
        known = layers(connection)
    assert not [(attack.name, layer) for attack in ATTACKS if attack.since <= stage.version for layer in attack.behind if layer not in known]


@pytest.mark.slow
def test_every_attack_gets_through_somewhere(postgres_server):
    with standing(postgres_server) as stage:
        found = survey(stage, ATTACKS)
        assert not [attack.full_name for attack in ATTACKS if attack.since <= stage.version and not attack.held(stage.run(attack))]  # all is back
    assert not found.idle, [attack.full_name for attack in found.idle]
    assert not found.overdone, [f"{attack.full_name}: {layer} is not in the way" for attack, layer in found.overdone]
    assert len(found.opened) > 90
