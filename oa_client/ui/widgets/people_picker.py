"""Choosing people and units: type a name, initials of its pinyin, a unit or a number; the chosen stand as chips."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QSizePolicy, QWidget

from oa_client.domain import names
from oa_client.domain.names import PersonKeys
from oa_client.ui import theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.flow_layout import FlowLayout
from oa_client.ui.widgets.pick_list import PickList

SHOWN = 50
Mode = Literal["person", "unit", "both"]


@dataclass(frozen=True)
class Pick:
    """Somebody who can be chosen: `holder` is what the use case wants, `keys` are what typing finds them by (without them
    the name and the detail), `note` says why not now (请假, 已委托 …)."""

    holder: str
    name: str
    detail: str = ""
    keys: PersonKeys | None = None
    is_unit: bool = False
    available: bool = True
    note: str = ""


Rank = Callable[[str, Pick], float | None]


def nearness(typed: str, pick: Pick) -> float | None:
    """How well a choice answers what was typed, lower is nearer; None when it does not. See `domain.names`."""
    return names.nearness(typed, pick.keys or PersonKeys(pick.name, unit=pick.detail))


class PeoplePicker(QFrame):
    """A field of chips with an input; arrows and Enter choose from the list below it, Backspace takes the last chip away.

    `maximum` is how many may be chosen (0: any number). `changed` tells that `chosen()` is another.
    """

    changed = Signal()

    def __init__(self, mode: Mode = "person", maximum: int = 0, hint: str = "", rank: Rank = nearness,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode, self._maximum, self._rank = mode, maximum, rank
        self._picks: dict[str, Pick] = {}
        self._recent: tuple[str, ...] = ()
        self._chips: dict[str, QPushButton] = {}
        theme.mark(self, "surface", "field")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        words = {"person": "输入姓名、拼音首字母、单位或警号", "unit": "输入单位名称或拼音首字母", "both": "输入人员、单位或拼音首字母"}
        self.input = QLineEdit(self)
        self.input.setPlaceholderText(hint or words[mode])
        self.input.setAccessibleName(hint or words[mode])
        self.input.setMinimumWidth(theme.tokens().font * 9)
        theme.mark(self.input, "frameless", "true")
        self.setFocusProxy(self.input)
        self._flow = FlowLayout(self, theme.tokens().space[0])
        self._flow.setContentsMargins(theme.tokens().space[1], 0, theme.tokens().space[1], 0)
        self._flow.addWidget(self.input)
        self._list = PickList(self)
        self._list.chosen.connect(self._take)
        self.input.textEdited.connect(lambda _: self._offer())
        self.input.installEventFilter(self)

    def set_choices(self, picks: Sequence[Pick], recent: Sequence[str] = ()) -> None:
        """Who can be chosen, and the holders chosen lately (they stand first)."""
        kinds = {"person": (False,), "unit": (True,), "both": (False, True)}[self._mode]
        self._picks = {pick.holder: pick for pick in picks if pick.is_unit in kinds}
        self._recent = tuple(recent)
        if self._list.isVisible():
            self._offer()

    def chosen(self) -> tuple[str, ...]:
        """The holders chosen, in the order chosen."""
        return tuple(self._chips)

    def names(self) -> tuple[str, ...]:
        """The names of the chosen, in the same order."""
        return tuple(chip.text() for chip in self._chips.values())

    def set_chosen(self, holders: Sequence[str]) -> None:
        """Choose exactly these; holders that are not among the choices are left out."""
        before = self.chosen()
        for holder in list(self._chips):
            self._drop_chip(holder)
        for holder in holders:
            if holder in self._picks:
                self._add_chip(self._picks[holder])
        self._settle(before)

    def clear(self) -> None:
        """Choose nobody."""
        self.set_chosen(())

    def is_open(self) -> bool:
        """Whether the list of choices is shown now."""
        return self._list.isVisible()

    def matches(self, typed: str) -> list[Pick]:
        """Those who fit what is typed, nearest first; without typing the recent ones first."""
        order = {holder: at for at, holder in enumerate(self._recent)}
        free = [pick for pick in self._picks.values() if pick.holder not in self._chips]
        if not typed.strip():
            return sorted(free, key=lambda pick: order.get(pick.holder, len(order)))[:SHOWN]
        ranked = [(rank, order.get(pick.holder, len(order)), pick) for pick in free if (rank := self._rank(typed, pick)) is not None]
        ranked.sort(key=lambda item: item[:2])
        return [pick for _, _, pick in ranked[:SHOWN]]

    def _offer(self) -> None:
        if self._maximum and len(self._chips) >= self._maximum > 1:
            self._list.say(f"最多选择 {self._maximum} 个")
            return
        found = self.matches(self.input.text())
        if found:
            self._list.offer(found, recent=frozenset(self._recent) if not self.input.text().strip() else frozenset())
        else:
            self._list.say("没有符合的人员或单位" if self._picks else "名单尚未载入")

    def _take(self, holder: str) -> None:
        before = self.chosen()
        if self._maximum == 1:
            for old in list(self._chips):
                self._drop_chip(old)
        if holder in self._picks and (not self._maximum or len(self._chips) < self._maximum):
            self._add_chip(self._picks[holder])
        self.input.clear()
        self._list.hide()
        self.input.setFocus()
        self._settle(before)

    def _add_chip(self, pick: Pick) -> None:
        chip = button(pick.name, "pick", "close", tip=f"{pick.detail}　点击移除".strip(), parent=self)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setAccessibleName(f"已选 {pick.name}，按下移除")
        chip.clicked.connect(lambda: self._remove(pick.holder))
        self._flow.insert(len(self._chips), chip)
        self._chips[pick.holder] = chip
        chip.show()

    def _drop_chip(self, holder: str) -> None:
        chip = self._chips.pop(holder)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _remove(self, holder: str) -> None:
        before = self.chosen()
        self._drop_chip(holder)
        self.input.setFocus()
        self._settle(before)

    def _settle(self, before: tuple[str, ...]) -> None:
        self._flow.invalidate()
        self.updateGeometry()
        if self.chosen() != before:
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            focused = event.type() == QEvent.Type.FocusIn
            theme.mark(self, "focused", "true" if focused else "false")
            if not focused:
                self._list.hide()
        elif event.type() == QEvent.Type.MouseButtonPress and not self._list.isVisible():
            self._offer()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, open_list = event.key(), self._list.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not open_list:
                self._offer()
            else:
                self._list.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        taking = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (key == Qt.Key.Key_Tab and bool(self.input.text().strip()))
        if taking and open_list and self._list.current():
            self._take(self._list.current())
            return True
        if key == Qt.Key.Key_Escape and open_list:
            self._list.hide()
            return True
        if key == Qt.Key.Key_Backspace and not self.input.text() and self._chips:
            self._remove(list(self._chips)[-1])
            return True
        return False
