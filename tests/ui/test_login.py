"""Signing in: by number and password, by persona; the first own password."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from oa_client.settings import Settings
from oa_client.store import unit as transactions
from oa_client.store.tables import Account
from oa_client.ui.first_password import FirstPassword
from oa_client.ui.login import LoginWindow
from oa_client.usecases import connecting, db_passwords, signing_in
from tests.small_bureau import PASSWORD
from tests.ui.entering import make_demo, settle, words_of


@pytest.fixture
def page(small, jobs, settings, qtbot):
    """make(demo=False) → the login page of the small bureau, shown."""
    def make(demo: bool = False) -> LoginWindow:
        if demo:
            make_demo(small)
        opened = connecting.open_up(small.url)
        made = LoginWindow(opened, jobs, settings)
        made.desks = []
        made.entered.connect(lambda desk, password: made.desks.append((desk.actor.login, password)))
        qtbot.addWidget(made)
        made.show()
        made.setFocus()
        qtbot.addWidget(made, before_close_func=lambda _: opened.engine.dispose())
        return made
    return make


def test_number_and_password_let_one_in_and_the_number_is_remembered(page, jobs, settings):
    login = page()
    QTest.keyClicks(login.login, "110001")
    QTest.keyClick(login.login, Qt.Key.Key_Return)
    QTest.keyClicks(login.password, PASSWORD)
    QTest.keyClick(login.password, Qt.Key.Key_Return)
    assert not login.verb.isEnabled()
    assert login.verb.text() == "正在登录…"
    settle(jobs)
    assert login.desks == [("110001", PASSWORD)]
    assert login.password.text() == ""
    assert Settings.load().last_login == "110001"
    assert PASSWORD not in (settings_file()).read_text("utf-8")


def settings_file():
    from oa_client.settings import home

    return home() / "settings.json"


def test_a_wrong_password_is_said_below_the_field_which_has_the_focus(page, jobs):
    login = page()
    login.login.setText("110001")
    login.password.setText("wrong")
    login.verb.click()
    settle(jobs)
    assert login.desks == []
    assert "警号或密码不对" in login.error.text()
    assert login.error.isVisible()
    assert login.password.property("wrong") == "true"
    assert login.password.selectedText() != ""
    assert login.verb.isEnabled()
    assert login.verb.text() == "登录"


@pytest.mark.parametrize(("login", "password", "words"), [("", "", "请输入警号。"), ("110001", "", "请输入密码。"), ("", "x", "请输入警号。")])
def test_what_is_missing_is_asked_for_without_asking_the_database(page, jobs, login, password, words):
    shown = page()
    settle(jobs)
    shown.login.setText(login)
    shown.password.setText(password)
    shown.enter()
    assert shown.error.text() == words
    assert jobs.idle()


@pytest.fixture
def store(monkeypatch):
    """A key store that may be trusted, in memory."""
    kept = {}
    monkeypatch.setattr(db_passwords, "can_keep_passwords", lambda: True)
    monkeypatch.setattr(db_passwords, "kept_password", lambda url, login: kept.get((url, login), ""))
    monkeypatch.setattr(db_passwords, "keep_password", lambda url, login, password: kept.__setitem__((url, login), password))
    monkeypatch.setattr(db_passwords, "forget_password", lambda url, login: kept.pop((url, login), None))
    return kept


def test_a_password_is_remembered_when_asked_for_and_forgotten_when_not(page, jobs, settings, small, store):
    login = page()
    settle(jobs)
    assert login.remember.isVisible() and not login.remember.isChecked()
    login.login.setText("110001")
    login.password.setText(PASSWORD)
    login.remember.setChecked(True)
    login.enter()
    settle(jobs)
    assert store == {(small.url, "110001"): PASSWORD}
    again = page()
    settle(jobs)
    assert again.password.text() == PASSWORD and again.remember.isChecked()
    again.remember.setChecked(False)
    again.enter()
    settle(jobs)
    assert store == {}


def test_without_a_key_store_remembering_is_not_offered(page, jobs, monkeypatch):
    monkeypatch.setattr(db_passwords, "can_keep_passwords", lambda: False)
    login = page()
    settle(jobs)
    assert not login.remember.isVisible()


def test_a_locked_account_says_for_how_long(page, jobs):
    login = page()
    for _ in range(6):
        login.login.setText("110001")
        login.password.setText("wrong")
        login.enter()
        settle(jobs)
    assert "已锁定" in login.error.text()


def test_the_last_number_stands_there_and_the_password_has_the_focus(small, jobs, qtbot):
    login = LoginWindow(connecting.open_up(small.url), jobs, Settings(last_login="110002"))
    qtbot.addWidget(login)
    login.show()
    login.setFocus()
    assert login.login.text() == "110002"
    assert login.focusProxy() is login.password


def test_capital_lock_is_noticed_while_typing(page):
    login = page()
    QTest.keyClick(login.password, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not login.capitals.isVisible()
    QTest.sendKeyEvent(QTest.KeyAction.Click, login.password, Qt.Key.Key_A, "A", Qt.KeyboardModifier.NoModifier)
    assert login.capitals.isVisible()
    assert login.capitals.text() == "大写锁定已打开。"
    QTest.sendKeyEvent(QTest.KeyAction.Click, login.password, Qt.Key.Key_A, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not login.capitals.isVisible()


def test_the_password_can_be_looked_at(page):
    login = page()
    login.password.setText("x")
    hidden = login.password.displayText()
    QTest.keyClick(login.password, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert login.password.displayText() == "x" != hidden
    QTest.keyClick(login.password, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert login.password.displayText() == hidden


def test_one_click_on_a_persona_enters_a_demonstration(page, jobs):
    login = page(demo=True)
    assert "演示库" in words_of(login)
    assert list(login.cards) == ["110001", "100101", "100901"]
    assert login.cards["100101"].heading.text() == "局长"
    assert login.cards["100101"].words.text() == "江承岳 · 市局"
    login.cards["100101"].click()
    settle(jobs)
    assert [who for who, _ in login.desks] == ["100101"]


def test_a_real_database_offers_no_personas(page):
    login = page()
    assert login.cards == {}
    assert "演示库" not in words_of(login)
    assert "云岚市公安局" in words_of(login)


def test_another_database_can_be_asked_for(page, qtbot):
    login = page()
    with qtbot.waitSignal(login.other_database):
        login.other.click()


@pytest.fixture
def first(small, jobs, qtbot):
    """The view for the first own password of somebody with a one-time password."""
    with transactions.unit(small.engine) as session:
        session.query(Account).where(Account.login == "120003").one().must_change = True
    view = FirstPassword(small.desk("120003"), jobs, PASSWORD)
    view.set = []
    view.changed.connect(view.set.append)
    qtbot.addWidget(view)
    view.show()
    return view


def test_the_policy_is_told_in_words(first):
    assert "至少 10 位" in words_of(first)
    assert "程以恒" in words_of(first)


@pytest.mark.parametrize(("new", "again", "words"), [
    ("", "", "请输入新密码"), ("Wenshu-2026", "Wenshu-2027", "不一致"), ("short", "short", "至少 10 位"), ("alllowercaseletters", "alllowercaseletters", "三种"),
    ("A120003bcdef", "A120003bcdef", "不能包含警号"), (PASSWORD, PASSWORD, "不能与原密码相同"),
])
def test_a_password_that_will_not_do_is_refused_under_its_field(first, jobs, new, again, words):
    first.inner.fields["new"].setText(new)
    first.inner.fields["again"].setText(again)
    first.verb.click()
    settle(jobs)
    assert words in words_of(first)
    assert first.set == []


def test_ones_own_password_is_in_force_at_once(first, jobs, small):
    QTest.keyClicks(first.inner.fields["new"], "Xin-mima-2026")
    QTest.keyClick(first.inner.fields["new"], Qt.Key.Key_Return)
    QTest.keyClicks(first.inner.fields["again"], "Xin-mima-2026")
    QTest.keyClick(first.inner.fields["again"], Qt.Key.Key_Return)
    settle(jobs)
    assert [actor.must_change for actor in first.set] == [False]
    assert signing_in.sign_in(small.engine, "120003", "Xin-mima-2026").actor.name == "程以恒"
    assert first.inner.fields["new"].text() == ""
