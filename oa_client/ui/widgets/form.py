"""Forms: labels right-aligned in one column, required marks, errors under the field, guesses tinted until touched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, overload

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from oa_client.domain.errors import Invalid, OaError
from oa_client.ui import errors, theme
from oa_client.ui.widgets import fields
from oa_client.ui.widgets.label import label, section

GUESS = "根据文件识别，请核对"
Kind = TypeVar("Kind", bound=QWidget)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass
class _Row:
    widget: QWidget
    words: QWidget
    remark: QLabel
    hint: str
    guessed: bool = False
    wrong: bool = False


class FormGrid(QWidget):
    """Fields by key. Enter moves to the next field, Ctrl+Enter emits `submitted`; `edited(key)` follows every change."""

    submitted = Signal()
    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, _Row] = {}
        self._filling = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.tokens().space[2])
        self._grid.setVerticalSpacing(theme.tokens().space[2])
        self._grid.setColumnStretch(1, 1)

    def add(self, key: str, words: str, widget: Kind, *, required: bool = False, hint: str = "") -> Kind:
        """Add a field under a label; `hint` stands in small words below it. Gives the widget back."""
        name = _name(words, widget, required)
        widget.setAccessibleName(f"{words}（必填）" if required else words)
        remark = label(hint, "small", wrap=True)
        if not hint:
            remark.hide()
        cell = QVBoxLayout()
        cell.setSpacing(2)
        cell.addWidget(widget)
        cell.addWidget(remark)
        at = self._grid.rowCount()
        self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(cell, at, 1)
        self._rows[key] = _Row(widget, name, remark, hint)
        fields.listen(widget, lambda: self._touched(key))
        parts: list[QWidget] = [widget, *widget.findChildren(QWidget)]
        for part in parts:
            part.installEventFilter(self)
        return widget

    def add_section(self, words: str) -> QLabel:
        """Add the heading of a group of fields."""
        heading = section(words)
        heading.setContentsMargins(0, theme.tokens().space[1], 0, 0)
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
        return heading

    def add_wide(self, widget: QWidget) -> QWidget:
        """Add something over the width of the form that is not a field."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)
        return widget

    @overload
    def field(self, key: str) -> QWidget: ...

    @overload
    def field(self, key: str, kind: type[Kind]) -> Kind: ...

    def field(self, key: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The widget of a field; with `kind` it is known to be one of these."""
        found = self._rows[key].widget
        assert isinstance(found, kind), f"{key} is a {type(found).__name__}"
        return found

    def values(self) -> dict[str, Any]:
        """What stands in each field: text without blanks around it, a choice's value, a date or None, chosen holders."""
        return {key: fields.value(row.widget) for key, row in self._rows.items()}

    def set_values(self, values: Mapping[str, Any], unsure: Iterable[str] | None = None) -> None:
        """Fill fields without emitting `edited`; those named in `unsure` are tinted until touched."""
        self._filling = True
        for key, value in values.items():
            if key in self._rows:
                fields.put(self._rows[key].widget, value)
                self._rows[key].guessed = key in set(unsure or ())
                self._paint(key)
        self._filling = False

    def unsure(self) -> tuple[str, ...]:
        """The keys of guessed values nobody has touched yet."""
        return tuple(key for key, row in self._rows.items() if row.guessed)

    def show_row(self, key: str, shown: bool) -> None:
        """Show or hide a field with its label."""
        row = self._rows[key]
        row.words.setVisible(shown)
        row.widget.setVisible(shown)
        row.remark.setVisible(shown and bool(row.remark.text()))

    def say_hint(self, key: str, hint: str) -> None:
        """Change the small words below a field."""
        self._rows[key].hint = hint
        self._paint(key, self._rows[key].remark.text())

    def show_errors(self, wrong: Mapping[str, str]) -> tuple[str, ...]:
        """Put sentences under the fields and the focus on the first; gives back the sentences without a field here."""
        self.clear_errors()
        for key, sentence in wrong.items():
            if key in self._rows:
                self._rows[key].wrong = True
                self._paint(key, sentence)
        first = next((key for key in self._rows if key in wrong), None)
        if first is not None:
            self._reveal(self._rows[first].widget)
        return tuple(sentence for key, sentence in wrong.items() if key not in self._rows)

    def clear_errors(self) -> None:
        """Take the sentences away."""
        for key, row in self._rows.items():
            row.wrong = False
            self._paint(key)

    def refuse(self, error: OaError) -> None:
        """For `failed=`: an Invalid is told under its fields, anything else in a dialog."""
        if isinstance(error, Invalid) and set(error.fields) <= set(self._rows):
            self.show_errors(error.fields)
        else:
            if isinstance(error, Invalid):
                self.show_errors(error.fields)
            errors.show(self, error)

    def _touched(self, key: str) -> None:
        if self._filling:
            return
        row = self._rows[key]
        if row.guessed or row.wrong:
            row.guessed = row.wrong = False
            self._paint(key)
        self.edited.emit(key)

    def _paint(self, key: str, sentence: str = "") -> None:
        row = self._rows[key]
        theme.mark(row.widget, "wrong", "true" if row.wrong else "false")
        theme.mark(row.widget, "guess", "true" if row.guessed and not row.wrong else "false")
        words, role = (sentence, "error") if row.wrong else (GUESS, "guess") if row.guessed else (row.hint, "small")
        row.remark.setText(words)
        theme.mark(row.remark, "role", role)
        row.remark.setVisible(bool(words) and not row.widget.isHidden())
        row.widget.setAccessibleDescription(words)

    def _reveal(self, widget: QWidget) -> None:
        parent = self.parentWidget()
        while parent is not None and not hasattr(parent, "ensureWidgetVisible"):
            parent = parent.parentWidget()
        if parent is not None:
            parent.ensureWidgetVisible(widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.submitted.emit()
                return True
            if not isinstance(watched, QAbstractScrollArea) and not fields.keeps_enter(watched):
                self.focusNextChild()
                return True
        return super().eventFilter(watched, event)


def _name(words: str, widget: QWidget, required: bool) -> QWidget:
    """The label of a field, ending at the right edge of its column; a required one is marked before the words."""
    cell = QWidget()
    cell.setMinimumHeight(theme.tokens().control)
    line = QHBoxLayout(cell)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(2)
    line.addStretch(1)
    if required:
        star = label("*")
        theme.mark(star, "tone", "overdue")
        star.setToolTip("必填")
        line.addWidget(star)
    name = label(words, "label")
    name.setBuddy(widget)
    line.addWidget(name)
    return cell
