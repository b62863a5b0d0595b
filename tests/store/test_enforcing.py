"""The enforced access where a server is set up in an unusual way."""

from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy import text

from tests.small_bureau import Bureau


@pytest.mark.postgres
@pytest.mark.parametrize("name", ["gaj+oa", "GAJ.oa", "公安 (oa)"])
def test_guards_apply_whatever_the_database_is_called(postgres_server, name):
    """The name is no pattern: with a sign of one in it, every guard would once have taken officers for the owner's functions."""
    host, port = postgres_server
    with psycopg.connect(host=host, port=port, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            bureau = Bureau.make(f"postgresql://postgres@{host}:{port}/{quote(name)}")
            with bureau.engine_of("120003").connect() as connection:
                assert connection.scalar(text("SELECT oa.guarded()")) is True
            with bureau.engine.connect() as connection:
                assert not connection.scalar(text("SELECT oa.guarded()"))
            bureau.close()
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            for (role,) in admin.execute("SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s) ORDER BY rolname DESC", (f"{name}_",)).fetchall():
                admin.execute(f'DROP ROLE "{role}"')
