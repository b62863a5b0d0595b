"""The rows of a sheet of accounts as the table shows them: before the import with their outcome, afterwards with what came of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from oa_client.domain.roster import BAD, CHANGED, DISABLED, ENABLED, NEW, OUTCOMES, SAME, RosterRow
from oa_client.domain.roster_cells import TITLES
from oa_client.usecases.rosters import Preview, RosterResult

DONE, FAILED, LEFT, UNTICKED = "已办成", "未成功", "未办理", "未勾选"
MARKS = (DONE, FAILED, LEFT, UNTICKED, *OUTCOMES)
TONES = {NEW: "accent", CHANGED: "accent", ENABLED: "ontime", DISABLED: "soon", SAME: "neutral", BAD: "overdue",
         DONE: "ontime", FAILED: "overdue", LEFT: "soon", UNTICKED: "neutral"}
SIGNS = {NEW: "add", CHANGED: "edit", ENABLED: "enable", DISABLED: "disable", SAME: "check", BAD: "error",
         DONE: "done", FAILED: "error", LEFT: "pause", UNTICKED: "hidden"}
STOPPED = "导入到此为止，这一行没有写入。"
AS_IT_IS = "与现有账号一致，不用办理。"
_KNOWN = ("login", "name", "unit", "state")
_NAMED = 10


@dataclass(frozen=True)
class RosterLine:
    """A row of the table: `mark` is its outcome, or what came of it; `good` when it can be ticked. Its id is the line in the sheet."""

    id: int
    row: RosterRow
    mark: str
    sentence: str
    good: bool = False

    @property
    def fields(self) -> Mapping[str, str]:
        """The fields as the sheet has them."""
        return self.row.fields

    @property
    def other_fields(self) -> str:
        """What else the sheet says in this row, in one line."""
        return "　".join(f"{TITLES[key]} {words}" for key, words in self.fields.items() if words and key not in _KNOWN)


def before(shown: Preview) -> tuple[RosterLine, ...]:
    """Every row with its outcome."""
    return tuple(RosterLine(row.line, row, row.outcome, row.sentence or AS_IT_IS, row.wanted is not None) for row in shown.rows)


def after(shown: Preview, result: RosterResult) -> tuple[RosterLine, ...]:
    """Every row with what came of it; those that were not chosen say so."""
    told = {row.line: (DONE, row.sentence) for row in result.done}
    told |= {row.line: (FAILED, said) for row, said in result.failed}
    told |= {row.line: (LEFT, STOPPED) for row in result.left}
    return tuple(RosterLine(row.line, row, *told.get(row.line, (UNTICKED if row.wanted else row.outcome, row.sentence or AS_IT_IS))) for row in shown.rows)


def counts(lines: Iterable[RosterLine]) -> dict[str, int]:
    """How many rows bear each mark, in the order in which they are told; marks that do not occur are left out."""
    found = Counter(line.mark for line in lines)
    return {mark: found[mark] for mark in MARKS if found[mark]}


def good_ticks(shown: Preview, kept: Mapping[str, bool]) -> frozenset[int]:
    """The lines to tick: every good row, but not those whose police number was unticked before."""
    return frozenset(row.line for row in shown.rows if row.wanted and kept.get(row.fields["login"], True))


def named(rows: Iterable[RosterRow]) -> str:
    """「第 4、8、9 行」; a long list ends in 等."""
    numbers = [str(row.line) for row in rows]
    return f"第 {'、'.join(numbers[:_NAMED])} {'等' if len(numbers) > _NAMED else ''}行"


def consequence(shown: Preview, ticked: frozenset[int]) -> tuple[str, str]:
    """What importing the ticked rows will do, and what is left out."""
    chosen = [row for row in shown.rows if row.wanted and row.line in ticked]
    if not shown.good:
        return ("没有可以导入的行。" if shown.bad else "没有需要办理的行。"), ""
    if not chosen:
        return "还没有勾选要导入的行。", ""
    found = Counter(row.outcome for row in chosen)
    parts = [f"{outcome} {found[outcome]} 个" for outcome in (NEW, CHANGED, ENABLED, DISABLED) if found[outcome]]
    appoints = sum(bool(row.wanted and row.wanted.appoints) for row in chosen)
    asked = f"，申请任命单位管理员 {appoints} 名" if appoints else ""
    out = "、".join(f"{words} {count} 行" for words, count in (("未勾选", len(shown.good) - len(chosen)), ("错误", len(shown.bad))) if count)
    once = "新账号的一次性密码导入后只显示一次。" if found[NEW] else ""
    return f"将{'、'.join(parts)}账号{asked}。", f"{out}，不导入。{once}" if out else once
