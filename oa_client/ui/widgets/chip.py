"""Chips: a state in words and colour, and filters that switch on and off."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from oa_client.ui import theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.flow_layout import FlowLayout

URGENCY_TONES = {"特急": "overdue", "特提": "overdue", "加急": "soon", "平急": "soon"}


class Chip(QLabel):
    """A state told by words, with a colour that only repeats them; hidden while it has no words."""

    def __init__(self, text: str = "", tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(text, tone)

    def say(self, text: str, tone: str = "neutral", tip: str = "") -> None:
        """Change words, tone (one of theme.TONES) and tooltip."""
        self.setText(text)
        theme.mark(self, "chip", tone if tone in theme.TONES else "neutral")
        self.setToolTip(tip)
        self.setAccessibleName(text)
        if not text:
            self.hide()
        elif self.parentWidget() is not None:
            self.show()
        else:
            # Shown now it would be a window of its own; a layout shows it unless it was hidden by name.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)

    @classmethod
    def urgency(cls, words: str, parent: QWidget | None = None) -> "Chip":
        """紧急程度 as a chip; ordinary papers have none."""
        return cls(words, URGENCY_TONES.get(words, "neutral"), parent)


@dataclass(frozen=True)
class ChipGroup:
    """A row of filter chips: (value, words) pairs; with `single` at most one of them is on."""

    key: str
    name: str
    options: tuple[tuple[Hashable, str], ...]
    single: bool = False


class FilterChips(QWidget):
    """Filter chips of several groups, in one line where there is room."""

    changed = Signal()

    def __init__(self, groups: Sequence[ChipGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = tuple(groups)
        self._chips = {(group.key, value): button(words, "chip", parent=self) for group in groups for value, words in group.options}
        self._line = line = FlowLayout(self, theme.tokens().space[1])
        for at, group in enumerate(self._groups):
            if at:
                line.addWidget(_gap(self))
            for value, words in group.options:
                chip = self._chips[group.key, value]
                chip.setCheckable(True)
                chip.setAccessibleName(f"筛选：{group.name} {words}")
                chip.clicked.connect(lambda on, group=group, value=value: self._pressed(group, value, on))
                line.addWidget(chip)

    def sizeHint(self) -> QSize:
        items = [item.sizeHint() for item in self._line.items()]
        width = sum(item.width() for item in items) + self._line.spacing() * max(0, len(items) - 1)
        return QSize(width, max((item.height() for item in items), default=0))

    def chip(self, key: str, value: Hashable) -> QPushButton:
        """The chip of one value of a group."""
        return self._chips[key, value]

    def chosen(self) -> dict[str, tuple[Hashable, ...]]:
        """The values switched on, by group; groups with none are left out."""
        found = {group.key: tuple(value for value, _ in group.options if self._chips[group.key, value].isChecked()) for group in self._groups}
        return {key: values for key, values in found.items() if values}

    def choose(self, key: str, *values: Hashable) -> None:
        """Switch exactly these values of a group on, without emitting `changed`."""
        for (group, value), chip in self._chips.items():
            if group == key:
                chip.setChecked(value in values)

    def clear(self) -> None:
        """Switch every chip off, without emitting `changed`."""
        for chip in self._chips.values():
            chip.setChecked(False)

    def _pressed(self, group: ChipGroup, value: Hashable, on: bool) -> None:
        if group.single and on:
            self.choose(group.key, value)
        self.changed.emit()


def _gap(parent: QWidget) -> QWidget:
    made = QWidget(parent)
    made.setFixedWidth(theme.tokens().space[0])
    return made
