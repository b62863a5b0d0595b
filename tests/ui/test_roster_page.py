"""The way to sheets of accounts from the page: who sees which button, the window, the export of what is shown."""

import pytest
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from oa_client.domain.roster import SAME
from oa_client.render.spreadsheet import read_spreadsheet
from oa_client.store import unit as transactions
from oa_client.store.audit_tables import Event
from oa_client.ui import errors
from oa_client.ui.pages.accounts_page import AccountsPage
from oa_client.ui.pages.unit_tree import ALL
from oa_client.ui.roster.window import RosterWindow
from oa_client.ui.widgets.toast import Toast
from tests.ui.entering import words_of
from tests.ui.roster_room import ADMIN, OFFICER, SYSTEM, dialog, marks, roster_room


@pytest.fixture
def room(small, jobs, qtbot, tmp_path):
    with roster_room(small, jobs, qtbot, tmp_path) as made:
        yield made


def rows(file):
    (sheet,) = read_spreadsheet(file.read_bytes(), file.name, 99)
    return [cells for _line, cells in sheet.rows]


@pytest.mark.parametrize(("login", "verbs"), [
    (ADMIN, ["批量导入", "导出"]), (SYSTEM, ["批量导入", "导出"]), ("100903", ["导出"]), ("100904", ["导出"]), (OFFICER, []), ("120001", [])])
def test_who_sees_which_button(room, login, verbs):
    page = room.show(login, AccountsPage)
    assert [each.text() for each in page.roster.buttons if each.isVisible()] == verbs if page.roster else not verbs


def test_the_window_opens_once_and_its_accounts_come_to_the_page(room):
    page = room.show(ADMIN, AccountsPage)
    room.press(page.roster.load)
    window = page.roster.open()
    room.windows.append(window)
    assert isinstance(window, RosterWindow) and room.offices[0].windows() == (window,)
    window.load(room.sheet(("120077", "贺新凉", "刑侦支队", "民警")))
    room.settle()
    room.press(window.foot.verb)
    room.settle(250)
    assert "贺新凉" in [row.name for row in page.list.model.rows()]


def test_the_unit_that_is_shown_is_exported_and_can_be_imported_again(small, room):
    page, file = room.show(ADMIN, AccountsPage), room.folder / "导出.xlsx"
    room.press(page.roster.export)
    asked = dialog(QFileDialog)
    assert asked.selectedFiles()[0].endswith("账号名单 刑侦支队 2026-11-16.xlsx")
    asked.fileSelected.emit(str(file))
    asked.reject()
    room.settle()
    assert [cells[0] for cells in rows(file)] == ["警号", "120001", "120002", "120003", "120004", "120009"]
    assert "已导出到「导出.xlsx」。" in words_of(page.window().findChild(Toast))
    with transactions.look(small.engine) as session:
        assert session.scalars(select(Event.action).where(Event.action == "accounts_export")).all() == ["accounts_export"]
    window = room.open()
    window.load(file)
    room.settle()
    assert marks(window) == [SAME] * 5


def test_all_units_are_exported_when_all_are_shown(room):
    page, file = room.show("100904", AccountsPage), room.folder / "全部.xlsx"
    page.tree.choose(ALL)
    room.settle()
    assert page.roster._shown() == (ALL, "全部单位")
    page.roster.export_to(file, ALL)
    room.settle()
    assert len(rows(file)) == 22


def test_a_place_that_cannot_be_written_is_told(room):
    page = room.show(ADMIN, AccountsPage)
    page.roster.export_to(room.folder / "没有" / "导出.xlsx", ALL)
    room.settle()
    assert "写不进去" in words_of(errors.shown()[0])
