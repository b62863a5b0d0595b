"""Judging a sheet of accounts (账号名单预览): each row against the accounts as they stand, before anything is written."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TypeVar

from .actor import ADMIN_ROLES
from .permissions import AccountFacts, may_administer, may_grant
from .roster import BAD, CHANGED, DISABLED, ENABLED, NEW, SAME, Change, Ground, Present, RosterRow, Wanted
from .roster_cells import TITLES, Line, day, folded, number, person_name
from .roster_places import NONE

T = TypeVar("T")
_ACTIONS = {"": "", **{word: name for name, known in {
    NEW: (NEW, "新增", "增加", "添加"), CHANGED: (CHANGED, "变更", "更新"), ENABLED: (ENABLED, "恢复", "重新启用"),
    DISABLED: (DISABLED, "禁用", "注销"), SAME: (SAME, "跳过", NONE)}.items() for word in known}}
_CLOSED = frozenset({"停用", "已停用", "禁用"})
_LONGEST = 8


class _Bad(Exception):
    """The row cannot be carried out, with the sentence why."""


def judge(lines: Sequence[Line], ground: Ground) -> tuple[RosterRow, ...]:
    """Every row's outcome, in the order of the sheet."""
    places: dict[str, list[str]] = {}
    for line in lines:
        places.setdefault(_login(line), []).append(str(line.number))
    rows: list[RosterRow] = []
    appointed: dict[int, int] = {}
    for line in lines:
        login = _login(line)
        repeated = f"警号 {login} 在第 {'、'.join(places[login])} 行重复，请只留一行。" if login and len(places[login]) > 1 else ""
        row = _bad(line, ground, repeated) if repeated else _judged(line, ground)
        if row.wanted and row.wanted.appoints:
            first = appointed.setdefault(row.wanted.unit_id, row.line)
            row = row if first == row.line else _bad(line, ground, f"一个单位只有一名单位管理员，第 {first} 行已申请任命。")
        rows.append(row)
    return tuple(rows)


def _login(line: Line) -> str:
    return number(line.cells.get("login", ""))


def _judged(line: Line, ground: Ground) -> RosterRow:
    try:
        return _RowJudge(line, ground).outcome()
    except _Bad as problem:
        return _bad(line, ground, str(problem))


def _bad(line: Line, ground: Ground, sentence: str) -> RosterRow:
    return RosterRow(line.number, _shown(line, ground), BAD, sentence)


def _shown(line: Line, ground: Ground) -> dict[str, str]:
    """The fields as the sheet has them; an account that is there lends what the sheet leaves out to know it by."""
    shown = {key: line.text(key) for key in TITLES}
    shown["login"] = _login(line)
    with suppress(ValueError):
        shown["closes_on"] = str(day(line.cells.get("closes_on", "")) or shown["closes_on"])
    before = ground.present.get(shown["login"])
    if before:
        shown["name"] = shown["name"] or before.name
        shown["unit"] = shown["unit"] or ground.places.words(before.unit_id)
    return shown


class _RowJudge:
    """Judges one row."""

    def __init__(self, line: Line, ground: Ground) -> None:
        self.line, self.ground, self.actor = line, ground, ground.actor
        self.login = _login(line)
        self.before = ground.present.get(self.login)
        self.wrong: list[str] = []
        if not self.login:
            raise _Bad("请填写警号。")
        action = _ACTIONS.get(folded(line.text("action")))
        if action is None:
            raise _Bad(f"操作「{line.text('action')}」不认识，可填：{NEW}、{CHANGED}、{ENABLED}、{DISABLED}，或留空。")
        self.action = action

    def outcome(self) -> RosterRow:
        """The row's outcome; _Bad says why there is none."""
        if self.action == SAME:
            return RosterRow(self.line.number, _shown(self.line, self.ground), SAME, "按操作栏跳过。")
        return self._changed(self.before) if self.before else self._new()

    def _new(self) -> RosterRow:
        if self.action in (CHANGED, ENABLED, DISABLED):
            raise _Bad(f"没有警号为 {self.login} 的账号，不能{self.action}。")
        self._lost_zeros()
        wanted = self._wanted(Present(0, self.login, "", self._home()))
        self.wrong = [*self.ground.problems(wanted).values(), *self.wrong]
        if wanted.unit_id:
            self.wrong += filter(None, [may_administer(self.actor, wanted.unit_id) or self._grantable(wanted)])
        if folded(self.line.text("state")) in _CLOSED:
            self.wrong.append("新建的账号都在用，状态栏请留空。")
        self._judge_wrong()
        said = f"新建账号{self._with_roles(wanted)}。" + ("并申请任命为单位管理员，由另一位系统管理员复核。" if wanted.appoints else "")
        return self._row(NEW, said, (), wanted)

    def _changed(self, before: Present) -> RosterRow:
        if self.action == NEW:
            raise _Bad(f"警号 {self.login} 已有账号（{before.name}，{self.ground.places.words(before.unit_id)}）。")
        wanted = self._wanted(before)
        self._judge_identity(before, wanted)
        changes = self._changes(before, wanted)
        active = {ENABLED: True, DISABLED: False}.get(self.action, before.active)
        wanted = replace(wanted, edits=bool(changes), active=None if active == before.active else active)
        if not changes and wanted.active is None and not wanted.appoints:
            self._judge_wrong()
            waits = "任命申请已提交，待另一位系统管理员复核。" if before.appointing else ""
            return self._row(SAME, f"账号已{self.action}。" if self.action in (ENABLED, DISABLED) else waits)
        self._judge_scope(before, wanted)
        self._judge_wrong()
        named = DISABLED if wanted.active is False else ENABLED if wanted.active else CHANGED
        switched = [] if wanted.active is None else [f"{named}账号"]
        asked = ["申请任命为单位管理员，由另一位系统管理员复核"] if wanted.appoints else []
        return self._row(named, "；".join([*switched, *map(str, changes), *asked]) + "。", changes, wanted)

    def _wanted(self, before: Present) -> Wanted:
        """The fields as the row wants them; what it does not say stays."""
        name, post = self.line.text("name"), self.line.text("post")
        same_name = self._kept("name") or folded(name) == folded(before.name)
        same_post = self._kept("post") or post.split() == before.post.split()
        unit_id = self._unit(before)
        grants = before.grants if self._kept("roles") else self._read(lambda: self.ground.places.roles(self.line.text("roles"), unit_id), before.grants)
        closes_on = before.closes_on if self._kept("closes_on") else self._read(self._day, before.closes_on)
        asked = ("unit_admin", unit_id)
        appoints = self.actor.holds("sys_admin") and asked in grants - before.grants
        return Wanted(self.login, before.name if same_name else person_name(name), unit_id, before.post if same_post else post,
                      grants - {asked} if appoints else grants, closes_on, before.id, before.version, appoints=appoints and not before.appointing)

    def _kept(self, column: str) -> bool:
        """Whether the row leaves a field as it is: the sheet has no such column, or somebody is merely enabled or disabled."""
        return column not in self.line.cells or (self.action in (ENABLED, DISABLED) and not self.line.text(column))

    def _unit(self, before: Present) -> int:
        text = self.line.text("unit")
        if text:
            return self._read(lambda: self.ground.places.find(text), before.unit_id)
        if not before.unit_id:
            self.wrong.append("请填写单位。")
        return before.unit_id

    def _home(self) -> int:
        """Where a new account belongs that names no unit: a unit's administrator has only one."""
        return 0 if self.actor.holds("sys_admin") else self.actor.unit_id

    def _day(self) -> date | None:
        try:
            return day(self.line.cells["closes_on"])
        except ValueError:
            raise ValueError(f"有效期「{self.line.text('closes_on')}」不是日期，请写成 2027-12-31 的样子。") from None

    def _read(self, reading: Callable[[], T], instead: T) -> T:
        try:
            return reading()
        except ValueError as problem:
            self.wrong.append(str(problem))
            return instead

    def _judge_identity(self, before: Present, wanted: Wanted) -> None:
        """A number that was mistyped must not hit somebody else."""
        if self.action in (ENABLED, DISABLED) and folded(wanted.name) != folded(before.name):
            self.wrong.append(f"警号 {self.login} 是{before.name}，与表中的姓名「{wanted.name}」不符，请核对。")
        if wanted.unit_id != before.unit_id:
            self.wrong.append(f"账号现在{self.ground.places.words(before.unit_id)}，调动请在「单位与账号」中办理。")
        says_closed, known = folded(self.line.text("state")) in _CLOSED, self.line.text("state")
        if known and not self.action and says_closed == before.active:
            self.wrong.append(f"状态栏写「{known}」，账号现在{'在用' if before.active else '停用'}；要变更请在操作栏填「{DISABLED if says_closed else ENABLED}」。")

    def _changes(self, before: Present, wanted: Wanted) -> tuple[Change, ...]:
        asked = ("unit_admin", before.unit_id)
        words = self.ground.places.role_words
        held = before.grants - {asked} if wanted.appoints else before.grants
        pairs = (("姓名", before.name, wanted.name), ("职务", before.post, wanted.post),
                 ("角色", words(held, before.unit_id), words(wanted.grants, before.unit_id)),
                 ("有效期", str(before.closes_on or "长期"), str(wanted.closes_on or "长期")))
        return tuple(Change(*pair) for pair in pairs if pair[1] != pair[2])

    def _judge_scope(self, before: Present, wanted: Wanted) -> None:
        roles = frozenset(role for role, _unit in before.grants)
        if wanted.edits or wanted.active is not None:
            self.wrong += filter(None, [may_administer(self.actor, before.unit_id, AccountFacts(before.id, before.unit_id, roles))])
        elif before.id == self.actor.id or roles & ADMIN_ROLES or not before.active:
            self.wrong.append("不能为这个账号申请任命。")
        if wanted.edits:
            self.wrong += [*self.ground.problems(wanted).values(), *filter(None, [self._regranted(before, wanted)])]
        if wanted.active and wanted.closes_on and wanted.closes_on < self.ground.today and not wanted.edits:
            self.wrong.append(f"账号已于 {wanted.closes_on} 到期，请同时填写新的有效期。")

    def _regranted(self, before: Present, wanted: Wanted) -> str:
        admin = {grant for grant in before.grants if grant[0] == "unit_admin"}
        if not admin <= wanted.grants:
            return "免去单位管理员须另行申请，由另一位系统管理员复核。"
        if {unit for _role, unit in before.grants - admin} - {before.unit_id, self.ground.places.bureau_of(before.unit_id)}:
            return "账号有其他单位的角色，不能用名单修改。"
        return self._grantable(replace(wanted, grants=wanted.grants - admin)) if wanted.grants != before.grants else ""

    def _grantable(self, wanted: Wanted) -> str:
        if self.actor.holds("sys_admin") and not wanted.account_id and not wanted.appoints:
            return "系统管理员只导入将任单位管理员的账号，请在角色栏填「单位管理员」。"
        return may_grant(self.actor, wanted.grants, wanted.unit_id, self.ground.places.bureau_of(wanted.unit_id))

    def _lost_zeros(self) -> None:
        """A spreadsheet takes the zeros away from a number at the front."""
        numeric = not isinstance(self.line.cells.get("login"), str)
        lost = next((login for length in range(len(self.login) + 1, _LONGEST + 1) if numeric and (login := self.login.zfill(length)) in self.ground.present), "")
        if lost:
            raise _Bad(f"警号 {self.login} 可能丢了前面的 0（已有账号 {lost}），请把单元格设为文本格式再填。")

    def _with_roles(self, wanted: Wanted) -> str:
        text = self.ground.places.role_words(wanted.grants, wanted.unit_id)
        return f"，角色：{text}" if text else ""

    def _judge_wrong(self) -> None:
        if self.wrong:
            raise _Bad("".join(dict.fromkeys(self.wrong)))

    def _row(self, outcome: str, sentence: str, changes: tuple[Change, ...] = (), wanted: Wanted | None = None) -> RosterRow:
        return RosterRow(self.line.number, _shown(self.line, self.ground), outcome, sentence, changes, wanted)
