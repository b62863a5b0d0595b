"""Rows of a sheet of accounts as they are judged (账号名单导入): what stands there, what is wanted, what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from .actor import Actor
from .roster_places import NONE, Grants, Places

NEW, CHANGED, SAME, ENABLED, DISABLED, BAD = "新建", "修改", "不变", "启用", "停用", "错误"
OUTCOMES = (NEW, CHANGED, ENABLED, DISABLED, SAME, BAD)


@dataclass(frozen=True)
class Present:
    """An account as it stands; `appointing` when its appointment as the unit's administrator waits for the second person."""

    id: int
    login: str
    name: str
    unit_id: int
    post: str = ""
    grants: Grants = frozenset()
    active: bool = True
    closes_on: date | None = None
    version: int = 1
    appointing: bool = False


@dataclass(frozen=True)
class Wanted:
    """What a row asks for. `edits`: fields differ; `active`: to be enabled or disabled; `appoints`: to be asked for as the unit's administrator."""

    login: str
    name: str
    unit_id: int
    post: str = ""
    grants: Grants = frozenset()
    closes_on: date | None = None
    account_id: int = 0
    seen: int = 0
    edits: bool = False
    active: bool | None = None
    appoints: bool = False


@dataclass(frozen=True)
class Change:
    """A field that a row changes, in words."""

    title: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.title}：{self.before or NONE} → {self.after or NONE}"


@dataclass(frozen=True)
class RosterRow:
    """A row of the preview: the line in the sheet, its fields in words, the outcome and the sentence; `wanted` when it can be carried out."""

    line: int
    fields: Mapping[str, str]
    outcome: str
    sentence: str = ""
    changes: tuple[Change, ...] = ()
    wanted: Wanted | None = None


@dataclass(frozen=True)
class Ground:
    """What rows are judged against: who imports, today, the units, the accounts by police number, and what a form refuses."""

    actor: Actor
    today: date
    places: Places
    present: Mapping[str, Present]
    problems: Callable[[Wanted], Mapping[str, str]]
