"""Keeping others out (互斥): until the transaction ends, nobody else registers the same paper."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from .guard import call, guarded


def hold(session: Session, organ_id: int, words: Iterable[str]) -> None:
    """Wait for the words of an organ's register and hold them. On SQLite a writing transaction is alone already."""
    if guarded(session):
        call(session, "hold_words", organ_id, sorted(set(words)))
