"""A bureau in which something has happened, copied for each test of the audit page."""

import shutil
from pathlib import Path

from sqlalchemy import text

from oa_client.store import engine as engines
from tests.audit_room import busy
from tests.small_bureau import Bureau

AUDITOR = "100904"


def past_in(folder: Path) -> Bureau:
    """The bureau, made once; `received` and `sent` are two of its papers."""
    made = Bureau.make(f"sqlite:///{folder / 'bureau.db'}")
    made.received, made.sent = busy(made)
    made.close()
    return made


def copy_of(past: Bureau, folder: Path) -> Bureau:
    """The same bureau on a file of its own."""
    file = folder / "bureau.db"
    shutil.copy(past.url.removeprefix("sqlite:///"), file)
    made = Bureau(engines.connect(f"sqlite:///{file}"), f"sqlite:///{file}", past.units, at=past.at)
    made.received, made.sent = past.received, past.sent
    return made


def run(small: Bureau, sql: str, **values: object) -> None:
    """What somebody who holds the file itself does."""
    with small.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("PRAGMA foreign_keys = OFF"))
        connection.execute(text(sql), values)


def settle(room, page) -> None:
    """Wait for what was typed and asked; no line stands twice in the list."""
    room.settle(260)
    assert page.list.model.rowCount() == len({row.id for row in page.list.model.rows()})
