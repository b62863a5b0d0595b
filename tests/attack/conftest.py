"""The stage, built once for all attacks."""

import pytest

from tests.attack.setting import standing


@pytest.fixture(scope="session")
def stage(postgres_server):
    """A filled bureau on a server of its own database."""
    with standing(postgres_server) as made:
        yield made
