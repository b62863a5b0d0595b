"""The administrators' pages and dialogs: every control has a name, nothing is wider than its place, dialogs stay within the screen, at every text size."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from oa_client.domain.happenings import CONSENTS
from oa_client.ui import theme
from oa_client.ui.pages.account_form import EditAccount, NewAccount
from oa_client.ui.pages.accounts_page import AccountsPage
from oa_client.ui.pages.appointing import AppointDialog
from oa_client.ui.pages.consent_words import question, subject
from oa_client.ui.pages.consents_page import ConsentsPage
from oa_client.ui.pages.handover_dialog import HandoverDialog
from oa_client.ui.pages.policy_page import PolicyPage
from oa_client.ui.pages.reconcile_page import ReconcilePage
from oa_client.ui.pages.unit_form import UnitDialog
from oa_client.usecases import accounts, consents, directory
from tests.ui.pages_room import room_of

PAGES = (("120009", AccountsPage), ("100901", AccountsPage), ("100902", ConsentsPage), ("100901", ReconcilePage), ("120009", ReconcilePage), ("100903", PolicyPage),
         ("100904", PolicyPage))
WIDE = {"normal": 1180, "xlarge": 1100}


@pytest.fixture
def room(small, jobs, qtbot):
    target = small.desk("130003").actor
    consents.ask(small.desk("100901"), "appoint", target.id, target.unit_id, "交警支队尚无管理员")
    with room_of(small, jobs, qtbot) as made:
        yield made


@pytest.fixture(params=["normal", "xlarge"])
def size(request, styled):
    theme.apply(styled, "light", request.param)
    yield request.param
    theme.apply(styled, "light", "normal")


def nameless(owner: QWidget) -> list[QWidget]:
    reached = [part for kind in (QAbstractButton, QLineEdit, QComboBox) for part in owner.findChildren(kind)
               if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and not part.objectName().startswith("qt_")]
    return [part for part in reached if not (part.accessibleName() or getattr(part, "text", str)() or part.toolTip())]


@pytest.mark.parametrize(("login", "make"), PAGES)
def test_a_page_fits_and_its_controls_have_names(room, size, login, make):
    page = room.show(login, make)
    assert nameless(page) == []
    assert page.minimumSizeHint().width() <= WIDE[size]


def dialogs(small, room):
    page = room.show("110009", AccountsPage)
    office, units = page.office, directory.units(small.desk("110009"))
    row = accounts.by_login(small.desk("110009"), "110001")
    yield NewAccount(office, page, units, small.units["office"])
    yield EditAccount(office, page, units, row)
    yield HandoverDialog(office, page, row.id, row.name, row.login, row.unit_id)
    system = room.show("100901", AccountsPage)
    yield UnitDialog(system.office, system)
    yield AppointDialog(system.office, system, small.units["traffic"], "交警支队")


def test_dialogs_stay_within_the_screen_and_their_controls_have_names(small, room, size):
    for shown in dialogs(small, room):
        shown.open()
        room.settle(60)
        screen = QGuiApplication.primaryScreen().availableGeometry()
        assert shown.height() <= screen.height() and shown.width() <= screen.width(), type(shown)
        assert shown.verb.isVisible() or shown.back.isVisible()
        assert nameless(shown) == [], type(shown)
        assert shown.verb.geometry().bottom() <= shown.height()
        shown.reject()
        assert QApplication.activeModalWidget() is None


def test_tab_goes_through_a_form_in_the_order_of_reading(small, room):
    new = next(dialogs(small, room))
    new.open()
    room.settle(60)
    order, at = [], new.form.field("login")
    for _ in range(80):
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible() and not at.objectName().startswith("qt_"):
            order.append(at)
        at = at.nextInFocusChain()
    fields = [new.form.field(key) for key in ("login", "name", "unit_id", "post", "closes_on")]
    places = [order.index(each) for each in (*fields, new.boxes.own["chief"], new.boxes.bureau["chief"], new.back)]
    assert places == sorted(places)
    new.reject()


def test_everything_that_can_be_asked_for_has_its_words(small):
    for kind in CONSENTS:
        row = consents.ConsentRow(1, kind, CONSENTS[kind], 1, "1", "甲", "乙", "", "丙", small.now(), "", "", "", False, False)
        assert subject(row) == f"{CONSENTS[kind]}：甲"
        for answer in ("agreed", "refused", "taken_back"):
            asked, detail, verb = question(row, answer)
            assert "甲" in asked and asked.endswith("？") and detail.endswith("。") and verb
