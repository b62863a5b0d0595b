"""The two-person rule (双人复核): what others ask this administrator to decide, and what became of the own requests."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.ui import errors
from oa_client.ui.office import Office
from oa_client.ui.pages import resetting
from oa_client.ui.pages.consent_preview import ConsentPreview
from oa_client.ui.pages.consent_words import columns, question, subject
from oa_client.ui.pages.fresh import Fresh
from oa_client.ui.widgets import dialog
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.chip import ChipGroup
from oa_client.ui.widgets.list_page import ListPage
from oa_client.usecases import accounts, consents
from oa_client.usecases.accounts import AccountRow
from oa_client.usecases.consents import ConsentRow

KEY = "consents"
OVER = ChipGroup("over", "范围", (("over", "含已复核"),))
NOTHING = "没有等待复核的申请。任免单位管理员、重置领导密码的申请会列在这里。"


class ConsentsPage(QWidget):
    """`list` of the requests, `preview` of the one that is selected with its answers."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self._rows: tuple[ConsentRow, ...] = ()
        self.list = ListPage(KEY, "双人复核", columns(), office.settings, search="搜索对象、单位、申请人、理由", groups=(OVER,), empty="正在读取……",
                             empty_icon="consents", counted="项")
        self.preview, self.trouble = ConsentPreview(), Banner(self)
        self.list.set_preview(self.preview)
        self.list.column.insertWidget(2, self.trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.setFocusProxy(self.list.table)
        self._listen()
        self.load()

    def load(self) -> None:
        """Read the requests again; the selection stays."""
        over = "over" in self.list.filter().chips.get("over", ())
        self.office.jobs.read(self, consents.pending, self.office.desk, decided=over, then=self._show, failed=self._failed, latest="requests")

    def selected(self) -> ConsentRow | None:
        """The one request that is selected."""
        rows = self.list.table.selected_rows()
        return rows[0] if len(rows) == 1 else None

    def answer(self, answer: str) -> None:
        """Ask once more with what will follow, then answer the request."""
        row = self.preview.row
        if row and dialog.ask(self, *question(row, answer)):
            self.office.jobs.write(self, consents.decide, self.office.desk, row.id, answer, failed=self._refused, busy=self.preview.verbs, doing="正在提交复核意见")

    def reset(self) -> None:
        """Reset the password that this officer's agreed request is about."""
        row = self.preview.row
        if row:
            self.office.jobs.read(self, accounts.by_login, self.office.desk, row.login, then=self._reset, failed=self._refused, busy=self.preview.reset, doing="正在读取账号")

    def _reset(self, row: AccountRow) -> None:
        resetting.reset(self.office, self, row, self.preview.reset, self._refused)

    def _listen(self) -> None:
        Fresh(self, self.office.jobs, lambda topics: "accounts" in topics, self.load)
        self.list.filtered.connect(lambda _: self.load())
        self.list.selected.connect(lambda _: self.preview.show_row(self.selected()))
        self.preview.answered.connect(self.answer)
        self.preview.reset_asked.connect(self.reset)

    def _show(self, rows: tuple[ConsentRow, ...]) -> None:
        words = self.list.filter().text.split()
        self._rows = tuple(row for row in rows if all(any(word in said for said in (subject(row), row.unit, row.login, row.asked_by, row.reason)) for word in words))
        self.trouble.hide()
        self.list.say_empty(NOTHING, "consents")
        self.list.set_rows(self._rows, total=len(self._rows))
        if self._rows and self.selected() is None:
            self.list.table.select(next((row.id for row in self._rows if row.decision == "" and not row.refusal), self._rows[0].id))
        self.preview.setVisible(bool(self._rows))
        self.preview.show_row(self.selected())

    def _refused(self, error: OaError) -> None:
        errors.show(self, error)
        self.load()

    def _failed(self, error: OaError) -> None:
        self.trouble.tell(error, verb="重新读取", pressed=self.load)
