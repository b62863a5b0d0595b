"""`user edit|password|matters|handover`: changing an account, one's own password, handing a leaver's matters over."""

import os
from dataclasses import asdict
from typing import Annotated

import typer

from ..domain.errors import Refused
from .opening import AsLogin, Json, Url, desk_for, own_desk
from .printing import show, table
from .users import NAMED, Login, Until, commands, last_day


@commands.command()
def edit(who: Login, url: Url = "", login: AsLogin = "", json: Json = False, name: Annotated[str, typer.Option(help="姓名")] = "",
         post: Annotated[str, typer.Option(help="职务")] = "", role: Annotated[list[str] | None, typer.Option(help=f"角色，可多次给出，给出则代替原来的，写 无 表示没有：{NAMED}")] = None,
         until: Until = "") -> None:
    """修改账号的姓名、职务、角色、有效期；没有给出的不变。"""
    from ..usecases import account_deeds, accounts, rosters

    desk = desk_for(url, login)
    row = accounts.by_login(desk, who)
    own = frozenset(held for held, unit in row.grants if unit == row.unit_id and held != "unit_admin")
    bureau = frozenset(held for held, unit in row.grants if unit != row.unit_id)
    if role is not None:
        own, given = rosters.roles_named(desk, role, row.unit_id)
        bureau = given or bureau
    form = account_deeds.AccountForm(row.login, name or row.name, row.unit_id, post or row.post, own, bureau, last_day(until, row.closes_on))
    done = account_deeds.edit(desk, row.id, form, row.version)
    show({"account": done.value}, json, done.notice)


@commands.command()
def password(url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """设置自己的密码：原密码取自 OA_PASSWORD 或现场输入，新密码取自 OA_NEW_PASSWORD 或现场输入。"""
    from ..usecases import passwords

    desk, old = own_desk(url, login)
    fresh = os.environ.get("OA_NEW_PASSWORD")
    if fresh is None:
        if not os.isatty(0):
            raise Refused("没有新密码。", "请用环境变量 OA_NEW_PASSWORD 给出，或在终端里运行。")
        fresh = typer.prompt("新密码", hide_input=True, confirmation_prompt="再输一次")
    passwords.change_password(desk, old, fresh)
    show({"login": desk.actor.login}, json, "密码已修改。")


@commands.command()
def matters(who: Login, url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """列出一个账号名下的待办、待阅、文稿、委托、借阅。"""
    from ..usecases import accounts, handing_over

    desk = desk_for(url, login)
    found = handing_over.matters(desk, accounts.by_login(desk, who).id)
    if json:
        show([asdict(item) for item in found], True, "")
        return
    table([("类别", "环节", "题名", "期限"), *((handing_over.KINDS[item.kind], item.step, item.title or "（按知悉范围不显示）", f"{item.due or ''}") for item in found)],
          (6, 10, 50, 12))
    print(f"共 {len(found)} 项。")


@commands.command()
def handover(who: Login, heir: Annotated[str, typer.Argument(help="接办人警号")], url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """把一个账号名下的事项一次移交给接办人。"""
    from ..usecases import accounts, handing_over

    desk = desk_for(url, login)
    done = handing_over.hand_over(desk, accounts.by_login(desk, who).id, accounts.by_login(desk, heir).id)
    show(done.value, json, done.notice)
