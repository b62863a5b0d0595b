"""The import of accounts in its real window, for its tests: sheets on disk, officers, waiting."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from oa_client.ui.roster.window import RosterWindow
from tests.sheet_files import make_xlsx
from tests.ui.entering import office_of
from tests.ui.pages_room import Room

ADMIN, SYSTEM, OFFICER = "120009", "100901", "120003"
HEAD = ("警号", "姓名", "单位", "职务", "角色", "有效期", "操作")
MIXED = (
    ("120077", "贺新凉", "刑侦支队", "民警", "收发员"), ("120003", "程以恒", "刑侦支队", "教导员"), ("120004", "", "", "", "", "", "停用"),
    ("120001", "韩立川", "刑侦支队", "支队长", "主要负责人"), ("130003", "顾南星", "交警支队", "大队长"), ("12x", "坏号", "刑侦支队"), ("120078", "祝余", "", "民警"))


class RosterRoom(Room):
    """Opens the window for an officer and gives it sheets."""

    def __init__(self, small, jobs, qtbot, folder: Path):
        super().__init__(small, jobs, qtbot)
        self.folder = folder
        self.windows: list[RosterWindow] = []

    def open(self, login: str = ADMIN) -> RosterWindow:
        """An officer's window, without a sheet."""
        office = office_of(self.bureau, self.jobs, login)
        self.offices.append(office)
        window = office.show_window("roster", 0, lambda: RosterWindow(office))
        self.windows.append(window)
        self._qtbot.waitExposed(window)
        self.settle()
        return window

    def sheet(self, *rows: Sequence[object], name: str = "名单.xlsx", head: Sequence[str] = HEAD) -> Path:
        """A sheet on disk; the same name writes over the last one."""
        file = self.folder / name
        file.write_bytes(make_xlsx([head, *rows]))
        return file

    def preview(self, *rows: Sequence[object], login: str = ADMIN, **kw) -> RosterWindow:
        """A window with these rows judged."""
        window = self.open(login)
        window.load(self.sheet(*rows, **kw))
        self.settle()
        return window

    def imported(self, *rows: Sequence[object]) -> RosterWindow:
        """A window after the import of these rows."""
        window = self.preview(*rows)
        self.press(window.foot.verb)
        return window

    def close(self) -> None:
        """Close what is open, whatever was not saved."""
        for window in self.windows:
            window.work.stop()
        self.jobs.wait_idle()
        for window in self.windows:
            window.slips.safe = True
        super().close()


@contextmanager
def roster_room(small, jobs, qtbot, folder: Path) -> Iterator[RosterRoom]:
    """A room that is closed afterwards."""
    made = RosterRoom(small, jobs, qtbot, folder)
    yield made
    made.close()


def dialog(kind: type[QDialog]) -> QDialog:
    """The dialog that is open now."""
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, kind), shown
    return shown


def marks(window: RosterWindow) -> list[str]:
    """The marks of the rows that are shown, from top to bottom."""
    return [line.mark for line in window.pane.model.rows()]
