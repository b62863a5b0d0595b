"""The product's face: its emblem, and the panel at the left of the first windows."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from oa_client import __version__
from oa_client.settings import resource
from oa_client.ui import fonts, theme

NAME = "文枢"
PURPOSE = "公安机关公文办理"
RINGS = 6


@cache
def emblem() -> QIcon:
    """The product's emblem, for windows and for the first panel."""
    return QIcon(str(resource("icons/wenshu.svg")))


class BrandPanel(QWidget):
    """Emblem, name, what it is for, and whose database it is; painted from the tokens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(f"{NAME}，{PURPOSE}，版本 {__version__}")
        theme.changed.connect(self._resize)
        self._resize()

    def say_owner(self, name: str) -> None:
        """Show whose database is open (the bureau's name)."""
        self._owner = name
        self.setAccessibleName(f"{NAME}，{PURPOSE}，{name}，版本 {__version__}")
        self.update()

    def _resize(self) -> None:
        self.setFixedWidth(theme.tokens().font * 23)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = theme.tokens()
        painter.fillRect(self.rect(), now.colour("accent_strong" if now.theme == "light" else "accent_soft"))
        self._rings(painter, now.colour("on_accent"))
        left, wide = float(2 * now.space[4]), self.width() - 3.0 * now.space[4]
        side = now.font * 5
        top = self.height() * 0.26
        emblem().paint(painter, int(left), int(top), side, side)
        top += side + now.space[4]
        top = self._line(painter, NAME, fonts.document_font("xiaobiaosong", now.title * 2 + 8), QRectF(left, top, wide, 0), 1.0)
        top = self._line(painter, PURPOSE, fonts.ui_font(now.font + 1), QRectF(left, top + now.space[1], wide, 0), 0.82)
        if self._owner:
            painter.fillRect(QRectF(left, top + now.space[3], 2.0 * now.font, 2), now.colour("on_accent"))
            self._line(painter, self._owner, fonts.ui_font(now.font + 1), QRectF(left, top + now.space[3] + now.space[2], wide, 0), 1.0)
        small = fonts.ui_font(now.small)
        self._line(painter, f"版本 {__version__}", small, QRectF(left, self.height() - now.space[4] - now.font * 1.5, wide, 0), 0.7)

    def _rings(self, painter: QPainter, colour: QColor) -> None:
        colour.setAlphaF(0.07)
        centre = QPointF(self.width() * 0.95, self.height() * 0.9)
        step = self.width() * 0.16
        for number in range(1, RINGS + 1):
            painter.setPen(QPen(colour, 1.6 if number % 2 else 10))
            painter.drawEllipse(centre, step * number, step * number)

    def _line(self, painter: QPainter, words: str, font: QFont, place: QRectF, strength: float) -> float:
        """Draw words below each other from the top of `place`; gives where the next may begin."""
        colour = theme.tokens().colour("on_accent")
        colour.setAlphaF(strength)
        painter.setPen(colour)
        painter.setFont(font)
        box = QRectF(place.x(), place.y(), place.width(), 2000)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        used = painter.boundingRect(box, int(flags), words)
        painter.drawText(box, int(flags), words)
        return used.bottom()
