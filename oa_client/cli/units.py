"""`unit list|add|check`: the bureau's units, and accounts against posts (账号核对)."""

from dataclasses import asdict
from typing import Annotated

import typer

from .opening import AsLogin, Json, Url, desk_for
from .printing import show, table

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
def check(url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """核对账号与岗位：各单位管理员、系统管理员、领导职数；有不符时退出码为 1。"""
    from ..usecases import reconciling

    found = reconciling.reconcile(desk_for(url, login))
    wrong = [(state.unit, item) for state in found.units for item in state.differences]
    show({"agreed": found.agreed, "differences": [{"unit": unit, **asdict(item)} for unit, item in wrong]}, json,
         "\n".join(f"{unit}　{item.subject}：{item.words}" for unit, item in wrong) or "账号与岗位相符。")
    if wrong:
        raise typer.Exit(1)
