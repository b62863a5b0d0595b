"""From the first start to the desk, through the real windows: new database, one-time password, own password, main window; and again."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from oa_client.settings import Settings, home
from oa_client.ui.entrance import Entrance
from oa_client.ui.first_password import FirstPassword
from oa_client.ui.login import LoginWindow
from oa_client.ui.main_window import MainWindow
from oa_client.ui.program import Program
from oa_client.ui.start_page import StartWindow
from oa_client.usecases import connecting, remembering
from tests.small_bureau import PASSWORD
from tests.ui.entering import make_demo, plain_doors, press, settle, words_of

OWN = "Xin-mima-2026"
NAMES = ("OA_DATABASE_URL", "OA_DATABASE")


@pytest.fixture
def begin(styled, qtbot, monkeypatch):
    """begin(settings) → a program behind a shown entrance, as after loading."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(remembering, "store", lambda: None)
    programs = []

    def start(settings: Settings | None = None) -> Program:
        entrance = Entrance()
        qtbot.addWidget(entrance)
        program = Program(entrance, settings or Settings.load(), plain_doors())
        programs.append(program)
        entrance.show()
        program.start()
        settle(program.jobs)
        return program
    yield start
    for program in programs:
        program.leave()
    assert not {thread.name for thread in threading.enumerate()} & {"watch", "loading", "scratch_0"}


def view(program: Program, kind: type):
    QApplication.processEvents()  # the page comes with the next turn of the screen
    found = program.entrance.view()
    assert isinstance(found, kind), found
    return found


def test_first_start_to_the_desk(begin):
    program = begin()
    start = view(program, StartWindow)
    start.choices.cards["single"].click()
    step = start.stack.currentWidget()
    for key, words in (("bureau", "云岚市公安局"), ("login", "100001"), ("name", "管系统")):
        step.form.field(key).setFocus()
        QTest.keyClicks(step.form.field(key), words) if words.isascii() else step.form.field(key).setText(words)
    QTest.keyClick(step.form.field("name"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(program.jobs)
    once = step.issued.password.text()
    assert len(once) >= 10
    press(step, "我已记下")
    settle(program.jobs)
    login = view(program, LoginWindow)
    assert login.login.text() == "100001"
    assert "云岚市公安局" in words_of(login)
    QTest.keyClicks(login.password, once)
    QTest.keyClick(login.password, Qt.Key.Key_Return)
    settle(program.jobs)
    first = view(program, FirstPassword)
    QTest.keyClicks(first.inner.fields["new"], OWN)
    QTest.keyClicks(first.inner.fields["again"], OWN)
    press(first, "设置并进入")
    settle(program.jobs)
    window = program.session.window
    assert isinstance(window, MainWindow)
    assert window.isVisible()
    assert not program.entrance.isVisible()
    assert window.windowTitle() == "文枢 — 云岚市公安局 管系统"
    assert list(window.navigation.buttons) == ["accounts", "consents", "reconcile", "policy", "settings"]
    assert Settings.load().database_url == f"sqlite:///{home() / 'wenshu.db'}"


@pytest.fixture
def there(small):
    """Settings of a PC on which the small bureau was used last."""
    return Settings(database_url=small.url, last_login="110001")


def test_the_next_start_goes_straight_to_the_login_page(begin, there):
    program = begin(there)
    login = view(program, LoginWindow)
    QTest.keyClicks(login.password, PASSWORD)
    QTest.keyClick(login.password, Qt.Key.Key_Return)
    settle(program.jobs)
    assert program.session.window.windowTitle() == "文枢 — 云岚市公安局办公室 苏明禾"


def test_signing_out_leads_back_and_somebody_else_may_come(begin, there):
    program = begin(there)
    enter(program, "110001")
    first = program.session
    first.window.sign_out()
    assert program.session is None
    assert not first.window.isVisible()
    login = view(program, LoginWindow)
    assert program.entrance.isVisible()
    assert login.login.text() == "110001"
    enter(program, "100101")
    assert "江承岳" in program.session.window.windowTitle()


def enter(program: Program, number: str) -> None:
    login = view(program, LoginWindow)
    login.login.setText(number)
    login.password.setText(PASSWORD)
    login.enter()
    settle(program.jobs)


def test_a_demonstration_is_entered_and_changed_by_one_click(begin, there, small):
    make_demo(small)
    program = begin(there)
    view(program, LoginWindow).cards["100101"].click()
    settle(program.jobs)
    assert "演示库：数据均为虚构。" in words_of(program.session.window)
    press(program.session.window, "换一个身份")
    view(program, LoginWindow).cards["110001"].click()
    settle(program.jobs)
    assert "苏明禾" in program.session.window.windowTitle()


def test_another_desks_commit_reaches_the_counts(begin, there, small, qtbot):
    program = begin(there)
    enter(program, "110001")
    qtbot.waitUntil(lambda: program.session.watch.connected)
    assert program.session.window.status.light.words.text() == "已连接"
    small.register()
    qtbot.waitUntil(lambda: program.session.window.navigation.buttons["todo"].count == 1)


def test_a_database_file_that_is_gone_is_told_and_can_be_tried_again(begin, there, small, tmp_path):
    from pathlib import Path

    small.engine.dispose()
    file = Path(small.engine.url.database)
    file.rename(tmp_path / "aside.db")
    program = begin(there)
    start = view(program, StartWindow)
    assert "找不到数据文件" in words_of(start)
    (tmp_path / "aside.db").rename(file)
    press(start, "重试")
    settle(program.jobs)
    view(program, LoginWindow)


def test_a_server_that_does_not_answer_is_shown_with_its_form_filled_in(begin):
    program = begin(Settings(database_url="postgresql://127.0.0.1:1/oa"))
    step = view(program, StartWindow).stack.currentWidget()
    assert (step.form.values()["host"], step.form.values()["database"]) == ("127.0.0.1", "oa")
    assert "服务器没有应答" in words_of(step)


@pytest.mark.parametrize("name", NAMES)
def test_the_environment_chooses_the_database_and_is_not_remembered(begin, small, monkeypatch, name):
    monkeypatch.setenv(name, small.url)
    settings = Settings(database_url="sqlite:////nowhere.db")
    program = Program(Entrance(), settings, plain_doors())
    program.start()
    settle(program.jobs)
    view(program, LoginWindow)
    assert settings.database_url == "sqlite:////nowhere.db"
    program.leave()


def test_choosing_another_database_and_thinking_better_of_it(begin, there):
    program = begin(there)
    press(view(program, LoginWindow), "换一个数据库")
    start = view(program, StartWindow)
    press(start, "返回登录")
    view(program, LoginWindow)


def test_a_slow_opening_can_be_left_for_another_database(begin, there, monkeypatch):
    started, go_on = threading.Event(), threading.Event()
    opened = []

    truly = connecting.open_up

    def slowly(url):
        started.set()
        go_on.wait(5)
        opened.append(truly(url))
        return opened[0]
    monkeypatch.setattr(connecting, "open_up", slowly)
    entrance = Entrance()
    program = Program(entrance, there, plain_doors())
    entrance.show()
    program.start()
    assert started.wait(5)
    press(entrance, "换一个数据库")
    view(program, StartWindow)
    go_on.set()
    settle(program.jobs)
    view(program, StartWindow)
    assert opened[0].engine.pool.checkedin() == 0
    program.leave()


def test_closing_the_main_window_ends_the_program(begin, there):
    program = begin(there)
    enter(program, "110001")
    program.session.window.close()
    assert program.session is None
    assert program.opened is None
    assert program.jobs.idle()
    QApplication.processEvents()


def test_words_that_cannot_be_kept_are_told(begin, there):
    program = begin(there)
    enter(program, "110001")
    program._disk_full.emit()
    assert program.session.window.status.last.toolTip().startswith("本机磁盘写不进去")
