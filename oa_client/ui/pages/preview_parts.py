"""The parts of the preview: each has a heading, keeps its widgets for the next document, and is not shown while empty."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.document.timeline_entry import EntryWords, TimelineItem
from oa_client.ui.widgets.label import label


class Part(QWidget):
    """A heading, and what stands below it in `column`."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme.tokens().space
        self.heading = label(words, "section", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, space[1], 0, 0)
        self.column.setSpacing(space[0])
        self.column.addWidget(self.heading)


class Facts(Part):
    """Names and values in two columns."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._pairs: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.tokens().space[2])
        self._grid.setVerticalSpacing(theme.tokens().space[0])
        self._grid.setColumnStretch(1, 1)
        self.column.addLayout(self._grid)

    def say(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show these and no others."""
        while len(self._pairs) < len(pairs):
            name, value = label("", "label", parent=self), label("", wrap=True, parent=self)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(name, len(self._pairs), 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, len(self._pairs), 1)
            self._pairs.append((name, value))
        for at, (name, value) in enumerate(self._pairs):
            key, words = pairs[at] if at < len(pairs) else ("", "")
            name.setText(key)
            value.setText(words)
            name.setVisible(bool(key))
            value.setVisible(bool(key))
        self.setVisible(bool(pairs))


@dataclass(frozen=True)
class LineWords:
    """An icon, words that may wrap, and a quiet remark at the right."""

    icon: str
    words: str
    remark: str = ""


class Lines(Part):
    """Some lines, then how many there are if not all are shown."""

    def __init__(self, words: str, most: int, counted: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._most, self._counted = most, counted
        self._lines: list[_Line] = []
        self._more = label("", "small", parent=self)
        self.column.addWidget(self._more)

    def say(self, lines: Sequence[LineWords]) -> None:
        """Show the first of these."""
        shown = lines[:self._most]
        while len(self._lines) < len(shown):
            made = _Line(self)
            self.column.insertWidget(self.column.count() - 1, made)
            self._lines.append(made)
        for at, line in enumerate(self._lines):
            line.setVisible(at < len(shown))
            if at < len(shown):
                line.say(shown[at])
        self._more.setText(f"共 {len(lines)} {self._counted}")
        self._more.setVisible(len(lines) > self._most)
        self.setVisible(bool(lines))


class Opinions(Part):
    """Opinions as the history shows them."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._items: list[TimelineItem] = []

    def say(self, entries: Sequence[EntryWords]) -> None:
        """Show these; those that are there already stay."""
        if [item.words for item in self._items] != list(entries):
            for old in self._items:
                self.column.removeWidget(old)
                old.hide()
                old.deleteLater()
            self._items = [TimelineItem(words, self) for words in entries]
            for at, item in enumerate(self._items):
                item.place(first=at == 0, last=at == len(entries) - 1)
                self.column.addWidget(item)
                item.show()
        self.setVisible(bool(entries))


class _Line(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.tokens().space[1])
        self._picture, self._words, self._remark = QLabel(self), label("", wrap=True, parent=self), label("", "small", parent=self)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for part, stretch in ((self._picture, 0), (self._words, 1), (self._remark, 0)):
            line.addWidget(part, stretch, Qt.AlignmentFlag.AlignTop)

    def say(self, said: LineWords) -> None:
        """Show another line."""
        side = theme.tokens().icon
        self._picture.setPixmap(icons.icon(said.icon).pixmap(side, side + theme.tokens().space[0]))
        self._words.setText(said.words)
        self._remark.setText(said.remark)
        self._remark.setVisible(bool(said.remark))
