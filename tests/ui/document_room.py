"""Document windows of several officers on one small bureau, for the tests of the document window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from oa_client.scratch import Scratch
from oa_client.settings import Settings
from oa_client.ui.document.window import DocumentWindow
from oa_client.ui.office import Doors, Office


class Room:
    """Opens windows as officers do and waits until they have settled."""

    def __init__(self, small, jobs, qtbot):
        self.bureau, self.jobs, self._qtbot = small, jobs, qtbot
        self.drafts: list[int] = []
        self._offices: list[Office] = []

    def office(self, login: str) -> Office:
        """An officer's session, with settings and scratch of this PC."""
        doors = Doors(DocumentWindow, lambda _office: QWidget(), lambda _office, number: self.drafts.append(number) or QWidget())
        made = Office(self.bureau.desk(login), self.jobs, Settings.load(), Scratch(f"{self.bureau.url}|{login}"), doors, url=self.bureau.url)
        self._offices.append(made)
        self.jobs.wait_idle()
        return made

    def open(self, login: str, document_id: int, office: Office | None = None) -> DocumentWindow:
        """A document's window, read and shown."""
        window = (office or self.office(login)).open_document(document_id)
        self._qtbot.waitExposed(window)
        self.settle()
        return window

    def settle(self) -> None:
        """Wait until reads, writes and the refresh after them are over in every window."""
        def calm():
            windows = [window for office in self._offices for window in office.windows() if isinstance(window, DocumentWindow)]
            return self.jobs.idle() and all(window.calm() for window in windows)
        self._qtbot.wait(10)
        self._qtbot.waitUntil(calm, timeout=10_000)

    def key(self, widget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """A key, and everything that follows; a shortcut presses its button for a tenth of a second."""
        self._qtbot.keyClick(widget, key, *modifiers)
        self._qtbot.wait(120)
        self.settle()

    def press(self, button) -> None:
        """A click, and everything that follows from it."""
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def pick(self, window: DocumentWindow, key: str, typed: str) -> None:
        """Choose somebody in a picker of the prepared action by typing and Enter."""
        field = window.bar.work.forms[window.bar.work.chosen.key].field(key)
        field.input.setFocus()
        self._qtbot.keyClicks(field.input, typed) if typed.isascii() else (field.input.setText(typed), field.input.textEdited.emit(typed))
        self._qtbot.keyClick(field.input, Qt.Key.Key_Return)

    def close(self) -> None:
        """Close what is open."""
        self.jobs.wait_idle()
        for office in self._offices:
            office.close_windows()
            office.scratch.close()


def chips(window: DocumentWindow) -> tuple[str, ...]:
    """The words of the header's chips in view."""
    head = window.header
    return tuple(chip.text() for chip in (head.urgency, head.state, head.due, head.openness, head.reference) if not chip.isHidden())
