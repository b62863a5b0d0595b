"""Retention (保管期限) and filing (归档): what to propose to the archivist, who always decides.

Source: 国家档案局令第8号 (2006); the years themselves come from the bureau's own approved table.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class FilingFacts:
    """What is known of a document about to be filed.

    `direction` is in or out; `sender` of an incoming one is superior, peer, subordinate or other. `own_business`:
    belongs to what this organ administers (主管业务); `important`: marked so by an officer; `lead`: this organ leads
    the joint matter (主办); `needs_action`: 批办性 rather than 阅知性; `copy_only`: received as 抄送; `duplicate`: 重份.
    """

    title: str
    doc_type: str = ""
    direction: str = "in"
    sender: str = ""
    own_business: bool = True
    important: bool = False
    lead: bool = True
    needs_action: bool = True
    copy_only: bool = False
    duplicate: bool = False


_SAME = ("title", "direction", "sender", "own_business", "important", "lead", "needs_action", "copy_only", "duplicate")
_CONDITIONS = {"types": "doc_type"} | {name: name for name in _SAME}


@dataclass(frozen=True)
class Period:
    """A retention period (保管期限); `years` is None for 永久."""

    code: str
    name: str
    years: int | None


@dataclass(frozen=True)
class Suggestion:
    """The proposed period with its reason and source; the archivist decides."""

    period: Period
    why: str
    source: str


@dataclass(frozen=True)
class Scope:
    """Whether to file at all (归档范围); `why` and `source` are empty when nothing speaks against it."""

    file: bool
    why: str = ""
    source: str = ""


@dataclass(frozen=True)
class RetentionRule:
    """One line of the table: conditions that must all hold, and what follows."""

    when: Mapping[str, Any]
    why: str
    source: str
    period: str = ""

    def fits(self, facts: FilingFacts) -> bool:
        """Whether every condition of the line holds."""
        return all(self._holds(name, wanted, getattr(facts, _CONDITIONS[name])) for name, wanted in self.when.items())

    @staticmethod
    def _holds(name: str, wanted: Any, value: Any) -> bool:
        if name == "title":
            return re.search(wanted, value.strip()) is not None
        return value in wanted if isinstance(wanted, list) else value == wanted


@dataclass(frozen=True)
class RetentionTable:
    """The bureau's table (保管期限表): periods, ordered rules, what is not filed, and the day to file by."""

    periods: tuple[Period, ...]
    rules: tuple[RetentionRule, ...]
    not_filed: tuple[RetentionRule, ...]
    due: Mapping[str, int]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "RetentionTable":
        """Build from `rules/retention.json`; ValueError for an unknown condition or period, or no closing rule."""
        periods = tuple(Period(item["code"], item["name"], item["years"]) for item in data["periods"])
        rules = tuple(RetentionRule(item["when"], item["why"], item["source"], item["period"])
                      for item in data["rules"])
        not_filed = tuple(RetentionRule(item["when"], item["why"], item["source"]) for item in data["not_filed"])
        unknown = {name for rule in rules + not_filed for name in rule.when} - set(_CONDITIONS)
        unknown |= {rule.period for rule in rules} - {period.code for period in periods}
        if unknown or not rules or rules[-1].when:
            raise ValueError(f"retention table: unknown {sorted(unknown)}, or its last rule has conditions")
        return cls(periods, rules, not_filed, data["file_by"])

    def period(self, code: str) -> Period:
        """The period of a code (Y, D30, D10); KeyError if the table has none."""
        for period in self.periods:
            if period.code == code:
                return period
        raise KeyError(code)


def suggest(facts: FilingFacts, table: RetentionTable) -> Suggestion:
    """Propose a retention period: the first line of the table that fits (令第8号第六条至第八条)."""
    rule = next(rule for rule in table.rules if rule.fits(facts))
    why = rule.why if facts.lead else f"{rule.why}；联合行文由主办机关归原件，本机关归副本"
    return Suggestion(table.period(rule.period), why, rule.source)


def suggest_scope(facts: FilingFacts, table: RetentionTable) -> Scope:
    """Propose whether the document is filed (令第8号第三条、第四条); what is marked important always is."""
    if facts.important and not facts.duplicate:
        return Scope(True)
    rule = next((rule for rule in table.not_filed if rule.fits(facts)), None)
    return Scope(False, rule.why, rule.source) if rule else Scope(True)


@dataclass(frozen=True)
class FilingYear:
    """The year class of an item (归档年度); `note` says why when it is not simply the signing year."""

    year: int
    note: str = ""


def filing_year(doc_date: date | None, finished_on: date | None, filed_on: date) -> FilingYear:
    """The year a document is filed under (DA/T 22-2015, 分年度): signing date; completion if handled across years."""
    if doc_date is None:
        return FilingYear(filed_on.year, "成文日期不明，按归档年度归入")
    if finished_on is not None and finished_on.year > doc_date.year:
        return FilingYear(finished_on.year, "跨年度办理，按办结年度归入")
    return FilingYear(doc_date.year)


def file_by(doc_date: date | None, finished_on: date | None, filed_on: date, table: RetentionTable) -> date:
    """The last day to file: the end of June of the year after the filing year (文书材料归档时间)."""
    year = filing_year(doc_date, finished_on, filed_on).year
    return date(year + table.due["years_later"], table.due["month"], table.due["day"])
