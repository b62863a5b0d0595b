"""The audit (审计) of the audit administrator: who did what, on what, with what result, from where; and whether the chains are whole."""

from collections.abc import Hashable
from functools import cached_property
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.domain.faults import Fault
from oa_client.ui.audit.checks import AuditChecks
from oa_client.ui.audit.detail import AuditPreview
from oa_client.ui.audit.faults import FaultsPane
from oa_client.ui.audit.lines import KEY, NEVER, AuditList
from oa_client.ui.audit.work_bar import WorkBar
from oa_client.ui.office import Office
from oa_client.ui.pages.preview_switch import PreviewSwitch
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.usecases import audit_looks, auditing
from oa_client.usecases.audit_rows import AuditFilter
from oa_client.usecases.auditing import AuditPage as Page
from oa_client.usecases.auditing import Verified
from oa_client.usecases.desk import Desk

TOPIC, MOST_AGAIN, OF_CHAIN, NEWS_MS = "audit", 500, 500, 1000


class AuditPage(QWidget):
    """`list` of the events, `preview` of the one selected, `checks` with the deeds, `faults` with what verifying found."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.found: Verified | None = None
        self._after: int | None = None
        self._newest, self._wanted = 0, 0
        self._stale, self._fresh = False, False
        self.bar = WorkBar(office.jobs)
        self.checks = AuditChecks(office, self, self.bar, lambda: self.list.narrowed())
        self.list = AuditList(office.settings, office.desk.today, self.checks.verify_button)
        self.preview = AuditPreview()
        self.preview_switch = PreviewSwitch(self.list, self.preview, office.settings, KEY)
        self.preview_switch.button.setToolTip("显示或隐藏留痕详情（Ctrl+I）")
        self.preview_switch.button.setAccessibleName("显示或隐藏留痕详情")
        self.trouble = Banner(self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.list)
        self._news = QTimer(self, singleShot=True, interval=NEWS_MS)
        self.setFocusProxy(self.list.table)
        QTimer.singleShot(0, self, self._furnish)  # the rest in a turn of its own: the screen answers in between

    def _furnish(self) -> None:
        self._build()
        self._listen()
        self.office.jobs.read(self, audit_looks.people, self.office.desk, then=self.list.offer, failed=lambda _: None, latest="people")
        self.load()

    def load(self) -> None:
        """Read the list again as far as it is shown; selection and place stay."""
        shown = 0 if self._fresh else min(self.list.model.rowCount(), MOST_AGAIN)
        size = max(auditing.PAGE, shown, OF_CHAIN if self.list.stream else 0)
        self._read(self._show, None, size)
        self.office.jobs.read(self, auditing.total, self.office.desk, self.list.narrowed(), then=self.list.say_total, failed=lambda _: None, latest="total")

    @cached_property
    def faults(self) -> FaultsPane:
        """The list of faults, made when there are some for the first time."""
        made = FaultsPane(self.office, button("重新校验", icon="refresh", pressed=self._verify_again))
        self.stack.addWidget(made)
        made.chain_asked.connect(self.show_fault)
        made.back.connect(self._back)
        return made

    def show_fault(self, fault: Fault) -> None:
        """Show the chain of a fault in the list, and select the event that does not fit."""
        self._wanted = fault.event_id or 0
        self.stack.setCurrentWidget(self.list)
        self.list.show_chain(fault.stream)
        self.list.table.setFocus()

    def show_faults(self) -> None:
        """Show what verifying found."""
        self.stack.setCurrentWidget(self.faults)
        self.faults.table.setFocus()

    def _build(self) -> None:
        for part in (self.checks.compare_button, self.checks.anchor_button, self.checks.export_button):
            self.list.add_tool(part)
        for at, told in enumerate((self.bar, self.trouble), 3):
            self.list.column.insertWidget(at, told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        for before, behind in pairwise(self._order()):
            QWidget.setTabOrder(before, behind)

    def _order(self) -> tuple[QWidget, ...]:
        """Everything that takes the focus, as it is read, but from the table on: Tab enters a page where its focus proxy is."""
        deeds, listed, found = self.checks, self.list, self.preview
        chips, person = self.list.chips.findChildren(QPushButton), listed.person
        assert person is not None
        return (listed.table, listed.nothing.button, found.fold, *found.links.values(), listed.more_button, listed.fresh, self.preview_switch.button,
                deeds.compare_button, deeds.anchor_button, deeds.export_button, deeds.verify_button, listed.search, *chips, listed.clear_button, listed.columns_button,
                person.input, listed.document, listed.action, listed.terminal, listed.since, listed.until, listed.chain, self.bar.cancel,
                self.bar.banner.button, self.bar.banner.cross)

    def _listen(self) -> None:
        self._news.timeout.connect(self._look_for_news)
        self.list.filtered.connect(lambda _: self._filtered())
        self.list.need_more.connect(lambda: self._read(self._show_more, self._after, auditing.PAGE))
        self.list.selected.connect(self._follow)
        self.list.opened.connect(self._open)
        self.list.fresh.clicked.connect(self._read_new)
        self.preview.only.connect(self._only)
        self.checks.verified.connect(self._verified)
        self.office.jobs.changed.connect(self._heard)

    def _read(self, then: Any, after: int | None, size: int) -> None:
        self.office.jobs.read(self, _read, self.office.desk, self.list.narrowed(), after, size, then=then, failed=self._failed, latest="list", doing="正在查找留痕")

    def _filtered(self) -> None:
        self._fresh = True
        self.list.say_total(None)
        self.load()

    def _read_new(self) -> None:
        self._fresh = True
        self.load()

    def _show(self, answer: tuple[int, Page]) -> None:
        self._newest, page = answer
        self._after = page.after
        self.trouble.hide()
        self.list.mark_fresh(False)
        self.list.say_empty(NEVER, "audit")
        self.list.set_rows(page.rows, more=page.after is not None)
        if self._fresh:
            self._fresh = False
            self.list.table.scrollToTop()
        wanted, self._wanted = self._wanted, 0
        if not (wanted and self.list.table.select(wanted)) and page.rows and not self.list.table.selected_ids():
            self.list.table.select(page.rows[0].id)
        self._follow(self.list.table.selected_ids())

    def _show_more(self, answer: tuple[int, Page]) -> None:
        page = answer[1]
        self._after = page.after
        self.list.append_rows(page.rows, more=page.after is not None)

    def _failed(self, error: OaError) -> None:
        self.list.more_failed()
        self.trouble.tell(error, verb="重新读取", pressed=self.load)

    def _follow(self, ids: tuple[Hashable, ...]) -> None:
        """The preview follows a single selection: what the list knows at once, the chain when it is read."""
        rows = self.list.table.selected_rows()
        row = rows[0] if len(ids) == 1 else None
        self.preview.show_row(row)
        if row is not None and self.preview.found is None:
            self.office.jobs.read(self, audit_looks.detail, self.office.desk, row.id, then=self.preview.show_detail, failed=self.preview.tell, latest="detail")

    def _open(self, _key: Hashable) -> None:
        if not self.preview.isVisible():
            self.preview_switch.button.click()

    def _only(self, what: str) -> None:
        found, row = self.preview.found, self.preview.row
        if what == "stream" and found is not None:
            self._wanted = found.row.id
            self.list.show_chain(found.stream)
        elif row is not None:
            self.list.narrow(**{"person": {"person": row.login, "name": row.name}, "document": {"document": row.document}, "terminal": {"terminal": row.terminal}}[what])

    def _verified(self, found: Verified) -> None:
        self.found = found
        if found.good:
            self._back()
            return
        self.bar.say(f"校验发现 {len(found.faults) + found.more} 处不符。", "overdue", verb="查看不符", pressed=self.show_faults)
        self.faults.show_found(found)
        self.show_faults()

    def _verify_again(self) -> None:
        self._back()
        self.checks.verify()

    def _back(self) -> None:
        if self.stack.currentWidget() is not self.list:
            self.stack.setCurrentWidget(self.list)
            self.list.table.setFocus()

    def _heard(self, topics: frozenset[str]) -> None:
        """What others do is not pushed under the reader's eyes: it is only said that there is something new."""
        if TOPIC in topics and self.isVisible():
            self.load()
        elif TOPIC in topics:
            self._stale = True
        elif self.isVisible() and not self._news.isActive():
            self._news.start()

    def _look_for_news(self) -> None:
        self.office.jobs.read(self, auditing.newest, self.office.desk, then=lambda newest: self.list.mark_fresh(newest > self._newest), failed=lambda _: None, latest="news")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.load()
        else:
            self._news.start()


def _read(desk: Desk, narrow: AuditFilter, after: int | None, size: int) -> tuple[int, Page]:
    """A page, and the newest event as it was before; beside each other they tell later that there is something new."""
    return auditing.newest(desk), auditing.page(desk, narrow, after, size, counted=False)
