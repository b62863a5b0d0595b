"""An account that is disabled, or a connection that breaks, while the client is open: said in a sentence, and what is typed stays."""

from contextlib import contextmanager

import psycopg
import pytest
from PySide6.QtWidgets import QLabel

from oa_client.ui import errors
from oa_client.ui.lock import Lock
from oa_client.ui.main_window import MainWindow
from oa_client.ui.watch import TOPICS, Watch
from oa_client.usecases import account_deeds, accounts, viewing
from tests import postgres
from tests.small_bureau import PASSWORD, Bureau
from tests.ui.document_room import Room
from tests.ui.entering import office_of, settle

SAID = "您的账号已停用，或密码已被重置，不能继续办理。"
TYPED = "拟请刑侦支队研究办理。"


@pytest.fixture
def served(postgres_server):
    """The small bureau on a server."""
    with postgres.database(postgres_server) as url:
        made = Bureau.make(url)
        yield made
        made.close()


@contextmanager
def typing(bureau, jobs, qtbot, type_words):
    """An officer at a server who has typed an opinion: room and window."""
    room = Room(bureau, jobs, qtbot)
    paper = bureau.register()
    bureau.act("110001", paper, "to_propose")
    window = room.open("110003", paper)
    type_words(window.bar.work.left.box.field, TYPED)
    yield room, window
    room.close()


def cut(url, login):
    """Break every connection of an officer."""
    with psycopg.connect(url, autocommit=True) as admin:
        return admin.execute("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename LIKE %s", (f"%\\_{login}",)).fetchone()[0]


def told(window):
    """Every failure that is told now, in place or in a dialog."""
    dialogs = ["".join(label.text() for label in dialog.findChildren(QLabel)) for dialog in errors.shown()]
    return [*([window.banner.sentence.text()] if window.banner.isVisible() else []), *dialogs]


def disabled(bureau, login, by):
    row = accounts.by_login(bureau.desk(by), login)
    account_deeds.set_active(bureau.desk(by), row.id, False, row.version)


@pytest.mark.postgres
def test_a_disabled_account_is_told_in_one_sentence_and_keeps_what_is_typed(served, jobs, qtbot, type_words):
    with typing(served, jobs, qtbot, type_words) as (room, window):
        disabled(served, "110003", "110009")
        room.jobs.announce({"document"})
        room.settle()
        assert len(told(window)) == 1 and SAID in told(window)[0], told(window)
        assert window.isVisible() and window.bar.work.left.box.text() == TYPED
        room.press(window.bar.work.buttons.primary)
        assert window.bar.work.left.box.text() == TYPED
        office, paper = window._office, window.document_id
        window.close()
        office.scratch.flush()
        assert [piece.key for piece in office.scratch.kept()] == [f"opinion/{paper}"]


@pytest.mark.postgres
def test_a_broken_connection_is_mended_unseen(served, jobs, qtbot, type_words):
    with typing(served, jobs, qtbot, type_words) as (room, window):
        assert cut(served.url, "110003") >= 1
        room.jobs.announce({"document"})
        room.settle()
        assert told(window) == [] and window.bar.work.left.box.text() == TYPED
        room.pick(window, "leader", "jcy")
        room.press(window.bar.work.buttons.primary)
        assert viewing.show(served.desk("110001"), window.document_id if window.isVisible() else 1).where.startswith("批示")


@pytest.mark.postgres
def test_a_locked_desk_opens_after_its_connections_broke(served, jobs, qtbot):
    office = office_of(served, jobs, "110003")
    main = MainWindow(office)
    qtbot.addWidget(main)
    main.show()
    settle(jobs)
    watch, lock = Watch(office.desk, jobs), Lock(office, main)
    turns = []
    watch.light.connect(turns.append)
    qtbot.waitUntil(lambda: watch.connected)
    lock.lock()
    cut(served.url, "110003")
    qtbot.waitUntil(lambda: turns[-2:] == [False, True])
    assert lock.locked and not errors.shown()
    lock.view.password.setText(PASSWORD)
    lock.view.verb.click()
    settle(jobs)
    assert not lock.locked
    assert watch.stop()
    office.scratch.close()


@pytest.mark.postgres
def test_a_locked_desk_of_a_disabled_account_stays_locked(served, jobs, qtbot):
    office = office_of(served, jobs, "110003")
    main = MainWindow(office)
    qtbot.addWidget(main)
    main.show()
    settle(jobs)
    lock = Lock(office, main)
    lock.lock()
    disabled(served, "110003", "110009")
    lock.view.password.setText(PASSWORD)
    lock.view.verb.click()
    settle(jobs)
    assert lock.locked and lock.view.error.text()
    lock.dismiss()
    office.scratch.close()


@pytest.mark.postgres
def test_the_main_window_tells_it_once_and_not_for_every_list(served, jobs, qtbot):
    office = office_of(served, jobs, "110003")
    main = MainWindow(office)
    qtbot.addWidget(main)
    main.show()
    for key in ("todo", "receive", "library", "settings"):
        main.go(key)
        settle(jobs)
    main.go("todo")
    disabled(served, "110003", "110009")
    for _ in range(2):
        jobs.announce(TOPICS)
        qtbot.wait(250)
        settle(jobs)
    words = [label.text() for label in main.findChildren(QLabel) if label.isVisible()]
    assert errors.shown() == () and SAID in words
    office.scratch.close()
