"""Who plays which part in the demo papers (演示角色): look-ups over the planned people. Plans only, no database."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from .demo_people import LEADERS, PlannedPerson

ROOT = "root"
_FAMILIAR = 0.6  # how often a persona acts where several officers could


class Cast:
    """The planned people by unit and role, the leaders' fields of work, and the days the bureau works."""

    def __init__(self, people: tuple[PlannedPerson, ...], data: dict[str, Any]) -> None:
        self.people, self.data, self.bureau = people, data, data["bureau"]
        self.by_login = {person.login: person for person in people}
        self.units = {unit["key"]: unit for unit in (self.bureau["root"], *self.bureau["units"])}

    @cached_property
    def personas(self) -> tuple[tuple[str, str], ...]:
        """The accounts offered on the login page of a demo database: login and caption, in order."""
        return tuple((self._persona(item).login, item["caption"]) for item in self.data["mix"]["personas"])

    def _persona(self, item: dict[str, str]) -> PlannedPerson:
        if "oversees" in item:
            return self.overseer(item["oversees"])
        if not item["role"]:
            return self.officers(item["unit"])[0]
        home = item["unit"]
        return next(person for person in self.people if person.unit == home and item["role"] in person.roles)

    def holders(self, role: str, unit: str) -> tuple[PlannedPerson, ...]:
        """Those who hold a role ("leader": chief or deputy) within a unit."""
        roles = LEADERS if role == "leader" else {role}
        return tuple(person for person in self.people if any(held in roles and where == unit for held, where in person.grants))

    def officers(self, unit: str) -> tuple[PlannedPerson, ...]:
        """The plain officers (民警) of a unit."""
        return tuple(person for person in self.people if person.unit == unit and not person.grants)

    def chief(self, unit: str) -> PlannedPerson:
        """The principal leader (主要负责人) of a unit."""
        return self.holders("chief", unit)[0]

    def overseer(self, unit: str) -> PlannedPerson:
        """The leader of the bureau who is in charge of a unit (分管局领导)."""
        fields = self.bureau["root"]["leadership"]
        leaders = self.holders("leader", ROOT)
        return next((leader for leader, item in zip(leaders, fields, strict=True) if unit in item["oversees"]), leaders[2])

    def pick(self, rng: random.Random, people: Iterable[PlannedPerson], sure: bool = False) -> PlannedPerson:
        """One of several, a persona more often than others, or surely where there is one."""
        found = list(people)
        known = {login for login, _ in self.personas}
        familiar = [person for person in found if person.login in known]
        return familiar[0] if familiar and (sure or rng.random() < _FAMILIAR) else rng.choice(found)

    def said(self, refs: Iterable[str]) -> str:
        """Holders in the words of an opinion: 「王局长」, 「刑侦支队」, a colleague by name."""
        return "、".join(self._called(ref) for ref in refs)

    def _called(self, ref: str) -> str:
        kind, _, key = ref.partition(":")
        if kind == "unit":
            return self.units[key]["short"]
        person = self.by_login[key]
        surname = person.name[:2] if person.name[:2] in self.data["names"]["surnames"] else person.name[0]
        return surname + person.post if person.roles & LEADERS else person.name


class Days:
    """The days on which the demo bureau works: weekdays outside the holidays in the data.

    `last` is the last of them before today: nothing is planned for an hour that may still lie ahead.
    """

    def __init__(self, data: dict[str, Any], today: date) -> None:
        spans = (span.split("/") for span in data["bureau"]["quiet_days"])
        self.quiet = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in spans)
        self.last = self.on_or_before(today - timedelta(days=1))

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        return day.weekday() < 5 and not any(first <= day <= last for first, last in self.quiet)

    def on_or_after(self, day: date) -> date:
        """The first working day from `day`."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def on_or_before(self, day: date) -> date:
        """The last working day up to `day`."""
        while not self.works(day):
            day -= timedelta(days=1)
        return day

    def later(self, day: date, count: int) -> date:
        """`count` working days after `day`."""
        for _ in range(count):
            day = self.on_or_after(day + timedelta(days=1))
        return day

    def not_beyond(self, day: date) -> date:
        """`day`, or the last working day before today when it is later."""
        return min(day, self.last)
