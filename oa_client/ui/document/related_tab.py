"""What belongs to a document: who has it now, who signed for it, other papers, and its particulars."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.document.timeline import PARTS, moment, since
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.chip import Chip
from oa_client.ui.widgets.label import label, section
from oa_client.usecases.desk import local
from oa_client.usecases.views import AddresseeRow, DocumentView, Related, ShareRow, Waiting


class RelatedTab(QScrollArea):
    """`urge_asked(Waiting)`, `document_asked(id)`, `share_asked()` and `end_asked(ShareRow)`; built anew whenever something in it is another."""

    urge_asked = Signal(object)
    document_asked = Signal(int)
    share_asked = Signal()
    end_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("关联")

    def show_view(self, view: DocumentView, now: datetime) -> None:
        """Show a document's relations as of `now`."""
        shown = (view.waiting, view.addressees, view.related, view.fields, view.shares, view.share_refusal, now.date())
        if shown == self._shown:
            return
        self._shown = shown
        inside = QWidget()
        column = QVBoxLayout(inside)
        space = theme.tokens().space
        column.setContentsMargins(space[3], space[2], space[3], space[3])
        column.setSpacing(space[1])
        if not view.watermark:
            self._waiting(column, view.waiting, now)
            self._receipts(column, view.addressees, now)
            self._shares(column, view, now)
            self._related(column, view.related)
        _section(column, "公文要素")
        _grid(column, [(label(name, "secondary"), label(value, wrap=True)) for name, value in view.fields])
        column.addStretch(1)
        self.setWidget(inside)

    def _waiting(self, column: QVBoxLayout, waiting: Sequence[Waiting], now: datetime) -> None:
        _section(column, "当前办理")
        if not waiting:
            column.addWidget(label("没有待办，已经办理完毕。", "secondary"))
            return
        rows = []
        for item in waiting:
            who = f"{item.step}：{item.holder}" + (f"（{PARTS[item.part]}）" if item.part in PARTS else "")
            state = f"{since(item.since, now)}，{'已打开' if item.seen else '未打开'}"
            press = button("催办", "plain", "urge", tip=f"催办{item.holder}", pressed=partial(self.urge_asked.emit, item))
            press.setAccessibleName(f"催办{item.holder}")
            rows.append((label(who, wrap=True), label(state, "secondary"), *((press,) if item.may_urge else ())))
        _grid(column, rows, wide=0)

    def _receipts(self, column: QVBoxLayout, addressees: Sequence[AddresseeRow], now: datetime) -> None:
        if not addressees:
            return
        signed = sum(1 for row in addressees if row.received_at)
        sent = sum(1 for row in addressees if row.sent_at)
        words = f"（已签收 {signed} 个，共 {sent} 个）" if sent else f"（{len(addressees)} 个，尚未分发）"
        _section(column, f"签收情况{words}")
        _grid(column, [(label("主送" if row.main else "抄送", "secondary"), label(row.name, wrap=True), _receipt(row, now)) for row in addressees])

    def _shares(self, column: QVBoxLayout, view: DocumentView, now: datetime) -> None:
        """To whom the paper is lent (共享情况); where it may not be and never was, nothing is said."""
        if not view.shares and view.share_refusal:
            return
        _section(column, "共享情况")
        if not view.shares:
            column.addWidget(label("没有共享给其他单位或人员。", "secondary"))
            column.addWidget(button("共享", "plain", "share", tip="共享给其他单位或人员阅看", pressed=self.share_asked.emit), 0, Qt.AlignmentFlag.AlignLeft)
        _grid(column, [self._share(row, now) for row in view.shares], wide=0, middle=True)

    def _share(self, row: ShareRow, now: datetime) -> tuple[QWidget, ...]:
        said = QWidget()
        lines = QVBoxLayout(said)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(label(f"{row.to}　至 {row.until:%Y-%m-%d}", wrap=True))
        lines.addWidget(label(f"{row.by} {moment(row.at, now)} 共享：{row.reason}", "small", wrap=True))
        state = Chip(*share_state(row, local(now).date()))
        if not (row.may_end and row.active):
            return said, state
        press = button("收回", "plain", "withdraw", tip=f"收回对{row.to}的共享", pressed=lambda: self.end_asked.emit(row))
        press.setAccessibleName(f"收回对{row.to}的共享")
        return said, state, press

    def _related(self, column: QVBoxLayout, related: Sequence[Related]) -> None:
        _section(column, "关联公文")
        if not related:
            column.addWidget(label("没有关联的公文。", "secondary"))
        rows = []
        for item in related:
            link = button(item.title, "link", tip=f"打开：{item.title}", pressed=partial(self.document_asked.emit, item.id))
            rows.append((label(item.relation, "secondary"), link))
        _grid(column, rows)


def share_state(row: ShareRow, today: date) -> tuple[str, str]:
    """How a share stands in words, and the tone of it."""
    return ("共享中", "ontime") if row.active else ("已收回" if row.until >= today else "已到期", "neutral")


def _receipt(row: AddresseeRow, now: datetime) -> QWidget:
    if row.received_at:
        return Chip(f"{row.received_by} {moment(row.received_at, now)} 签收", "ontime")
    if row.sent_at and row.unit_id is None:
        return Chip("系统外单位，线下发送", "neutral")
    return Chip("未签收" if row.sent_at else "未分发", "soon" if row.sent_at else "neutral")


def _section(column: QVBoxLayout, words: str) -> None:
    heading = section(words)
    if column.count():
        heading.setContentsMargins(0, theme.tokens().space[2], 0, 0)
    column.addWidget(heading)


def _grid(column: QVBoxLayout, rows: Sequence[Sequence[QWidget]], wide: int = 1, middle: bool = False) -> None:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.tokens().space[3])
    grid.setVerticalSpacing(theme.tokens().space[1])
    grid.setColumnStretch(wide, 1)
    for at, row in enumerate(rows):
        for place, widget in enumerate(row):
            high = (isinstance(widget, Chip) or (place == 0 and wide)) and not middle
            top = Qt.AlignmentFlag.AlignTop if high else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(widget, at, place, top if place != wide else Qt.AlignmentFlag(0))
    column.addLayout(grid)
