"""Who did what, when, with which words: the oldest on top, the newest below, then those who are still waited for."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.document.timeline_entry import EntryWords, TimelineItem
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.label import section
from oa_client.usecases.desk import local
from oa_client.usecases.views import TimelineEntry, Waiting

PARTS = {"lead": "主办", "assist": "协办"}
_TONES = {"warn": "overdue", "good": "ontime"}


class Timeline(QFrame):
    """The right side of the document window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "surface", "card")
        space = theme.tokens().space
        self.items: list[TimelineItem] = []
        self._shown: tuple[EntryWords, ...] = ()
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("办理过程")
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(space[1], 0, space[2], space[2])
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area.setWidget(inside)
        self._follow = True
        bar = self._area.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)
        bar.rangeChanged.connect(lambda _least, most: bar.setValue(most) if self._follow else None)
        heading = section("办理过程")
        heading.setContentsMargins(space[3], space[2], space[3], space[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.closed = EmptyState("", "lock")
        self._pages = QStackedWidget(self)
        for page in (self._area, self.closed):
            self._pages.addWidget(page)
        column.addWidget(heading)
        column.addWidget(self._pages, 1)

    def show_entries(self, entries: Sequence[TimelineEntry], waiting: Sequence[Waiting], now: datetime) -> None:
        """Show the history; entries that are there already stay, and the end is brought into view when something was added."""
        fresh = (*(_past(entry, now) for entry in entries), *(_open(item, now) for item in waiting))
        if fresh == self._shown:
            return
        same = next((at for at, (old, new) in enumerate(zip(self._shown, fresh, strict=False)) if old != new), min(len(self._shown), len(fresh)))
        for item in self.items[same:]:
            self._column.removeWidget(item)
            item.hide()
            item.deleteLater()
        del self.items[same:]
        for words in fresh[same:]:
            item = TimelineItem(words, self)
            self._column.insertWidget(self._column.count() - 1, item)
            self.items.append(item)
        for at, item in enumerate(self.items):
            item.place(first=at == 0, last=at == len(self.items) - 1)
        self._shown = fresh
        self._follow = True
        self._area.verticalScrollBar().setValue(self._area.verticalScrollBar().maximum())

    def close_to_guests(self, why: str) -> None:
        """Show why the history is not shown; an empty `why` shows it."""
        self.closed.say(why)
        self._pages.setCurrentWidget(self.closed if why else self._area)

    def text(self) -> str:
        """Everything in words, an entry a line."""
        return "\n".join(item.words.spoken() for item in self.items)

    def _scrolled(self, value: int) -> None:
        """The end stays in view until the reader goes up."""
        self._follow = value == self._area.verticalScrollBar().maximum()


def _past(entry: TimelineEntry, now: datetime) -> EntryWords:
    return EntryWords(entry.name, f"{entry.unit} {entry.post}".strip(), entry.words, moment(entry.at, now), entry.opinion, _TONES.get(entry.tone, "accent"))


def _open(item: Waiting, now: datetime) -> EntryWords:
    part = f"（{PARTS[item.part]}）" if item.part in PARTS else ""
    state = "已打开" if item.seen else "未打开"
    return EntryWords(f"等待：{item.holder}{part}", "", item.step, f"{since(item.since, now)}，{state}", "", "")


def moment(at: datetime, now: datetime) -> str:
    """A time of the history on the clock of the wall, with the year only when it is another."""
    shown = local(at)
    day = f"{shown.month}月{shown.day}日" if shown.year == local(now).year else f"{shown.year}年{shown.month}月{shown.day}日"
    return f"{day} {shown:%H:%M}"


def since(at: datetime, now: datetime) -> str:
    """How long something has lain, in days on the calendar."""
    days = (local(now).date() - local(at).date()).days
    return f"已 {days} 天" if days > 0 else f"今天 {local(at):%H:%M} 送达"
