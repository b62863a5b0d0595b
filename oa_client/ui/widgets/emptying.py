"""Emptying a part of a window that is drawn anew."""

from PySide6.QtWidgets import QLayout


def take_all(layout: QLayout) -> None:
    """Take every widget out of a layout: gone from the screen at once, deleted when the event is over."""
    while item := layout.takeAt(0):
        gone = item.widget()
        if gone is not None:
            gone.hide()
            gone.deleteLater()
