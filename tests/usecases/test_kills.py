"""kill -9 at 200 random moments: every document is wholly before or wholly after the act, nothing is orphaned."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from oa_client.usecases import lists, setting_up

ROOT = Path(__file__).parent.parent.parent
KILLS = 200


@pytest.mark.kill
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the killed workers are forked")
def test_every_document_is_whole_after_kills(bureau):
    chance = random.Random(20261122)
    with subprocess.Popen([sys.executable, "-m", "tests.usecases.doomed", bureau.url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as source:
        for number in range(2 * KILLS):
            if number >= KILLS and _filed(bureau):
                break
            source.stdin.write(f"{number}\n")
            source.stdin.flush()
            child = int(source.stdout.readline())
            time.sleep(chance.uniform(0, chance.choice((0.05, 0.3) if number < KILLS else (1, 3))))
            os.kill(child, signal.SIGKILL)
            if number % 20 == 19:
                assert setting_up.check(bureau.engine) == []
        source.stdin.close()
    _settle(bureau)
    assert setting_up.check(bureau.engine) == []
    with bureau.engine.connect() as connection:
        made, filed = (connection.scalar(text(f"SELECT count(*) FROM {table}")) for table in ("document", "archive_item"))
        assert connection.scalar(text("SELECT coalesce(max(seq), 0) FROM archive_item")) == filed
        half = connection.scalar(text("SELECT count(*) FROM task t WHERE state = 'done' AND action IN ('to_read', 'read', 'close') "
                                      "AND NOT EXISTS (SELECT 1 FROM opinion o WHERE o.task_id = t.id)"))
        silent = connection.scalar(text("SELECT count(*) FROM task t WHERE state = 'done' AND NOT EXISTS (SELECT 1 FROM audit_event e WHERE e.task_id = t.id)"))
    assert made > 0 and filed > 0, "the workers were killed before they did anything"
    assert (half, silent) == (0, 0)
    assert lists.counts(bureau.desk("110001"))["receive"] == made


def _filed(bureau):
    """Whether any paper came as far as the archive: on a busy machine the first workers may all have died before."""
    with bureau.engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM archive_item")) > 0


def _settle(bureau):
    """A server notices a killed client only when it next speaks to it."""
    deadline = time.monotonic() + 10
    while bureau.engine.dialect.name == "postgresql" and time.monotonic() < deadline:
        with bureau.engine.connect() as connection:
            busy = connection.scalar(text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' "
                                          "AND pid <> pg_backend_pid()"))
        if not busy:
            return
        time.sleep(0.1)
