"""Pages in a window of the main window's content size, for the tests of the pages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oa_client.ui.office import Office
from oa_client.ui.widgets.list_page import ListPage
from tests.ui.entering import office_of, settle


class Room:
    """Shows pages of officers and waits until they have settled."""

    def __init__(self, small, jobs, qtbot):
        self.bureau, self.jobs, self._qtbot = small, jobs, qtbot
        self.offices: list[Office] = []
        self._frames: list[QWidget] = []

    def show(self, login: str, make: Callable[[Office], QWidget]) -> QWidget:
        """An officer's page, read and shown."""
        office = office_of(self.bureau, self.jobs, login)
        self.offices.append(office)
        frame = QWidget()
        self._qtbot.addWidget(frame)
        self._frames.append(frame)
        page = make(office)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        frame.resize(1180, 720)
        frame.show()
        self._qtbot.waitExposed(frame)
        self.settle()
        return page

    def settle(self, pause: int = 30) -> None:
        """Wait until the work under way is over, `pause` ms at least."""
        self._qtbot.wait(pause)
        settle(self.jobs)

    def changed(self, *topics: str) -> None:
        """Tell every page of a change at another desk, and wait for what they read."""
        self.jobs.announce(topics)
        self.settle(200)

    def search(self, list_page: ListPage, words: str) -> None:
        """Type into the search box and wait for the answer."""
        list_page.search.setFocus()
        list_page.search.setText(words)
        self.settle(220)

    def press(self, button) -> None:
        """A click, and everything that follows from it."""
        assert button.isVisible()
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def key(self, widget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """A key, and everything that follows from it."""
        self._qtbot.keyClick(widget, key, *modifiers)
        self.settle()

    def opened(self) -> list[str]:
        """Which windows were opened."""
        return [window.what for office in self.offices for window in office.windows()]

    def close(self) -> None:
        """Close what is open."""
        self.jobs.wait_idle()
        for office in self.offices:
            office.close_windows()
            office.scratch.close()


@contextmanager
def room_of(small, jobs, qtbot) -> Iterator[Room]:
    """A room that is closed afterwards."""
    made = Room(small, jobs, qtbot)
    yield made
    made.close()


def column(list_page: ListPage, key: str) -> list[str]:
    """The words of a column, from top to bottom."""
    at = [item.key for item in list_page.model.columns].index(key)
    return [list_page.model.index(row, at).data() for row in range(list_page.model.rowCount())]
