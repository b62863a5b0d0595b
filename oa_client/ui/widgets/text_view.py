"""The words of a document in its own faces 仿宋、楷体、黑体、小标宋, on a page of comfortable width."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from oa_client.ui import fonts, theme

LEVELS = {
    "title": ("xiaobiaosong", 1.375, "center"), "h1": ("hei", 1.0, "indent"), "h2": ("kai", 1.0, "indent"), "h3": ("fangsong", 1.0, "indent"),
    "h4": ("fangsong", 1.0, "indent"), "body": ("fangsong", 1.0, "indent"), "flush": ("fangsong", 1.0, "left"),
    "right": ("fangsong", 1.0, "right"), "center": ("fangsong", 1.0, "center"), "plain": ("", 1.0, "left"),
}
CHARS = 34
LINE = 1.65
PART = 200


class TextView(QTextBrowser):
    """Read-only paragraphs; the level of each is one of LEVELS (faces of the levels: GB/T 9704-2012, 7.3.1 and 7.3.3)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paragraphs: tuple[tuple[str, ...], ...] = ()
        self._written = 0
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(lambda: self._write(PART))
        self.setOpenLinks(False)
        self.setAccessibleName("正文")
        theme.mark(self, "paper", "true")
        theme.changed.connect(self._draw)

    def show_paragraphs(self, paragraphs: Sequence[tuple[str, ...]]) -> None:
        """Show (words, level) from the top; a third part runs on in the same paragraph in the face of the text."""
        self._paragraphs = tuple(paragraphs)
        self._draw()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_text(self, text: str) -> None:
        """Show plain text as it stands, line by line, in the interface's face."""
        self.show_paragraphs([(line, "plain") for line in text.splitlines()])

    def mark_words(self, *wanted: str) -> int:
        """Mark every occurrence of each of the words (none when empty) and go to the first; how many there are."""
        self.write_rest()
        found = []
        for words in wanted:
            cursor = QTextCursor(self.document())
            while words and not (cursor := self.document().find(words, cursor, QTextDocument.FindFlag(0))).isNull():
                selection = self.ExtraSelection()
                selection.cursor = cursor
                selection.format.setBackground(theme.tokens().colour("mark"))
                found.append(selection)
        found.sort(key=lambda selection: selection.cursor.selectionStart())
        self.setExtraSelections(found)
        if found:
            self.setTextCursor(found[0].cursor)
            plain = self.textCursor()
            plain.clearSelection()
            self.setTextCursor(plain)
        return len(found)

    def all_words(self) -> str:
        """Every paragraph, a line each, also those that are still to be written."""
        return "\n".join("".join((words, *rest)) for words, _level, *rest in self._paragraphs)

    def _draw(self) -> None:
        self.clear()
        self._written = 0
        self._write(PART)
        self._margins()

    def write_rest(self) -> None:
        """Write at once what is still to come of a long text, for a caller who goes by its paragraphs."""
        self._write(len(self._paragraphs))

    def _write(self, many: int) -> None:
        """Write the next paragraphs; the rest of a long text follows in parts, so that the window never waits for it."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for words, level, *rest in self._paragraphs[self._written:self._written + many]:
            block, char = _formats(level)
            if self._written:
                cursor.insertBlock(block, char)
            else:
                cursor.setBlockFormat(block)
                cursor.setBlockCharFormat(char)
            cursor.insertText(words, char)
            for more in rest:
                cursor.insertText(more, _formats("body")[1])
            self._written += 1
        cursor.endEditBlock()
        if self._written < len(self._paragraphs):
            self._next.start()

    def _margins(self) -> None:
        width = CHARS * _pixels() + 2 * theme.tokens().space[4]
        side = max(theme.tokens().space[3], (self.viewport().width() - width) // 2)
        frame = self.document().rootFrame().frameFormat()
        if frame.leftMargin() != side:
            frame.setLeftMargin(side)
            frame.setRightMargin(side)
            frame.setTopMargin(theme.tokens().space[4])
            frame.setBottomMargin(theme.tokens().space[4])
            self.document().rootFrame().setFrameFormat(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._margins()


def _pixels() -> int:
    return theme.tokens().font + 3


def _formats(level: str) -> tuple[QTextBlockFormat, QTextCharFormat]:
    face, scale, place = LEVELS[level]
    size = round(_pixels() * scale) if face else theme.tokens().font
    font = fonts.document_font(face, size) if face else fonts.ui_font(size)
    char = QTextCharFormat()
    char.setFont(font)
    char.setForeground(theme.tokens().colour("ink"))
    block = QTextBlockFormat()
    sides = {"center": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight}
    block.setAlignment(sides.get(place, Qt.AlignmentFlag.AlignJustify if place == "indent" else Qt.AlignmentFlag.AlignLeft))
    block.setTextIndent(2 * size if place == "indent" else 0)
    block.setLineHeight(round(LINE * 100), QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if level == "title":
        block.setBottomMargin(size)
    return block, char
