"""The office finds a window that is open, and forgets one that is closed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from oa_client.scratch import Scratch
from oa_client.ui.office import Doors, Office


class Window(QWidget):
    def __init__(self, *_given):
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)


@pytest.fixture
def office(small, jobs, settings):
    made = Office(small.desk("110001"), jobs, settings, Scratch("office"), Doors(Window, Window, Window), url=small.url)
    yield made
    assert made.close_windows()
    made.scratch.close()
    jobs.wait_idle()


def test_one_window_for_one_thing(office, qtbot):
    first = office.open_document(7)
    assert office.open_document(7) is first and office.open_document(8) is not first
    first.close()
    qtbot.waitUntil(lambda: first not in office.windows())
    assert office.open_document(7) is not first


def test_a_saved_draft_is_found_and_a_new_one_gets_its_own_window(office):
    draft = office.draft_paper()
    office.now_shows(draft, "draft", 31)
    assert office.draft_paper(31) is draft
    assert office.draft_paper() is not draft


def test_those_chosen_before_come_first(office):
    office.remember(("person:3", "unit:2"))
    office.remember(("unit:2",))
    assert office.settings.recent_people == ["unit:2", "person:3"]
