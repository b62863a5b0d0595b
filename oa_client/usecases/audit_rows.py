"""Lines of the audit (留痕): what they are narrowed to, and how each is told."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from ..domain.happenings import GROUPS, kinds, title
from ..domain.happenings import words as words_of
from ..store import auditing
from ..store.audit_tables import Event, Link
from ..store.tables import Account, Unit
from .desk import BEIJING
from .rules import normalise_number

ACT, PAPERS = "act", "papers"
RESULTS = {"done": "成功", "refused": "未成功"}
NOBODY = "数据库管理员"
SHOWN_PARTS = ("处理单", "正文")
_PAPER = re.compile(r"(?:公文)?\s*第?\s*(\d{1,18})\s*号?")


@dataclass(frozen=True)
class AuditFilter:
    """What the audit is narrowed to; empty values narrow nothing.

    `person`: police number or part of a name. `document`: its id, 「第12号」 or part of its number. `action`: a key of `actions()` or of
    `domain.happenings.GROUPS`. `stream`: the chain that an event says it is on, or is on.
    `result`: a key of `RESULTS`. `text`: words of the recorded detail or of the kind of event.
    """

    person: str = ""
    document: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    terminal: str = ""
    result: str = ""
    text: str = ""
    stream: str = ""


@dataclass(frozen=True)
class AuditRow:
    """A line of the audit: when, who, what, on what, with what result, from where. `document` is its number, never its title."""

    id: int
    at: datetime
    login: str
    name: str
    unit: str
    action: str
    words: str
    document: str
    about: str
    result: str
    terminal: str


# a file is named after its document, whose title the auditor does not learn
_TITLED: dict[str, Callable[[dict[str, Any]], str]] = {
    "view_file": lambda detail: f"打开附件（文件编号 {detail['file']}）",
    "print": lambda detail: f"打印{detail['what'] if detail.get('what') in SHOWN_PARTS else '文件'}",
}


def actions() -> dict[str, str]:
    """The kinds of events to choose from: every act of a flow is one kind."""
    return {ACT: "办理公文", **kinds()}


def lines(session: Session, narrow: AuditFilter) -> Select[Event, str, str]:
    """The events that the filter leaves, with the names of who acted, in no order."""
    query = select(Event, Account.name, Unit.short).outerjoin(Account, Account.id == Event.account_id).outerjoin(Unit, Unit.id == Account.unit_id)
    return query.where(*_narrowed(session, narrow))


def rows_of(session: Session, found: Sequence[Any]) -> tuple[AuditRow, ...]:
    """Events in words."""
    numbers = auditing.numbers(session, {event.document_id for event, _name, _unit in found if event.document_id is not None})
    return tuple(_row(event, name or "", unit or "", numbers) for event, name, unit in found)


def _row(event: Event, name: str, unit: str, numbers: dict[int, str]) -> AuditRow:
    detail, said = _told(event)
    document = "" if event.document_id is None else numbers.get(event.document_id) or f"公文 第{event.document_id}号"
    about = document or f"{detail.get('login', '')} {detail.get('name', '')}".strip() or str(detail.get("unit", ""))
    kind = kinds().get(event.action) or str(detail.get("act") or "办理公文")
    return AuditRow(event.id, event.at, event.login, name or ("" if event.account_id or event.result != "done" else NOBODY), unit, kind, said, document, about,
                    RESULTS.get(event.result, event.result), event.terminal)


def _told(event: Event) -> tuple[dict[str, Any], str]:
    """The detail and its sentence; what somebody edited may be no detail any more, and is shown as it stands."""
    try:
        detail = json.loads(event.detail)
        return detail, _TITLED[event.action](detail) if event.action in _TITLED else words_of(event.action, detail)
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}, f"{title(event.action)}（内容无法识别）：{event.detail[:200]}"


def _narrowed(session: Session, narrow: AuditFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if narrow.person.strip():
        found.append(_by(session, narrow.person.strip()))
    if narrow.document.strip():
        found.append(_on(session, narrow.document.strip()))
    if narrow.action:
        found.append(_of(narrow.action))
    if narrow.since:
        found.append(Event.at >= _midnight(narrow.since))
    if narrow.until:
        found.append(Event.at < _midnight(narrow.until, 1))
    if narrow.terminal.strip():
        found.append(Event.terminal.icontains(narrow.terminal.strip(), autoescape=True))
    if narrow.result:
        found.append(Event.result == narrow.result)
    if narrow.stream:
        found.append((Event.stream == narrow.stream) | Event.id.in_(select(Link.event_id).where(Link.stream == narrow.stream)))
    return found + [_with(word) for word in narrow.text.split()]


def _of(action: str) -> ColumnElement[bool]:
    """Of one kind, or of a group of kinds; every act of a flow is of the group of papers."""
    acts = Event.task_id.is_not(None) & Event.action.not_in(kinds())
    if action in GROUPS:
        return or_(Event.action.in_(GROUPS[action][1]), acts) if action == PAPERS else Event.action.in_(GROUPS[action][1])
    return acts if action == ACT else Event.action == action


def _by(session: Session, person: str) -> ColumnElement[bool]:
    fits = or_(Account.login == person, Account.name.contains(person, autoescape=True))
    return or_(Event.account_id.in_(session.scalars(select(Account.id).where(fits)).all()), Event.login == person)


def _on(session: Session, document: str) -> ColumnElement[bool]:
    named = _PAPER.fullmatch(document)
    return Event.document_id == int(named[1]) if named else Event.document_id.in_(auditing.numbered(session, normalise_number(document)))


def _with(word: str) -> ColumnElement[bool]:
    named = [key for key, caption in kinds().items() if word in caption]
    return or_(Event.detail.icontains(word, autoescape=True) & Event.action.not_in(_TITLED), Event.action.in_(named))


def _midnight(day: date, later: int = 0) -> datetime:
    """The day's beginning, or that of a day later; days at the ends of the calendar stand for their neighbours."""
    within = min(max(day, date.min + timedelta(days=1)), date.max - timedelta(days=1))
    return datetime.combine(within + timedelta(days=later), time(), BEIJING)
