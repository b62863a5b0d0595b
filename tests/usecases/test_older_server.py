"""PostgreSQL 16, without login triggers: clients have the server count wrong passwords, and a lock is a login that has run out."""

import time
from datetime import timedelta
from importlib.util import find_spec
from threading import Event

import psycopg
import pytest
from sqlalchemy import select, text, update

from oa_client.domain.errors import Refused
from oa_client.store import unit as transactions
from oa_client.store import watching
from oa_client.store.tables import Account
from oa_client.usecases import guardians, setting_up, signing_in, unlocking
from tests import postgres
from tests.small_bureau import PASSWORD, Bureau

pytestmark = [pytest.mark.postgres, pytest.mark.skipif(find_spec("pgserver") is None, reason="the older server comes as a wheel for Linux and Python up to 3.12")]


@pytest.fixture(scope="module")
def older():
    with postgres.server(package="pgserver") as address:
        yield address


@pytest.fixture
def bureau(older):
    with postgres.database(older) as url:
        made = Bureau.make(url)
        made.sign_in("110002")
        yield made
        made.close()


def guess(bureau, count, login="120003"):
    """Wrong passwords from a program that is not this one."""
    for _ in range(count):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(host=bureau.engine.url.host, port=bureau.engine.url.port, dbname=bureau.engine.url.database,
                            user=f"{bureau.engine.url.database}_{login}", password="wrong")


def account(bureau, login="120003"):
    with transactions.look(bureau.engine) as session:
        return session.execute(select(Account.failed, Account.locked_until).where(Account.login == login)).one()


def lock_ends(bureau, login="120003"):
    with transactions.unit(bureau.engine) as session:
        session.execute(update(Account).where(Account.login == login).values(locked_until=signing_in.now() - timedelta(seconds=1)))


def test_it_is_an_older_server(bureau):
    with bureau.engine.connect() as connection:
        assert connection.dialect.server_version_info[0] == 16


def test_five_wrong_passwords_lock_and_the_next_officer_who_comes_counts_them(bureau):
    guess(bureau, 5)
    bureau.sign_in("110001")
    assert account(bureau).locked_until
    with pytest.raises(Refused, match="警号或密码不对"):
        bureau.sign_in("120003")
    lock_ends(bureau)
    bureau.sign_in("110001")
    assert bureau.sign_in("120003")


def test_who_comes_in_before_anybody_counted_is_turned_away_at_the_desk(bureau):
    guess(bureau, 5)
    with pytest.raises(Refused, match="已锁定到"):
        bureau.sign_in("120003")


def test_a_right_password_in_time_clears_the_wrong_ones(bureau):
    guess(bureau, 4)
    assert bureau.sign_in("120003")
    assert account(bureau).failed == 0
    guess(bureau, 4)
    assert bureau.sign_in("120003")


def test_a_locked_window_counts_too(bureau):
    desk = bureau.sign_in("120003")
    for _ in range(5):
        with pytest.raises(Refused, match="密码不对"):
            unlocking.unlock(desk, "Wenshu-2026-no")
    with pytest.raises(Refused, match="锁定"):
        unlocking.unlock(desk, PASSWORD)


def test_a_watching_client_counts_with_every_beat(bureau, monkeypatch):
    monkeypatch.setattr(watching, "BEAT_SECONDS", 0.2)
    watch = watching.watcher(bureau.sign_in("110001").engine)
    try:
        guess(bureau, 5)
        end = time.monotonic() + 10
        while not account(bureau).locked_until and time.monotonic() < end:
            watch.wait(Event())
        assert account(bureau).locked_until
        lock_ends(bureau)
        while account(bureau).locked_until and time.monotonic() < end:
            watch.wait(Event())
        assert bureau.sign_in("120003")
    finally:
        watch.close()


def test_guesses_during_a_lock_do_not_make_it_longer(bureau):
    guess(bureau, 5)
    bureau.sign_in("110001")
    until = account(bureau).locked_until
    guess(bureau, 5)
    bureau.sign_in("110001")
    assert account(bureau) == (0, until)


def test_failures_in_a_log_file_that_was_turned_over_count(bureau):
    guess(bureau, 4)
    rotate(bureau)
    guess(bureau, 1)
    bureau.sign_in("110001")
    assert account(bureau).locked_until


def rotate(bureau):
    """A new log file, as the server makes one each day or when the old one is large."""
    with bureau.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ALTER SYSTEM SET log_filename = 'turned-%H%M%S.log'"))
        connection.execute(text("SELECT pg_reload_conf()"))
        before = connection.scalar(text("SELECT pg_current_logfile('jsonlog')"))
        end = time.monotonic() + 10
        while connection.scalar(text("SELECT pg_current_logfile('jsonlog')")) == before and time.monotonic() < end:
            connection.execute(text("SELECT pg_rotate_logfile()"))
            time.sleep(0.1)
        assert connection.scalar(text("SELECT pg_current_logfile('jsonlog')")) != before


def test_check_finds_nothing_that_this_version_could_have_and_has_not(bureau):
    assert not [line for line in setting_up.check(bureau.engine) if "登录触发" in line or "函数" in line]


def test_a_new_password_by_the_servers_administrator_opens_what_was_locked(bureau):
    guess(bureau, 5)
    bureau.sign_in("110001")
    assert account(bureau).locked_until
    fresh = guardians.new_password(bureau.engine, "120003")
    assert bureau.sign_in("120003", fresh).actor.must_change
