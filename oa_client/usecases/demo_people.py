"""Who works in the demo bureau (演示库人员): accounts and roles, planned by seed. Plans only, no database."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LEADERS = frozenset({"chief", "deputy"})
GUARDIANS = frozenset({"sys_admin", "sec_admin", "audit_admin"})
SAME_NAMES = 3


@dataclass(frozen=True)
class PlannedPerson:
    """One account: police number (警号) as login, name, unit, post and roles, each within a unit."""

    login: str
    name: str
    unit: str
    post: str
    grants: tuple[tuple[str, str], ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """The roles held, wherever; empty for a plain officer (民警)."""
        return frozenset(role for role, _ in self.grants)

    def holds(self, role: str, unit: str) -> bool:
        """Whether the role is held in this unit."""
        return (role, unit) in self.grants


@dataclass(frozen=True)
class _Place:
    """A position to be filled."""

    unit: str
    post: str
    grants: tuple[tuple[str, str], ...] = ()


def plan_people(data: dict[str, Any], seed: int) -> tuple[PlannedPerson, ...]:
    """Everybody of the demo bureau, unit by unit, leaders first; the same seed gives the same people.

    `data` maps the stem of every file of `resources/demo` to its content ("bureau", "names", …).
    """
    rng = random.Random(f"people:{seed}")
    bureau = data["bureau"]
    names = _names(data["names"], rng)
    order = [bureau["root"]["key"], *(unit["key"] for unit in bureau["units"])]
    serials = dict.fromkeys(order, 0)
    people = []
    for place in _places(bureau, rng):
        serials[place.unit] += rng.randint(1, 7)
        login = f"1{order.index(place.unit):02d}{serials[place.unit]:03d}"
        people.append(PlannedPerson(login, next(names), place.unit, place.post, place.grants))
    return tuple(_namesakes(people, rng))


def _places(bureau: dict[str, Any], rng: random.Random) -> Iterator[_Place]:
    root = bureau["root"]["key"]
    for leader in bureau["root"]["leadership"]:
        yield _Place(root, leader["post"], ((leader["role"], root),))
    for unit in bureau["units"]:
        for number, post in enumerate(unit["posts"]):
            yield _Place(unit["key"], post, (("deputy" if number else "chief", unit["key"]),))
        yield from _desk(unit, bureau["staff"], root, rng)
        for _ in range(rng.randint(7, 9)):
            yield _Place(unit["key"], rng.choice(bureau["staff"]["officer"]))
    for safety in bureau["safety_staff"]:
        for _ in range(safety["count"]):
            yield _Place(safety["unit"], safety["post"], ((safety["role"], root),))


def _desk(unit: dict[str, Any], staff: dict[str, Any], root: str, rng: random.Random) -> Iterator[_Place]:
    """Those who keep the papers of a unit moving; the office (办公室) does it for the bureau as well."""
    key, kind = unit["key"], unit["kind"]
    for role, count in _desk_counts(kind, rng):
        grants = ((role, root), (role, key)) if kind == "office" and role != "unit_admin" else ((role, key),)
        if role == "clerk" and not count:
            yield _Place(key, staff[role][kind], (*grants, ("archivist", key)))
        for _ in range(count):
            yield _Place(key, staff[role][kind], grants)


def _desk_counts(kind: str, rng: random.Random) -> tuple[tuple[str, int], ...]:
    if kind == "office":
        return ("clerk", 3), ("reviewer", 3), ("archivist", 2), ("unit_admin", 1)
    clerks = rng.choice((0, 1, 2))  # 0: one person is clerk and archivist at once
    return ("clerk", clerks), ("reviewer", 1), ("archivist", 1 if clerks else 0), ("unit_admin", 1)


def _names(data: dict[str, Any], rng: random.Random) -> Iterator[str]:
    """Invented names, each once."""
    surnames, weights = list(data["surnames"]), list(data["surnames"].values())
    given: set[str] = set()
    while True:
        female = rng.randrange(100) < data["female_share"]
        name = rng.choices(surnames, weights)[0] + rng.choice(data["female" if female else "male"])
        if name not in given:
            given.add(name)
            yield name


def _namesakes(people: list[PlannedPerson], rng: random.Random) -> list[PlannedPerson]:
    """Give some officers the name of an officer elsewhere: lists must tell them apart by unit."""
    plain = [index for index, person in enumerate(people) if not person.grants]
    rng.shuffle(plain)
    units: set[str] = set()
    chosen = []
    for index in plain:
        if people[index].unit not in units:
            units.add(people[index].unit)
            chosen.append(index)
    for first, second in list(zip(chosen[::2], chosen[1::2], strict=False))[:SAME_NAMES]:
        other = people[second]
        people[second] = PlannedPerson(other.login, people[first].name, other.unit, other.post, other.grants)
    return people
