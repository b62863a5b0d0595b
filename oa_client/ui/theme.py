"""Colours, sizes and the style sheet: one source for every widget and every delegate."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QToolTip, QWidget

from oa_client.settings import home, resource
from oa_client.ui import fonts

TONES = ("overdue", "soon", "ontime", "neutral", "accent")


@dataclass(frozen=True)
class Tokens:
    """What widgets and delegates paint with: colour names of tokens.json, lengths in px."""

    theme: str
    size: str
    colours: tuple[tuple[str, str], ...]
    font: int
    small: int
    title: int
    icon: int
    control: int
    chip: int
    row: int
    row_two: int
    space: tuple[int, ...]
    corner: int

    def hex(self, name: str) -> str:
        """The colour `name` as #RRGGBB; KeyError when there is no such token."""
        return _lookup(self.colours)[name]

    def colour(self, name: str) -> QColor:
        """The colour `name` for painting."""
        return QColor(self.hex(name))

    def tone(self, tone: str | None) -> tuple[QColor, QColor]:
        """Text and background of a status tone (one of `TONES`)."""
        name = tone if tone in TONES else "neutral"
        return self.colour(name), self.colour(f"{name}_soft")


class _Signals(QObject):
    changed = Signal()


_signals = _Signals()
changed = _signals.changed
_now: list[Tokens] = []


@cache
def _lookup(colours: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return dict(colours)


@cache
def load(theme: str = "light", size: str = "normal") -> Tokens:
    """The tokens of one theme and one text size, read from resources/styles/tokens.json."""
    data = json.loads(resource("styles/tokens.json").read_text("utf-8"))
    return Tokens(theme=theme, size=size, colours=tuple(data["themes"][theme].items()), **data["sizes"][size],
                  space=tuple(data["space"]), corner=data["corner"])


def tokens() -> Tokens:
    """The tokens in force; light and normal before `apply` was called."""
    return _now[0] if _now else load()


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two #RRGGBB colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def apply(app: QApplication, theme: str = "light", size: str = "normal") -> None:
    """Put a theme and a text size on the whole application; may be called again at any time."""
    fresh = load(theme, size)
    _now[:] = [fresh]
    if app.style().objectName() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    _speak_chinese(app)
    font = fonts.ui_font(fresh.font)
    app.setFont(font)
    QToolTip.setFont(font)
    app.setPalette(_palette(fresh))
    app.setStyleSheet(style_sheet(fresh))
    changed.emit()


def _speak_chinese(app: QApplication) -> None:
    """Qt's own words (menus of text fields, buttons, calendar) in Chinese."""
    if app.findChild(QTranslator, "chinese") is not None:
        return
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    translator.setObjectName("chinese")
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def _palette(now: Tokens) -> QPalette:
    role = QPalette.ColorRole
    pairs = {
        role.Window: "window", role.WindowText: "text", role.Base: "surface", role.AlternateBase: "window", role.Text: "text",
        role.Button: "surface", role.ButtonText: "text", role.BrightText: "on_accent", role.Highlight: "accent_fill",
        role.HighlightedText: "on_accent", role.Link: "accent", role.LinkVisited: "accent", role.ToolTipBase: "raised",
        role.ToolTipText: "text", role.PlaceholderText: "placeholder", role.Mid: "line", role.Dark: "edge", role.Light: "surface",
        role.Midlight: "hover", role.Shadow: "edge",
    }
    palette = QPalette()
    for where, name in pairs.items():
        palette.setColor(where, now.colour(name))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, now.colour("disabled"))
    return palette


def style_sheet(now: Tokens) -> str:
    """The application's style sheet with every token filled in."""
    template = Template(resource("styles/app.qss").read_text("utf-8"))
    lengths = {
        "font": now.font, "small": now.small, "title": now.title, "icon": now.icon, "control": now.control, "corner": now.corner,
        "control_inner": now.control - 2, "control_focus": now.control - 4, "tool": now.control - 2, "tool_focus": now.control - 4,
        "chip": now.chip, "chip_inner": now.chip + 2, "chip_focus": now.chip, "chip_radius": (now.chip + 4) // 2,
        "row_inner": now.row - 2, "row_focus": now.row - 4, "box": now.icon, "box_focus": now.icon - 2,
        "box_radius": now.icon // 2 + 1, "group": now.font + 10, "pick": now.control - 10, "pick_focus": now.control - 12,
    }
    values = {f"{name}_px": f"{length}px" for name, length in lengths.items()}
    marks = {name: _mark(name, now) for name in set(re.findall(r"\$(mark_\w+)", template.template))}
    return template.substitute(dict(now.colours), **values, **marks)


def _mark(name: str, now: Tokens) -> str:
    """Path of a small drawing (tick, arrow) in a token's colour, kept in this PC's folder of drawings."""
    _, drawing, colour = name.split("_", 2)
    source = resource(f"icons/marks/{drawing}.svg").read_text("utf-8").replace("currentColor", now.hex(colour))
    digest = hashlib.sha256(source.encode()).hexdigest()[:12]
    file: Path = home() / "drawings" / f"{drawing}-{digest}.svg"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        fresh = file.with_suffix(f".{id(file)}.new")
        fresh.write_text(source, "utf-8")
        fresh.replace(file)
    return file.as_posix()


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet selects by (kind, role, tone …) and repaint the widget with it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else the style comes with the first showing
            widget.style().unpolish(widget)
            widget.style().polish(widget)
