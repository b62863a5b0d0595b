"""Buttons of one look: kind, icon and the shortcut told in the tooltip."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from oa_client.ui import icons, theme

KINDS = ("plain", "primary", "danger", "link", "quiet", "chip", "nav")
_COLOURS = {"primary": "on_accent", "danger": "overdue", "link": "accent"}


class _Push(QPushButton):
    def resize_icon(self) -> None:
        """Follow the text size; the box is wider than the icon by the gap to the words."""
        now = theme.tokens()
        self.setIconSize(QSize(now.icon + now.space[0], now.icon))


class _Tool(QToolButton):
    def resize_icon(self) -> None:
        """Follow the text size."""
        self.setIconSize(QSize(theme.tokens().icon, theme.tokens().icon))


def button(text: str, kind: str = "plain", icon: str = "", *, shortcut: str = "", tip: str = "",
           pressed: Callable[[], object] | None = None, parent: QWidget | None = None) -> QPushButton:
    """A push button with words. `kind` is one of KINDS, `icon` a meaning of icons.NAMES, `shortcut` like "Ctrl+N"."""
    made = _Push(text, parent)
    theme.mark(made, "kind", kind)
    if icon:
        made.setIcon(icons.icon(icon, _COLOURS.get(kind, "secondary")))
    made.setAutoDefault(False)
    _shape(made, shortcut, tip)
    if pressed is not None:
        made.clicked.connect(lambda: pressed())
    return made


def tool(icon: str, name: str, *, shortcut: str = "", checkable: bool = False, pressed: Callable[[], object] | None = None,
         parent: QWidget | None = None) -> QToolButton:
    """A button with only an icon; `name` is its tooltip and its name for screen readers."""
    made = _Tool(parent)
    made.setIcon(icons.icon(icon))
    made.setCheckable(checkable)
    made.setAccessibleName(name)
    _shape(made, shortcut, name)
    if pressed is not None:
        made.clicked.connect(lambda: pressed())
    return made


def _shape(made: "_Push | _Tool", shortcut: str, tip: str) -> None:
    made.resize_icon()
    theme.changed.connect(made.resize_icon)
    if shortcut:
        keys = QKeySequence(shortcut)
        made.setShortcut(keys)
        tip = f"{tip or made.text()}（{keys.toString(QKeySequence.SequenceFormat.NativeText)}）"
    if tip:
        made.setToolTip(tip)
