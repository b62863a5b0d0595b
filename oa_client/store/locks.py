"""Keeping others out (互斥): until the transaction ends, nobody else holds the same names."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session


def hold(session: Session, names: Iterable[str]) -> None:
    """Wait for the names and hold them. On SQLite a writing transaction is alone already. Taken in order, so that two never wait for each other."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for name in sorted(set(names)):
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})
