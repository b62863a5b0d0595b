"""Finding people by name, pinyin, initials, unit, post or police number (警号)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property


class Rank(IntEnum):
    """How well a person answers a query; smaller is better."""

    EXACT = 0
    NAME_PREFIX = 1
    INITIALS = 2
    PINYIN = 3
    CONTAINS = 4
    UNIT = 5


@dataclass(frozen=True)
class PersonKeys:
    """What a person is found by. `readings` holds, for each character of `name`, all its pinyin readings."""

    name: str
    readings: tuple[tuple[str, ...], ...] = ()
    unit: str = ""
    post: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        """Bring every key into the form queries are compared in."""
        for field in ("name", "unit", "post", "number"):
            object.__setattr__(self, field, _plain(getattr(self, field)))
        object.__setattr__(self, "readings", tuple(filter(None, map(_syllables, self.readings))))

    @cached_property
    def usual(self) -> "PersonKeys":
        """The same person with only the first, most usual reading of each character."""
        return replace(self, readings=tuple(sounds[:1] for sounds in self.readings))


def pack_readings(readings: Sequence[Sequence[str]]) -> str:
    """Readings as one text for storage: characters apart by a space, readings of one character by a bar."""
    return " ".join("|".join(item) for item in readings)


def unpack_readings(text: str) -> tuple[tuple[str, ...], ...]:
    """The readings out of the text of `pack_readings`."""
    return tuple(tuple(item.split("|")) for item in text.split())


def nearness(query: str, keys: PersonKeys) -> float | None:
    """The order of answers: the rank, half a step further where only a rarer reading answers (于 as xu); None if not at all."""
    rank = match_person(query, keys)
    if rank is None or rank == match_person(query, keys.usual):
        return rank
    return rank + 0.5


def match_person(query: str, keys: PersonKeys) -> Rank | None:
    """How well the person answers; None if not at all.

    Words apart by spaces must all answer (「刑侦 张」), and the best of them ranks, unless they answer joined (「zhang san」).
    An empty query answers nobody.
    """
    words = unicodedata.normalize("NFKC", query).split()
    joined = _match_word(_plain(query), keys)
    if joined is not None or len(words) < 2:
        return joined
    ranks = [_match_word(_plain(word), keys) for word in words]
    return None if None in ranks else min(rank for rank in ranks if rank is not None)


def _match_word(word: str, keys: PersonKeys) -> Rank | None:
    if not word:
        return None
    if word in (keys.name, keys.number):
        return Rank.EXACT
    if keys.name.startswith(word):
        return Rank.NAME_PREFIX
    spelt = word.isascii() and word.isalpha()
    if spelt and _initials(word, keys.readings):
        return Rank.INITIALS
    if spelt and _spells(word, keys.readings):
        return Rank.PINYIN
    if word in keys.name or word in keys.number or word in keys.post or (spelt and _spells_later(word, keys.readings)):
        return Rank.CONTAINS
    return Rank.UNIT if word in keys.unit else None


def _initials(word: str, readings: tuple[tuple[str, ...], ...]) -> bool:
    """Whether each letter begins some reading of the character at its place."""
    if len(word) > len(readings):
        return False
    return all(any(sound[0] == letter for sound in sounds) for letter, sounds in zip(word, readings, strict=False))


def _spells_later(word: str, readings: tuple[tuple[str, ...], ...]) -> bool:
    starts = (start for start in range(1, len(readings)) if any(sound[0] == word[0] for sound in readings[start]))
    return any(_spells(word, readings[start:]) for start in starts)


def _spells(word: str, readings: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the word begins the name, each character spelt in full or by its initial, the last perhaps half."""
    places = {0}
    for sounds in readings:
        following = set()
        for place in places:
            rest = word[place:]
            if any(sound.startswith(rest) for sound in sounds):
                return True
            following |= {place + len(sound) for sound in sounds if rest.startswith(sound)}
            following |= {place + 1 for sound in sounds if sound[0] == rest[0]}
        places = following
    return False


def _syllables(item: Sequence[str]) -> tuple[str, ...]:
    """Readings in letters, without repeats; ü as v and as yu, the spelling of identity papers (GB/T 28039-2011)."""
    sounds = [_plain(sound).replace("ü", "v") for sound in item]
    letters = [sound for sound in sounds if sound.isascii() and sound.isalpha()]
    return tuple(dict.fromkeys(form for sound in letters for form in (sound, sound.replace("v", "yu"))))


def _plain(text: str) -> str:
    """Lower case, one width, without spaces and the dots of transcribed names."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if not sign.isspace() and sign not in "·•‧∙・.")
