"""A sheet of two thousand rows is shown, filtered, ticked and told about without holding the screen."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from oa_client.domain.roster import BAD
from oa_client.ui.roster.lines import DONE, LEFT
from oa_client.usecases.account_deeds import Issued
from oa_client.usecases.rosters import RosterResult, Slip
from tests.ui.roster_room import roster_room

ROWS = 2000
MOST_MS = 150  # of this thread's own time, whatever else the machine does; 10 to 30 on a quiet one


@pytest.fixture
def room(small, jobs, qtbot, tmp_path):
    with roster_room(small, jobs, qtbot, tmp_path) as made:
        yield made


def rows():
    return [(f"8{at:05}", "某某某", "交警支队" if at % 3 == 0 else "刑侦支队", "民警") for at in range(ROWS)]


def own_ms(act):
    """How long an act and the painting after it keep the screen's thread busy."""
    begun = time.thread_time()
    act()
    QApplication.processEvents()
    return round((time.thread_time() - begun) * 1000, 1)


def test_two_thousand_rows_do_not_hold_the_screen(room, qtbot):
    window = room.preview(*rows())
    good = [row for row in window.shown.rows if row.wanted]
    assert len(window.pane.lines) == ROWS and len(window.pane.model.ticked) == len(good) == sum(at % 3 != 0 for at in range(ROWS))
    slips = tuple(Slip(Issued(row.line, row.fields["login"], "Abcd2345efgh", row.fields["name"]), "刑侦支队") for row in good)
    acts = {
        "again": lambda: window._show(window.shown),
        "bad": lambda: window.pane.show_only(BAD),
        "all": window.pane.show_all,
        "untick": window.foot.none.click,
        "tick": window.foot.every.click,
        "end": lambda: qtbot.keyClick(window.pane.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier),
        "imported": lambda: window._carried(RosterResult(tuple(good[:900]), left=tuple(good[900:]), slips=slips)),
        "ended": window._ended,
    }
    told = {what: own_ms(act) for what, act in acts.items()}
    assert [sum(line.mark == mark for line in window.pane.lines) for mark in (DONE, LEFT)] == [900, len(good) - 900]
    assert max(told.values()) < MOST_MS, told


def test_a_fresh_sheet_is_told_to_the_table_at_once_and_not_row_by_row(room):
    window, heard = room.preview(*rows()[:300]), []
    for signal in (window.pane.model.dataChanged, window.pane.model.rowsInserted, window.pane.model.rowsRemoved, window.pane.model.modelReset):
        signal.connect(lambda *_: heard.append(0))
    window._carried(RosterResult(left=tuple(row for row in window.shown.rows if row.wanted)))
    assert len(heard) < 10
