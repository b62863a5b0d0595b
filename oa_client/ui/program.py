"""From the first window to the last: choose a database, sign in, work, sign out."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import structlog
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from oa_client.domain.errors import OaError
from oa_client.scratch import Scratch
from oa_client.settings import Settings, environment_database
from oa_client.ui.entrance import Entrance
from oa_client.ui.first_password import FirstPassword
from oa_client.ui.jobs import Jobs
from oa_client.ui.loading import LATER, LATER_WINDOWS, Loading
from oa_client.ui.login import LoginWindow
from oa_client.ui.office import Doors, Office
from oa_client.ui.start_page import StartWindow
from oa_client.usecases import connecting, directory, gates
from oa_client.usecases.connecting import Opened
from oa_client.usecases.desk import Desk

if TYPE_CHECKING:
    from oa_client.ui.lock import Lock
    from oa_client.ui.main_window import MainWindow
    from oa_client.ui.watch import Watch

DISK_FULL = "本机磁盘写不进去，正在填写的内容没有留存，请尽快提交并清理磁盘。"
_log = structlog.get_logger(__name__)


@dataclass
class Session:
    """What belongs to one officer's time at this PC."""

    office: Office
    window: "MainWindow"
    watch: "Watch"
    lock: "Lock"


class Program(QObject):
    """Owns the jobs, the entrance, and while somebody is signed in, the session."""

    _disk_full = Signal()

    def __init__(self, entrance: Entrance, settings: Settings, doors: Doors) -> None:
        super().__init__()
        self.entrance, self.settings, self.doors = entrance, settings, doors
        self.jobs = Jobs(self)
        self.opened: Opened | None = None
        self.session: Session | None = None
        self._loading: Loading | None = None
        self._leaving = False
        self._asked: object = None
        entrance.closed.connect(self.leave)
        self._disk_full.connect(self._tell_disk_full)

    def start(self) -> None:
        """Open the database of last time, or let the user choose one."""
        url = environment_database() or self.settings.database_url
        if url:
            asked = self._asked = object()
            self.entrance.wait("正在打开数据库…", "换一个数据库", self.choose)
            self.jobs.read(self, connecting.open_up, url, then=lambda opened: self._open_again(opened, asked),
                           failed=lambda problem: self._not_open(url, problem, asked))
        else:
            self.choose()

    def choose(self, way_back: str = "") -> StartWindow:
        """Show the choice of databases."""
        self._asked = None  # an answer still under way comes too late
        self.entrance.say_owner("")
        start = StartWindow(self.jobs, way_back)
        start.opened.connect(self._chosen)
        start.back.connect(self.show_login)
        self.entrance.show_view(start)
        self.entrance.show()
        start.setFocus()
        return start

    def show_login(self) -> LoginWindow | StartWindow:
        """Show the login page of the open database, or the choice of databases when none is open."""
        opened = self.opened
        if opened is None:
            return self.choose()
        login = LoginWindow(opened, self.jobs, self.settings)
        login.entered.connect(lambda desk, password: self._entered(opened, desk, password))
        login.other_database.connect(lambda: self.choose("返回登录"))
        self.entrance.say_owner(opened.gate.bureau)
        self.entrance.show_view(login)
        self.entrance.show()
        login.setFocus()
        if self._loading is None:
            self._loading = Loading(LATER, LATER_WINDOWS, self)
        return login

    def leave(self) -> None:
        """End the program: what is being written is finished first."""
        if self._leaving:
            return
        self._leaving = True
        self.close_session()
        for job in self.jobs.running():
            job.cancel()
        self.jobs.close()
        if self._loading is not None:
            self._loading.stop()
        self._close_database()
        self.entrance.hide()
        QApplication.quit()

    def close_session(self) -> None:
        """Put away what belongs to the officer who was signed in."""
        if self.session is None:
            return
        session, self.session = self.session, None
        session.lock.dismiss()
        session.watch.stop()
        session.window.hide()
        self.jobs.close()
        session.office.scratch.close()
        self._let_go(session.office.desk)
        for part in (session.watch, session.window, session.office):
            part.deleteLater()

    def _let_go(self, desk: Desk) -> None:
        """Close the officer's own connections to a shared database."""
        if self.opened is None or desk.engine is not self.opened.engine:
            desk.engine.dispose()

    def _open_again(self, opened: Opened, asked: object) -> None:
        if asked is not self._asked:
            opened.engine.dispose()
            return
        self.opened = opened
        self.show_login()

    def _not_open(self, url: str, problem: OaError, asked: object) -> None:
        if asked is not self._asked:
            return
        start = self.choose()
        try:
            single = connecting.is_single(url)
        except OaError:
            single = True
        if single:
            start.say(problem, self.start)
        else:
            start.ask_server(connecting.plain(url), problem)

    def _chosen(self, opened: Opened, login: str) -> None:
        self._close_database()
        self.opened = opened
        self.settings.database_url = opened.url
        self.settings.last_login = login
        self.settings.save()
        self.show_login()

    def _entered(self, opened: Opened, desk: Desk, password: str) -> None:
        if not desk.actor.must_change:
            self._open_main(opened, desk)
            return
        first = FirstPassword(desk, self.jobs, password)
        first.changed.connect(lambda actor: self._open_main(opened, replace(desk, actor=actor)))
        first.back.connect(self.show_login)
        self.entrance.show_view(first)
        first.setFocus()

    def _open_main(self, opened: Opened, desk: Desk) -> None:
        _log.info("signed in", account=desk.actor.id)
        if not opened.single:
            self.jobs.read(None, directory.bureau_name, desk, then=lambda name: gates.remember_bureau(opened.url, name))
        scratch = Scratch(f"{opened.url}|{desk.actor.login}", lambda _: self._disk_full.emit())
        office = Office(desk, self.jobs, self.settings, scratch, self.doors, url=opened.url, demo=opened.gate.demo)
        QTimer.singleShot(0, self, lambda: self._show_main(office))  # the screen may answer in between

    def _show_main(self, office: Office) -> None:
        from oa_client.ui.main_window import MainWindow  # loaded while the login page was shown

        window = MainWindow(office)
        QTimer.singleShot(0, window, lambda: self._begin(office, window))

    def _begin(self, office: Office, window: "MainWindow") -> None:
        """Watch and guard the desk from now on, and show it; not when the program is being left."""
        from oa_client.ui.lock import Lock
        from oa_client.ui.watch import Watch

        if self._leaving:
            window.deleteLater()
            return
        watch = Watch(office.desk, self.jobs)
        watch.light.connect(window.status.light.turn)
        office.signed_out.connect(self._signed_out)
        window.other_database.connect(self._other_database)
        window.closed.connect(self.leave)
        lock = Lock(office, window, self._password_hint(office))
        lock.other_wanted.connect(window.sign_out)
        self.session = Session(office, window, watch, lock)
        QTimer.singleShot(0, window, lambda: self._appear(window))

    def _password_hint(self, office: Office) -> str:
        """In a demonstration nobody was told the password under which they came in."""
        return f"演示库：密码是 {self.opened.gate.demo_password}" if office.demo and self.opened is not None else ""

    def _appear(self, window: QWidget) -> None:
        window.show()
        self.entrance.hide()

    def _signed_out(self) -> None:
        self.close_session()
        QTimer.singleShot(0, self, self.show_login)

    def _other_database(self) -> None:
        self.close_session()
        self.choose("返回登录")

    def _close_database(self) -> None:
        if self.opened is not None:
            self.opened.engine.dispose()
            self.opened = None

    def _tell_disk_full(self) -> None:
        if self.session is not None:
            self.session.window.status.say(DISK_FULL)
