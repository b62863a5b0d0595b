"""One entry of the history: name and unit, what was done and when, the opinion as quoted words in 楷体."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QWidget

from oa_client.ui import fonts, theme


@dataclass(frozen=True)
class EntryWords:
    """What an entry says. `tone` is one of theme.TONES, empty for one who is still waited for."""

    name: str
    place: str
    deed: str
    when: str
    opinion: str
    tone: str

    def spoken(self) -> str:
        """The entry in one line, for screen readers."""
        opinion = f"意见：{self.opinion}" if self.opinion else ""
        return "，".join(part for part in (self.name, self.place, self.deed, self.when, opinion) if part)


class TimelineItem(QWidget):
    """Draws one entry with its dot on the line of time; as high as its words need, which are never cut."""

    def __init__(self, words: EntryWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._first = self._last = False
        self._head, self._opinion = _document(), _document()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(words.spoken())
        self._set()
        theme.changed.connect(self._set)

    def place(self, first: bool, last: bool) -> None:
        """Whether the line of time begins or ends here."""
        self._first, self._last = first, last
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        space = theme.tokens().space
        self._head.setTextWidth(max(1, width - _gutter()))
        height = self._head.size().height() + space[3]
        if self.words.opinion:
            self._opinion.setTextWidth(max(1, width - _gutter() - 2 * space[2]))
            height += self._opinion.size().height() + 2 * space[1] + space[0]
        return round(height + 0.5)

    def sizeHint(self) -> QSize:
        width = theme.tokens().font * 18
        return QSize(width, self.heightForWidth(self.width() if self.width() > width else width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.tokens().font * 12, theme.tokens().font)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.heightForWidth(self.width())
        self._draw_line(painter)
        painter.translate(_gutter(), 0)
        self._head.drawContents(painter)
        if self.words.opinion:
            self._draw_opinion(painter)

    def _draw_line(self, painter: QPainter) -> None:
        now = theme.tokens()
        x, y, radius = now.space[2], self._line_middle(), now.font * 0.32
        painter.setPen(QPen(now.colour("line"), 2))
        if not self._first:
            painter.drawLine(QPointF(x, 0), QPointF(x, y))
        if not self._last:
            painter.drawLine(QPointF(x, y), QPointF(x, self.height()))
        colour = now.colour(self.words.tone or "edge")
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if self.words.tone else now.colour("surface"))
        painter.drawEllipse(QPointF(x, y), radius, radius)

    def _line_middle(self) -> float:
        return self._head.documentLayout().blockBoundingRect(self._head.firstBlock()).top() + theme.tokens().font * 0.75

    def _draw_opinion(self, painter: QPainter) -> None:
        now = theme.tokens()
        top = self._head.size().height() + now.space[0]
        box = QRectF(0, top, self.width() - _gutter(), self._opinion.size().height() + 2 * now.space[1])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.colour("window"))
        painter.drawRoundedRect(box, now.corner, now.corner)
        painter.setBrush(now.colour(self.words.tone or "edge"))
        painter.drawRoundedRect(QRectF(0, top, 3, box.height()), 1.5, 1.5)
        painter.translate(now.space[2], top + now.space[1])
        self._opinion.drawContents(painter)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = self.words.opinion or self.words.spoken()
        menu.addAction("复制意见" if self.words.opinion else "复制", lambda: QApplication.clipboard().setText(text))
        menu.popup(event.globalPos())

    def _set(self) -> None:
        now, words = theme.tokens(), self.words
        plain, small = fonts.ui_font(now.font), fonts.ui_font(now.small)
        bold = QFont(plain)
        bold.setBold(True)
        deed = "secondary" if words.tone in ("accent", "") else words.tone
        self._head.clear()
        cursor = QTextCursor(self._head)
        _say(cursor, words.name, bold, "text")
        _say(cursor, f"　{words.place}" if words.place else "", small, "secondary")
        cursor.insertBlock()
        _say(cursor, words.deed, plain, "text" if deed == "secondary" and words.tone else deed)
        _say(cursor, f"　{words.when}", small, "secondary")
        self._opinion.clear()
        _say(QTextCursor(self._opinion), f"“{words.opinion}”" if words.opinion else "", fonts.document_font("kai", now.font + 2), "text")
        self.updateGeometry()
        self.update()


def _gutter() -> int:
    return theme.tokens().space[2] * 2 + theme.tokens().space[0]


def _document() -> QTextDocument:
    made = QTextDocument()
    made.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setDefaultTextOption(option)
    return made


def _say(cursor: QTextCursor, text: str, font: QFont, colour: str) -> None:
    shape = QTextCharFormat()
    shape.setFont(font)
    shape.setForeground(theme.tokens().colour(colour))
    cursor.insertText(text, shape)
