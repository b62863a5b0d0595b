"""Conditional updates (条件更新): where several press at the same moment, exactly one of them meets the row."""

from sqlalchemy import CursorResult, Update
from sqlalchemy.orm import Session


def met(session: Session, change: Update) -> int:
    """Carry a conditional update out; gives how many rows it met, 0 where somebody else was first."""
    result = session.execute(change)
    assert isinstance(result, CursorResult)
    return result.rowcount
