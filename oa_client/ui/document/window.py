"""The document window (公文): head, reading at the left, history at the right, acting below."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.errors import NotFound, OaError
from oa_client.ui import theme
from oa_client.ui.document.action_bar import ActionBar
from oa_client.ui.document.handling import Handling
from oa_client.ui.document.header import Header
from oa_client.ui.document.lending import Lending
from oa_client.ui.document.printing import Printing
from oa_client.ui.document.reading_tabs import ReadingTabs
from oa_client.ui.document.taking_out import TakingOut
from oa_client.ui.document.timeline import Timeline
from oa_client.ui.office import Office
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.empty import EmptyState
from oa_client.usecases import reading
from oa_client.usecases.reading import Opened
from oa_client.usecases.views import DocumentView

TOPICS = frozenset({"document", "todo"})
SETTLE_MS = 120
BREATH_MS = 8
USUAL = (1320, 860)
LEAST_LINES = 8
NO_HISTORY = "办理过程和意见不在共享范围内。\n共享给您的是正文和附件。"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DocumentWindow(QWidget):
    """One document. Parts: `header`, `banner`, `tabs`, `timeline`, `bar`; `opened` is the last reading."""

    def __init__(self, office: Office, document_id: int) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.mark(self, "surface", "window")
        self.setWindowTitle("公文")
        self._office, self.document_id = office, document_id
        self.opened: Opened | None = None
        self._closing = self._drawing = False
        self.header, self.banner, self.bar = Header(), Banner(), ActionBar(office)
        self.lent = Banner(closable=False)
        self.tabs, self.timeline = ReadingTabs(office), Timeline()
        self.handling = Handling(office, document_id, self.bar, self.banner, self)
        self.taking_out, self.printing = TakingOut(office, document_id, self), Printing(office, document_id, self)
        self.lending = Lending(office, document_id, self.banner, self)
        self.waiting = EmptyState("正在打开公文……", "document", "重新读取", self.load)
        self.waiting.button.hide()
        self._lay_out()
        self._listen()
        self._recall_size()
        self.load()

    def load(self) -> None:
        """Read the document again; what is typed stays."""
        self._office.jobs.read(self, reading.open_document, self._office.desk, self.document_id, then=self._show, failed=self._cannot,
                               latest="document", doing="正在读取公文")

    def calm(self) -> bool:
        """Whether nothing is being read, done or drawn for this window now."""
        return not (self._settle.isActive() or self._drawing or self.handling.busy) and self._office.jobs.idle()

    def _lay_out(self) -> None:
        space = theme.tokens().space
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setMinimumHeight(LEAST_LINES * theme.tokens().font)
        self.splitter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        for part, share in ((self.tabs, 2), (self.timeline, 1)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, share)
        self.content = QWidget()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(space[3], space[2], space[3], space[2])
        column.setSpacing(space[1])
        for above in (self.header, self.lent, self.banner):
            column.addWidget(above)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.bar)
        self.pages = QStackedWidget(self)
        for page in (self.waiting, self.content):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def _listen(self) -> None:
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load)
        self._office.jobs.changed.connect(self._heard)
        self.header.refresh_asked.connect(self.load)
        self.header.share_asked.connect(self.lending.ask)
        self.header.print_asked.connect(self._print)
        self.header.export_asked.connect(self.taking_out.export)
        self.header.sheet_asked.connect(self.taking_out.open_sheet)
        self.tabs.sheet.open_pdf.clicked.connect(lambda: self.taking_out.open_sheet())
        self.tabs.sheet.print.clicked.connect(lambda: self.printing.print_sheet())
        self.tabs.related.share_asked.connect(self.lending.ask)
        self.tabs.related.end_asked.connect(self.lending.end)
        self.tabs.related.document_asked.connect(self._office.open_document)
        self.tabs.related.urge_asked.connect(self.handling.urge)
        self.handling.refresh_asked.connect(self.load)
        self.handling.over.connect(self.close)
        self.handling.settled.connect(self._settled)

    def _show(self, opened: Opened) -> None:
        """Draw a fresh reading in three moments, so that a long history never stops the screen."""
        if opened != self.opened:
            self.opened = opened
            self.setWindowTitle(opened.view.title)
            self.header.show_view(opened.view)
            self._show_lent(opened.view)
            self.tabs.show_opened(opened)
        if self.pages.currentWidget() is not self.content:
            self.pages.setCurrentWidget(self.content)
            self.setFocus()
        self._drawing = True
        QTimer.singleShot(BREATH_MS, self, self._show_history)

    def _show_lent(self, view: DocumentView) -> None:
        """Tell a guest (共享、借阅) what this is, and why there is no history."""
        if view.watermark:
            until = f"，至 {view.lent_until:%Y-%m-%d}" if view.lent_until else ""
            self.lent.say(f"共享给您阅看{until}；不能导出、带出或再共享。" + (f"共享人：{view.lent_by}。" if view.lent_by else ""), "accent")
        else:
            self.lent.hide()
        self.timeline.close_to_guests(NO_HISTORY if view.watermark else "")

    def _print(self) -> None:
        """Print what the tab in view shows."""
        guest = self.opened is not None and bool(self.opened.view.watermark)
        if self.tabs.tabs.currentWidget() is self.tabs.sheet and not guest:
            self.printing.print_sheet()
        else:
            self.printing.print_shown(self.tabs.printable())

    def _show_history(self) -> None:
        assert self.opened is not None
        self.timeline.show_entries(self.opened.view.timeline, self.opened.view.waiting, self._office.desk.clock())
        QTimer.singleShot(BREATH_MS, self, self._show_bar)

    def _show_bar(self) -> None:
        assert self.opened is not None
        self.handling.take(self.opened.view)
        self._drawing = False

    def _cannot(self, error: OaError) -> None:
        if self.opened is not None and not isinstance(error, NotFound):
            self.banner.tell(error, verb="重新读取", pressed=self.load)
            return
        self.waiting.say(str(error), "warning")
        self.waiting.button.show()
        self.pages.setCurrentWidget(self.waiting)

    def _settled(self, good: bool) -> None:
        """After an act: read again at once, or close if that was wanted; a refused one keeps the window open to tell it."""
        if good:
            self.close() if self._closing else self.load()
        self._closing = False

    def _heard(self, topics: frozenset[str]) -> None:
        if topics & TOPICS:
            self._settle.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.handling.press()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is typed is kept; an act under way is waited for, so that its result is known."""
        if self.handling.busy:
            event.ignore()
            self._closing = True
            return
        self.handling.keep()
        self._remember_size()
        super().closeEvent(event)

    def _recall_size(self) -> None:
        screen = QGuiApplication.primaryScreen().availableSize()
        kept = self._office.settings.window_sizes.get("document", [])
        width, height = kept[:2] if len(kept) >= 2 else USUAL
        self.resize(min(width, screen.width()), min(height, screen.height()))
        self.splitter.setSizes(kept[2:4] if len(kept) == 4 else [2 * self.width(), self.width()])

    def _remember_size(self) -> None:
        if not self.isMaximized():
            self._office.settings.window_sizes["document"] = [self.width(), self.height(), *self.splitter.sizes()]
            self._office.settings.save()
