"""A window that nobody touches comes to rest: no layout that answers itself, no timer that ticks for nothing."""

import pytest
from PySide6.QtWidgets import QWidget

from oa_client.render.plain_files import make_pdf
from oa_client.scratch import Scratch
from oa_client.ui.document.share_dialog import ShareDialog
from oa_client.ui.draft.window import DraftWindow
from oa_client.ui.intake.window import IntakeWindow
from oa_client.ui.lock_view import LockView
from oa_client.ui.main_window import MainWindow
from oa_client.ui.office import Doors, Office
from oa_client.ui.widgets.growing_text import GrowingText
from oa_client.ui.widgets.pdf_view import PdfView
from oa_client.ui.widgets.text_view import TextView
from tests.ui import resting
from tests.ui.document_room import Room
from tests.ui.entering import office_of, settle
from tests.ui.gallery import PARAGRAPHS
from tests.ui.test_guest_window import lent

SIZES = ((1366, 768), (1101, 703), (1024, 640))
FEW = 5


def rests(window: QWidget, sizes=SIZES, look: int = resting.LOOK_MS) -> None:
    """At each of the sizes hardly anything happens any more."""
    for size in sizes:
        window.resize(*size)
        seen = resting.events(look)
        assert seen.total() <= FEW, (size, seen.most_common(5))


@pytest.fixture
def shown(styled, qtbot):
    """show(widget): on the screen."""
    def show(widget):
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
        return widget
    return show


def test_a_page_that_only_just_fits_rests(shown):
    view = shown(PdfView())
    view.show_pdf(make_pdf("一页"))
    rests(view, [(500, height) for height in range(650, 790, 6)], look=30)


def test_files_shown_one_after_the_other_leave_nothing_ticking(shown):
    view = shown(PdfView())
    for _ in range(3):
        view.show_pdf(make_pdf("一\n" * 100))
        view.search.setText("一")
        resting.events(250)
        view.search.clear()
    rests(view, [(700, 600)], look=400)


@pytest.mark.parametrize("make", [TextView, lambda: GrowingText(2, 6)], ids=["words", "typed"])
def test_words_that_only_just_fit_rest(shown, make):
    frame = QWidget()
    part = make()
    part.setParent(frame)
    part.show_paragraphs(PARAGRAPHS) if isinstance(part, TextView) else part.setPlainText("请认真落实有关要求。" * 12)
    shown(frame)
    for width in range(380, 700, 7):
        part.resize(width, 420 if width % 2 else width - 60)
        seen = resting.events(10)
        assert seen.total() <= FEW, (width, seen.most_common(5))


@pytest.fixture
def room(small, jobs, qtbot):
    made = Room(small, jobs, qtbot)
    yield made
    made.close()


def test_document_windows_rest(room):
    paper = lent(room)
    for login in ("130003", "110001"):
        window = room.open(login, paper)
        for page in range(window.tabs.tabs.count()):
            window.tabs.tabs.setCurrentIndex(page)
            room.settle()
            rests(window)
    rests(room.open("110002", room.bureau.register(number="江公通〔2026〕77号", title="另一件通知的标题")))


def test_a_dialog_as_high_as_its_chips_rests(room):
    window = room.open("110001", lent(room))
    window.lending.ask()
    room.settle()
    [dialog] = window.findChildren(ShareDialog)
    for many in (1, 4, 9):
        dialog.form.set_values({"to": tuple(pick.holder for pick in dialog.form.field("to").matches("")[:many])})
        rests(dialog, ((560, 300), (640, 500)))
        assert dialog.height() == dialog.column.totalHeightForWidth(dialog.width())
    dialog.reject()


def test_the_main_window_rests_with_a_preview(small, jobs, qtbot):
    small.register()
    office = office_of(small, jobs, "110002")
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.show()
    settle(jobs)
    for key in ("todo", "receive", "settings"):
        window.navigation.buttons[key].click()
        settle(jobs)
        qtbot.wait(450)  # the widths of the columns are remembered a moment after they changed
        settle(jobs)
        rests(window)
    office.scratch.close()


def test_registration_and_drafting_rest(small, jobs, settings, qtbot):
    doors = Doors(lambda _office, _number: QWidget(), IntakeWindow, DraftWindow)
    office = Office(small.desk("110002"), jobs, settings, Scratch(f"{small.url}|110002"), doors, url=small.url)
    for window in (office.register_paper(), office.draft_paper()):
        settle(jobs)
        rests(window)
    office.close_windows()
    office.scratch.close()


def test_the_lock_rests(small, shown):
    view = shown(LockView(small.desk("110002").actor, "云岚市公安局", "15 分钟没有操作，窗口已锁定。"))
    rests(view)
