"""Units and roles as a sheet of accounts writes them (单位、角色的写法): 「收发员」 is of the own unit, 「局收发员」 of the bureau."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from .actor import ROLES
from .roster_cells import folded

Grants = frozenset[tuple[str, int]]
GIVEN = ("chief", "deputy", "clerk", "reviewer", "archivist", "unit_admin")
NONE = "无"
_WRITTEN = {title: role for role, title in ROLES.items() if role not in ("leader", "unit")}
_BETWEEN = re.compile(r"[、,;/|\s]+")
_NOTHING = frozenset({"", NONE, "-", "—", "没有"})
_BUREAU, _OWN = ("局", "本局", "市局"), "本单位"


@dataclass(frozen=True)
class Place:
    """A unit as far as sheets name it; the bureau itself has no parent."""

    id: int
    name: str
    short: str
    parent_id: int | None = None
    kind: str = "division"


class Places:
    """Every unit of the bureau, by its words."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._all = {place.id: place for place in places}
        self._named: dict[str, list[int]] = {}
        for place in self._all.values():
            for text in {folded(place.name), folded(place.short)}:
                self._named.setdefault(text, []).append(place.id)
        self.root = next((place for place in self._all.values() if place.parent_id is None), None)

    def find(self, text: str) -> int:
        """The unit that words name, by its full or short name; ValueError with the sentence when none or more than one does."""
        found = self._named.get(folded(text), [])
        full = [unit for unit in found if folded(self._all[unit].name) == folded(text)]
        if len(full or found) == 1:
            return (full or found)[0]
        raise ValueError(f"叫「{text}」的单位不止一个，请写全称。" if found else f"没有名为「{text}」的单位。")

    def words(self, unit_id: int) -> str:
        """A unit's short name; its full one where others have the same."""
        place = self._all[unit_id]
        alone = place.short and len(self._named[folded(place.short)]) == 1
        return place.short if alone else place.name

    def bureau_of(self, unit_id: int) -> int | None:
        """The bureau whose roles this unit's administrator gives as well: that of the office (办公室)."""
        place = self._all.get(unit_id)
        return place.parent_id if place and place.kind == "office" else None

    def roles(self, text: str, unit_id: int) -> Grants:
        """The roles that a cell names for somebody of a unit; ValueError with the sentence for a word that names none."""
        parts = _BETWEEN.split(unicodedata.normalize("NFKC", text).strip())
        return frozenset(self._role(part, unit_id) for part in parts if part not in _NOTHING)

    def role_words(self, grants: Iterable[tuple[str, int]], unit_id: int) -> str:
        """Roles as a cell holds them, in the order of the roles."""
        held = sorted(grants, key=lambda grant: (grant[1] != unit_id, list(ROLES).index(grant[0]), grant[1]))
        return "、".join(f"{self._prefix(unit, unit_id)}{ROLES[role]}" for role, unit in held)

    def _prefix(self, unit_id: int, home_id: int) -> str:
        if unit_id == home_id:
            return ""
        return _BUREAU[0] if self.root and unit_id == self.root.id else self.words(unit_id)

    def _role(self, word: str, unit_id: int) -> tuple[str, int]:
        title = next((title for title in sorted(_WRITTEN, key=len, reverse=True) if word.endswith(title)), "")
        prefix = word.removesuffix(title)
        try:
            if title:
                return _WRITTEN[title], self._scope(prefix, unit_id)
        except ValueError:
            pass
        raise ValueError(f"没有「{word}」这个角色，可填：{'、'.join(ROLES[role] for role in GIVEN)}；全局的角色前面加「局」。")

    def _scope(self, prefix: str, unit_id: int) -> int:
        if prefix in ("", _OWN):
            return unit_id
        return self.root.id if prefix in _BUREAU and self.root else self.find(prefix)
