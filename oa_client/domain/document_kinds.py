"""The choices a document may take: 文种, 公开属性, 紧急程度, each with its rule data.

Sources: 《党政机关公文处理工作条例》第八条、第九条第三项; 《政府信息公开条例》第二十六条.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DocumentType:
    """A 文种. `limit` is '' (free), warn or block for a department; `endings` are the words a title may end with."""

    name: str
    use: str
    directions: tuple[str, ...]
    needs_main: bool
    endings: tuple[str, ...]
    article: str
    limit: str = ""
    limit_why: str = ""


@dataclass(frozen=True)
class Openness:
    """A value of 公开属性 with the note printed under the text; `working_days` limits publication (主动公开)."""

    name: str
    annotation: str
    needs_reason: bool
    working_days: int | None


@dataclass(frozen=True)
class Urgency:
    """A grade of 紧急程度; `marked` ones are printed; `working_days` is the local handling time, not a rule."""

    name: str
    rank: int
    marked: bool
    working_days: int


@dataclass(frozen=True)
class DocumentKinds:
    """All choices, in the order in which they are offered.

    `directions` maps up, down, level and public to their Chinese names; `addressee_kinds` each to whom it may be sent.
    """

    types: tuple[DocumentType, ...]
    openness: tuple[Openness, ...]
    urgency: tuple[Urgency, ...]
    telegram: tuple[Urgency, ...]
    usual_urgency: str
    directions: Mapping[str, str]
    addressee_kinds: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_data(cls, types: Mapping[str, Any], openness: Mapping[str, Any],
                  urgency: Mapping[str, Any]) -> "DocumentKinds":
        """Build from `rules/document_types.json`, `rules/openness.json` and `rules/urgency.json`."""
        return cls(
            tuple(_type(item) for item in types["types"]),
            tuple(Openness(item["name"], item["annotation"], item["needs_reason"], item["working_days"])
                  for item in openness["values"]),
            tuple(_grade(item) for item in urgency["paper"]),
            tuple(_grade(item) for item in urgency["telegram"]),
            urgency["default"],
            types["directions"],
            {direction: tuple(kinds) for direction, kinds in types["addressee_kinds"].items()},
        )

    def type(self, name: str) -> DocumentType | None:
        """The 文种 of this name, None if the regulation has none."""
        return next((item for item in self.types if item.name == name), None)

    def openness_value(self, name: str) -> Openness | None:
        """The 公开属性 of this name, None if there is none."""
        return next((item for item in self.openness if item.name == name), None)

    def urgency_grade(self, name: str) -> Urgency | None:
        """The 紧急程度 of a document on paper; the empty name is the usual grade, None if there is none."""
        return next((item for item in self.urgency if item.name == (name or self.usual_urgency)), None)

    def usual_direction(self, name: str) -> str:
        """The direction a 文种 usually goes: up, down, level or public; '' for an unknown one."""
        found = self.type(name)
        return found.directions[0] if found else ""


def _type(item: Mapping[str, Any]) -> DocumentType:
    return DocumentType(item["name"], item["use"], tuple(item["directions"]), item["needs_main"],
                        tuple(item["endings"]), item["article"], item.get("limit", ""), item.get("limit_why", ""))


def _grade(item: Mapping[str, Any]) -> Urgency:
    return Urgency(item["name"], item["rank"], item["marked"], item["working_days"])
