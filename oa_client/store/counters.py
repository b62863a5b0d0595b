"""Sequences without gaps (顺序号) on SQLite: a number is taken inside the transaction that uses it. A guarding database counts by itself."""

from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from .work_tables import Counter


def take(session: Session, scope: str) -> int:
    """The next number of a sequence. The row stays locked until the transaction ends, so call it last."""
    statement = sqlite.insert(Counter).values(scope=scope, last=1)
    statement = statement.on_conflict_do_update(index_elements=[Counter.scope], set_={"last": Counter.last + 1})
    return session.execute(statement.returning(Counter.last)).scalar_one()
