"""`db check` over the life of a server: accounts without a last day, a restore from a dump, rules of another version."""

import shutil
import subprocess

import psycopg
import pytest

from oa_client.domain.errors import Refused
from oa_client.store import enforcing
from oa_client.store import engine as engines
from oa_client.usecases import account_deeds, accounts, rule_rows, setting_up
from tests import postgres
from tests.small_bureau import Bureau

pytestmark = pytest.mark.postgres


@pytest.fixture
def served(postgres_server):
    with postgres.database(postgres_server) as url:
        made = Bureau.make(url)
        yield made
        made.close()


def test_a_login_that_never_ends_is_looked_at_like_any_other(served):
    desk = served.desk("120009")
    account_deeds.reset(desk, (row := accounts.by_login(desk, "120003")).id, row.version)
    with served.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT rolvaliduntil = 'infinity' FROM pg_roles WHERE rolname = %s", (f"{served.engine.url.database}_120003",)).scalar()
    assert setting_up.check(served.engine) == []


def test_nothing_is_found_after_a_restore(served, postgres_server, tmp_path):
    """A server puts a check that it reads again in other words."""
    host, port = postgres_server
    name, file = served.engine.url.database, tmp_path / "bureau.dump"
    there = ("-h", host, "-p", str(port), "-U", "postgres")
    subprocess.run([postgres.program("pg_dump"), *there, "-Fc", "-d", name, "-f", file], check=True)
    served.close()
    with psycopg.connect(host=host, port=port, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    subprocess.run([postgres.program("pg_restore"), *there, "-d", "postgres", "--create", "--exit-on-error", file], check=True)
    restored = engines.connect(served.url)
    setting_up.upgrade(restored)
    assert setting_up.check(restored) == []
    with restored.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE task DROP CONSTRAINT ck_task_ck_task_state, ADD CONSTRAINT ck_task_state CHECK (state IN ('open', 'done', 'x'))")
    assert [line for line in setting_up.check(restored) if "ck_task_state" in line]
    restored.dispose()


def test_rules_of_another_version_keep_the_client_out_until_the_upgrade(served, monkeypatch):
    """The tables are the same, the guards are not: nothing is written by the rules of one version under the guards of another."""
    with monkeypatch.context() as newer:
        newer.setattr(setting_up, "edition", lambda: "another")
        with pytest.raises(Refused, match="另一版程序") as told:
            served.sign_in("120003")
        assert "db upgrade" in str(told.value) and "数据没有变化" in str(told.value)
        assert setting_up.check(served.engine) == [setting_up.OTHER_EDITION]
        setting_up.upgrade(served.engine)
        assert served.sign_in("120003") and setting_up.check(served.engine) == []
    assert not setting_up.state(served.engine).ready
    setting_up.upgrade(served.engine)
    assert setting_up.state(served.engine).ready


def test_a_server_that_says_nothing_of_its_version_is_of_another(served):
    with served.engine.begin() as connection:
        connection.exec_driver_sql("COMMENT ON SCHEMA oa IS NULL")
    assert setting_up.check(served.engine) == [setting_up.OTHER_EDITION]
    setting_up.upgrade(served.engine)
    assert setting_up.check(served.engine) == []


def test_the_edition_follows_the_files_and_the_rules(monkeypatch):
    before = rule_rows.edition.__wrapped__()
    assert before == rule_rows.edition.__wrapped__()
    with monkeypatch.context() as changed:
        changed.setattr(enforcing, "digest", lambda: "another")
        assert rule_rows.edition.__wrapped__() != before
    monkeypatch.setattr(rule_rows, "LIMIT_MB", 1)
    assert rule_rows.edition.__wrapped__() != before


def test_the_digest_follows_every_file(tmp_path, monkeypatch):
    shutil.copytree(enforcing.FOLDER, tmp_path / "sql")
    monkeypatch.setattr(enforcing, "FOLDER", tmp_path / "sql")
    found = {enforcing.digest.__wrapped__()}
    for file in sorted((tmp_path / "sql").iterdir()):
        file.write_text(file.read_text("utf-8") + " ", "utf-8")
        found.add(enforcing.digest.__wrapped__())
    assert len(found) == 1 + len(list((tmp_path / "sql").iterdir()))
