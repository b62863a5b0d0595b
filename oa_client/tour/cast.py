"""Who plays in the tour, and their coming and going through the login page."""

from oa_client.tour.guide import Guide, Lost
from oa_client.ui.document.window import DocumentWindow
from oa_client.ui.draft.window import DraftWindow
from oa_client.ui.first_password import FirstPassword
from oa_client.ui.intake.window import IntakeWindow
from oa_client.ui.login import LoginWindow
from oa_client.ui.main_window import MainWindow
from oa_client.ui.program import Session
from oa_client.usecases import directory, setting_up
from oa_client.usecases.desk import Desk
from oa_client.usecases.viewing import show
from oa_client.usecases.views import DocumentView


class Cast:
    """Finds an officer for each part among the accounts of the demonstration, and signs officers in and out."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._people: tuple[directory.Candidate, ...] = ()
        self._units: dict[str, int] = {}
        self.login = ""
        self.own: dict[str, str] = {}

    @property
    def session(self) -> Session:
        """The session of the officer who is signed in."""
        assert self._guide.program.session is not None
        return self._guide.program.session

    @property
    def desk(self) -> Desk:
        """The desk of the officer who is signed in."""
        return self.session.office.desk

    @property
    def window(self) -> MainWindow:
        """The main window of the officer who is signed in."""
        return self.session.window

    def persona(self, caption: str) -> str:
        """The police number of the persona whose caption contains these words."""
        assert self._guide.program.opened is not None
        return next(item.login for item in self._guide.program.opened.gate.personas if caption in item.caption)

    def unit(self, short: str) -> int:
        """The id of a unit by its short name."""
        return self._units[short]

    def holder(self, role: str, unit_id: int, skip: int = 0) -> directory.Candidate:
        """Somebody who holds a role in a unit; role "" is any plain officer of the unit."""
        fitting = [item for item in self._people if not item.is_unit
                   and ((role, unit_id) in item.roles if role else item.unit_id == unit_id and not item.roles)]
        return fitting[skip]

    def enter(self, login: str) -> MainWindow:
        """Sign the present officer out and another in, through the login page."""
        program, guide = self._guide.program, self._guide
        if self.login == login:
            return self.window
        page = self.leave()
        if login in page.cards:
            page.cards[login].click()
        else:
            page.login.setText(login)
            page.password.setText(self.password(login))
            page.verb.click()
        guide.wait(lambda: program.session is not None and program.session.window.isVisible(), f"{login} 登录")
        guide.settle()
        self.login = login
        if not self._people:
            self._learn()
        return self.window

    def enter_first(self, login: str, once: str) -> FirstPassword:
        """Sign somebody in with a one-time password, as far as the page of the own password."""
        program, guide = self._guide.program, self._guide
        page = self.leave()
        page.login.setText(login)
        page.password.setText(once)
        page.verb.click()
        guide.wait(lambda: isinstance(program.entrance.view(), FirstPassword), "首次设置密码")
        guide.settle()
        return guide.view(FirstPassword)

    def leave(self) -> LoginWindow:
        """Sign the present officer out; gives the login page."""
        program = self._guide.program
        if program.session is not None:
            self.window.sign_out()
        self.login = ""
        self._guide.wait(lambda: program.session is None and program.entrance.isVisible() and isinstance(program.entrance.view(), LoginWindow), "登录页")
        return self._guide.view(LoginWindow)

    def password(self, login: str) -> str:
        """The password of an account: the one set in the tour, or that of the demonstration."""
        assert self._guide.program.opened is not None
        return self.own.get(login) or self._guide.program.opened.gate.demo_password

    def document(self, document_id: int) -> DocumentWindow:
        """A document's window, read and shown."""
        window = self.session.office.open_document(document_id)
        assert isinstance(window, DocumentWindow)
        window.resize(1366, 768)
        self._guide.wait(lambda: window.opened is not None, "公文窗口")
        self._guide.settle()
        return window

    def draft(self) -> DraftWindow:
        """A window for a new outgoing paper."""
        window = self.session.office.draft_paper()
        assert isinstance(window, DraftWindow)
        return window

    def intake(self) -> IntakeWindow:
        """The window where incoming papers are registered."""
        window = self.session.office.register_paper()
        assert isinstance(window, IntakeWindow)
        return window

    def view(self, document_id: int) -> DocumentView:
        """The document as the signed-in officer may see it, read for a check."""
        return self._guide.look(lambda: show(self.desk, document_id))

    def sound(self) -> list[str]:
        """What is wrong with the database, for a check."""
        return self._guide.look(lambda: setting_up.check(self.desk.engine))

    def _learn(self) -> None:
        self._people, units = self._guide.look(lambda: (directory.candidates(self.desk), directory.units(self.desk)))
        self._units = {unit.short: unit.id for unit in units}


def number_of(person: directory.Candidate) -> str:
    """A person's police number (警号)."""
    if not person.keys.number:
        raise Lost(f"{person.name} 没有警号")
    return person.keys.number
