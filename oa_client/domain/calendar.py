"""Working days (工作日): counting time limits and showing how they were counted.

Source: 《全国年节及纪念日放假办法》 and the yearly notice of the State Council's office; a year whose notice is not
in the table is never guessed (待放假安排公布).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

UNKNOWN = "待放假安排公布"
_WEEKDAYS = "一二三四五六日"
_ONE = timedelta(days=1)


class CalendarRow(NamedTuple):
    """An exception of the calendar: a day `off` by holiday, or a weekend day of `work` (调休上班)."""

    day: date
    kind: str
    name: str = ""


def rows_from_holidays(holidays: Mapping[date, str], workdays: Mapping[date, str]) -> tuple[CalendarRow, ...]:
    """Rows for the calendar's table out of days off and worked weekends, each with the holiday's Chinese name."""
    rows = [CalendarRow(day, "off", name) for day, name in holidays.items()]
    rows += [CalendarRow(day, "work", name) for day, name in workdays.items()]
    return tuple(sorted(rows))


@dataclass(frozen=True)
class Term:
    """A time limit with its working. `due` is None when `unknown_year` has no published arrangement."""

    start: date
    days: int
    due: date | None
    skipped: tuple[tuple[date, str], ...] = ()
    worked: tuple[tuple[date, str], ...] = ()
    unknown_year: int | None = None
    by_calendar: bool = False

    def explain(self) -> str:
        """The working in one Chinese sentence: start, days skipped and why, worked weekends, last day."""
        unit, verb = ("日", "末日顺延，越过") if self.by_calendar else ("个工作日", "扣除")
        parts = [f"自{say_date(self.start)}次日起算 {self.days} {unit}"]
        if self.skipped:
            parts.append(verb + "、".join(_spans(self.skipped)))
        if self.worked:
            parts.append("、".join(_spans(self.worked)) + "计入")
        if self.due is None:
            parts.append(f"{self.unknown_year}年{UNKNOWN}，公布后自动重算")
        else:
            parts.append(f"最后一日为{say_date(self.due)}（星期{_WEEKDAYS[self.due.weekday()]}）")
        return "，".join(parts) + "。"


@dataclass(frozen=True)
class DeadlineWords:
    """A deadline for the screen. `tone` is overdue, soon, ok or none."""

    words: str
    tone: str
    tooltip: str


@dataclass(frozen=True)
class Calendar:
    """The working calendar. `off` and `work` are exceptions of Monday-to-Friday; `years` those with an arrangement."""

    off: frozenset[date]
    work: frozenset[date]
    years: frozenset[int]
    soon_within: int = 0
    names: Mapping[date, str] = field(default_factory=dict, hash=False)

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[Any, ...]], rules: Mapping[str, Any]) -> "Calendar":
        """Build from rows (day, kind[, name]) and `rules/calendar.json`.

        A year counts as published when its New Year and its National Day stand in the table: the first days of
        January alone come from the notice of the year before.
        """
        read = [CalendarRow(*row) for row in rows]
        off = frozenset(row.day for row in read if row.kind == "off")
        work = frozenset(row.day for row in read if row.kind == "work")
        marks = frozenset(tuple(map(int, mark.split("-"))) for mark in rules["published_year_has_off"])
        years = frozenset(year for year in {day.year for day in off}
                          if all(date(year, month, day) in off for month, day in marks))
        names = {row.day: row.name for row in read if row.name}
        return cls(off, work, years, rules["soon_within_working_days"], names)

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked. Raises LookupError for a year without arrangement: ask `knows` first."""
        if not self.knows(day):
            raise LookupError(day.year)
        return day in self.work or (day.weekday() < 5 and day not in self.off)

    def knows(self, day: date) -> bool:
        """Whether the arrangement of the day's year is published."""
        return day.year in self.years

    def add_working_days(self, start: date, days: int, suspended: Iterable[tuple[date, date]] = ()) -> Term:
        """The term of `days` working days after `start`, which is not counted.

        No days at all give the first working day from `start` on. Days inside a `suspended` span (both ends included) do not count (中止计时).
        """
        if days < 0:
            raise ValueError(days)
        spans = tuple(suspended)
        skipped: list[tuple[date, str]] = []
        worked: list[tuple[date, str]] = []
        left, day = days, start if days else start - _ONE
        while True:
            day += _ONE
            if not self.knows(day):
                return Term(start, days, None, tuple(skipped), tuple(worked), day.year)
            if any(first <= day <= last for first, last in spans):
                skipped.append((day, "中止计时"))
            elif not self.is_workday(day):
                skipped.append((day, self._why_off(day)))
            else:
                worked += [(day, "调休上班")] if day in self.work else []
                left -= 1
                if left <= 0:
                    return Term(start, days, day, tuple(skipped), tuple(worked))

    def add_calendar_days(self, start: date, days: int) -> Term:
        """The term of `days` calendar days after `start`; a last day that is off moves to the next working day."""
        if days < 0:
            raise ValueError(days)
        last = start + timedelta(days=days)
        rolled = self.add_working_days(last, 0)
        return Term(start, days, rolled.due, rolled.skipped, (), rolled.unknown_year, by_calendar=True)

    def working_days_between(self, first: date, last: date) -> int | None:
        """Working days after `first` up to and including `last`; None if a year among them is unknown.

        Negative when `last` is the earlier one.
        """
        low, high = sorted((first, last))
        if low == high:
            return 0
        if any(year not in self.years for year in range((low + _ONE).year, high.year + 1)):
            return None
        weekdays = _weekdays_until(high) - _weekdays_until(low)
        free, extra = self._exceptions
        count = weekdays - _within(free, low, high) + _within(extra, low, high)
        return count if first <= last else -count

    def days_off_between(self, first: date, last: date) -> tuple[tuple[date, str], ...]:
        """Days not worked after `first` up to and including `last`, each with its reason; both years must be known."""
        days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
        return tuple((day, self._why_off(day)) for day in days if not self.is_workday(day))

    @cached_property
    def _exceptions(self) -> tuple[tuple[date, ...], tuple[date, ...]]:
        """Weekdays off and weekend days worked, in order."""
        free = tuple(sorted(day for day in self.off - self.work if day.weekday() < 5))
        return free, tuple(sorted(day for day in self.work if day.weekday() > 4))

    def _why_off(self, day: date) -> str:
        return (self.names.get(day) or "节假日") + "放假" if day in self.off else "周末"


def deadline_words(due: date | None, today: date, calendar: Calendar) -> DeadlineWords:
    """How a limited document stands today: words, tone and the working. `due` None means: not yet computable.

    A document without any time limit has no deadline words; do not ask.
    """
    if due is None:
        return DeadlineWords(UNKNOWN, "none", f"办理期限跨入尚未公布放假安排的年份，{UNKNOWN}后自动计算。")
    count = calendar.working_days_between(today, due)
    head = f"截止日为{say_date(due)}（星期{_WEEKDAYS[due.weekday()]}），今天是{say_date(today)}"
    if count is None:
        return _uncounted(due, today, calendar, head)
    if due == today:
        return DeadlineWords("今天到期", "soon", f"{head}，即最后一日。")
    amount = f" {abs(count)} 个工作日" if count else "不足 1 个工作日"
    off = calendar.days_off_between(*sorted((today, due)))
    working = f"，其间扣除{'、'.join(_spans(off))}" if off else ""
    if due < today:
        return DeadlineWords(f"超期{amount}", "overdue", f"{head}，已超过{amount}{working}。")
    tone = "soon" if count <= calendar.soon_within else "ok"
    return DeadlineWords(f"剩{amount}", tone, f"{head}，还有{amount}{working}。")


def say_date(day: date) -> str:
    """A date as documents write it, without leading zeros (GB/T 9704-2012 成文日期)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _uncounted(due: date, today: date, calendar: Calendar, head: str) -> DeadlineWords:
    """The date is known, the number of working days is not."""
    tooltip = f"{head}，其间的工作日数{UNKNOWN}后才能计算。"
    if due < today:
        return DeadlineWords("已超期", "overdue", tooltip)
    tone = "soon" if (due - today).days <= calendar.soon_within else "ok"
    return DeadlineWords(f"{due.month}月{due.day}日到期", tone, tooltip)


def _weekdays_until(day: date) -> int:
    """Mondays to Fridays from the first day of the proleptic calendar (a Monday) up to `day`."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def _within(days: tuple[date, ...], after: date, until: date) -> int:
    return bisect_left(days, until + _ONE) - bisect_left(days, after + _ONE)


def _spans(days: Iterable[tuple[date, str]]) -> Iterator[str]:
    """Days grouped by reason in order of appearance: 「周末 4 天」「国庆节放假 7 天（10月1日至10月7日）」."""
    grouped: dict[str, list[date]] = {}
    for day, reason in days:
        grouped.setdefault(reason, []).append(day)
    for reason, members in grouped.items():
        where = "" if reason == "周末" else f"（{'、'.join(_runs(members))}）"
        yield f"{reason} {len(members)} 天{where}"


def _runs(days: list[date]) -> Iterator[str]:
    for _, run in groupby(enumerate(days), key=lambda item: item[1].toordinal() - item[0]):
        found = [day for _, day in run]
        first, last = found[0], found[-1]
        said = f"{first.month}月{first.day}日"
        yield said if first == last else f"{said}至{last.month}月{last.day}日"
