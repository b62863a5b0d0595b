"""`consent list|appoint|dismiss|reset|agree|refuse|withdraw`: what needs two persons (双人复核)."""

from typing import Annotated

import typer

from .opening import AsLogin, Json, Url, desk_for
from .printing import show, table
from .users import Login

commands = typer.Typer(help="双人复核：任免单位管理员、重置领导密码。", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="申请的编号（consent list 的第一列）")]
Reason = Annotated[str, typer.Option(help="理由")]


@commands.command("list")
def list_(url: Url = "", login: AsLogin = "", json: Json = False, every: Annotated[bool, typer.Option("--all", help="也列出已复核的")] = False) -> None:
    """列出本人提出的和待本人复核的申请。"""
    from ..usecases import consents

    rows = consents.pending(desk_for(url, login), decided=every)
    if json:
        show(list(rows), True, "")
        return
    table([("编号", "事项", "账号", "单位", "申请人", "状态"), *((str(row.id), row.words, f"{row.login} {row.name}", row.unit, row.asked_by,
                                                   consents.DECISIONS[row.decision]) for row in rows)], (6, 16, 18, 16, 10, 8))
    print(f"共 {len(rows)} 项。")


@commands.command()
def appoint(who: Login, url: Url = "", login: AsLogin = "", json: Json = False, reason: Reason = "") -> None:
    """申请任命为所在单位的单位管理员。"""
    _ask("appoint", who, reason, url, login, json)


@commands.command()
def dismiss(who: Login, url: Url = "", login: AsLogin = "", json: Json = False, reason: Reason = "") -> None:
    """申请免去单位管理员。"""
    _ask("dismiss", who, reason, url, login, json)


@commands.command()
def reset(who: Login, url: Url = "", login: AsLogin = "", json: Json = False, reason: Reason = "") -> None:
    """申请重置一位领导的密码；同意后用 user reset 重置。"""
    _ask("reset", who, reason, url, login, json)


@commands.command()
def agree(number: Number, url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """同意一项申请。"""
    _decide(number, "agreed", url, login, json)


@commands.command()
def refuse(number: Number, url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """不同意一项申请。"""
    _decide(number, "refused", url, login, json)


@commands.command()
def withdraw(number: Number, url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """撤回自己的申请。"""
    _decide(number, "taken_back", url, login, json)


def _ask(kind: str, who: str, reason: str, url: str, login: str, json: bool) -> None:
    from ..usecases import accounts, consents

    desk = desk_for(url, login)
    row = accounts.by_login(desk, who)
    done = consents.ask(desk, kind, row.id, row.unit_id, reason)
    show({"consent": done.value}, json, done.notice)


def _decide(number: int, answer: str, url: str, login: str, json: bool) -> None:
    from ..usecases import consents

    done = consents.decide(desk_for(url, login), number, answer)
    show({"account": done.value}, json, done.notice)
