"""The rule tables of the product, each read once from its data file."""

import json
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain.calendar import Calendar, CalendarRow
from ..domain.intake_reading import ReadingRules
from ..domain.numbering import Numbering
from ..domain.retention import RetentionTable
from ..settings import resource
from ..store.work_tables import CalendarDay


def table(name: str) -> dict[str, Any]:
    """A rule table as it stands in `resources/rules/`."""
    return json.loads(resource(f"rules/{name}.json").read_text("utf-8"))


@cache
def reading_rules() -> ReadingRules:
    """How fields are read out of a paper."""
    return ReadingRules.from_data(table("intake_reading"))


@cache
def urgencies() -> tuple[str, ...]:
    """The degrees of urgency of paper documents (紧急程度), the most urgent first."""
    return tuple(row["name"] for row in table("urgency")["paper"])


@cache
def document_types() -> tuple[str, ...]:
    """The kinds of documents (文种) in the regulation's order."""
    return tuple(row["name"] for row in table("document_types")["types"])


@cache
def access() -> dict[str, Any]:
    """Who joins the readers when, how long things are lent, who must agree to what."""
    return table("access")


@cache
def opennesses() -> tuple[str, ...]:
    """The values of 公开属性."""
    return tuple(row["name"] for row in table("openness")["values"])


@cache
def openness_note(value: str) -> str:
    """The 附注 that a value of 公开属性 prints."""
    return next((row["annotation"] for row in table("openness")["values"] if row["name"] == value), "")


@cache
def numbering() -> Numbering:
    """The forms of numbers."""
    return Numbering.from_data(table("numbering"))


@cache
def retention() -> RetentionTable:
    """The retention table that suggestions come from."""
    return RetentionTable.from_data(table("retention"))


def normalise_number(text: str) -> str:
    """A document number in its standard form; anything else without blanks, as it stands."""
    found = numbering().parse_number(text)
    return numbering().format_number(found.code, found.year, found.seq) if found else "".join(text.split())


def calendar(session: Session) -> Calendar:
    """The working calendar as the database holds it (工作日历)."""
    rows = session.execute(select(CalendarDay.day, CalendarDay.kind, CalendarDay.name))
    return Calendar.from_rows([CalendarRow(*row) for row in rows], table("calendar"))
