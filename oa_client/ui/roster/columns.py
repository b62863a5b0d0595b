"""The columns of a sheet of accounts as it is previewed, and of the new accounts with their one-time passwords."""

from collections.abc import Callable

from oa_client.ui.models.table import Column
from oa_client.ui.roster.lines import TONES, RosterLine
from oa_client.usecases.rosters import Slip

TICK, MARK = "tick", "mark"


def roster_columns() -> tuple[Column, ...]:
    """The tick first, the mark drawn with its sign; where there is little room the unit is out of sight, not the sentence."""
    return (
        Column(TICK, "选", 40, lambda line: "", align="center"),
        Column("line", "行", 48, lambda line: str(line.id), align="right"),
        Column(MARK, "结果", 92, lambda line: line.mark, chip=True, tone=lambda line: TONES[line.mark]),
        Column("login", "警号", 84, _field("login")), Column("name", "姓名", 88, _field("name"), tip=_field("name")),
        Column("sentence", "说明", 320, lambda line: line.sentence, stretch=True, tip=lambda line: line.sentence,
               tone=lambda line: "overdue" if TONES[line.mark] == "overdue" else None),
        Column("unit", "单位", 132, _field("unit"), tip=_field("unit")),
    )


def slip_columns() -> tuple[Column, ...]:
    """For the new accounts."""
    return (
        Column("login", "警号", 76, lambda slip: slip.issued.login), Column("name", "姓名", 76, lambda slip: slip.issued.name, tip=lambda slip: slip.issued.name),
        Column("unit", "单位", 96, lambda slip: slip.unit, stretch=True, tip=lambda slip: slip.unit),
        Column("password", "一次性密码", 136, lambda slip: slip.issued.password),
    )


def slip_words(slips: tuple[Slip, ...]) -> str:
    """The slips as cells that a spreadsheet takes from the clipboard."""
    rows = [("警号", "姓名", "单位", "一次性密码"), *((slip.issued.login, slip.issued.name, slip.unit, slip.issued.password) for slip in slips)]
    return "\n".join("\t".join(row) for row in rows)


def _field(key: str) -> Callable[[RosterLine], str]:
    return lambda line: line.fields[key]
