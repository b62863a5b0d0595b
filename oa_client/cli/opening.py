"""Who a command acts as, and on which database."""

import os
import sys
from typing import Annotated, Any

import typer

from ..domain.errors import Refused
from ..settings import Settings, environment_database, home
from ..store.engine import connect, sqlite_url
from ..usecases import reaching
from ..usecases.connecting import is_single, plain
from ..usecases.desk import Desk
from ..usecases.setting_up import state
from ..usecases.signing_in import sign_in

_opened: list[Any] = []
Url = Annotated[str, typer.Option("--url", help="数据库地址；默认用环境变量 OA_DATABASE_URL、本机设置或本机的单机库", show_default=False)]
AsLogin = Annotated[str, typer.Option("--as", help="以哪个警号办理；密码取自 OA_PASSWORD、钥匙串或现场输入", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def address(url: str) -> str:
    """The database's address: the option, the environment, this PC's settings, or the file that lies in its folder."""
    found = named(url) or Settings.load().database_url or embedded()
    if not found:
        raise Refused("没有指定数据库。", "请用 --url 给出地址，或先用 db demo、db create 建库。")
    return found


def named(url: str) -> str:
    """The address that the option or the environment gives; empty when there is none."""
    return url or environment_database()


def new_address(url: str, name: str) -> str:
    """Where a new database is made: at the named address, or as a file of this name in this PC's folder."""
    return named(url) or sqlite_url(home() / name)


def embedded() -> str:
    """The embedded database in this PC's folder, the own one before the demonstration; empty when there is none."""
    return next((sqlite_url(file) for file in (home() / "wenshu.db", home() / "demo.db") if file.is_file()), "")


def open_database(target: str, *, new: bool = True) -> Any:
    """An engine that answers, closed when the command is over."""
    _opened.append(reaching.open_database(target, new=new))
    return _opened[-1]


def close_all() -> None:
    """Let go of every connection of the command."""
    while _opened:
        _opened.pop().dispose()


def desk_for(url: str, login: str) -> Desk:
    """A desk for the officer whom the command names; Refused before the own password is set."""
    desk, _password = own_desk(url, login)
    if desk.actor.must_change:
        raise Refused("首次登录或密码到期，要先设置自己的密码。", "请在窗口中登录并设置，或用 user password 设置。")
    return desk


def own_desk(url: str, login: str) -> tuple[Desk, str]:
    """The desk with the password by which it was opened, also before an own one is set."""
    target = plain(address(url))
    who = login or os.environ.get("OA_LOGIN", "")
    if not who:
        raise Refused("没有说明以谁的身份办理。", "请用 --as 给出警号。")
    if is_single(target):
        engine = open_database(target, new=False)
        found = state(engine)
        if not found.ready:
            raise Refused(found.words)
    else:
        engine = connect(target)
    password = _password(target, who)
    desk = sign_in(engine, who, password)
    _opened.extend((engine, desk.engine))
    return desk, password


def _password(target: str, login: str) -> str:
    given = os.environ.get("OA_PASSWORD")
    if given is not None:
        return given
    from ..usecases.db_passwords import kept_password

    kept = kept_password(target, login)
    if kept:
        return kept
    if not sys.stdin.isatty():
        raise Refused("没有密码。", "请用环境变量 OA_PASSWORD 给出，或在终端里运行。")
    return typer.prompt("密码", hide_input=True)
