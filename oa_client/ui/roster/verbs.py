"""批量导入 and 导出 on the page of accounts."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from oa_client.ui.office import Office
from oa_client.ui.roster.files import ask_place, offer_folder
from oa_client.ui.widgets.button import button
from oa_client.usecases import roster_files

WINDOW = "roster"
EXPORTS = "把左侧选中单位的账号存为表格，改好后可以再导入"


class RosterVerbs:
    """`load` opens the import, None for who may not import; `export` writes the accounts of the unit that `shown` names, or of all."""

    def __init__(self, office: Office, page: QWidget, shown: Callable[[], tuple[int, str]]) -> None:
        self._office, self._page, self._shown = office, page, shown
        actor = office.desk.actor
        may = actor.holds("unit_admin") or actor.holds("sys_admin")
        self.load = button("批量导入", icon="upload", shortcut="Ctrl+Alt+I", tip="按表格新建、修改、停用、启用账号", pressed=self.open) if may else None
        self.export = button("导出", icon="export", shortcut="Ctrl+Alt+E", tip=EXPORTS, pressed=self.ask)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """In the order in which they stand on the page."""
        return (self.load, self.export) if self.load else (self.export,)

    def open(self) -> QWidget:
        """Show the window of the import, one at a time."""
        from oa_client.ui.roster.window import RosterWindow

        return self._office.show_window(WINDOW, 0, lambda: RosterWindow(self._office))

    def ask(self) -> None:
        """Ask where the accounts are to be written."""
        unit_id, words = self._shown()
        name = f"账号名单 {words} {self._office.desk.today():%Y-%m-%d}.xlsx"
        ask_place(self._page, "导出账号到", name, lambda file: self.export_to(file, unit_id))

    def export_to(self, file: Path, unit_id: int) -> None:
        """Write the accounts of a unit, or with 0 of all, into a file."""
        self._office.jobs.write(self._page, roster_files.export, self._office.desk, file, unit_id or None, busy=self.export, doing="正在导出账号",
                                then=lambda place: offer_folder(self._page, f"已导出到「{place.name}」。", place.parent))
