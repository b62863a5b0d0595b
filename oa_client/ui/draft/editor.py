"""The body of a draft: plain paragraphs shown as they will be issued, headings in their faces, every line indented."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import (
    QFont,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from oa_client.ui import fonts, theme
from oa_client.usecases.issuing import heading_of

FACES = {0: "fangsong", 1: "hei", 2: "kai", 3: "fangsong", 4: "fangsong"}
CHARS = 28
LINE = 165
_SIZE = 1.35


def body_pixels() -> int:
    """The height of a character of the body."""
    return round(theme.tokens().font * _SIZE)


class BodyEditor(QTextEdit):
    """What is typed stays plain text; indents and faces are only shown. Lines break after 28 characters, as on the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._face = _face(0)
        super().__init__(parent)
        theme.mark(self, "frameless", "true")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("正文")
        self.setPlaceholderText("在此起草正文，各段自动空两格，标题层次自动识别")
        self._heads = _Headings(self.document())
        theme.changed.connect(self._dress)
        self._dress()

    def text(self) -> str:
        """The body as it will be saved."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a body; what was typed before cannot be taken back any more."""
        if text != self.toPlainText():
            self.setPlainText(text)
            self._indent()

    def count(self) -> int:
        """The number of characters without blanks (字数)."""
        return len("".join(self.toPlainText().split()))

    def _dress(self) -> None:
        self._face = _face(0)
        self.setFont(self._face)
        self._indent()
        self._heads.rehighlight()
        self._margins()

    def _indent(self) -> None:
        """Two characters before each paragraph; a format of the screen, not part of the text and not to be undone.

        Only another text size needs it anew; what was typed before that cannot be taken back any more.
        """
        shape = QTextBlockFormat()
        shape.setTextIndent(2 * body_pixels())
        shape.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self.document().firstBlock().blockFormat().textIndent() == shape.textIndent():
            return
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self.document().setUndoRedoEnabled(False)
        cursor.setBlockFormat(shape)
        self.document().setUndoRedoEnabled(True)

    def _margins(self) -> None:
        room = self.width() - CHARS * body_pixels() - 2 * theme.tokens().space[3]
        side = max(theme.tokens().space[3], room // 2)
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, theme.tokens().space[2], side, theme.tokens().space[2])

    def changeEvent(self, event: QEvent) -> None:
        """Each new styling of the widget would take its face off."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.font() != self._face:
            self.setFont(self._face)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._margins()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.textCursor().insertText(plain(source.text()))
        self.ensureCursorVisible()


def plain(text: str) -> str:
    """Pasted words as paragraphs: no indents, no empty lines, no characters that cannot be seen."""
    lines = ("".join(char for char in line if char.isprintable()).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


class _Headings(QSyntaxHighlighter):
    """Shows each heading in its face 黑体 or 楷体, by the same reading as the issued text."""

    def __init__(self, document: QTextDocument, read: Callable[[str], tuple[int, int]] = heading_of) -> None:
        super().__init__(document)
        self._read = read

    def highlightBlock(self, text: str) -> None:
        level, length = self._read(text)
        if level and length:
            shown = QTextCharFormat()
            shown.setFont(_face(level))
            self.setFormat(0, length, shown)


def _face(level: int) -> QFont:
    return fonts.document_font(FACES[level], body_pixels())
