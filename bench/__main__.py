"""Print every ratio: what the client needs for a thing, against the barest way to the same answer, interleaved."""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import acting, lists, search, start

Pair = tuple[str, Callable[[], object], Callable[[], object]]


def main() -> None:
    """Measure and print."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--documents", type=int, default=5000, help="how many documents the lists and the search are measured on")
    given.add_argument("--rounds", type=int, default=15)
    chosen = given.parse_args()
    print(f"{'what':58} {'ours ms':>9} {'floor ms':>9} {'ratio':>7}   (median of {chosen.rounds}, interleaved)")
    with tempfile.TemporaryDirectory(prefix="wenshu-bench") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        for source in (lists.pairs, search.pairs, acting.pairs):
            for name, ours, floor in source(url, chosen.documents):
                show(name, ours, floor, chosen.rounds)
    for name, ours, floor in start.pairs():
        show(name, ours, floor, 5)


def show(name: str, ours: Callable[[], object], floor: Callable[[], object], rounds: int) -> None:
    """Measure a pair by turns, so that a machine whose speed drifts treats both alike."""
    first, second = [], []
    ours(), floor()
    for _ in range(rounds):
        first.append(timed(ours))
        second.append(timed(floor))
    ratio = statistics.median(a / b for a, b in zip(first, second, strict=True))
    print(f"{name:58} {statistics.median(first):9.2f} {statistics.median(second):9.2f} {ratio:7.2f}")


def timed(act: Callable[[], object]) -> float:
    """How long an act takes, in milliseconds."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
