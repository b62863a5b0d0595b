"""A watermark (水印): who reads it, slanting over a borrowed paper again and again, on the screen and on printed pages."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from oa_client.ui import fonts, theme

STRENGTH = 0.26
SLANT = -24.0
LARGER = 3
ACROSS_IN_LETTERS, DOWN_IN_LETTERS = 5.0, 6.5


class Watermark(QWidget):
    """Lies over `target` (a sibling is best: nothing inside can rise above it), lets every press through, follows size and theme.

    Hidden while there are no words. The colour lies between paper and ink of either theme, for a PDF stays white in the dark one.
    """

    def __init__(self, target: QWidget) -> None:
        super().__init__(target.parentWidget() or target)
        self._target, self._words = target, ""
        self._drawn = QPixmap()
        self._for: tuple[object, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        target.installEventFilter(self)
        theme.changed.connect(self.update)
        self.hide()

    def say(self, words: str) -> None:
        """Show these words, or nothing."""
        self._words = words
        self.setAccessibleName(f"水印：{words}" if words else "")
        self.setVisible(bool(words))
        self._follow()
        self.update()

    def words(self) -> str:
        """What is shown now."""
        return self._words

    def _follow(self) -> None:
        inside = self._target is self.parentWidget()
        self.setGeometry(self._target.rect() if inside else self._target.geometry())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, ratio = theme.tokens(), self.devicePixelRatioF()
        wanted = (self._words, self.size(), ratio, now.theme, now.size)
        if wanted != self._for:
            self._for = wanted
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._drawn)
            draw(painter, QRectF(QRect(QPointF().toPoint(), QSize(self.size()))), self._words, fonts.ui_font(now.font + LARGER), now.colour("watermark"))
            painter.end()
        QPainter(self).drawPixmap(0, 0, self._drawn)


def draw(painter: QPainter, area: QRectF, words: str, font: QFont, colour: QColor) -> None:
    """Write words slanting over an area, each row shifted against the one above, so that no part of the area is without them."""
    metrics = QFontMetricsF(font)
    step = metrics.horizontalAdvance(words) + ACROSS_IN_LETTERS * font.pixelSize()
    down = DOWN_IN_LETTERS * font.pixelSize()
    far = (area.width() ** 2 + area.height() ** 2) ** 0.5 / 2
    shade = QColor(colour)
    shade.setAlphaF(STRENGTH)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setClipRect(area)
    painter.translate(area.center())
    painter.rotate(SLANT)
    painter.setFont(font)
    painter.setPen(shade)
    for row in range(-int(far // down) - 1, int(far // down) + 2):
        x = -far - step + (row % 2) * step / 2
        while x < far:
            painter.drawText(QPointF(x, row * down), words)
            x += step
    painter.restore()
