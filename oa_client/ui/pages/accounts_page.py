"""Units and accounts (单位与账号): a directory for everybody; administrators create, disable, reset and move within their scope."""

from collections import Counter

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oa_client.domain.actor import ADMIN_ROLES
from oa_client.domain.errors import OaError
from oa_client.ui import theme
from oa_client.ui.office import Office
from oa_client.ui.pages.account_columns import STATES, administration_columns, directory_columns, state_of
from oa_client.ui.pages.account_deeds import AccountDeeds
from oa_client.ui.pages.fresh import Fresh
from oa_client.ui.pages.unit_deeds import UnitDeeds
from oa_client.ui.pages.unit_tree import ALL, UnitTree
from oa_client.ui.roster.verbs import RosterVerbs
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.list_page import ListPage
from oa_client.usecases import accounts, consents, directory
from oa_client.usecases.accounts import AccountRow
from oa_client.usecases.consents import ConsentRow
from oa_client.usecases.desk import Desk
from oa_client.usecases.directory import UnitRow

KEY = "accounts"
SHARES = [196, 912]


class AccountsPage(QWidget):
    """`tree` of units at the left, `list` of their people; `deeds` are the buttons, None for who only looks things up, `roster` those for sheets of accounts."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        actor = office.desk.actor
        self._everybody = any(actor.holds(role) for role in (*ADMIN_ROLES, "unit_admin"))
        administers = actor.holds("unit_admin") or actor.holds("sys_admin")
        self._rows: tuple[AccountRow, ...] = ()
        self._searched, self._before, self._wanted = False, actor.unit_id, 0
        self._wanted_unit = ALL
        self.deeds = AccountDeeds(office, self) if administers else None
        self.list = ListPage(
            KEY, "单位与账号", administration_columns() if self._everybody else directory_columns(), office.settings,
            primary=self.deeds.new if self.deeds else None, search="搜索姓名、拼音、警号、职务、单位", groups=(STATES,) if self._everybody else (),
            empty="正在读取……", empty_icon="accounts", counted="人")
        self.tree = UnitTree()
        self.units = UnitDeeds(office, self) if actor.holds("sys_admin") else None
        self.roster = RosterVerbs(office, self, lambda: (self.tree.unit(), self.tree.name(self.tree.unit()) or "全部单位")) if self._everybody else None
        self.trouble = Banner(self)
        self._build()
        self._listen()
        self.load()

    def load(self) -> None:
        """Read units and people again; selection and place stay."""
        self.office.jobs.read(self, _read, self.office.desk, self.list.filter().text, self.deeds is not None, then=self._show, failed=self._failed, latest="people")

    def selected(self) -> AccountRow | None:
        """The one account that is selected."""
        rows = self.list.table.selected_rows()
        return rows[0] if len(rows) == 1 else None

    def show_account(self, account_id: int) -> None:
        """Select an account as soon as it has been read."""
        self._wanted = account_id

    def show_unit(self, unit_id: int) -> None:
        """Select a unit as soon as it has been read."""
        self._wanted_unit = unit_id
        self.tree.choose(unit_id)

    def _build(self) -> None:
        splitter = self.list.splitter
        splitter.insertWidget(0, self._left())
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        kept = [size for size in self.office.settings.columns.get(f"{KEY}/preview", []) if isinstance(size, int)]
        scale = theme.tokens().font / theme.load().font
        splitter.setSizes(kept if len(kept) == 2 else [round(size * scale) for size in SHARES])
        self.list.column.insertWidget(2, self.trouble)
        for verb in self.roster.buttons if self.roster else ():
            self.list.add_tool(verb)
        if self.deeds:
            self.list.column.insertWidget(self.list.column.indexOf(splitter) + 1, self.deeds.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.setFocusProxy(self.list.search)

    def _left(self) -> QWidget:
        """The tree of units, below it what a system administrator does with them."""
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens().space[1])
        column.addWidget(self.tree, 1)
        if self.units:
            column.addWidget(self.units)
        return left

    def _listen(self) -> None:
        Fresh(self, self.office.jobs, lambda topics: "accounts" in topics, self.load)
        self.list.filtered.connect(self._filtered)
        self.list.selected.connect(lambda _: self._settle())
        self.list.empty_pressed.connect(lambda: self.deeds.create() if self.deeds else None)
        self.tree.chosen.connect(lambda _: self._show_rows())

    def _filtered(self) -> None:
        """Searching goes through the whole bureau; afterwards the unit from before is shown again."""
        searched = bool(self.list.filter().text)
        if searched != self._searched:
            self._searched = searched
            if searched:
                self._before = self.tree.unit()
            self.tree.choose(ALL if searched else self._before)
        self.load()

    def _show(self, found: tuple[tuple[UnitRow, ...], tuple[AccountRow, ...], tuple[ConsentRow, ...]]) -> None:
        units, rows, asked = found
        first = not self.tree.units()
        self._rows = tuple(row for row in rows if row.active or self._everybody)
        self.trouble.hide()
        if self.deeds:
            self.deeds.know(asked)
        self.tree.show_units(units, Counter(row.unit_id for row in self._rows))
        if first:
            self.tree.choose(self.office.desk.actor.unit_id)
        if self._wanted_unit != ALL:
            self.tree.choose(self._wanted_unit)
            self._wanted_unit = ALL
        self._show_rows()

    def _show_rows(self) -> None:
        unit, states = self.tree.unit(), self.list.filter().chips.get("state", ())
        rows = [row for row in self._rows if unit in (ALL, row.unit_id) and (not states or state_of(row) in states)]
        self._show_column("unit", unit == ALL)
        self._show_column("closes_on", any(row.closes_on for row in rows))
        self.list.say_empty("这个单位还没有账号。" if self.deeds else "这个单位没有在册人员。", "accounts")
        self.list.set_rows(rows, total=len(rows))
        if self._wanted and self.list.table.select(self._wanted):
            self._wanted = 0
        self._settle()

    def _show_column(self, key: str, shown: bool) -> None:
        """Show a column only where it tells something."""
        at = next((at for at, column in enumerate(self.list.model.columns) if column.key == key), None)
        if at is not None:
            self.list.table.setColumnHidden(at, not shown)

    def _settle(self) -> None:
        if self.deeds:
            self.deeds.settle(self.selected(), self.tree.unit())
        if self.units:
            self.units.settle(self.tree.unit())

    def _failed(self, error: OaError) -> None:
        self.trouble.tell(error, verb="重新读取", pressed=self.load)


def _read(desk: Desk, text: str, administers: bool) -> tuple[tuple[UnitRow, ...], tuple[AccountRow, ...], tuple[ConsentRow, ...]]:
    return directory.units(desk), accounts.accounts(desk, text=text), consents.pending(desk) if administers else ()
