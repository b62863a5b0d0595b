"""How a form reads, fills and listens to each kind of field."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.date_edit import DateEdit
from oa_client.ui.widgets.file_drop import FileDrop
from oa_client.ui.widgets.opinion_box import OpinionBox
from oa_client.ui.widgets.people_picker import PeoplePicker
from oa_client.ui.widgets.title_list import TitleList


def value(widget: QWidget) -> Any:
    """What stands in a field; TypeError for a widget that is not one."""
    match widget:
        case Choice() | DateEdit() | TitleList():
            return widget.value()
        case PeoplePicker():
            return widget.chosen()
        case FileDrop():
            return widget.files()
        case OpinionBox() | QLabel():
            return widget.text()
        case QLineEdit():
            return widget.text().strip()
        case QPlainTextEdit() | QTextEdit():
            return widget.toPlainText().strip()
        case QComboBox():
            return widget.currentText().strip()
        case QCheckBox():
            return widget.isChecked()
        case QSpinBox():
            return widget.value()
    raise TypeError(f"not a field: {type(widget).__name__}")


def put(widget: QWidget, new: Any) -> None:
    """Fill a field with what `value` would give."""
    match widget:
        case Choice() | DateEdit() | TitleList():
            widget.set_value(new)
        case PeoplePicker():
            widget.set_chosen(new or ())
        case FileDrop():
            widget.set_files(new or ())
        case OpinionBox():
            widget.set_text(new or "")
        case QLineEdit() | QLabel():
            widget.setText(str(new or ""))
        case QPlainTextEdit() | QTextEdit():
            widget.setPlainText(str(new or ""))
        case QComboBox():
            widget.setCurrentText(str(new or ""))
        case QCheckBox():
            widget.setChecked(bool(new))
        case QSpinBox():
            widget.setValue(int(new or 0))
        case _:
            raise TypeError(f"not a field: {type(widget).__name__}")


def listen(widget: QWidget, told: Callable[[], object]) -> None:
    """Call `told` whenever the field's value changes."""
    match widget:
        case Choice() | DateEdit() | TitleList() | PeoplePicker() | FileDrop() | OpinionBox():
            widget.changed.connect(told)
        case QLineEdit():
            widget.textChanged.connect(lambda _: told())
        case QPlainTextEdit() | QTextEdit():
            widget.textChanged.connect(told)
        case QComboBox():
            widget.currentTextChanged.connect(lambda _: told())
        case QCheckBox():
            widget.toggled.connect(lambda _: told())
        case QSpinBox():
            widget.valueChanged.connect(lambda _: told())
        case QLabel():
            return
        case _:
            raise TypeError(f"not a field: {type(widget).__name__}")


def keeps_enter(watched: QObject) -> bool:
    """Whether Enter means something to a widget itself: a button, an open list, several lines."""
    if isinstance(watched, QAbstractButton):
        return not isinstance(watched, QCheckBox)
    if isinstance(watched, QComboBox):
        return watched.view().isVisible()
    inside = watched.parent()
    return isinstance(inside, PeoplePicker) and inside.is_open()
