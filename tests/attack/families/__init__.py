"""The attacks, by family."""

from dataclasses import replace

from tests.attack.attack import Attack
from tests.attack.families import (
    administration,
    auditing,
    denial,
    files,
    flow,
    flow_opinions,
    flow_seats,
    identity,
    lending,
    life,
    numbers,
    reading,
    reading_server,
    residual,
    writing,
    writing_accounts,
)

FAMILIES = {
    "identity": (identity,),
    "reading": (reading, reading_server),
    "acting": (writing, flow, flow_seats, flow_opinions, files, lending),
    "numbers": (numbers,),
    "audit": (auditing,),
    "administration": (administration, writing_accounts),
    "denial of service": (denial,),
    "life cycle": (life,),
    "residual": (residual,),
}
ATTACKS: tuple[Attack, ...] = tuple(
    replace(attack, family=family) for family, modules in FAMILIES.items() for module in modules for attack in module.ATTACKS)
