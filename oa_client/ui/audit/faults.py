"""What does not fit (不符清单): the faults that verifying found, each with its event beside it and the way to its chain."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.domain.faults import Fault
from oa_client.ui import theme
from oa_client.ui.audit.checks import compared, extent
from oa_client.ui.audit.columns import fault_columns
from oa_client.ui.audit.detail import AuditPreview
from oa_client.ui.models.table import TableModel
from oa_client.ui.office import Office
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label, title
from oa_client.ui.widgets.table_view import TableView
from oa_client.usecases import audit_looks
from oa_client.usecases.auditing import Verified

KEY, CHAIN = "audit/faults", "看这条链的留痕"
MEANING = "每条链只列最早的一处，从这一处起，链上以后的留痕都不能作准。请保全数据库，不要自行修改，并报告主管领导。"
NO_EVENT = "这一处没有对应的留痕可看，可以查看整条链。"


class FaultsPane(QWidget):
    """`chain_asked(Fault)` to see the chain of a fault in the list, `back` to see the list."""

    chain_asked = Signal(object)
    back = Signal()

    def __init__(self, office: Office, again: QPushButton) -> None:
        super().__init__()
        self._office, self.again = office, again
        theme.mark(self, "surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = TableModel(fault_columns(), lambda fault: (fault.stream, fault.kind, fault.seq, fault.event_id, fault.item), self)
        self.table = TableView(self.model, KEY, office.settings, self)
        self.preview = AuditPreview(CHAIN)
        self.way_back = button("返回留痕", "link", "left", tip="返回留痕列表（Esc）", pressed=self.back.emit)
        self.heading, self.sentence, self.footer = title(""), Banner(self, closable=False), label("", "small")
        self._build()
        self.table.setAccessibleName("不符之处")
        self.table.selected.connect(lambda _: self._follow())
        self.table.opened.connect(lambda _: self._open())
        self.preview.only.connect(lambda _: self._open())
        self.preview.nothing.button.clicked.connect(lambda: self._open())
        self.setFocusProxy(self.table)

    def show_found(self, found: Verified) -> None:
        """Show what verifying found, the first fault selected."""
        count = len(found.faults) + found.more
        self.heading.setText(f"校验结果：{count} 处不符")
        self.sentence.say(f"{extent(found)}。{compared(found)}", "overdue", hint=MEANING)
        self.footer.setText(f"共 {count} 处" + (f"，列出前 {len(found.faults)} 处" if found.more else ""))
        self.model.replace(found.faults)
        self.table.selectRow(0)
        self._follow()

    def selected(self) -> Fault | None:
        """The fault that is selected."""
        rows = self.table.selected_rows()
        return rows[0] if rows else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
            return
        super().keyPressEvent(event)

    def _follow(self) -> None:
        fault = self.selected()
        if fault is None or fault.event_id is None:
            self._without_event(fault)
            return
        self._office.jobs.read(self, audit_looks.detail, self._office.desk, fault.event_id, then=self._show, failed=self._lost, latest="detail")

    def _show(self, found: audit_looks.AuditDetail) -> None:
        self.preview.show_detail(found)
        for key in ("person", "document", "terminal"):
            self.preview.links[key].hide()

    def _lost(self, error: OaError) -> None:
        self._without_event(self.selected(), f"{error.sentence}可以查看整条链。")

    def _without_event(self, fault: Fault | None, words: str = NO_EVENT) -> None:
        self.preview.show_row(None)
        self.preview.nothing.say(words if fault else "选中一处不符，在这里看对应的留痕。", "warning")
        self.preview.nothing.button.setText(CHAIN)
        self.preview.nothing.button.setVisible(fault is not None)

    def _open(self) -> None:
        fault = self.selected()
        if fault is not None:
            self.chain_asked.emit(fault)

    def _build(self) -> None:
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[3], space[2], space[3], space[1])
        column.setSpacing(space[1])
        head = QHBoxLayout()
        head.setSpacing(space[1])
        head.addWidget(self.way_back)
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.again)
        column.addLayout(head)
        column.addWidget(self.sentence)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.preview)
        split.setStretchFactor(0, 64)
        split.setStretchFactor(1, 36)
        split.setSizes([640, 360])
        column.addWidget(split, 1)
        column.addWidget(self.footer)
