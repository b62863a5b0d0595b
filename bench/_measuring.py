"""Measuring (测速): each thing by turns with a floor in the same run, printed as a table of ratios or as JSON."""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

Act = Callable[[], object]
Pair = tuple[str, Act, Act]


@dataclass(frozen=True)
class Row:
    """One line of the table: medians of ours and of the floor in `unit`, and the median of the ratios ours / floor."""

    name: str
    ours: float
    floor: float
    ratio: float
    unit: str = "ms"


@dataclass(frozen=True)
class Given:
    """What the command line asked for."""

    quick: bool
    as_json: bool


def given(what: str) -> Given:
    """Read --quick and --json."""
    words = argparse.ArgumentParser(description=what)
    words.add_argument("--quick", action="store_true", help="a small stock and few rounds: for a look, not for a figure")
    words.add_argument("--json", action="store_true", dest="as_json", help="one JSON document")
    return Given(**vars(words.parse_args()))


def compare(name: str, ours: Act, floor: Act, rounds: int) -> Row:
    """Measure a pair by turns, so that a machine whose speed drifts treats both alike."""
    ours(), floor()
    first, second = [], []
    for number in range(rounds):
        for act, times in ((ours, first), (floor, second)) if number % 2 else ((floor, second), (ours, first)):
            times.append(timed(act))
    ratio = statistics.median(a / b for a, b in zip(first, second, strict=True))
    return Row(name, round(statistics.median(first), 3), round(statistics.median(second), 3), round(ratio, 3))


def timed(act: Act) -> float:
    """How long an act takes, in milliseconds."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def show(what: str, rows: Iterable[Row], asked: Given, **more: object) -> None:
    """Print the table, or one JSON document; lines appear as they are measured."""
    found = []
    if not asked.as_json:
        print(f"{what}\n{'':62}{'ours':>10} {'floor':>10} {'ratio':>7}")
    for row in rows:
        found.append(row)
        if not asked.as_json:
            print(f"{row.name:62}{row.ours:10.2f} {row.floor:10.2f} {row.ratio:7.2f}  {row.unit}", flush=True)
    if asked.as_json:
        print(json.dumps({"what": what, "quick": asked.quick, "rows": [asdict(row) for row in found], **more}, ensure_ascii=False, indent=1))
    else:
        for key, value in more.items():
            print(f"{key}: {value}")
