"""The handling sheet (公文处理单) as officers know it on paper: red head, ruled table, opinions signed at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCell,
    QTextTableFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from oa_client.ui import fonts, theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.empty import EmptyState
from oa_client.usecases.reading import Opened

HEADINGS = {"receive": "收文处理单", "send": "发文稿纸"}
_ALIGN = {"left": Qt.AlignmentFlag.AlignLeft, "center": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight}
NOT_SHARED = "办理单不在共享范围内。\n共享给您的是正文和附件。"
_WIDTH_CHARS = 46


class SheetTab(QWidget):
    """The sheet with its buttons `open_pdf` and `print`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme.tokens().space
        self.paper = SheetPaper(self)
        self.open_pdf = button("打开 PDF", "plain", "pdf", tip="打开可打印的处理单（Ctrl+P）")
        self.print = button("打印", "plain", "print")
        self.closed = EmptyState(NOT_SHARED, "lock")
        self.tools = QWidget(self)
        line = QHBoxLayout(self.tools)
        line.setContentsMargins(space[2], space[1], space[2], 0)
        line.setSpacing(space[1])
        line.addStretch(1)
        line.addWidget(self.print)
        line.addWidget(self.open_pdf)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space[1])
        self.pages = QStackedWidget(self)
        for page in (self.paper, self.closed):
            self.pages.addWidget(page)
        column.addWidget(self.tools)
        column.addWidget(self.pages, 1)

    def show_opened(self, opened: Opened) -> None:
        """Show the sheet of a document; a guest is told that it is not shared."""
        guest = bool(opened.view.watermark)
        self.tools.setVisible(not guest)
        self.pages.setCurrentWidget(self.closed if guest else self.paper)
        if not guest:
            self.paper.show_sheet(opened)


class SheetPaper(QTextBrowser):
    """Draws the sheet; as wide as a page, in the middle of the view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened: Opened | None = None
        self.setOpenLinks(False)
        self.setAccessibleName("公文处理单")
        theme.mark(self, "paper", "true")
        theme.changed.connect(self._draw)

    def show_sheet(self, opened: Opened) -> None:
        """Show another sheet, or the same one with what was added; the place in it is kept."""
        place = self.verticalScrollBar().value()
        self._opened = opened
        self._draw()
        self.verticalScrollBar().setValue(place)

    def _draw(self) -> None:
        if self._opened is None:
            return
        sheet = self._opened.view.sheet
        ink = theme.tokens().hex("red_head")
        rule = ink if sheet["kind"] == "send" else theme.tokens().hex("ink")
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        _write(cursor, str(sheet["organ"]), "xiaobiaosong", 1.1, ink, "center")
        cursor.insertBlock()
        _write(cursor, "　".join(HEADINGS[str(sheet["kind"])]), "xiaobiaosong", 1.6, ink, "center")
        cursor.insertBlock()
        _write(cursor, "", "", 0.3, ink, "center")
        self._table(cursor, rule)
        cursor.endEditBlock()
        self._margins()

    def _table(self, cursor: QTextCursor, rule: str) -> None:
        assert self._opened is not None
        fields = [[("标题", self._opened.view.title)], *self._opened.sheet_rows]
        fields = [list(row) for row in fields if row[0][0] != "标题" or row is fields[0]]
        sections = self._opened.view.sheet["sections"]
        table = cursor.insertTable(len(fields) + len(sections), 4, _table_format(rule))
        for at, row in enumerate(fields):
            if len(row) == 1:
                table.mergeCells(at, 1, 1, 3)
            for place, (name, value) in enumerate(row):
                _label(table, at, 2 * place, name, rule)
                _write(_inside(table, at, 2 * place + 1), value, "fangsong", 1.0, "", "left")
        for at, (name, opinions) in enumerate(sections, len(fields)):
            table.mergeCells(at, 1, 1, 3)
            _label(table, at, 0, name, rule)
            _opinions(_inside(table, at, 1), opinions)

    def _margins(self) -> None:
        space = theme.tokens().space
        side = max(space[3], (self.viewport().width() - _WIDTH_CHARS * theme.tokens().font) // 2)
        shape = self.document().rootFrame().frameFormat()
        if (shape.leftMargin(), shape.topMargin()) != (side, space[4]):
            shape.setLeftMargin(side)
            shape.setRightMargin(side)
            shape.setTopMargin(space[4])
            shape.setBottomMargin(space[4])
            self.document().rootFrame().setFrameFormat(shape)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._margins()


def _table_format(rule: str) -> QTextTableFormat:
    shape = QTextTableFormat()
    shape.setBorder(1)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QColor(rule))
    shape.setBorderCollapse(True)
    shape.setCellSpacing(0)
    shape.setCellPadding(theme.tokens().space[1])
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    label = 6.2 * theme.tokens().font
    fixed, free = QTextLength(QTextLength.Type.FixedLength, label), QTextLength()
    shape.setColumnWidthConstraints([fixed, free, fixed, free])
    return shape


def _label(table: QTextTable, row: int, column: int, name: str, rule: str) -> None:
    cell = table.cellAt(row, column)
    shape = cell.format()
    shape.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    cell.setFormat(shape)
    spread = f"{name[0]}　　{name[1]}" if len(name) == 2 else name
    _write(cell.firstCursorPosition(), spread, "xiaobiaosong", 0.95, rule, "center")


def _opinions(cursor: QTextCursor, opinions: list[tuple[str, str, str, str]]) -> None:
    """The opinions of a box, each signed below; an empty box keeps room for the pen."""
    if not opinions:
        _write(cursor, "\u2028", "fangsong", 1.0, "", "left")
        return
    for at, (text, name, post, when) in enumerate(opinions):
        if at:
            cursor.insertBlock()
        _write(cursor, text, "kai", 1.1, "", "left", indent=2)
        cursor.insertBlock()
        _write(cursor, f"{name}　{post}　{when}", "fangsong", 0.95, "", "right", below=theme.tokens().space[1] if at < len(opinions) - 1 else 0)


def _inside(table: QTextTable, row: int, column: int) -> QTextCursor:
    cell: QTextTableCell = table.cellAt(row, column)
    return cell.firstCursorPosition()


def _write(cursor: QTextCursor, text: str, face: str, scale: float, colour: str, side: str, indent: int = 0, below: int = 0) -> None:
    size = round((theme.tokens().font + 1) * scale)
    block = QTextBlockFormat()
    block.setAlignment(_ALIGN[side])
    block.setTextIndent(indent * size)
    block.setBottomMargin(below)
    block.setLineHeight(122, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    font: QFont = fonts.document_font(face, size) if face else fonts.ui_font(size)
    char = QTextCharFormat()
    char.setFont(font)
    char.setForeground(QColor(colour or theme.tokens().hex("ink")))
    cursor.setBlockFormat(block)
    cursor.insertText(text, char)
