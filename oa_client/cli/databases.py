"""`db create|upgrade|check|demo`: setting databases up and looking after them."""

from typing import Annotated

import typer

from ..settings import home
from .opening import Json, Url, address
from .printing import show

commands = typer.Typer(help="建库、升级、检查、演示库。", no_args_is_help=True)


@commands.command()
def create(bureau: Annotated[str, typer.Option(help="机关名称")], admin: Annotated[str, typer.Option(help="首任系统管理员警号")],
           name: Annotated[str, typer.Option(help="首任系统管理员姓名")], url: Url = "", json: Json = False) -> None:
    """在空库上建表，写入流程和工作日历，建立首任系统管理员。"""
    from ..usecases import setting_up

    target = address(url)
    password = setting_up.create(setting_up.open_database(target), bureau, admin, name)
    show({"url": target, "login": admin, "password": password}, json, f"已建库。首任系统管理员 {admin} {name} 的一次性密码：{password}\n首次登录时必须改密。")


@commands.command()
def upgrade(url: Url = "", json: Json = False) -> None:
    """把数据库升级到本程序的版本。"""
    from ..usecases import setting_up

    words = setting_up.upgrade(setting_up.open_database(address(url), new=False))
    show({"result": words}, json, words)


@commands.command()
def check(url: Url = "", json: Json = False) -> None:
    """检查库结构和数据是否完好；有问题逐条列出，退出码为 1。"""
    from ..usecases import setting_up

    wrong = setting_up.check(setting_up.open_database(address(url), new=False))
    show({"problems": wrong}, json, "\n".join(wrong) if wrong else "数据库完好。")
    if wrong:
        raise typer.Exit(1)


@commands.command()
def demo(url: Url = "", seed: Annotated[int, typer.Option(help="演示数据的种子，同一种子内容相同")] = 1, json: Json = False) -> None:
    """建立演示库：虚构的市公安局、人员和两年的公文。"""
    from ..store.engine import sqlite_url
    from ..usecases.demo import create_demo
    from ..usecases.setting_up import open_database
    from ..usecases.signing_in import gate

    target = url or sqlite_url(home() / "demo.db")
    create_demo(target, seed)
    made = gate(open_database(target))
    who = "\n".join(f"  {persona.login}  {persona.caption}  {persona.name}（{persona.unit}）" for persona in made.personas)
    show({"url": target, "password": made.demo_password, "personas": made.personas}, json,
         f"演示库已建好：{target}\n统一密码：{made.demo_password}\n可用身份：\n{who}")


