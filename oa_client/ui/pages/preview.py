"""The preview beside a list: it follows the selection and offers to open the document."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.ui import theme
from oa_client.ui.office import Office
from oa_client.ui.pages.preview_sheet import PreviewSheet
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.label import label, rule
from oa_client.ui.widgets.watermark import Watermark
from oa_client.usecases.glimpse import Glimpse, glimpse
from oa_client.usecases.views import DocumentView

NOTHING = "选中一份公文，这里显示它的概要。"
FOLLOW_MS = 120


class DocumentPreview(QFrame):
    """Call `follow` with the selected documents; what is read late or hidden is not shown."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._wanted: tuple[tuple[int, ...], str] = ((), "")
        self._stale = False
        self.shown: Glimpse | None = None
        theme.mark(self, "surface", "card")
        self.setAccessibleName("公文概要")
        self.setMinimumWidth(theme.tokens().font * 16)
        self.nothing = EmptyState(NOTHING, "document")
        self.sheet: PreviewSheet | None = None
        self.open_button = button("打开", "primary", pressed=self.open)
        self.note = label("", "small")
        self._pause = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self._pause.timeout.connect(self._ask)
        self._build()
        office.jobs.changed.connect(self._heard)

    def follow(self, document_ids: Sequence[int], query: str = "") -> None:
        """Show the one document that is selected, with the words of a query marked."""
        wanted = (tuple(document_ids), query)
        if wanted != self._wanted:
            self._wanted = wanted
            self._pause.start()

    def open(self) -> None:
        """Open what is shown: an own draft in the editor, anything else in its window."""
        if self.shown is None:
            return
        view = self.shown.view
        if is_own_draft(self.shown):
            self._office.draft_paper(view.id)
        else:
            self._office.open_document(view.id)

    def _build(self) -> None:
        space = theme.tokens().space
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("公文概要")
        foot = QHBoxLayout()
        foot.setContentsMargins(space[3], space[1], space[2], space[1])
        foot.addWidget(self.note, 1)
        foot.addWidget(self.open_button)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        self.watermark = Watermark(self.area)
        column.addWidget(rule())
        column.addLayout(foot)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self.stack)

    def _ask(self) -> None:
        ids, query = self._wanted
        if not self.isVisible():
            self._stale = True
        elif len(ids) == 1:
            self._office.jobs.read(self, glimpse, self._office.desk, ids[0], query, then=self._show, failed=self._cannot, latest="glimpse")
        else:
            self._say(f"已选 {len(ids)} 件公文。" if ids else NOTHING, "document")

    def _show(self, found: Glimpse) -> None:
        if self._wanted[0] != (found.view.id,):
            return
        moved = self.shown is None or self.shown.view.id != found.view.id
        if self.sheet is None:
            self.sheet = PreviewSheet()
            self.area.setWidget(self.sheet)
        if moved or found != self.shown:
            self.shown = found
            self.sheet.show_glimpse(found, self._office.desk.clock())
        if moved:
            self.area.verticalScrollBar().setValue(0)
        mine = bool(found.view.tasks)
        self.watermark.say(found.view.watermark)
        self.open_button.setText("继续拟稿" if is_own_draft(found) else "办理" if mine else "打开")
        self.note.setText("在您手上" if mine else lent_words(found.view))
        self.stack.setCurrentIndex(1)

    def _cannot(self, error: OaError) -> None:
        self._say(str(error), "warning")

    def _say(self, sentence: str, icon: str) -> None:
        self.shown = None
        self.nothing.say(sentence, icon)
        self.stack.setCurrentIndex(0)

    def _heard(self, topics: frozenset[str]) -> None:
        if "document" in topics and len(self._wanted[0]) == 1:
            self._pause.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._ask()


def lent_words(view: DocumentView) -> str:
    """Until when a guest may read it; empty where the reader is none."""
    return f"共享给您阅看，至 {view.lent_until:%Y-%m-%d}" if view.watermark and view.lent_until else ""


def is_own_draft(found: Glimpse) -> bool:
    """Whether the reader goes on writing this document."""
    return found.view.kind == "send" and any(task.step == "draft" for task in found.view.tasks)
