"""Which attacks of the suite get through when one layer of the enforced access is taken away, and that none of them is idle."""

import json
import time
from typing import TYPE_CHECKING

from _measuring import given  # first: it finds the product

if TYPE_CHECKING:
    from tests.attack.mutations import Survey

SAMPLE = 5  # with --quick every so many attacks


def main() -> int:
    """Take the layers away one by one and print what gets through; 1 when an attack is idle or declared behind more than it is."""
    from tests import postgres
    from tests.attack.attack import ALLOWED
    from tests.attack.families import ATTACKS
    from tests.attack.mutations import as_data, survey
    from tests.attack.setting import standing

    asked = given(__doc__)
    attacks = ATTACKS[::SAMPLE] if asked.quick else ATTACKS
    begun = time.perf_counter()
    with postgres.server() as address, standing(address) as stage:
        found = survey(stage, attacks)
    told = as_data(found)
    told |= {"attacks": sum(attack.answer != ALLOWED for attack in attacks), "seconds": round(time.perf_counter() - begun)}
    if asked.as_json:
        print(json.dumps({"what": __doc__, "quick": asked.quick, **told}, ensure_ascii=False, indent=1))
    else:
        _table(found, told)
    return int(bool(found.idle or found.overdone))


def _table(found: "Survey", told: dict[str, object]) -> None:
    print(f"{'without':72} {'through':>8}   for example")
    for layer, opened in sorted(found.opened.items(), key=lambda item: -len(item[1])):
        print(f"{layer:72} {len(opened):8}   {opened[0].full_name}")
    print(f"{told['attacks']} attacks, {len(found.opened)} layers or pairs that let some through, {len(found.idle)} idle, in {told['seconds']} s")
    print("\n".join([*(f"idle: {line}" for line in told["idle"]), *(f"declared needlessly: {line}" for line in told["overdone"])]))


if __name__ == "__main__":
    raise SystemExit(main())
