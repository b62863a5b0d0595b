"""Who was disabled or moved while signed in, passwords guessed at once, and founding a database badly or half."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from oa_client.domain.errors import Invalid, OaError, Refused
from oa_client.domain.flow import Command
from oa_client.store import schema, unit
from oa_client.store.audit_tables import Event
from oa_client.store.tables import Account, RoleGrant
from oa_client.usecases import account_deeds, accounts, acting, lists, reaching, setting_up, signing_in, viewing
from tests.small_bureau import PASSWORD


def test_a_disabled_officer_neither_acts_nor_reads(bureau):
    paper, desk = bureau.register(), bureau.desk("120003")
    view = viewing.show(bureau.desk("110001"), paper)
    admin = bureau.desk("120009")
    assert lists.counts(desk)["todo"] == 0
    account_deeds.set_active(admin, desk.actor.id, False, accounts.by_login(admin, "120003").version)
    for story in (lambda: lists.counts(desk), lambda: viewing.show(desk, paper), lambda: accounts.accounts(desk),
                  lambda: acting.act(desk, view.tasks[0].id, Command("to_propose"), acting.Seen(1, 1))):
        with pytest.raises(Refused, match="已停用"):
            story()


def test_a_role_that_was_taken_away_is_gone_at_once(bureau):
    desk, paper = bureau.desk("110001"), bureau.register()
    view = viewing.show(desk, paper)
    with unit.unit(bureau.engine) as session:
        session.execute(delete(RoleGrant).where(RoleGrant.account_id == desk.actor.id))
    with pytest.raises(Refused, match="重新登录"):
        acting.act(desk, view.tasks[0].id, Command("to_propose"), acting.Seen(view.tasks[0].version, view.version))


def test_a_role_that_was_added_does_not_stop_the_work(bureau):
    desk = bureau.desk("120003")
    with unit.unit(bureau.engine) as session:
        session.add(RoleGrant(account_id=desk.actor.id, role="clerk", unit_id=bureau.units["criminal"]))
    assert lists.counts(desk)["todo"] == 0


def test_disabling_says_what_is_left_undone(bureau):
    paper, admin = bureau.register(), bureau.desk("120009")
    bureau.act("110001", paper, "to_read", picks={"readers": (bureau.person("120003"),)})
    row = accounts.by_login(admin, "120003")
    assert "还有 1 件" in account_deeds.set_active(admin, row.id, False, row.version).notice


def test_guessing_at_once_locks_as_guessing_in_turn(bureau):
    def guess(_number):
        with pytest.raises(Refused) as told:
            bureau.sign_in("120003", "wrong")
        return str(told.value)

    with ThreadPoolExecutor(6) as many:
        answers = list(many.map(guess, range(8)))
    assert bureau.url.startswith("postgresql") or sum("锁定 30 分钟" in answer for answer in answers) == 1
    with pytest.raises(Refused, match="已锁定"):
        bureau.sign_in("120003", PASSWORD)


def test_a_shared_database_goes_by_its_servers_clock(bureau, monkeypatch):
    true = signing_in.now()
    monkeypatch.setattr(signing_in, "now", lambda: true + timedelta(days=400))
    desk = bureau.sign_in("120003", PASSWORD)
    days = abs((desk.clock() - true).days)
    assert days <= 1 if bureau.engine.dialect.name == "postgresql" else days == 400
    with unit.look(bureau.engine) as session:
        assert abs((session.scalars(select(Event.at).where(Event.action == "sign_in")).one() - true).days) in (days, days - 1)


@pytest.mark.parametrize("typed", ["\ud800", "a\x00b", "😀" * 3])
def test_odd_logins_and_passwords_are_simply_wrong(bureau, typed):
    for login, password in ((typed, "x"), ("120003", typed)):
        with pytest.raises(Refused, match="警号或密码不对"):
            bureau.sign_in(login, password)


@pytest.mark.parametrize(("values", "field"), [
    ({"name": "长" * 41}, "name"), ({"post": "长" * 101}, "post"), ({"name": "\u202e\x07"}, "name"), ({"login": "１２３４５６"}, "login"),
])
def test_accounts_are_refused_in_words_before_the_database_does(bureau, values, field):
    form = account_deeds.AccountForm(**{"login": "120077", "name": "贺新凉", "unit_id": bureau.units["criminal"], **values})
    with pytest.raises(Invalid) as told:
        account_deeds.create(bureau.desk("120009"), form)
    assert set(told.value.fields) == {field}


@pytest.mark.parametrize(("bureau_name", "login", "name"), [("", "100900", "甲"), ("某局", "abc", "甲"), ("某局", "100900", " "), ("某局", "100900", "长" * 41)])
def test_a_database_is_not_founded_on_nonsense(database_url, bureau_name, login, name):
    engine = reaching.open_database(database_url)
    with pytest.raises(Invalid):
        setting_up.create(engine, bureau_name, login, name)
    assert schema.current(engine) == ""
    engine.dispose()


def test_a_founding_that_broke_off_is_completed(database_url):
    engine = reaching.open_database(database_url)
    schema.upgrade(engine)
    found = setting_up.state(engine)
    assert (found.ready, found.empty) == (False, True) and "没有建完" in found.words
    setting_up.create(engine, "云岚市公安局", "100900", "首任")
    assert setting_up.state(engine).ready and setting_up.check(engine) == []
    with pytest.raises(OaError, match="已经建过表"):
        setting_up.create(engine, "云岚市公安局", "100900", "首任")
    with unit.look(engine) as session:
        assert session.scalars(select(Account.login)).all() == ["100900"]
    engine.dispose()


def test_a_newer_database_is_not_upgraded_backwards(bureau):
    with bureau.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused, match="比本程序新"):
        setting_up.upgrade(bureau.engine)
