"""A thousand tamperings with the audit by whoever holds the database: each one is found and its chain named."""

import random
from collections import Counter

import pytest
from sqlalchemy.orm import Session

from oa_client.domain import anchor
from oa_client.store import auditing
from tests.audit_room import busy
from tests.store import tampering

TAMPERINGS = 1000
KINDS = (*tampering.PLAIN, *tampering.ANCHORED)


@pytest.mark.attack
def test_every_tampering_is_found(bureau):
    busy(bureau)
    chance, used = random.Random(20261116), Counter()
    with tampering.superuser(bureau.url) as connection:
        forger = tampering.Forger(connection, chance)
        kept = anchor.pack(auditing.heads(Session(connection)))
        assert look(connection, kept) == set()
        for turn in range(TAMPERINGS):
            deed = KINDS[turn % len(KINDS)]
            with connection.begin_nested() as undo:
                chains = deed(forger)
                found = look(connection, kept)
                assert chains & found, f"{turn} {deed.__name__}: {chains} was not found, but {found}"
                if deed in tampering.ANCHORED:
                    assert look(connection) == set(), f"{turn} {deed.__name__} is found without the anchor, which is not what it is for"
                undo.rollback()
            used[deed] += 1
        assert look(connection, kept) == set()
    assert min(used.values()) >= TAMPERINGS // len(KINDS)


def look(connection, kept=None):
    """The chains in which something does not fit."""
    with Session(connection) as session:
        verdict = auditing.verify(session, anchored=anchor.unpack(kept) if kept else None)
    assert all(fault.words.endswith("。") for fault in verdict.faults)
    return {fault.stream for fault in verdict.faults}
