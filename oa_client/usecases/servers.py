"""Founding a shared database on a server (建共享库): the database itself, its schema, the enforced access; and saying what was done."""

from dataclasses import dataclass

from ..store import making
from . import setting_up
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


def _made(made: bool, url: str) -> tuple[str, ...]:
    return (f"新建了库 {url.partition('?')[0].rpartition('/')[2]}",) if made else ()
