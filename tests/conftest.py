"""What every test stands on: an own home, offscreen windows, and a bureau on SQLite and on PostgreSQL."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["OA_HOME"] = tempfile.mkdtemp(prefix="wenshu-home")
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="wenshu-run"))

import pytest
from hypothesis import HealthCheck, settings

from tests import postgres

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def postgres_server():
    """A throw-away PostgreSQL; skipped only where its wheel cannot be had."""
    with postgres.server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path):
    """The address of an empty database, on each of the two."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bureau.db'}"
        return
    with postgres.database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
def bureau(database_url: str):
    """A small bureau on the database: the office, two units, their people."""
    from tests.small_bureau import Bureau

    made = Bureau.make(database_url)
    yield made
    made.close()


@pytest.fixture
def small(tmp_path: Path):
    """The same bureau on SQLite alone, for screens."""
    from tests.small_bureau import Bureau

    made = Bureau.make(f"sqlite:///{tmp_path / 'bureau.db'}")
    yield made
    made.close()
