"""The first start: three ways to a database, each with its own form."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from oa_client.settings import home
from oa_client.ui.start_demo import DemoStep
from oa_client.ui.start_page import StartWindow
from oa_client.ui.start_server import ServerStep
from oa_client.ui.start_single import SingleStep
from oa_client.usecases import founding, reaching, setting_up
from tests import postgres
from tests.ui.entering import press, settle, words_of


@pytest.fixture(autouse=True)
def no_store(monkeypatch):
    """This PC has no key store, unless a test says so."""
    from oa_client.usecases import remembering

    monkeypatch.setattr(remembering, "store", lambda: None)


@pytest.fixture
def start(jobs, qtbot):
    made = StartWindow(jobs)
    made.databases = []
    made.opened.connect(lambda opened, login: made.databases.append((opened, login)))
    qtbot.addWidget(made)
    made.resize(700, 680)
    made.show()
    yield made
    for opened, _ in made.databases:
        opened.engine.dispose()


def step(start: StartWindow):
    return start.stack.currentWidget()


@pytest.mark.parametrize(("key", "kind", "words"), [
    ("demo", DemoStep, "虚构的市公安局"), ("single", SingleStep, "单机模式：权限与留痕由本程序执行"), ("server", ServerStep, "系统管理员给出的信息"),
])
def test_each_card_leads_to_its_form_and_escape_leads_back(start, key, kind, words):
    start.choices.cards[key].setFocus()
    QTest.keyClick(start.choices.cards[key], Qt.Key.Key_Space)
    assert isinstance(step(start), kind)
    assert words in words_of(start)
    QTest.keyClick(step(start), Qt.Key.Key_Escape)
    assert step(start) is start.choices


def test_the_cards_say_what_they_mean(start):
    for card in start.choices.cards.values():
        assert card.accessibleName() == card.heading.text()
        assert card.accessibleDescription() == card.words.text()
    assert [card.heading.text() for card in start.choices.cards.values()] == ["演示", "新建单机库", "连接共享库"]


@pytest.fixture
def single(start):
    start.go("single")
    return step(start)


def test_a_single_desk_database_is_made_and_its_password_shown_once(start, single, jobs):
    single.form.set_values({"bureau": "云岚市公安局", "login": "100001", "name": "管系统"})
    press(single, "建立")
    assert not single.form.isEnabled()
    settle(jobs)
    password = single.issued.password.text()
    assert single.issued.isVisible()
    assert not single.form.isVisible()
    press(single, "复制")
    assert QApplication.clipboard().text() == password
    press(single, "我已记下")
    settle(jobs)
    [(opened, login)] = start.databases
    assert login == "100001"
    assert opened.url == f"sqlite:///{home() / 'wenshu.db'}"
    assert not any(password.encode() in file.read_bytes() for file in home().rglob("*") if file.is_file())


def test_what_is_missing_is_said_under_its_field(single, jobs):
    press(single, "建立")
    settle(jobs)
    assert "请填写机关名称。" in words_of(single)
    assert "警号应为 4 至 8 位数字。" in words_of(single)
    assert not Path(single.form.values()["file"]).exists()


def test_a_password_not_noted_down_is_not_lost_by_closing(start, single, jobs, answer):
    single.form.set_values({"bureau": "局", "login": "100001", "name": "甲"})
    single.make()
    settle(jobs)
    answer("返回")
    assert not start.may_close()
    answer("已记下，关闭")
    assert start.may_close()


def test_an_existing_single_desk_database_can_be_opened(start, jobs, small):
    start.open_file(small.engine.url.database)
    settle(jobs)
    assert [opened.gate.bureau for opened, _ in start.databases] == ["云岚市公安局"]


def test_another_file_is_refused_in_words(start, jobs, tmp_path):
    file = tmp_path / "别的.db"
    file.write_text("不是数据库" * 500, "utf-8")
    start.open_file(str(file))
    settle(jobs)
    assert "不是本系统的数据库" in words_of(start)
    assert start.databases == []


@pytest.fixture
def server(start, jobs):
    start.go("server")
    settle(jobs)
    return step(start)


@pytest.mark.postgres
def test_a_shared_database_is_tried_and_joined(start, server, jobs, postgres_server):
    from tests.small_bureau import Bureau

    with postgres.database(postgres_server) as url:
        Bureau.make(url).close()
        host, port = postgres_server
        server.form.set_values({"host": host, "port": str(port), "database": url.rpartition("/")[2], "verify": False})
        press(server, "测试连接")
        assert not server.verb.isEnabled()
        settle(jobs)
        assert "服务器有应答，可以用警号和密码登录。" in words_of(server)
        assert start.databases == []
        press(server, "连接")
        settle(jobs)
        [(opened, _login)] = start.databases
        assert opened.kind == "共享库"
        opened.engine.dispose()


def test_a_server_that_does_not_answer_is_told(server, jobs):
    server.form.set_values({"host": "127.0.0.1", "port": "1", "database": "oa", "verify": False})
    press(server, "连接")
    settle(jobs)
    assert "服务器没有应答" in words_of(server)


def test_the_form_and_the_address_say_the_same(server):
    assert server.form.values()["verify"] is True
    server.form.set_values({"host": "10.1.1.9", "port": "5433", "database": "oa", "verify": True})
    press(server, "改用地址填写")
    assert server.form.values()["address"] == "postgresql://10.1.1.9:5433/oa?sslmode=verify-full"
    assert not server.form.field("host").isVisible()
    server.form.set_values({"address": "postgresql://u2:geheim@10.1.1.8/oa2"})
    press(server, "改为逐项填写")
    assert server.form.values() | {"address": ""} == {"address": "", "host": "10.1.1.8", "port": "5432", "database": "oa2", "verify": False}


def test_a_form_not_filled_in_is_told_at_its_fields(server, jobs):
    press(server, "连接")
    assert "请填写服务器。" in words_of(server)
    assert jobs.idle()
    press(server, "改用地址填写")
    server.form.set_values({"address": "随便写的"})
    press(server, "连接")
    assert "数据库地址写法不对" in words_of(server)


@pytest.fixture
def demo_made(monkeypatch):
    """create_demo becomes quick: it reports, waits until it may go on, and makes a small database."""
    from oa_client.usecases import demo_apart

    go_on = threading.Event()

    def create(url, report=None):
        for done in range(1, 4):
            report(done, 3, "正在生成公文")
        while not go_on.wait(0.01):
            report(3, 3, "正在生成公文")
        engine = reaching.open_database(url)
        setting_up.create(engine, "云岚市公安局", "100001", "甲")
        engine.dispose()
    monkeypatch.setattr(demo_apart, "create_demo", create)
    return go_on


def test_a_demonstration_is_made_with_progress_and_entered(start, jobs, demo_made, qtbot):
    start.go("demo")
    press(step(start), "开始建立")
    qtbot.waitUntil(lambda: "正在生成公文（3/3）" in words_of(start))
    assert step(start).bar.value() == 3
    assert not step(start).way_back.isEnabled()
    demo_made.set()
    settle(jobs)
    assert [opened.url for opened, _ in start.databases] == [f"sqlite:///{founding.demo_file()}"]


def test_making_a_demonstration_can_be_cancelled_and_leaves_nothing(start, jobs, demo_made, qtbot):
    start.go("demo")
    press(step(start), "开始建立")
    qtbot.waitUntil(lambda: "正在生成公文" in words_of(start))
    press(step(start), "取消")
    settle(jobs)
    assert start.databases == []
    assert "已取消，没有留下任何数据。" in words_of(start)
    assert not list(home().glob("demo*"))
    assert step(start).way_back.isEnabled()


def test_an_existing_demonstration_is_entered_at_once(start, jobs, demo_made):
    demo_made.set()
    founding.make_demo(lambda *_: None)
    start.go("demo")
    press(step(start), "进入演示库")
    settle(jobs)
    assert len(start.databases) == 1


def test_closing_stops_what_is_being_made(start, jobs, demo_made, qtbot):
    start.go("demo")
    step(start).make()
    qtbot.waitUntil(lambda: "正在生成公文" in words_of(start))
    assert start.may_close()
    settle(jobs)
    assert not list(home().glob("demo*"))
