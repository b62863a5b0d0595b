"""The columns of document lists, and how a row says in words what it knows (列表的列)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from oa_client.ui.document.header import DUE_TONES
from oa_client.ui.models.table import Column
from oa_client.ui.widgets.chip import URGENCY_TONES
from oa_client.usecases.desk import local
from oa_client.usecases.lists import STATES
from oa_client.usecases.views import DocumentRow

ENDING = ("done", "receive", "send")
STATE_TONES = {"filed": "ontime", "closed": "neutral", "returned": "soon", "void": "neutral"}
_TIMES = {"todo": "送达时间", "read": "送达时间", "receive": "收文时间", "send": "拟稿时间"}
_UNFILED = "未归档"


def box_columns(box: str, today: Callable[[], date]) -> tuple[Column, ...]:
    """The columns of one of the lists. `today` gives the day as of the last reading."""
    return _lent_columns() if box == "lent" else (
        Column("title", "标题", 360, lambda row: row.title, two_line=lambda row: second_line(row, box), stretch=True,
               bold=lambda row: row.unread, tip=_title_tip),
        Column("urgency", "紧急程度", 76, _urgency, chip=True, tone=lambda row: URGENCY_TONES.get(row.urgency)),
        Column("due", "办理情况" if box in ENDING else "办理期限", 146, lambda row: _standing(row, box), two_line=_urged_below, tone=_standing_tone, tip=_due_tip),
        Column("at", _TIMES.get(box, "起始时间"), 92, lambda row: moment_words(row.at, today()), tip=lambda row: whole_moment(row.at)),
    )


def _lent_columns() -> tuple[Column, ...]:
    """What is lent has ended elsewhere: neither its time limit nor its urgency concerns the reader."""
    return (
        Column("title", "题名", 360, lambda row: row.title, two_line=lambda row: second_line(row, "lent"), stretch=True, tip=_title_tip),
        Column("organ", "来自", 150, lambda row: row.organ, tip=lambda row: row.organ),
        Column("doc_type", "文种", 64, lambda row: row.doc_type),
        Column("at", "起始时间", 104, lambda row: f"{local(row.at):%Y-%m-%d}", tip=lambda row: whole_moment(row.at)),
    )


def library_columns() -> tuple[Column, ...]:
    """The columns of the library."""
    return (
        Column("title", "题名", 360, lambda row: row.title, two_line=lambda row: second_line(row, "library"), stretch=True, tip=lambda row: row.title),
        Column("reference", "档号", 230, lambda row: row.reference or _UNFILED, tone=lambda row: None if row.reference else "secondary",
               tip=lambda row: "" if row.reference else row.where or STATES.get(row.state, "")),
        Column("doc_type", "文种", 64, lambda row: row.doc_type),
        Column("year", "年度", 64, lambda row: str(row.year or ""), tip=lambda row: "归档年度" if row.year else ""),
    )


def second_line(row: DocumentRow, box: str) -> str:
    """What stands below a title: number · organ · where it is now; what is lent has its organ in a column, and is nowhere else."""
    number = row.number or ("未编号" if row.kind == "send" else "无字号")
    if box == "lent":
        return number
    where = "" if box == "library" else row.where or row.reference
    return " · ".join(part for part in (number, row.organ, where) if part)


def moment_words(at: datetime, today: date) -> str:
    """A time as lists tell it: today and yesterday with the clock, else the day, with its year when it is another."""
    shown = local(at)
    if shown.date() == today:
        return f"今天 {shown:%H:%M}"
    if shown.date() == today - timedelta(days=1):
        return f"昨天 {shown:%H:%M}"
    return f"{shown.month}月{shown.day}日" if shown.year == today.year else f"{shown:%Y-%m-%d}"


def whole_moment(at: datetime) -> str:
    """A time in full."""
    shown = local(at)
    return f"{shown.year}年{shown.month}月{shown.day}日 {shown:%H:%M}"


def urged_words(row: DocumentRow) -> str:
    """How often the officer was pressed for it (催办)."""
    return f"催办 {row.urged} 次" if row.urged else ""


def _title_tip(row: DocumentRow) -> str:
    return "\n".join(filter(None, (row.title, row.where, "尚未打开" if row.unread else "")))


def _urgency(row: DocumentRow) -> str:
    return "" if row.urgency == "平件" else row.urgency


def _standing(row: DocumentRow, box: str) -> str:
    """The deadline while it runs, the end when it has ended; being urged where there is no deadline."""
    if row.state != "running":
        return STATES.get(row.state, "")
    return row.due.words or urged_words(row) or (STATES["running"] if box in ENDING else "")


def _urged_below(row: DocumentRow) -> str:
    return urged_words(row) if row.due.words else ""


def _standing_tone(row: DocumentRow) -> str | None:
    if row.state != "running":
        tone = STATE_TONES.get(row.state, "neutral")
        return "secondary" if tone == "neutral" else tone
    return DUE_TONES.get(row.due.tone) or ("soon" if row.urged else "secondary")


def _due_tip(row: DocumentRow) -> str:
    urged = f"已被催办 {row.urged} 次。" if row.urged else ""
    return f"{row.due.tooltip}{urged}"
