"""What the tests of the first windows and of the main window share: a fast demo database, an office, presses by words."""

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from oa_client.scratch import Scratch
from oa_client.settings import Settings
from oa_client.store import unit as transactions
from oa_client.store.work_tables import Fact
from oa_client.ui.jobs import Jobs
from oa_client.ui.office import Doors, Office
from tests.small_bureau import PASSWORD, Bureau

PERSONAS = [["110001", "办公室收发员"], ["100101", "局长"], ["100901", "系统管理员"]]


def make_demo(bureau: Bureau) -> None:
    """Turn the small bureau into a demonstration."""
    with transactions.unit(bureau.engine) as session:
        session.add(Fact(key="demo", value={"password": PASSWORD, "personas": PERSONAS}))


def press(owner: QWidget, words: str) -> QAbstractButton:
    """Click the visible button with these words."""
    found = [each for each in owner.findChildren(QAbstractButton) if each.text() == words and each.isVisible()]
    assert found, f"没有可见的按钮“{words}”"
    found[0].click()
    return found[0]


def words_of(owner: QWidget) -> str:
    """All words that can be read on a widget now."""
    return "\n".join(each.text() for each in owner.findChildren(QLabel) if each.isVisible())


def settle(jobs: Jobs) -> None:
    """Let the work under way end and its answers arrive."""
    assert jobs.wait_idle(10)
    QApplication.processEvents()


class Opened(QWidget):
    """A window that stands for a document, intake or draft window; closes only when `closes`."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what, self.closes = what, True

    def closeEvent(self, event) -> None:
        event.setAccepted(self.closes)


def plain_doors() -> Doors:
    """Doors behind which only a plain window stands."""
    return Doors(lambda _office, number: Opened(f"document {number}"), lambda _office: Opened("intake"), lambda _office, number: Opened(f"draft {number}"))


def office_of(bureau: Bureau, jobs: Jobs, login: str, settings: Settings | None = None, doors: Callable[[], Doors] = plain_doors, demo: bool = False) -> Office:
    """An office for an officer of the small bureau."""
    scratch = Scratch(f"{bureau.url}|{login}")
    return Office(bureau.desk(login), jobs, settings or Settings(), scratch, doors(), url=bureau.url, demo=demo)
