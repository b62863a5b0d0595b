"""Which database keeps the rules itself (数据库强制): PostgreSQL does, with guards, row policies and functions; SQLite leaves them to this program."""

from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session


def guarded(at: Session | Engine) -> bool:
    """Whether the database itself judges every row that is written and read."""
    engine = at if isinstance(at, Engine) else at.get_bind()
    return engine.dialect.name == "postgresql"


def call(session: Session, function: str, *arguments: object) -> Any:
    """Call a function of the database's schema `oa`; gives its single value. What was changed in memory is written first."""
    session.flush()
    names = ", ".join(f":a{at}" for at in range(len(arguments)))
    return session.execute(text(f"SELECT oa.{function}({names})"), {f"a{at}": value for at, value in enumerate(arguments)}).scalar()
