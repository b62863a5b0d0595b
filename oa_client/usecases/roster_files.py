"""Workbooks about accounts (账号名单): the template to fill in, the export that can be edited and imported again, the slips with one-time passwords."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from ..domain.actor import ADMIN_ROLES, ROLES, Actor
from ..domain.errors import Refused, Unavailable
from ..domain.roster import CHANGED, DISABLED, ENABLED, NEW
from ..domain.roster_cells import EXAMPLE, TITLES
from ..domain.roster_places import Places
from ..render.workbook import Column, Page, workbook
from . import accounts, directory
from .accounts import AccountRow
from .desk import Desk, Outcome
from .noting import note_reading
from .rosters import RosterResult, may_import, places

SHEET, GUIDE = "账号名单", "填写说明"
DUTIES = {"chief": "批示、签发，上行文由其签发", "deputy": "批示、签发", "clerk": "收文登记、签收、分发", "reviewer": "核稿、拟办、复核", "archivist": "归档",
          "unit_admin": "管理本单位的账号；由一名系统管理员申请、另一名复核"}
FILLING = (
    ("警号", "4 至 8 位数字。已有这个警号的，按修改办理；没有的，新建账号。"), ("姓名", "必填。"), ("单位", "简称或全称；单位管理员可留空，即本单位。"), ("职务", "可留空。"),
    ("角色", "可留空；几个角色用顿号隔开。办公室的人担任全局的角色，前面加「局」，如「局收发员」。"), ("有效期", "到期自动停用，如 2027-12-31；留空为长期。"),
    ("操作", f"一般留空。可填 {NEW}、{CHANGED}、{ENABLED}、{DISABLED}；填{ENABLED}、{DISABLED}的，空白的栏目不算改动。"),
    ("说明", "没有的列不改动；有列而单元格空白的，按清空办理。导入前逐行显示结果，有错误的行不影响其他行。在窗口里点「导入」后才写入；用命令导入的，先加 --dry-run 只看结果，不加就直接写入。"),
)
_WIDTHS = {"login": 12, "name": 12, "unit": 20, "post": 18, "roles": 26, "closes_on": 13, "action": 10, "state": 8}
ONCE = "一次性密码请当面交给本人。用它登录后须先设自己的密码，设好后它即失效。发完后请销毁本表。"


def template(desk: Desk, file: Path) -> Outcome[Path]:
    """Write an empty sheet to fill in, with the units and roles that this administrator may give to choose from; Unavailable when it cannot be written."""
    may_import(desk)
    named = places(desk)
    units = tuple(named.words(unit) for unit in _units(desk))
    roles = tuple(ROLES[role] for role in _given(desk.actor))
    choices = {"unit": units, "roles": roles, "action": (NEW, CHANGED, ENABLED, DISABLED)}
    columns = tuple(Column(title, _WIDTHS[key], choices.get(key, ()), key == "roles") for key, title in TITLES.items() if key != "state")
    example = (EXAMPLE, "程某某", units[-1] if desk.actor.holds("sys_admin") else units[0], "民警", roles[-1], date(desk.today().year + 1, 12, 31), "")
    _write(file, [Page(SHEET, columns, [example]), _guide(desk.actor, units)])
    return Outcome(file, frozenset(), f"模板已存到 {file}。")


def export(desk: Desk, file: Path, unit_id: int | None = None) -> Outcome[Path]:
    """Write the accounts of a unit, or of all, as a sheet that can be edited and imported again; the taking out is on record first.

    A unit's administrator takes out those that the administrator keeps. Refused for who administers nothing there; Unavailable when it cannot be written, and what stood there before then stays.
    """
    if not any(desk.actor.holds(role) for role in ("unit_admin", *ADMIN_ROLES)):
        raise Refused("导出账号由单位管理员和系统、安全保密、审计管理员办理。")
    rows, named = _kept(desk, unit_id), places(desk)
    with desk.unit() as session:
        note_reading(session, desk, "accounts_export", count=len(rows))
    columns = tuple(Column(title, _WIDTHS[key]) for key, title in TITLES.items())
    _write(file, [Page(SHEET, columns, [_cells(row, named) for row in rows])])
    return Outcome(file, frozenset(), f"已导出账号 {len(rows)} 个。")


def _kept(desk: Desk, unit_id: int | None) -> list[AccountRow]:
    """The accounts that go into the export: all that the three see, or those that a unit's administrator keeps."""
    rows = accounts.accounts(desk, unit_id)
    if any(desk.actor.holds(role) for role in ADMIN_ROLES):
        return list(rows)
    if unit_id and not desk.actor.administers(unit_id):
        raise Refused("单位管理员只导出自己管理的账号。", "请选本单位，或不指定单位。")
    return [row for row in rows if desk.actor.administers(row.unit_id) and ADMIN_ROLES.isdisjoint(role for role, _unit in row.grants)]


def _units(desk: Desk) -> list[int]:
    """Where this administrator's accounts are: anywhere, or the own unit, and for the office's the bureau itself (局领导)."""
    if desk.actor.holds("sys_admin"):
        return [unit.id for unit in directory.units(desk)]
    return [desk.actor.unit_id, *([desk.actor.keeps] if desk.actor.keeps else [])]


def write_passwords(result: RosterResult, file: Path) -> Outcome[Path]:
    """Write the one-time passwords of an import as a list to hand out; nobody but who wrote it can open it where the system keeps such rights."""
    columns = (Column("警号", 12), Column("姓名", 12), Column("单位", 20), Column("一次性密码", 20))
    rows = [(slip.issued.login, slip.issued.name, slip.unit, slip.issued.password) for slip in result.slips]
    _write(file, [Page("一次性密码", columns, rows, ONCE)], private=True)
    return Outcome(file, frozenset(), f"一次性密码 {len(rows)} 个已存到 {file}。发完后请销毁。")


def _cells(row: AccountRow, named: Places) -> tuple[str | date, ...]:
    roles = named.role_words(row.grants, row.unit_id)
    return row.login, row.name, named.words(row.unit_id), row.post, roles, row.closes_on or "", "", "在用" if row.active else "停用"


def _given(actor: Actor) -> list[str]:
    return ["unit_admin"] if actor.holds("sys_admin") else [role for role in DUTIES if role != "unit_admin"]


def _guide(actor: Actor, units: Sequence[str]) -> Page:
    """How to fill it in, and the words that are known."""
    left = [*FILLING, ("", ""), *((f"角色：{ROLES[role]}", DUTIES[role]) for role in _given(actor))]
    known = [*left, *[("", "")] * (len(units) - len(left))]
    return Page(GUIDE, (Column("栏目", 18), Column("填法", 90), Column("可填的单位", 24)),
                [(*pair, units[at] if at < len(units) else "") for at, pair in enumerate(known)])


def _write(file: Path, pages: Sequence[Page], *, private: bool = False) -> None:
    fresh = file.with_name(f".{file.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        fresh.touch(0o600 if private else 0o666)
        fresh.write_bytes(workbook(pages))
        fresh.replace(file)
    except OSError as problem:
        with suppress(OSError):
            fresh.unlink()
        raise Unavailable(f"文件「{file.name}」写不进去。", "请换一个文件夹，或关闭正在打开它的程序后再试。", str(problem)) from problem
