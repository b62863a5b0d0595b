"""Icons of one family (Remix), named by meaning, coloured by the tokens at the moment of painting."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from oa_client.ui.theme import tokens

NAMES = {
    "todo": "inbox-line", "doing": "loader-2-line", "done": "checkbox-circle-line", "to_read": "book-open-line",
    "incoming": "mail-download-line", "outgoing": "mail-send-line", "library": "archive-drawer-line", "units": "government-line",
    "settings": "settings-3-line", "accounts": "team-line", "person": "user-3-line", "unit": "building-line", "leader": "user-star-line",
    "file": "file-line", "document": "file-text-line", "pdf": "file-pdf-line", "word": "file-word-line", "excel": "file-excel-line",
    "image": "image-line", "zip": "file-zip-line", "attachment": "attachment-2", "draft": "draft-line", "folder": "folder-line",
    "archive": "archive-line", "stamp": "shield-check-line", "sheet": "file-list-3-line", "number": "hashtag", "link": "links-line",
    "add": "add-line", "edit": "edit-line", "delete": "delete-bin-6-line", "close": "close-line", "check": "check-line", "save": "save-line",
    "send": "send-plane-line", "return": "arrow-go-back-line", "withdraw": "arrow-go-back-line", "forward": "share-forward-line",
    "sign": "quill-pen-line", "opinion": "chat-3-line", "phrases": "chat-quote-line", "history": "history-line", "urge": "alarm-warning-line",
    "supervise": "eye-line", "read": "eye-line", "hidden": "eye-off-line", "search": "search-line", "filter": "filter-3-line",
    "columns": "layout-column-line", "refresh": "refresh-line", "more": "more-2-line", "menu": "menu-line", "fold": "menu-fold-line",
    "unfold": "menu-unfold-line", "up": "arrow-up-s-line", "down": "arrow-down-s-line", "left": "arrow-left-s-line",
    "right": "arrow-right-s-line", "open": "external-link-line", "download": "download-2-line", "upload": "upload-2-line",
    "export": "file-transfer-line", "print": "printer-line", "copy": "file-copy-line", "zoom_in": "zoom-in-line", "zoom_out": "zoom-out-line",
    "fit_width": "arrow-left-right-line", "fit_page": "fullscreen-line", "calendar": "calendar-line", "deadline": "time-line", "clock": "time-line",
    "pause": "pause-circle-line", "play": "play-circle-line", "stop": "stop-circle-line", "info": "information-line",
    "warning": "error-warning-line", "error": "close-circle-line", "help": "question-line", "lock": "lock-line", "key": "key-2-line",
    "login": "login-box-line", "logout": "logout-box-r-line", "database": "database-2-line", "online": "wifi-line", "offline": "wifi-off-line",
    "bell": "notification-3-line", "star": "star-line", "keyboard": "keyboard-box-line", "light": "sun-line", "dark": "moon-line",
    "text_size": "font-size", "group": "group-line", "transfer": "user-shared-line", "delegate": "user-received-line", "home": "home-4-line",
    "dashboard": "dashboard-line", "chart": "bar-chart-2-line", "scan": "scan-2-line", "phone": "phone-line", "flag": "flag-line",
    "drag": "drag-drop-line", "enable": "user-follow-line", "disable": "user-unfollow-line", "void": "forbid-line", "task": "task-line",
    "police": "shield-star-line", "empty": "inbox-archive-line", "move": "folder-transfer-line", "circulate": "team-line",
    "audit": "file-search-line", "share": "share-line", "lent": "book-read-line",
    "consents": "shield-user-line", "reconcile": "list-check-2", "policy": "shield-keyhole-line",
}


@cache
def _font() -> tuple[str, dict[str, str]]:
    """The family of the one icon font and its letters by name, read from the data of the library qtawesome.

    The library itself is not imported: it loads a third of Qt for it (0.3 s) and changes classes of Qt.
    """
    found = find_spec("qtawesome")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("qtawesome")
    folder = Path(found.origin).parent / "fonts"
    number = QFontDatabase.addApplicationFont(str(folder / "remixicon-2.5.0.ttf"))
    codes = json.loads((folder / "remixicon-charmap-2.5.0.json").read_text("utf-8"))
    return QFontDatabase.applicationFontFamilies(number)[0], {name: chr(int(code, 16)) for name, code in codes.items()}


def _sized(pixels: int) -> QFont:
    font = QFont(_font()[0])
    font.setPixelSize(pixels)
    return font


class _Engine(QIconEngine):
    """Draws one glyph; the colour is looked up at painting, so a change of theme needs no new icons.

    In a box wider than high the glyph stands at the left: the rest is the gap to the words of its button.
    """

    def __init__(self, glyph: str, colour: str) -> None:
        super().__init__()
        self._glyph, self._colour = glyph, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        name = "disabled" if mode == QIcon.Mode.Disabled else self._colour
        if state == QIcon.State.On and self._colour == "secondary" and mode != QIcon.Mode.Disabled:
            name = "accent"
        painter.save()
        painter.setPen(tokens().colour(name))
        painter.setFont(_sized(min(rect.width(), rect.height())))
        side = Qt.AlignmentFlag.AlignLeft if rect.width() > rect.height() else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return _Engine(self._glyph, self._colour)


@cache
def icon(name: str, colour: str = "secondary") -> QIcon:
    """The icon for a meaning in `NAMES` in a token's colour; KeyError for an unknown meaning.

    A secondary icon turns accent where its button is switched on; a disabled one turns grey.
    """
    return QIcon(_Engine(_font()[1][NAMES[name]], colour))


def for_file(name: str) -> str:
    """The meaning of the icon for a file's name, by its ending."""
    ending = name.rpartition(".")[2].lower()
    kinds = {"pdf": "pdf", "ofd": "pdf", "doc": "word", "docx": "word", "wps": "word", "xls": "excel", "xlsx": "excel", "et": "excel",
             "png": "image", "jpg": "image", "jpeg": "image", "bmp": "image", "tif": "image", "tiff": "image", "gif": "image",
             "zip": "zip", "rar": "zip", "7z": "zip", "txt": "document", "md": "document"}
    return kinds.get(ending, "file")


def warm() -> None:
    """Load the icon font now, before the first window, so that no later moment waits for it."""
    icon("todo").pixmap(16, 16)
