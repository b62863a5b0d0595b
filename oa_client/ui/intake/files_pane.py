"""The left side of the registration: the place to drop papers, their list, and the paper shown in place."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.intake.drop_area import DropArea
from oa_client.ui.intake.file_row import FileRow
from oa_client.ui.intake.paper_pile import PaperPile
from oa_client.ui.widgets.file_drop import FileDrop
from oa_client.ui.widgets.preview_file import FilePreview

MOST_ROWS = 5
_WORDS = ("docx", "ofd", "txt")


class FilesPane(QWidget):
    """Shows a pile of papers and lets files in; `unsuited(sentence)` tells of what cannot come in at all (folders)."""

    unsuited = Signal(str)

    def __init__(self, pile: PaperPile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pile = pile
        self._rows: dict[str, FileRow] = {}
        self._shown = ""
        self.preview: FilePreview | None = None
        self._stack = QStackedLayout(self)
        self.area = DropArea(lambda: self.drop.choose.click(), self)
        self._stack.addWidget(self.area)
        panel = QWidget(self)
        self._stack.addWidget(panel)
        self._fill(panel)
        self.setFocusProxy(self.area)
        self.setAcceptDrops(True)
        self.drop.dropped.connect(pile.take)
        self.drop.refused.connect(self.unsuited)
        pile.added.connect(self._add)
        pile.told.connect(self._tell)
        pile.gone.connect(self._forget)

    def row(self, key: str) -> FileRow:
        """The line of one paper."""
        return self._rows[key]

    def shown(self) -> str:
        """The key of the paper in view, or an empty text."""
        return self._shown

    def _add(self, key: str) -> None:
        row = FileRow(self._pile.paper(key), self._scroll.widget())
        row.shown.connect(lambda: self._show(key))
        row.switched.connect(lambda: self._pile.switch(key))
        row.removed.connect(lambda: self._remove(key))
        self._rows[key] = row
        self._lines.addWidget(row)
        self._stack.setCurrentIndex(1)
        self._fit()

    def _tell(self, key: str) -> None:
        paper = self._pile.paper(key)
        fresh = paper.read is not None and self._rows[key].reading
        self._rows[key].tell(paper)
        if fresh and (not self._shown or paper.role == "original"):
            self._show(key)
        self._fit()

    def _remove(self, key: str) -> None:
        self._pile.remove(key)
        (self.drop if self._rows else self.area).setFocus()

    def _forget(self, key: str) -> None:
        row = self._rows.pop(key)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        if key == self._shown:
            self._shown = ""
            if self.preview is not None:
                self.preview.clear()
            other = next((paper.key for paper in self._pile.papers() if paper.read), "")
            if other:
                self._show(other)
        if not self._rows:
            self._stack.setCurrentIndex(0)
        self._fit()

    def _show(self, key: str) -> None:
        paper = self._pile.paper(key)
        if paper.read is None:
            return
        if self.preview is None:
            self.preview = FilePreview(self._scroll.parentWidget())
            self.preview.setMinimumWidth(theme.tokens().font * 20)
            self._column.addWidget(self.preview, 1)
        self._shown = key
        found = paper.read.inspection.file
        self.preview.show_file(found.name, found.data, text=found.text if found.media in _WORDS else None)

    def _fill(self, panel: QWidget) -> None:
        self._column = QVBoxLayout(panel)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.tokens().space[1])
        self._scroll = QScrollArea(panel)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column.addWidget(self._scroll)
        inner = QWidget(self._scroll)
        self._scroll.setWidget(inner)
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.drop = FileDrop("继续添加文件", adds=False, parent=panel)
        self._column.addWidget(self.drop)
        self._column.addStretch(0)

    def _fit(self) -> None:
        """The list is as high as its rows, up to five."""
        heights = [row.sizeHint().height() for row in self._rows.values()]
        self._scroll.setFixedHeight(max(sum(heights[:MOST_ROWS]), theme.tokens().control))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.area.light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.area.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.area.light(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.drop.take(paths)
