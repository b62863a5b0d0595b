"""Words on a page: headings, labels, quiet remarks, rules between groups."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from oa_client.ui.theme import mark

ROLES = ("title", "section", "secondary", "small", "label", "error", "guess", "accent", "text")


def label(text: str, role: str = "text", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """Plain words in one of ROLES; never read as markup. `wrap` lets them take several lines."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    mark(made, "role", role)
    return made


def title(text: str, parent: QWidget | None = None) -> QLabel:
    """A page's heading."""
    return label(text, "title", parent=parent)


def section(text: str, parent: QWidget | None = None) -> QLabel:
    """The heading of a group."""
    return label(text, "section", parent=parent)


def rule(upright: bool = False, parent: QWidget | None = None) -> QFrame:
    """A line between two groups."""
    made = QFrame(parent)
    mark(made, "surface", "rule-v" if upright else "rule")
    return made
