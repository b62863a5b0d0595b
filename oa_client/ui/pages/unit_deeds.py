"""What a system administrator does with units: 新建单位、修改单位."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.office import Office
from oa_client.ui.pages.unit_form import UnitDialog
from oa_client.ui.pages.unit_tree import ALL
from oa_client.ui.widgets.button import button
from oa_client.usecases import units
from oa_client.usecases.units import UnitForm

if TYPE_CHECKING:
    from oa_client.ui.pages.accounts_page import AccountsPage

NONE = "先在上面选中一个单位。"


class UnitDeeds(QWidget):
    """Two buttons below the tree of units; `settle` follows its selection."""

    def __init__(self, office: Office, page: "AccountsPage") -> None:
        super().__init__()
        self._office, self._page, self._unit = office, page, ALL
        self.new = button("新建单位", tip="设立一个单位", pressed=self.found)
        self.edit = button("修改单位", pressed=self.change)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.tokens().space[1])
        line.addWidget(self.new, 1)
        line.addWidget(self.edit, 1)
        self.settle(ALL)

    def settle(self, unit_id: int) -> None:
        """Go by the unit that is selected."""
        self._unit = unit_id
        self.edit.setEnabled(unit_id != ALL)
        self.edit.setToolTip(NONE if unit_id == ALL else "修改名称、代码、机关代字和领导职数；市局还有全宗号和上级机关")
        self.edit.setAccessibleDescription(self.edit.toolTip())

    def found(self) -> None:
        """Ask for a new unit."""
        self._show(UnitDialog(self._office, self._page))

    def change(self) -> None:
        """Read the unit that is selected, and open its form."""
        if self._unit != ALL:
            unit_id = self._unit
            self._office.jobs.read(self._page, units.opened, self._office.desk, unit_id, then=lambda form: self._opened(form, unit_id), busy=self.edit, doing="正在读取单位")

    def _opened(self, form: UnitForm, unit_id: int) -> None:
        self._show(UnitDialog(self._office, self._page, form, unit_id))

    def _show(self, asked: UnitDialog) -> None:
        asked.saved.connect(self._page.show_unit)
        asked.open()
