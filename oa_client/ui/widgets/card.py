"""A card that is a button: an icon, a heading, quieter words below; for choices worth a sentence."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from oa_client.ui import icons, theme
from oa_client.ui.widgets.label import label


class _Line(QLabel):
    """One line that ends in … where the card is too narrow; the whole is in the card's tooltip."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)


def _line(words: str, role: str) -> QLabel:
    made = _Line()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(words)
    theme.mark(made, "role", role)
    return made


class Card(QPushButton):
    """Pressed as a whole. `arrow` shows that it leads somewhere; `small` is for many cards beside each other."""

    def __init__(self, heading: str, words: str, icon: str, *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._small, self._icon_name = small, icon
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(words)
        if small:
            self.setToolTip(f"{heading}　{words}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.heading = _line(heading, "section") if small else label(heading, "section")
        self.words = _line(words, "small") if small else label(words, "small", wrap=True)
        self._picture, self._arrow = QLabel(), QLabel()
        self._build()
        theme.changed.connect(self._draw)
        self._draw()

    def _build(self) -> None:
        space = theme.tokens().space
        line = self._line = QHBoxLayout(self)
        gap = space[2] if self._small else space[3]
        above = 6 if self._small else space[3]
        line.setContentsMargins(gap, above, gap, above)
        line.setSpacing(gap)
        line.addWidget(self._picture)
        words = QVBoxLayout()
        words.setSpacing(0 if self._small else space[0])
        words.addStretch(1)
        words.addWidget(self.heading)
        words.addWidget(self.words)
        words.addStretch(1)
        line.addLayout(words, 1)
        line.addWidget(self._arrow)
        self._arrow.setVisible(not self._small)
        for part in (self._picture, self._arrow, self.heading, self.words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _draw(self) -> None:
        now = theme.tokens()
        side = now.icon + (8 if self._small else 16)
        self._picture.setPixmap(icons.icon(self._icon_name, "accent").pixmap(side, side))
        self._arrow.setPixmap(icons.icon("right").pixmap(now.icon, now.icon))
        self.update()

    def sizeHint(self) -> QSize:
        return self._line.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._line.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        now, option = theme.tokens(), QStyleOptionButton()
        self.initStyleOption(option)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        pressed = bool(option.state & QStyle.StateFlag.State_Sunken)
        ground = "accent_soft" if pressed else "hover" if hovered else "surface"
        width = 2 if self.hasFocus() else 1
        edge = "focus" if self.hasFocus() else "accent" if hovered or pressed else "line"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(now.colour(ground if self.isEnabled() else "window"))
        painter.setPen(QPen(now.colour(edge), width))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), now.corner, now.corner)
