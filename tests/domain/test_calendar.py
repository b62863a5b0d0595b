"""Working days against the library's tables and the vectors of the regulation's notes."""

import json
from datetime import date, timedelta

import chinese_calendar
import pytest
from chinese_calendar import constants
from hypothesis import given
from hypothesis import strategies as st

from oa_client.domain.calendar import Calendar, deadline_words, rows_from_holidays
from oa_client.settings import resource

RULES = json.loads(resource("rules/calendar.json").read_text("utf-8"))


def library_rows():
    """The table's rows out of the library, with Chinese names."""
    chinese = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    return rows_from_holidays({day: chinese[name] for day, name in constants.holidays.items()},
                              {day: chinese[name] for day, name in constants.workdays.items()})


CALENDAR = Calendar.from_rows(library_rows(), RULES)
DAYS = st.dates(date(2004, 1, 1), date(2026, 12, 31))


def d(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(("first", "last", "count"), [
    ("2003-12-31", "2004-01-02", 1), ("2003-12-30", "2004-01-02", None), ("2026-12-31", "2027-01-01", None),
    ("2027-01-04", "2027-01-04", 0), ("2026-10-12", "2026-09-30", -4),
])
def test_between_needs_the_years_it_counts(first, last, count):
    assert CALENDAR.working_days_between(d(first), d(last)) == count


def test_every_day_agrees_with_the_library():
    day = date(2004, 1, 1)
    while day < date(2027, 1, 1):
        assert CALENDAR.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(1)


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year, count):
    assert CALENDAR.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == count


@pytest.mark.parametrize(("start", "days", "due"), [
    ("2026-09-18", 20, "2026-10-22"), ("2026-02-09", 20, "2026-03-13"), ("2026-04-30", 15, "2026-05-25"),
    ("2026-02-13", 7, "2026-03-02"), ("2026-06-15", 5, "2026-06-23"), ("2026-11-23", 20, "2026-12-21"),
    ("2026-12-03", 20, "2026-12-31"),
    ("2026-10-10", 0, "2026-10-10"), ("2026-10-01", 0, "2026-10-08"), ("2026-02-13", 1, "2026-02-14"),
])
def test_terms(start, days, due):
    term = CALENDAR.add_working_days(d(start), days)
    assert (term.due, term.unknown_year) == (d(due), None)


def test_the_missing_year_is_never_guessed():
    term = CALENDAR.add_working_days(d("2026-12-04"), 20)
    assert (term.due, term.unknown_year) == (None, 2027)
    assert "2027年待放假安排公布" in term.explain()
    with pytest.raises(LookupError):
        CALENDAR.is_workday(d("2027-01-04"))


def test_new_years_day_of_the_notice_before_does_not_publish_a_year():
    rows = [*library_rows(), (d("2027-01-01"), "off", "元旦")]
    assert 2027 not in Calendar.from_rows(rows, RULES).years
    assert 2027 in Calendar.from_rows([*rows, (d("2027-10-01"), "off", "国庆节")], RULES).years


def test_explanation_shows_start_skips_swaps_and_end():
    said = CALENDAR.add_working_days(d("2026-09-18"), 20).explain()
    assert said.startswith("自2026年9月18日次日起算 20 个工作日，扣除")
    for part in ("周末 4 天", "国庆节放假 7 天（10月1日至10月7日）", "中秋放假 3 天（9月25日至9月27日）",
                 "调休上班 2 天（9月20日、10月10日）计入", "最后一日为2026年10月22日（星期四）。"):
        assert part in said, said


def test_suspended_days_do_not_count():
    plain = CALENDAR.add_working_days(d("2026-11-02"), 5)
    stopped = CALENDAR.add_working_days(d("2026-11-02"), 5, [(d("2026-11-04"), d("2026-11-10"))])
    assert plain.due == d("2026-11-09")
    assert stopped.due == d("2026-11-16")
    assert "中止计时 7 天（11月4日至11月10日）" in stopped.explain()


@pytest.mark.parametrize(("start", "days", "due"), [
    ("2026-09-16", 15, "2026-10-08"), ("2026-11-02", 15, "2026-11-17"), ("2026-11-06", 15, "2026-11-23"),
    ("2026-02-13", 1, "2026-02-14"), ("2026-10-01", 0, "2026-10-08"), ("2026-12-20", 15, None), ("2026-12-20", 11, "2026-12-31"),
])
def test_calendar_day_terms_roll_to_the_next_working_day(start, days, due):
    term = CALENDAR.add_calendar_days(d(start), days)
    assert term.due == (d(due) if due else None)
    assert ("顺延" in term.explain()) == bool(term.skipped)


@pytest.mark.parametrize("act", [CALENDAR.add_working_days, CALENDAR.add_calendar_days])
def test_a_negative_term_is_a_bug(act):
    with pytest.raises(ValueError, match="-1"):
        act(d("2026-11-02"), -1)


@pytest.mark.parametrize(("due", "today", "words", "tone"), [
    ("2026-11-23", "2026-11-23", "今天到期", "soon"),
    ("2026-11-25", "2026-11-23", "剩 2 个工作日", "soon"),
    ("2026-11-26", "2026-11-23", "剩 3 个工作日", "ok"),
    ("2026-10-09", "2026-09-30", "剩 2 个工作日", "soon"),
    ("2026-11-20", "2026-11-23", "超期 1 个工作日", "overdue"),
    ("2026-09-30", "2026-10-12", "超期 4 个工作日", "overdue"),
    ("2026-11-20", "2026-11-21", "超期不足 1 个工作日", "overdue"),
    ("2026-11-22", "2026-11-21", "剩不足 1 个工作日", "soon"),
    (None, "2026-11-23", "待放假安排公布", "none"),
    ("2027-03-01", "2026-11-23", "3月1日到期", "ok"),
    ("2027-01-02", "2026-12-31", "1月2日到期", "soon"),
    ("2026-12-31", "2027-01-05", "已超期", "overdue"),
])
def test_deadline_words(due, today, words, tone):
    shown = deadline_words(d(due) if due else None, d(today), CALENDAR)
    assert (shown.words, shown.tone) == (words, tone)
    assert shown.tooltip.endswith("。")


def test_the_tooltip_shows_the_working():
    tooltip = deadline_words(d("2026-10-09"), d("2026-09-30"), CALENDAR).tooltip
    assert "截止日为2026年10月9日（星期五），今天是2026年9月30日，还有 2 个工作日，其间扣除" in tooltip
    assert "国庆节放假 7 天" in tooltip


@given(DAYS, DAYS)
def test_between_is_signed_and_counts_one_by_one(first, last):
    count = CALENDAR.working_days_between(first, last)
    assert count == -CALENDAR.working_days_between(last, first)
    low, high = sorted((first, min(last, first + timedelta(400))))
    slow = sum(CALENDAR.is_workday(low + timedelta(step)) for step in range(1, (high - low).days + 1))
    assert CALENDAR.working_days_between(low, high) == slow


@given(st.dates(date(2004, 1, 1), date(2025, 12, 31)), st.integers(1, 200))
def test_adding_is_the_inverse_of_counting(start, days):
    term = CALENDAR.add_working_days(start, days)
    assert CALENDAR.is_workday(term.due)
    assert CALENDAR.working_days_between(start, term.due) == days
    assert len(term.skipped) + days == (term.due - start).days
