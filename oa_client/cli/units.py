"""`unit list|add|edit|check`: the bureau's units, and accounts against posts (账号核对)."""

from dataclasses import asdict, replace
from typing import Annotated

import typer

from .opening import AsLogin, Json, Url, desk_for
from .printing import show, table

NONE = "无"
commands = typer.Typer(help="单位。", no_args_is_help=True)


@commands.command("list")
def list_(url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """列出单位。"""
    from ..usecases import directory

    rows = directory.units(desk_for(url, login))
    if json:
        show(list(rows), True, "")
        return
    table([("简称", "全称", "机关代字"), *((row.short, row.name, " ".join(row.number_codes)) for row in rows)], (20, 44, 40))
    print(f"共 {len(rows)} 个单位。")


@commands.command()
def add(name: Annotated[str, typer.Argument(help="全称")], short: Annotated[str, typer.Option(help="简称")], code: Annotated[str, typer.Option(help="机构代码，3 位")],
        url: Url = "", login: AsLogin = "", json: Json = False, kind: Annotated[str, typer.Option(help="office、division 或 branch")] = "division",
        number_codes: Annotated[str, typer.Option(help="机关代字，空格隔开")] = "", chief: Annotated[str, typer.Option(help="正职名称")] = "",
        deputy: Annotated[list[str] | None, typer.Option(help="副职名称，可多次给出")] = None) -> None:
    """新建单位，连同机关代字和领导职数（系统管理员）。"""
    from ..usecases import units

    posts = ((("chief", chief),) if chief else ()) + tuple(("deputy", title) for title in deputy or ())
    done = units.save(desk_for(url, login), units.UnitForm(name, short, code, kind, number_codes, posts))
    show({"unit": done.value}, json, done.notice)


@commands.command()
def edit(unit: Annotated[str, typer.Argument(help="单位的简称或全称")], url: Url = "", login: AsLogin = "", json: Json = False, name: Annotated[str, typer.Option(help="全称")] = "",
         short: Annotated[str, typer.Option(help="简称")] = "", code: Annotated[str, typer.Option(help="机构代码，3 位")] = "",
         kind: Annotated[str, typer.Option(help="division 或 branch")] = "", number_codes: Annotated[str, typer.Option(help="机关代字，空格隔开；写 无 表示没有")] = "",
         chief: Annotated[str, typer.Option(help="正职名称；写 无 表示没有")] = "",
         deputy: Annotated[list[str] | None, typer.Option(help="副职名称，可多次给出；给出则代替原来的，写 无 表示没有")] = None,
         fonds: Annotated[str, typer.Option(help="全宗号，4 位（市局本级）")] = "",
         superior: Annotated[list[str] | None, typer.Option(help="直接上级机关，可多次给出；给出则代替原来的，写 无 表示没有（市局本级）")] = None,
         other_superior: Annotated[list[str] | None, typer.Option(help="其他上级机关，同上（市局本级）")] = None) -> None:
    """修改单位：名称、代码、机关代字、领导职数，市局本级还有全宗号和上级机关（系统管理员）；没有给出的不变。"""
    from ..usecases import directory, units

    desk = desk_for(url, login)
    unit_id = directory.find_unit(desk, unit)
    before = units.opened(desk, unit_id)
    form = replace(before, name=name or before.name, short=short or before.short, code=code or before.code, kind=kind or before.kind, fonds=fonds or before.fonds,
                   number_codes="" if number_codes == NONE else number_codes or before.number_codes, posts=_posts(before.posts, chief, deputy),
                   superiors=_several(superior) if superior else before.superiors, others_above=_several(other_superior) if other_superior else before.others_above)
    done = units.save(desk, form, unit_id)
    show({"unit": done.value}, json, done.notice)


def _posts(kept: tuple[tuple[str, str], ...], chief: str, deputy: list[str] | None) -> tuple[tuple[str, str], ...]:
    """The leading posts with those given in place of what was there."""
    chiefs = tuple(post for post in kept if post[0] == "chief") if not chief else () if chief == NONE else (("chief", chief),)
    return (*chiefs, *((post for post in kept if post[0] == "deputy") if not deputy else (("deputy", title) for title in _several(deputy))))


def _several(given: list[str]) -> tuple[str, ...]:
    return tuple(word for word in given if word != NONE)


@commands.command()
def check(url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """核对账号与岗位：各单位管理员、系统管理员、领导职数；有不符时退出码为 1。"""
    from ..usecases import reconciling

    found = reconciling.reconcile(desk_for(url, login))
    wrong = [(state.unit, item) for state in found.units for item in state.differences]
    show({"agreed": found.agreed, "differences": [{"unit": unit, **asdict(item)} for unit, item in wrong]}, json,
         "\n".join(f"{unit}　{item.subject}：{item.words}" for unit, item in wrong) or "账号与岗位相符。")
    if wrong:
        raise typer.Exit(1)
