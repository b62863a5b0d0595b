"""A sentence above a page that stays until it no longer holds; a failure told in place."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.ui import icons, theme
from oa_client.ui.widgets.button import button, tool
from oa_client.ui.widgets.label import label

_ICONS = {"neutral": "info", "accent": "info", "soon": "warning", "overdue": "error", "ontime": "done"}


class Banner(QFrame):
    """Words with a tone, an optional button and, if `closable`, a cross. Hidden until `say` or `tell`."""

    def __init__(self, parent: QWidget | None = None, closable: bool = True) -> None:
        super().__init__(parent)
        self._pressed: Callable[[], object] | None = None
        self._tone = "neutral"
        space = theme.tokens().space
        line = QHBoxLayout(self)
        line.setContentsMargins(space[2], space[1], space[1], space[1])
        line.setSpacing(space[1])
        self._picture = QLabel(self)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.sentence = label("", "text", wrap=True, parent=self)
        self.hint = label("", "small", wrap=True, parent=self)
        words.addWidget(self.sentence)
        words.addWidget(self.hint)
        line.addLayout(words, 1)
        self.button = button("", "plain", pressed=self._press, parent=self)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.cross = tool("close", "关闭提示", pressed=self.hide, parent=self)
        self.cross.setVisible(closable)
        line.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._draw)
        self.hide()

    def say(self, sentence: str, tone: str = "accent", *, hint: str = "", verb: str = "",
            pressed: Callable[[], object] | None = None) -> None:
        """Show a sentence, a quieter second one, and a button `verb` that calls `pressed`."""
        self._tone, self._pressed = tone, pressed
        theme.mark(self, "banner", tone)
        self.sentence.setText(sentence)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.button.setText(verb)
        self.button.setVisible(bool(verb))
        self.setAccessibleName(f"{sentence}{hint}")
        self._draw()
        self.show()

    def tell(self, error: OaError, *, verb: str = "", pressed: Callable[[], object] | None = None) -> None:
        """Show a refusal or failure: what happened, then what was kept and what to do."""
        self.say(error.sentence, "overdue", hint=error.hint, verb=verb, pressed=pressed)

    def _press(self) -> None:
        if self._pressed is not None:
            self._pressed()

    def _draw(self) -> None:
        side = theme.tokens().icon
        self._picture.setPixmap(icons.icon(_ICONS.get(self._tone, "info"), self._tone).pixmap(QSize(side, side)))
