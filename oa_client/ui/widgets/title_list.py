"""Several short titles, one below the other (副职): each may be changed or taken away, the button adds one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.widgets.button import button, tool


class TitleList(QWidget):
    """`value()` gives the titles that are filled in; `changed` follows every change. `word` names one of them, `most` how many letters fit."""

    changed = Signal()

    def __init__(self, word: str, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word, self._most = word, most
        self.lines: list[QLineEdit] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.tokens().space[0])
        self.add = button(f"添加{word}", icon="add", pressed=lambda: self._append("").setFocus())
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        self._column.addLayout(foot)
        self.setFocusProxy(self.add)

    def value(self) -> tuple[str, ...]:
        """The titles, from top to bottom; empty lines do not count."""
        return tuple(words for line in self.lines if (words := line.text().strip()))

    def set_value(self, titles: Sequence[str] | None) -> None:
        """Show exactly these titles."""
        for line in list(self.lines):
            self._drop(line)
        for words in titles or ():
            self._append(words)

    def _append(self, words: str) -> QLineEdit:
        holder, field = QWidget(self), QLineEdit(words)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.tokens().space[0])
        field.setMaxLength(self._most)
        field.textChanged.connect(lambda _: self.changed.emit())
        remove = tool("delete", f"去掉这个{self._word}", pressed=lambda: self._drop(field))
        line.addWidget(field, 1)
        line.addWidget(remove)
        self._column.insertWidget(len(self.lines), holder)
        self.lines.append(field)
        self._name()
        holder.show()
        self.changed.emit()
        return field

    def _drop(self, field: QLineEdit) -> None:
        at = self.lines.index(field)
        self.lines.remove(field)
        holder = field.parentWidget()
        assert holder is not None
        (self.lines[min(at, len(self.lines) - 1)] if self.lines else self.add).setFocus()
        holder.hide()
        self._column.removeWidget(holder)
        holder.deleteLater()
        self._name()
        self.changed.emit()

    def _name(self) -> None:
        for at, field in enumerate(self.lines, 1):
            field.setAccessibleName(f"{self._word} {at}")
