"""Bulk import of accounts (账号名单导入): read a sheet, show every row's outcome, then carry out the good rows that were chosen."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..domain.actor import ROLES
from ..domain.errors import Invalid, OaError, Refused, Unavailable
from ..domain.roster import BAD, OUTCOMES, Ground, Present, RosterRow, Wanted
from ..domain.roster_cells import HEADING_ROWS, Line, find_table
from ..domain.roster_judging import judge
from ..domain.roster_places import Place, Places
from ..render.spreadsheet import MAX_BYTES, read_spreadsheet
from . import account_deeds, accounts, consents, directory
from .account_deeds import TOPICS, AccountForm, Issued
from .desk import Desk, Outcome

MOST = 5000
REASON = "按名单导入"
Report = Callable[[int, int, str], None]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Roster:
    """A sheet as it was read: the file's name, the sheet's, its lines, and the headings that mean nothing here."""

    file: str
    sheet: str
    lines: tuple[Line, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """Every row with its outcome; `counts` by outcome, in the order in which they are told."""

    roster: Roster
    rows: tuple[RosterRow, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each outcome; those that do not occur are left out."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in OUTCOMES if found[outcome]}

    @property
    def words(self) -> str:
        """The counts as a sentence."""
        return f"共 {len(self.rows)} 行：{'，'.join(f'{outcome} {count}' for outcome, count in self.counts.items())}。" if self.rows else "名单里没有账号。"

    @property
    def good(self) -> tuple[int, ...]:
        """The lines that can be carried out."""
        return tuple(row.line for row in self.rows if row.wanted)

    @property
    def bad(self) -> tuple[RosterRow, ...]:
        """The rows that cannot be carried out, each with its sentence."""
        return tuple(row for row in self.rows if row.outcome == BAD)


@dataclass(frozen=True)
class Slip:
    """A new account with its one-time password (一次性密码), as it is handed over."""

    issued: Issued
    unit: str


@dataclass(frozen=True)
class RosterResult:
    """What came of it: the rows that were carried out, those that failed with the sentence why, those not tried, and the new passwords."""

    done: tuple[RosterRow, ...] = ()
    failed: tuple[tuple[RosterRow, str], ...] = ()
    left: tuple[RosterRow, ...] = ()
    slips: tuple[Slip, ...] = ()

    @property
    def words(self) -> str:
        """The result as a sentence."""
        counts = (("办成 {} 行", self.done), ("未成功 {} 行", self.failed), ("未办理 {} 行", self.left), ("新账号 {} 个", self.slips))
        return f"{'，'.join(said.format(len(rows)) for said, rows in counts if rows) or '没有要办理的行'}。"


def open_roster(desk: Desk, file: Path) -> Roster:
    """Read the sheet of accounts in a file; like `read_roster`, and Unavailable when the file cannot be read."""
    may_import(desk)
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as problem:
        raise Unavailable(f"文件「{file.name}」读不出来。", "请核对路径和权限，或关闭正在打开它的程序后再试。", str(problem)) from problem
    return read_roster(desk, data, file.name)


def read_roster(desk: Desk, data: bytes, name: str) -> Roster:
    """Read a sheet of accounts; OaError with a sentence for a file that is no such thing. Never on the UI thread."""
    may_import(desk)
    for sheet in read_spreadsheet(data, name, MOST + HEADING_ROWS + 1):
        table = find_table(sheet.rows)
        if table is None:
            continue
        if len(table.lines) > MOST:
            raise Refused(f"名单超过 {MOST} 行。", "请分成几个文件导入，每个不超过 5000 行。")
        return Roster(name, sheet.name, table.lines, table.ignored)
    raise Refused(f"文件「{name}」里没有找到表头。", f"前 {HEADING_ROWS} 行中要有一行写明「警号」「姓名」等列名，可先下载模板填写。")


def may_import(desk: Desk) -> None:
    """Refused for who administers no accounts."""
    if not desk.actor.holds("unit_admin") and not desk.actor.holds("sys_admin"):
        raise Refused("导入账号由单位管理员和系统管理员办理。")


def places(desk: Desk) -> Places:
    """The units as sheets name them."""
    return Places(Place(unit.id, unit.name, unit.short, unit.parent_id, unit.kind) for unit in directory.units(desk))


def roles_named(desk: Desk, written: Iterable[str], unit_id: int) -> tuple[frozenset[str], frozenset[str]]:
    """The roles that words or keys name, within a unit and beyond it (「局收发员」); Invalid says which one there is not."""
    try:
        found = places(desk).roles("、".join(ROLES.get(word.strip(), word) for word in written), unit_id)
    except ValueError as problem:
        raise Invalid({"role": str(problem)}, "") from problem
    own, bureau = (frozenset(role for role, unit in found if (unit == unit_id) is mine) for mine in (True, False))
    return own, bureau


def preview(desk: Desk, roster: Roster) -> Preview:
    """Judge every row against the accounts of this moment; nothing is written."""
    may_import(desk)
    waiting = {row.account_id for row in consents.pending(desk) if row.kind == "appoint" and not row.decision}
    present = {row.login: Present(row.id, row.login, row.name, row.unit_id, row.post, row.grants, row.active, row.closes_on, row.version, row.id in waiting)
               for row in accounts.accounts(desk)}
    ground = Ground(desk.actor, desk.today(), places(desk), present, lambda wanted: account_deeds.problems(desk, _form(wanted)))
    return Preview(roster, judge(roster.lines, ground))


def carry_out(desk: Desk, shown: Preview, lines: Iterable[int], report: Report | None = None) -> Outcome[RosterResult]:
    """Carry out the good rows among `lines`, each in its own transaction: what succeeded stays, what failed is told.

    Whatever `report` raises stops it between two rows; what was done is given back all the same, for a password is shown only once.
    """
    chosen = set(lines)
    rows = [row for row in shown.rows if row.wanted and row.line in chosen]
    work = _Work(desk, places(desk))
    tried = 0
    while work.goes_on(report, tried, rows) and tried < len(rows):
        work.carry(rows[tried])
        tried += 1
    result = RosterResult(tuple(work.done), tuple(work.failed), tuple(rows[tried:]), tuple(work.slips))
    return Outcome(result, TOPICS if work.changed else frozenset(), result.words)


class _Work:
    """The carrying out, row by row."""

    def __init__(self, desk: Desk, named: Places) -> None:
        self.desk, self.named = desk, named
        self.done: list[RosterRow] = []
        self.failed: list[tuple[RosterRow, str]] = []
        self.slips: list[Slip] = []
        self.changed = self.stopped = False

    def goes_on(self, report: Report | None, at: int, rows: Sequence[RosterRow]) -> bool:
        """Tell how far it is; False when it was broken off meanwhile (取消)."""
        try:
            if report and not self.stopped:
                row = rows[at] if at < len(rows) else None
                report(at, len(rows), f"{row.outcome}：{row.fields['login']} {row.fields['name']}" if row else "导入账号")
        except BaseException:  # a cancelled job or Ctrl+C: the passwords given so far must not be lost
            self.stopped = True
        return not self.stopped

    def carry(self, row: RosterRow) -> None:
        """Take a row's steps; where the database cannot be reached, or a bug turned up, it is the last row."""
        finished: list[str] = []
        try:
            for words, step in self._steps(row):
                step()
                finished.append(words)
                self.changed = True
            self.done.append(row)
            return
        except OaError as problem:
            said, self.stopped = problem.sentence if isinstance(problem, Invalid) else str(problem), isinstance(problem, Unavailable)
        except (Exception, KeyboardInterrupt):  # the same: what was done before is given back
            _log.exception("line %s of a roster failed", row.line)
            said, self.stopped = "程序内部出错或被中断，这一行是否办成请重新预览核对。", True
        self.failed.append((row, f"{'、'.join(finished)}已办成，其余没有：{said}" if finished else said))

    def _steps(self, row: RosterRow) -> Iterator[tuple[str, Callable[[], object]]]:
        wanted, desk = row.wanted, self.desk
        assert wanted is not None
        account_id, seen = wanted.account_id, wanted.seen
        if not account_id:
            yield "新建账号", lambda: self._create(wanted)
            account_id = self.slips[-1].issued.account_id
        if wanted.edits:
            yield "修改资料", lambda: account_deeds.edit(desk, account_id, _form(wanted), seen)
            seen += 1
        if wanted.active is not None:
            yield row.outcome, lambda: account_deeds.set_active(desk, account_id, bool(wanted.active), seen)
        if wanted.appoints:
            yield "申请任命", lambda: consents.ask(desk, "appoint", account_id, wanted.unit_id, REASON)

    def _create(self, wanted: Wanted) -> None:
        self.slips.append(Slip(account_deeds.create(self.desk, _form(wanted)).value, self.named.words(wanted.unit_id)))


def _form(wanted: Wanted) -> AccountForm:
    """The form that a row comes to; administrators are appointed apart."""
    given = {(role, unit) for role, unit in wanted.grants if role != "unit_admin"}
    own, bureau = ({role for role, unit in given if (unit == wanted.unit_id) is mine} for mine in (True, False))
    return AccountForm(wanted.login, wanted.name, wanted.unit_id, wanted.post, frozenset(own), frozenset(bureau), wanted.closes_on)
