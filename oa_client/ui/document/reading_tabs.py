"""The left side of the document window: 正文、附件、办理单、关联, each filled when it is first looked at."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.document.files_tab import FilesTab
from oa_client.ui.document.printable import Printable
from oa_client.ui.document.related_tab import RelatedTab
from oa_client.ui.document.sheet_view import SheetTab
from oa_client.ui.document.text_tab import TextTab
from oa_client.ui.office import Office
from oa_client.ui.widgets.watermark import Watermark
from oa_client.usecases.reading import Opened


class ReadingTabs(QFrame):
    """The tabs `text`, `files`, `sheet` and `related`; over a borrowed paper lies the `watermark` of its reader."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "surface", "card")
        self._office = office
        self._opened: Opened | None = None
        self._stale: set[QWidget] = set()
        self.text, self.files = TextTab(office), FilesTab(office)
        self.sheet, self.related = SheetTab(), RelatedTab()
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        for page, words in ((self.text, "正文"), (self.files, "附件"), (self.sheet, "办理单"), (self.related, "关联")):
            self.tabs.addTab(page, words)
        stack = self.tabs.findChild(QStackedWidget)
        assert stack is not None
        self.watermark = Watermark(stack)
        self.tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.currentChanged.connect(lambda _: self._fill())
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.tabs)

    def show_opened(self, opened: Opened) -> None:
        """Show another state of the document; only the tab in view is drawn now."""
        self._opened = opened
        self._stale = {self.text, self.files, self.sheet, self.related}
        count = len(opened.view.attachments)
        self.tabs.setTabText(self.tabs.indexOf(self.files), f"附件（{count}）" if count else "附件")
        self.watermark.say(opened.view.watermark)
        self._fill()

    def printable(self) -> Printable | None:
        """What can be printed of the tab in view; None when there is nothing."""
        page = self.tabs.currentWidget()
        return page.printable() if self._opened is not None and isinstance(page, TextTab | FilesTab) else None

    def _fill(self) -> None:
        page = self.tabs.currentWidget()
        if self._opened is None or page not in self._stale:
            return
        self._stale.discard(page)
        if isinstance(page, RelatedTab):
            page.show_view(self._opened.view, self._office.desk.clock())
        elif isinstance(page, TextTab | FilesTab | SheetTab):
            page.show_opened(self._opened)
