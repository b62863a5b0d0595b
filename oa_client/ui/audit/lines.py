"""The list of the audit: below the search line stand person, document, kind, terminal and days."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from oa_client.domain.faults import stream_words
from oa_client.domain.happenings import GROUPS, title
from oa_client.settings import Settings
from oa_client.ui import theme
from oa_client.ui.audit.columns import event_columns
from oa_client.ui.audit.person import PersonFilter
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.chip import ChipGroup
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.date_edit import DateEdit
from oa_client.ui.widgets.flow_layout import FlowLayout
from oa_client.ui.widgets.list_page import Filter, ListPage
from oa_client.usecases.audit_looks import Person
from oa_client.usecases.audit_rows import ACT, PAPERS, AuditFilter, actions
from oa_client.usecases.auditing import counted_words

KEY = "audit"
PERIODS = ChipGroup("period", "时间", (("today", "今天"), ("week", "近 7 天"), ("month", "近 30 天")), single=True)
REFUSED = ChipGroup("result", "结果", (("refused", "未成功的"),))
WIDE, NARROW, DAY, DAY_EDGE = (13, 14, 11, 10), (10, 9, 9, 6), 7, 14  # in letters; the edge of a day holds its arrow, in px
DAYS = {"today": 0, "week": 6, "month": 29}
NEVER = "还没有留痕。有人登录、办文或管理账号以后，会列在这里。"
NOTHING = "没有符合条件的留痕。请放宽条件，或清除筛选。"
TURNED = "开始日期晚于结束日期，请改正。"
GONE = "这条链上已经没有留痕，可能被删除。请与以前的锚点比对。"


class AuditList(ListPage):
    """`narrowed()` is the filter for the use case, `filter()` tells all of it as chips. `stream` is the one chain that is shown, if any.

    `counted` is how many lines there are, None while that is not known.
    """

    stream = ""
    counted: int | None = None
    person: PersonFilter | None = None
    _period: Hashable = ""
    _quiet = False

    def __init__(self, settings: Settings, today: Callable[[], date], primary: QPushButton) -> None:
        super().__init__(KEY, "审计", event_columns(), settings, primary=primary, search="搜索内容", groups=(PERIODS, REFUSED), empty="正在读取……",
                         empty_icon="audit", counted="条")
        self._today = today
        person = PersonFilter()
        self.document, self.terminal = _field("公文字号或编号"), _field("终端")
        self.action = Choice(_kinds(), none="全部事项")
        bold = QFont()
        bold.setBold(True)
        for at in range(self.action.count()):
            if self.action.itemData(at) in GROUPS:
                self.action.setItemData(at, bold, Qt.ItemDataRole.FontRole)
        self.since, self.until = DateEdit(empty="开始日期"), DateEdit(empty="结束日期")
        self.chain = button("", "pick", "close", pressed=lambda: self.show_chain(""))
        self.chain.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.fresh = button("有新的留痕，点此读取", "link", "refresh", tip="读取最新的留痕（F5）")
        self._put(person)
        self._name()
        self._hear(person)
        self.person = person
        theme.changed.connect(self._fit)
        self._fit()
        self.mark_fresh(False)

    def filter(self) -> Filter:
        """Everything that narrows the list."""
        plain = super().filter()
        if self.person is None:
            return plain
        told: dict[str, Hashable | None] = {"person": self.person.person(), "document": self.document.text().strip(), "action": self.action.value(),
                                            "terminal": self.terminal.text().strip(), "since": self.since.value(), "until": self.until.value(), "stream": self.stream}
        return Filter(plain.text, {**plain.chips, **{key: (value,) for key, value in told.items() if value}}, plain.sort, plain.descending)

    def narrowed(self) -> AuditFilter:
        """The filter as the use case wants it."""
        now = self.filter()
        person, document, action, terminal, result, stream = (_word(now, key) for key in ("person", "document", "action", "terminal", "result", "stream"))
        return AuditFilter(person, document, action, _day(now, "since"), _day(now, "until"), terminal, result, now.text, stream)

    def narrow(self, **to: str) -> None:
        """Show only one person (`person`, with `name`), document or terminal, besides what is filtered already."""
        with self._quietly():
            if self.person is not None and "person" in to:
                self.person.take(to["person"], to.get("name", ""))
            for key, field in (("document", self.document), ("terminal", self.terminal)):
                if key in to:
                    field.setText(to[key])
        self._ask()

    def show_chain(self, stream: str) -> None:
        """Show the events of one chain and no other filter; an empty name shows all chains again."""
        if stream:
            self._empty_fields()
        self._set_chain(stream)
        self._ask()

    def clear_filter(self) -> None:
        """Take every filter away and ask anew."""
        self._empty_fields()
        super().clear_filter()

    def say_total(self, total: int | None) -> None:
        """How many lines there are, once it is known."""
        self.counted = total
        self._show_state()

    def mark_fresh(self, fresh: bool) -> None:
        """Whether something happened since the list was read."""
        self.fresh.setVisible(fresh)

    def offer(self, people: Sequence[Person]) -> None:
        """Offer whom the list can be narrowed to."""
        if self.person is not None:
            self.person.offer(people)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The fields stand in one line, with more room where there is some."""
        if self.person is None:
            return
        font = theme.tokens().font
        letters = WIDE if self.width() / font >= sum(WIDE) + 2 * DAY + 5 else NARROW
        for field, count in zip((self.person, self.document, self.action, self.terminal), letters, strict=True):
            field.setFixedWidth(font * count)
        for each in (self.since, self.until):
            each.setFixedWidth(font * DAY + 2 * DAY_EDGE)

    def _show_state(self) -> None:
        super()._show_state()
        if self.counted is not None and self.model.rowCount() < self.counted:
            chosen = self.footer.text().partition("　")[2]
            self.footer.setText(f"{counted_words(self.counted)}，已显示 {self.model.rowCount()} 条" + (f"　{chosen}" if chosen else ""))
        if not self.filter().empty:
            since, until = (self.since.value(), self.until.value()) if self.person else (None, None)
            self.nothing.say(GONE if self.stream else TURNED if since and until and since > until else NOTHING)

    def _put(self, person: PersonFilter) -> None:
        row = QWidget(self)
        line = FlowLayout(row, theme.tokens().space[1])
        for widget in (person, self.document, self.action, self.terminal, self.since, self.until, self.chain):
            line.addWidget(widget)
        self.chain.hide()
        self.column.insertWidget(2, row)
        last = self.column.itemAt(self.column.count() - 1)
        foot = last.layout() if last is not None else None
        assert isinstance(foot, QHBoxLayout)
        foot.insertWidget(2, self.fresh)

    def _name(self) -> None:
        self.search.setToolTip("在留痕的内容里查，如人名、事由（Ctrl+F）")
        for widget, words in ((self.document, "公文"), (self.action, "事项"), (self.terminal, "终端"), (self.since, "开始日期"), (self.until, "结束日期")):
            widget.setAccessibleName(f"筛选：{words}")
        self.document.setToolTip("公文字号的一部分，或公文编号，如 12")

    def _hear(self, person: PersonFilter) -> None:
        person.changed.connect(self._changed)
        self.action.changed.connect(self._changed)
        for field in (self.document, self.terminal):
            field.textChanged.connect(lambda _: self._typing.start())
            field.returnPressed.connect(self._into_table)
        self.chips.changed.disconnect(self._ask)
        self.chips.changed.connect(self._take_period)
        for each in (self.since, self.until):
            each.changed.connect(self._take_days)

    def _take_period(self) -> None:
        """A period stands in the days, where it can be seen and changed."""
        period = self.chips.chosen().get("period", ("",))[0]
        if period != self._period:
            self._period = period
            with self._quietly():
                self.since.set_value(self._today() - timedelta(days=DAYS[str(period)]) if period else None)
                self.until.set_value(None)
        self._ask()

    def _take_days(self) -> None:
        if self._quiet:
            return
        self._period = ""
        self.chips.choose("period")
        self._typing.start()

    def _set_chain(self, stream: str) -> None:
        self.stream = stream
        self.chain.setText(stream_words(stream) if stream else "")
        self.chain.setToolTip("点击移除，显示全部留痕")
        self.chain.setAccessibleName(f"只看{stream_words(stream)}，按下移除" if stream else "")
        self.chain.setVisible(bool(stream))

    def _empty_fields(self) -> None:
        with self._quietly():
            for field in (self.search, self.document, self.terminal):
                field.clear()
            for choice in (self.action, self.since, self.until):
                choice.set_value(None)
            if self.person is not None:
                self.person.clear()
        self.chips.clear()
        self._period = ""
        self._set_chain("")

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """What is filled in meanwhile asks for nothing."""
        self._quiet = True
        yield
        self._quiet = False

    def _changed(self) -> None:
        if not self._quiet:
            self._ask()


def _field(words: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(words)
    made.setClearButtonEnabled(True)
    return made


def _kinds() -> tuple[tuple[Hashable, str], ...]:
    """Groups, each with its kinds below it."""
    found: list[tuple[Hashable, str]] = []
    for key, (words, kinds) in GROUPS.items():
        found.append((key, words))
        below = ((ACT, actions()[ACT]),) if key == PAPERS else ()
        found += [(kind, caption) for kind, caption in (*below, *((each, title(each)) for each in kinds))]
    return tuple(found)


def _word(now: Filter, key: str) -> str:
    return str(now.chips[key][0]) if key in now.chips else ""


def _day(now: Filter, key: str) -> date | None:
    found = now.chips[key][0] if key in now.chips else None
    return found if isinstance(found, date) else None
