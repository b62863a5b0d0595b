"""Pages of a PDF on the screen, from bytes."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.widgets.button import tool
from oa_client.ui.widgets.label import label

STEP = 1.2
LEAST, MOST = 0.3, 4.0


class PdfView(QWidget):
    """Shows a PDF fitted to the width, with zoom, page numbers and search (Ctrl+F). `failed(sentence)` if it cannot be shown."""

    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buffer: QBuffer | None = None
        self.document = QPdfDocument(self)
        self._found: QPdfSearchModel | None = None
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setAccessibleName("文件页面")
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # as needed, a page that fits only without it shows and hides it for ever
        self._at = -1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens().space[0])
        column.addLayout(self._bar())
        column.addWidget(self.view, 1)
        self._listen()
        self._colour()
        theme.changed.connect(self._colour)
        self.fit_width()

    def show_pdf(self, data: bytes) -> bool:
        """Show a PDF; False (and `failed`) when the bytes are not a readable one."""
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        good = self.document.status() == QPdfDocument.Status.Ready
        if not good:
            locked = self.document.error() == QPdfDocument.Error.IncorrectPassword
            self.failed.emit("这份文件加了密码，无法在此显示。" if locked else "这份文件已损坏或不是完整的版式文件，无法在此显示。")
        self._say_page()
        self.look_for(self.search.text())
        return good

    def page(self) -> int:
        """The page in view, counted from 1; 0 without a document."""
        return self.view.pageNavigator().currentPage() + 1 if self.document.pageCount() else 0

    def pages(self) -> int:
        """How many pages there are."""
        return self.document.pageCount()

    def go_to(self, page: int) -> None:
        """Bring a page (from 1) into view."""
        if 1 <= page <= self.pages():
            self.view.pageNavigator().jump(page - 1, QPointF(), self.view.pageNavigator().currentZoom())

    def fit_width(self) -> None:
        """Make the page as wide as the view."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def zoom(self, factor: float) -> None:
        """Enlarge (above 1) or reduce (below 1)."""
        size = self.document.pagePointSize(0)
        shown = self.view.zoomFactor()
        if self.view.zoomMode() == QPdfView.ZoomMode.FitToWidth and size.width() > 0:
            shown = self.view.viewport().width() / (size.width() * self.logicalDpiX() / 72)
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(max(LEAST, min(MOST, shown * factor)))

    def look_for(self, words: str) -> None:
        """Mark every occurrence of words and go to the first.

        Qt's model starts a timer for every document that it is given and forgets the one before, so there is a model only while
        there are words to find, and a new one each time.
        """
        self._at = -1
        former, self._found = self._found, None
        if words:
            self._found = QPdfSearchModel(self)
            self._found.setDocument(self.document)
            self._found.setSearchString(words)
            self._found.countChanged.connect(self._say_found)
        self.view.setSearchModel(self._found)  # type: ignore[arg-type]  # None is allowed, the stub forgets it
        if former is not None:
            former.deleteLater()
        self._say_found()

    def _colour(self) -> None:
        """The ground behind the pages, which QPdfView takes from its palette."""
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, theme.tokens().colour("line"))
        self.view.setPalette(palette)

    def _bar(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.tokens().space[0])
        self._page_words = label("", "small")
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("查找")
        self.search.setAccessibleName("在文件中查找")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMaximumWidth(theme.tokens().font * 14)
        self._found_words = label("", "small")
        line.addWidget(tool("up", "上一页", pressed=lambda: self.go_to(self.page() - 1)))
        line.addWidget(self._page_words)
        line.addWidget(tool("down", "下一页", pressed=lambda: self.go_to(self.page() + 1)))
        line.addSpacing(theme.tokens().space[1])
        line.addWidget(tool("zoom_out", "缩小", pressed=lambda: self.zoom(1 / STEP)))
        line.addWidget(tool("zoom_in", "放大", pressed=lambda: self.zoom(STEP)))
        line.addWidget(tool("fit_width", "适合宽度", pressed=self.fit_width))
        line.addStretch(1)
        line.addWidget(self._found_words)
        line.addWidget(self.search)
        return line

    def _listen(self) -> None:
        self.search.textChanged.connect(self.look_for)
        self.search.returnPressed.connect(self._next)
        self.view.pageNavigator().currentPageChanged.connect(lambda _: self._say_page())
        find = QShortcut(QKeySequence("Ctrl+F"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._ask_words)

    def _ask_words(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _next(self) -> None:
        count = self._count()
        if self._found is not None and count:
            self._at = (self._at + 1) % count
            self.view.setCurrentSearchResultIndex(self._at)
            link = self._found.resultAtIndex(self._at)
            self.view.pageNavigator().jump(link.page(), link.location(), self.view.pageNavigator().currentZoom())
            self._say_found()

    def _say_page(self) -> None:
        self._page_words.setText(f"第 {self.page()} 页，共 {self.pages()} 页" if self.pages() else "")

    def _count(self) -> int:
        return self._found.rowCount(QModelIndex()) if self._found is not None else 0

    def _say_found(self) -> None:
        count = self._count()
        if not self.search.text():
            self._found_words.setText("")
        elif self._at >= 0 and count:
            self._found_words.setText(f"第 {self._at + 1} 处，共 {count} 处")
        else:
            self._found_words.setText(f"{count} 处" if count else "没有找到")
