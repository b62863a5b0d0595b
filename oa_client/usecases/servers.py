"""Founding a shared database on a server (建共享库): the database itself, its schema, the enforced access; and saying what was done."""

from dataclasses import dataclass

from ..domain.errors import Refused
from ..store import making
from . import setting_up
from .connecting import is_single
from .reaching import open_database


@dataclass(frozen=True)
class Founded:
    """A shared database that stands: the first one-time password, what was done, and what the server's administrator has yet to do."""

    password: str
    done: tuple[str, ...]
    left: tuple[str, ...]


def found(url: str, bureau: str, login: str, name: str) -> Founded:
    """Make the database if the server has none of that name, set it up, and check it. Refused and Invalid leave it empty."""
    setting_up.named(bureau, login, name)
    made = making.make_missing(url)
    engine = open_database(url)
    try:
        password = setting_up.create(engine, bureau, login, name)
        return Founded(password, (*_made(made, url), *making.standing(engine)), tuple(setting_up.check(engine)))
    finally:
        engine.dispose()


def made_ready(url: str) -> str:
    """The same address, with its database made where the server has none of that name. Refused for a data file."""
    if is_single(url):
        raise Refused("目标不是服务器上的共享库，没有改动。", "请用 --url 或环境变量 OA_DATABASE_URL 给出 postgresql://主机:端口/库名。")
    making.make_missing(url)
    return url


def _made(made: bool, url: str) -> tuple[str, ...]:
    return (f"新建了库 {url.partition('?')[0].rpartition('/')[2]}",) if made else ()
