"""The product's SQL files as single statements (语句), with the names of roles still to be filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..enforcing import FOLDER, KEEPERS, Names, files, filled

_TOKEN = re.compile(r"""\$\$.*?\$\$|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|;|[^$'"\-;]+|.""", re.DOTALL)
_KEYS = ("database", "owner", "keeper", "officer")


@dataclass(frozen=True)
class Statement:
    """One statement of a file, without the comments around it."""

    file: str
    sql: str

    @property
    def by_keeper(self) -> bool:
        """Whether the keeper runs it, and so owns what it makes; else the owner does."""
        return self.file in KEEPERS


@cache
def statements() -> tuple[Statement, ...]:
    """Every statement of every file, in order."""
    return tuple(Statement(file.name, sql) for file in files() for sql in _parts(file.read_text("utf-8")))


def _parts(text: str) -> Iterator[str]:
    sql = ""
    for token in [*_TOKEN.findall(text), ";"]:
        if token != ";":
            sql += "" if token.startswith("--") else token
            continue
        if sql.strip():
            yield sql.strip()
        sql = ""


def matching(pattern: str) -> list[tuple[Statement, re.Match[str]]]:
    """The statements that begin with a pattern, each with what it caught."""
    found = ((statement, re.match(pattern, statement.sql, re.DOTALL)) for statement in statements())
    return [(statement, match) for statement, match in found if match]


def caught(pattern: str) -> re.Match[str]:
    """The one place in the files that a pattern finds; what depends on it fails when the files are rewritten."""
    found = [match for file in files() for match in re.finditer(pattern, file.read_text("utf-8"), re.DOTALL)]
    if len(found) != 1:
        raise LookupError(f"{pattern!r} stands {len(found)} times in {FOLDER.name}")
    return found[0]


def named(word: str, names: Names) -> str:
    """A role or database as a statement writes it, by its name: `@owner@`, `PUBLIC`, `postgres`."""
    key = word.strip().strip("@")
    return {"database": names.database, "owner": names.owner, "keeper": names.keeper, "officer": names.officer}[key] if key in _KEYS and word.strip() != key else key


def ready(statement: Statement, names: Names) -> str:
    """A statement that a server takes."""
    return filled(statement.sql, names)
