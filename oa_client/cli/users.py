"""`user list|add|disable|enable|reset|move`: accounts within one's scope."""

from datetime import date
from typing import Annotated

import typer

from ..domain.errors import Invalid
from .opening import AsLogin, Json, Url, desk_for
from .printing import show, table

commands = typer.Typer(help="账号。", no_args_is_help=True)
Login = Annotated[str, typer.Argument(help="警号")]
NAMED = "主要负责人、分管领导、收发员、核稿人、档案员（或 chief、deputy、clerk、reviewer、archivist），全局的角色前面加「局」"
Until = Annotated[str, typer.Option(help="有效期，写作 2026-12-31；写 无 表示不限")]


@commands.command("list")
def list_(url: Url = "", login: AsLogin = "", json: Json = False, text: Annotated[str, typer.Option(help="姓名、警号或拼音")] = "") -> None:
    """列出账号。"""
    from ..usecases import accounts

    rows = accounts.accounts(desk_for(url, login), text=text)
    if json:
        show([{"login": row.login, "name": row.name, "unit": row.unit, "post": row.post, "roles": row.roles, "active": row.active, "locked": row.locked}
              for row in rows], True, "")
        return
    lines = [(row.login, row.name, row.unit, row.post, "、".join(row.roles), "在用" if row.active else "停用") for row in rows]
    table([("警号", "姓名", "单位", "职务", "角色", "状态"), *lines], (8, 10, 20, 18, 26, 6))
    print(f"共 {len(rows)} 个账号。")


@commands.command()
def add(new: Login, name: Annotated[str, typer.Option(help="姓名")], unit: Annotated[str, typer.Option(help="单位简称或代号")], url: Url = "",
        login: AsLogin = "", json: Json = False, post: Annotated[str, typer.Option(help="职务")] = "",
        role: Annotated[list[str] | None, typer.Option(help=f"角色，可多次给出：{NAMED}")] = None, until: Until = "") -> None:
    """新建账号，给出一次性密码。"""
    from ..usecases import account_deeds, directory, rosters

    desk = desk_for(url, login)
    unit_id = directory.find_unit(desk, unit)
    form = account_deeds.AccountForm(new, name, unit_id, post, *rosters.roles_named(desk, role or (), unit_id), last_day(until, None))
    done = account_deeds.create(desk, form)
    show(done.value, json, f"{done.notice}一次性密码：{done.value.password}")


@commands.command()
def disable(who: Login, url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """停用账号。"""
    _switch(who, False, url, login, json)


@commands.command()
def enable(who: Login, url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """重新启用账号。"""
    _switch(who, True, url, login, json)


@commands.command()
def reset(who: Login, url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """重置密码，给出一次性密码。"""
    from ..usecases import account_deeds, accounts

    desk = desk_for(url, login)
    row = accounts.by_login(desk, who)
    done = account_deeds.reset(desk, row.id, row.version)
    show(done.value, json, f"{done.notice}一次性密码：{done.value.password}")


@commands.command()
def move(who: Login, unit: Annotated[str, typer.Argument(help="调往的单位")], url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """调到另一单位，原单位角色终止。"""
    from ..usecases import account_deeds, accounts, directory

    desk = desk_for(url, login)
    row = accounts.by_login(desk, who)
    done = account_deeds.move(desk, row.id, directory.find_unit(desk, unit), row.version)
    show({"account": done.value}, json, done.notice)


def _switch(who: str, active: bool, url: str, login: str, json: bool) -> None:
    from ..usecases import account_deeds, accounts

    desk = desk_for(url, login)
    row = accounts.by_login(desk, who)
    done = account_deeds.set_active(desk, row.id, active, row.version)
    show({"account": done.value, "active": active}, json, done.notice)


def last_day(text: str, kept: date | None) -> date | None:
    """The last day that an option names; the one that is kept where it names none."""
    if text in ("", "无"):
        return kept if not text else None
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise Invalid({"until": f"有效期「{text}」应写成 2026-12-31 的样子。"}, "") from problem
