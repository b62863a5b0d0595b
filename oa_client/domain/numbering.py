"""Numbers of documents (发文字号) and of filed items (档号): writing them, reading them, tolerating how people type them.

Sources: 《党政机关公文处理工作条例》第九条第五项, GB/T 9704-2012; DA/T 22-2015 for the archive reference.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import Invalid

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True)
class Number:
    """A document number (发文字号): organ code, year, sequence within code and year, from 1."""

    code: str
    year: int
    seq: int


@dataclass(frozen=True)
class ArchiveReference:
    """An archive reference (档号). `unit` may be empty; `item` (件号) runs from 1 within `series`."""

    fonds: str
    category: str
    year: int
    period: str
    unit: str
    item: int

    @property
    def series(self) -> tuple[str, str, int, str, str]:
        """The class within which the item number runs without gap."""
        return self.fonds, self.category, self.year, self.period, self.unit


@dataclass(frozen=True)
class Numbering:
    """The forms of both numbers, from `rules/numbering.json`."""

    number: Mapping[str, Any]
    archive: Mapping[str, Any]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Numbering":
        """Take the forms out of `rules/numbering.json`."""
        return cls(data["document_number"], data["archive_reference"])

    def format_number(self, code: str, year: int, seq: int) -> str:
        """Write a document number, `代字〔年〕n号`; Invalid (field `number`) if it would not be well formed."""
        form = self.number
        text = f"{code}{form['opening']}{year}{form['closing']}{seq}{form['suffix']}"
        if self._strict(text) != Number(code, year, seq):
            raise Invalid({"number": f"“{text}”不是规范的发文字号，请核对机关代字、年份和顺序号。"})
        return text

    def is_well_formed(self, text: str) -> bool:
        """Whether the text stands exactly as the standard wants it, nothing tolerated."""
        return self._strict(text) is not None

    def parse_number(self, text: str) -> Number | None:
        """Read a document number as people type it: other brackets, spaces, 第, leading zeros; None if it is none."""
        form = self.number
        clean = re.sub(r"\s+", "", text).translate(_DIGITS)
        clean = _unify(clean, form["opening_variants"], form["opening"])
        clean = _unify(clean, form["closing_variants"], form["closing"])
        dropped = f"(?<={re.escape(form['closing'])})[{re.escape(form['dropped_before_sequence'])}]?0*"
        return self._strict(re.sub(dropped, "", clean))

    def format_archive_reference(self, reference: ArchiveReference) -> str:
        """Write an archive reference; Invalid (field `archive_reference`) if a part does not fit its width."""
        form = self.archive
        inner = f"{reference.category}{form['inner_separator']}{reference.year}"
        levels = [reference.fonds, inner, reference.period, reference.unit, f"{reference.item:0{form['item_width']}d}"]
        text = form["level_separator"].join(level for level in levels if level)
        if self._strict_reference(text) != reference:
            raise Invalid({"archive_reference": f"“{text}”不是规范的档号，请核对全宗号、门类、年度、保管期限、机构代码和件号的位数。"})
        return text

    def parse_archive_reference(self, text: str) -> ArchiveReference | None:
        """Read an archive reference, tolerating other dashes, dots, spaces and small letters; None if it is none."""
        form = self.archive
        clean = re.sub(r"\s+", "", text).translate(_DIGITS).upper()
        clean = _unify(clean, form["level_variants"], form["level_separator"])
        return self._strict_reference(_unify(clean, form["inner_variants"], form["inner_separator"]))

    def _strict(self, text: str) -> Number | None:
        found = re.fullmatch(self.number["pattern"], text)
        return Number(found["code"], int(found["year"]), int(found["seq"])) if found else None

    def _strict_reference(self, text: str) -> ArchiveReference | None:
        found = re.fullmatch(self._reference_pattern(), text)
        if not found or not int(found["item"]):
            return None
        return ArchiveReference(found["fonds"], found["category"], int(found["year"]), found["period"],
                                found["unit"] or "", int(found["item"]))

    def _reference_pattern(self) -> str:
        form = self.archive
        level, inner = re.escape(form["level_separator"]), re.escape(form["inner_separator"])
        periods = "|".join(map(re.escape, form["periods"]))
        return (f"(?P<fonds>[A-Z0-9]{{{form['fonds_width']}}}){level}"
                f"(?P<category>[A-Z]{{{form['category_width']}}}){inner}(?P<year>[0-9]{{{form['year_width']}}}){level}"
                f"(?P<period>{periods}){level}(?:(?P<unit>[A-Z0-9]{{{form['unit_width']}}}){level})?"
                f"(?P<item>[0-9]{{{form['item_width']}}})")


def _unify(text: str, variants: str, sign: str) -> str:
    return text.translate(dict.fromkeys(map(ord, variants), sign))
