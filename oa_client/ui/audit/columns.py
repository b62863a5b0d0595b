"""The columns of the audit and of what does not fit in it (留痕、不符), and how an event says who and when."""

from oa_client.domain.faults import Fault, stream_words
from oa_client.ui.models.table import Column
from oa_client.usecases.audit_rows import RESULTS, AuditRow
from oa_client.usecases.desk import local

UNKNOWN = "未识别的人"


def event_columns() -> tuple[Column, ...]:
    """Time, who, what, on what, result, terminal."""
    return (
        Column("at", "时间", 96, lambda row: f"{local(row.at):%H:%M:%S}", two_line=lambda row: f"{local(row.at):%Y-%m-%d}", tip=whole_moment),
        Column("who", "何人", 120, who, two_line=lambda row: " ".join(part for part in (row.login, row.unit) if part and part != who(row)), tip=who_whole),
        Column("what", "事项", 280, lambda row: row.action, two_line=lambda row: row.words if row.words != row.action else "", stretch=True, tip=lambda row: row.words),
        Column("about", "对象", 150, lambda row: row.about, tip=lambda row: row.about),
        Column("result", "结果", 64, lambda row: row.result, tone=result_tone, bold=failed),
        Column("terminal", "终端", 104, lambda row: row.terminal, tip=lambda row: row.terminal),
    )


def fault_columns() -> tuple[Column, ...]:
    """What is wrong; below, on which chain and when."""
    return (
        Column("words", "不符之处", 420, said, two_line=where, stretch=True, tip=lambda fault: fault.words),
    )


def said(fault: Fault) -> str:
    """What is wrong, without the chain and the number of the event, which are told beside it."""
    return fault.words.removeprefix(f"{stream_words(fault.stream)}：").replace(f"（留痕编号 {fault.event_id}）", "")


def where(fault: Fault) -> str:
    """The chain, and when the event was."""
    return stream_words(fault.stream) + (f"　留痕时间 {local(fault.at):%Y-%m-%d %H:%M:%S}" if fault.at else "")


def who(row: AuditRow) -> str:
    """The name of who acted, or what they called themselves."""
    return row.name or row.login or UNKNOWN


def who_whole(row: AuditRow) -> str:
    """Name, police number and unit."""
    return "　".join(part for part in (who(row), f"警号 {row.login}" if row.login and row.name else "", row.unit) if part)


def whole_moment(row: AuditRow) -> str:
    """Day and second by the clock on the wall."""
    return f"{local(row.at):%Y-%m-%d %H:%M:%S}"


def failed(row: AuditRow) -> bool:
    """Whether it was refused."""
    return row.result != RESULTS["done"]


def result_tone(row: AuditRow) -> str:
    """The colour that repeats the word of the result."""
    return "overdue" if failed(row) else "ontime"
