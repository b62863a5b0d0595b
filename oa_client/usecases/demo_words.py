"""The words of a demo paper (演示文稿用语): slots filled by seed from the data. Plans only, no database."""

import random
import re
from datetime import date, timedelta
from typing import Any

from .demo_cast import Cast, Days

_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")
_WEEKDAYS = "一二三四五六日"
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


class Words:
    """Fills {slots}: {20-60} a number, {+10} a day from the paper's day, {name} a value or one of a pool."""

    def __init__(self, rng: random.Random, day: date, days: Days, values: dict[str, Any]) -> None:
        self.rng, self.day, self.days, self.values = rng, day, days, values

    def fill(self, text: str) -> str:
        """The text without slots; KeyError names a slot that the data does not know."""
        while _SLOT.search(text):
            text = _SLOT.sub(self._slot, text)
        return text

    def _slot(self, match: re.Match[str]) -> str:
        key = match[1]
        if bounds := _RANGE.fullmatch(key):
            return self._number(*bounds.groups())
        if key.startswith("wd"):
            return _WEEKDAYS[self._moved(int(key[2:])).weekday()]
        if key[0] in "+-":
            return self.say(self._moved(int(key)))
        value = self.values[key]
        if isinstance(value, list):
            value = self.values[key] = self.rng.choice(value)
        return value

    def _number(self, low: str, high: str) -> str:
        if "." in low:
            return f"{self.rng.uniform(float(low), float(high)):.1f}"
        return str(self.rng.randint(int(low), int(high)))

    def _moved(self, offset: int) -> date:
        moved = self.day + timedelta(days=offset)
        return self.days.on_or_after(moved) if offset > 0 else self.days.on_or_before(moved)

    def say(self, day: date) -> str:
        """A date as a paper of this year writes it."""
        return f"{day.month}月{day.day}日" if day.year == self.day.year else f"{day.year}年{day.month}月{day.day}日"


def calendar_words(day: date) -> dict[str, Any]:
    """The periods that a paper of this day speaks of."""
    half = f"{day.year}年上半年" if day.month > 6 else f"{day.year - 1}年下半年"
    return {"year": str(day.year), "last_year": str(day.year - 1), "half_year": half,
            "month": str((day.month - 2) % 12 + 1), "next_month": str(day.month % 12 + 1)}


def topic_words(rng: random.Random, topic: dict[str, Any], words: dict[str, Any]) -> dict[str, Any]:
    """What the topic and the stock of phrases give to one paper, each sentence at most once."""
    found: dict[str, Any] = {"subject": rng.choice(topic["subjects"]), "aim": rng.choice(topic["aim"]), "problem": rng.choice(topic["problems"])}
    for key, pool, count in (("why", topic["why"], 2), ("result", topic["results"], 2), ("need", [text for _, text in words["needs"]], 2),
                             ("next", words["next"], 3), ("arrange", words["arrange"], 2), ("cooperate", [*words["cooperate"], *words["cooperate2"]], 2),
                             ("task_text", [text for _, text in topic["tasks"]], 2)):
        chosen = rng.sample(pool, min(count, len(pool))) + [""] * count
        found |= {key: chosen[0]} | {f"{key}{number}": chosen[number - 1] for number in range(1, count + 1)}
    pools = {key: list(value) for key, value in words.items() if isinstance(value[0], str)}
    return {**pools, **found}


def place_words(rng: random.Random, bureau: dict[str, Any]) -> dict[str, Any]:
    """Places of the invented city, one of each to a paper."""
    return {"place": rng.choice(bureau["places"]), "road": rng.choice(bureau["roads"]), "district": rng.choice(bureau["districts"]),
            "room": rng.choice(bureau["rooms"]), "tel": f"{rng.randint(61, 69)}{rng.randint(10000, 99999)}", "n_units": str(rng.randint(6, 18))}


def people_words(rng: random.Random, cast: Cast, unit: str) -> dict[str, Any]:
    """Accounts of the demo bureau whom one of its own papers names; `unit` writes it."""
    leaders = cast.holders("leader", unit)
    officers = rng.sample([person for person in cast.people if not person.grants], 10)
    chair = leaders[0] if rng.random() < 0.5 else rng.choice(leaders)
    return {"contact": rng.choice(cast.officers(unit) or officers).name, "chair": chair.post + chair.name,
            "present": "、".join(dict.fromkeys(person.name for person in (chair, *leaders[:3], *officers[:3]))),
            "observers": "、".join(person.name for person in officers[4:8]), "winners": "、".join(person.name for person in officers[:6]),
            "winner_rows": [{"person": person.name, "unit": cast.units[person.unit]["short"]} for person in officers]}


def stranger_words(rng: random.Random, cast: Cast) -> dict[str, Any]:
    """Invented people of outside organs."""
    names, given = cast.data["names"], [*cast.data["names"]["male"], *cast.data["names"]["female"]]
    people = [surname + name for surname, name in zip(rng.choices(list(names["surnames"]), k=12), rng.sample(given, 12), strict=True)]
    offices = [item["name"] for item in cast.bureau["outside"]["neighbour"]]
    return {"contact": people[0], "present": "、".join(people[1:7]), "observers": "、".join(people[7:11]), "winners": "、".join(people[1:7]),
            "winner_rows": [{"person": name, "unit": rng.choice(offices)} for name in people[1:11]]}


def nearest(title: str, subjects: list[str]) -> str:
    """The subject that shares most pairs of characters with a title."""
    return max(subjects, key=lambda subject: sum(subject[at:at + 2] in title for at in range(len(subject) - 1)))
