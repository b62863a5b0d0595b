"""`db create|upgrade|check|demo`: setting databases up and looking after them."""

from collections.abc import Iterable
from typing import Annotated

import typer

from ..usecases.gates import Persona
from .opening import Json, Url, address, new_address, open_database
from .printing import show

ROLES = (("收发员", "clerk"), ("核稿人", "reviewer"), ("档案员", "archivist"), ("单位管理员", "unit_admin"), ("系统管理员", "sys_admin"),
         ("安全保密管理员", "security_admin"), ("安全审计员", "audit_admin"), ("民警", "officer"), ("局长", "leader"))
commands = typer.Typer(help="建库、升级、检查、演示库。", no_args_is_help=True)


@commands.command()
def create(bureau: Annotated[str, typer.Option(help="机关名称")], admin: Annotated[str, typer.Option(help="首任系统管理员警号")],
           name: Annotated[str, typer.Option(help="首任系统管理员姓名")], url: Url = "", json: Json = False) -> None:
    """在空库上建表，写入流程和工作日历，建立首任系统管理员。"""
    from ..usecases import servers, setting_up
    from ..usecases.connecting import is_single, plain

    target = new_address(url, "wenshu.db")
    if is_single(target):
        made = servers.Founded(setting_up.create(open_database(target), bureau, admin, name), (), ())
    else:
        made = servers.found(target, bureau, admin, name)
    words = [f"已建库：{plain(target)}", *(f"  {line}" for line in made.done), f"首任系统管理员 {admin} {name} 的一次性密码：{made.password}", "首次登录时必须改密。"]
    if made.left:
        words += ["启用前还须由服务器管理员处理（处理后用 db check 再查一次）：", *(f"  {line}" for line in made.left)]
    show({"url": plain(target), "login": admin, "password": made.password, "done": made.done, "left": made.left}, json, "\n".join(words))


@commands.command()
def guardian(url: Url = "", role: Annotated[str, typer.Option(help="系统管理员、安全保密管理员、安全审计员（或 sys_admin、sec_admin、audit_admin）")] = "", login: Annotated[str, typer.Option(help="警号")] = "",
             name: Annotated[str, typer.Option(help="姓名")] = "", close: Annotated[str, typer.Option(help="要停用的三员账号的警号")] = "",
             enable: Annotated[str, typer.Option(help="要重新启用的三员账号的警号")] = "", json: Json = False) -> None:
    """设立、停用或重新启用三员账号（系统、安全保密、审计管理员）；用服务器管理员的地址。"""
    from ..usecases import guardians

    if not (close or enable or role or login or name):
        raise typer.BadParameter("设立请写明 --role、--login、--name，停用写 --close 警号，重新启用写 --enable 警号")
    engine = open_database(address(url), new=False)
    if close:
        show({"closed": close}, json, f"已停用 {close} {guardians.close(engine, close)} 的账号。")
    if enable:
        who, password = guardians.enable(engine, enable)
        show({"login": enable, "password": password}, json, f"已重新启用 {enable} {who} 的账号，一次性密码：{password}\n登录后必须先设自己的密码。")
    if role or login or name:
        password = guardians.add(engine, role, login, name)
        show({"login": login, "password": password}, json, f"已设立 {login} {name}，一次性密码：{password}\n首次登录时必须改密。")


@commands.command()
def copy(source: Annotated[str, typer.Argument(help="要搬的单机库文件")], url: Url = "", json: Json = False) -> None:
    """把单机库搬到服务器上（没有这个库就新建，有就须是空的），并设置好权限；各账号须重置密码。"""
    from pathlib import Path

    from ..store.engine import sqlite_url
    from ..usecases import moving, servers

    file = open_database(sqlite_url(Path(source)), new=False)
    moving.readable(file)
    count = moving.move(file, open_database(servers.made_ready(address(url))))
    show({"accounts": count}, json, f"已搬入，{count} 个账号。请用 user reset 或「单位与账号」逐个重置密码；系统管理员的密码用 db password 重置。")


@commands.command()
def password(login: Annotated[str, typer.Argument(help="警号")], url: Url = "", json: Json = False) -> None:
    """用服务器管理员的地址给出新的一次性密码（搬库以后、三员忘记密码时）。"""
    from ..usecases import guardians

    fresh = guardians.new_password(open_database(address(url), new=False), login)
    show({"login": login, "password": fresh}, json, f"{login} 的一次性密码：{fresh}\n首次登录时必须改密。")


@commands.command()
def upgrade(url: Url = "", json: Json = False) -> None:
    """把数据库升级到本程序的版本。"""
    from ..usecases import setting_up

    words = setting_up.upgrade(open_database(address(url), new=False))
    show({"result": words}, json, words)


@commands.command()
def check(url: Url = "", json: Json = False) -> None:
    """检查库结构和数据是否完好；有问题逐条列出，退出码为 1。"""
    from ..usecases import setting_up

    wrong = setting_up.check(open_database(address(url), new=False))
    show({"ok": not wrong, "findings": wrong}, json, "\n".join(wrong) if wrong else "数据库完好。")
    if wrong:
        raise typer.Exit(1)


@commands.command()
def demo(url: Url = "", seed: Annotated[int, typer.Option(help="演示数据的种子，同一种子内容相同")] = 1, json: Json = False) -> None:
    """建立演示库：虚构的市公安局、人员和两年的公文。"""
    from ..usecases.connecting import is_single, plain
    from ..usecases.demo import create_demo
    from ..usecases.gates import gate, known_gate

    target = new_address(url, "demo.db")
    create_demo(target, seed)
    made = gate(open_database(target)) if is_single(target) else known_gate(plain(target))
    who = "\n".join(f"  {persona.login}  {persona.caption}  {persona.name}（{persona.unit}）" for persona in made.personas)
    show({"url": target, "password": made.demo_password, "personas": by_role(made.personas)}, json,
         f"演示库已建好：{target}\n统一密码：{made.demo_password}\n可用身份：\n{who}")


def by_role(personas: Iterable[Persona]) -> dict[str, str]:
    """One login for each kind of work, by the names that scripts use; the first persona of a kind stands for it."""
    found: dict[str, str] = {}
    for persona in personas:
        found.setdefault(next((role for sign, role in ROLES if sign in persona.caption), ""), persona.login)
    return {role: login for role, login in found.items() if role}
