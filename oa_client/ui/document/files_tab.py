"""All files of a document, with the chosen one in place beside the list: height is what a wide screen lacks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.ui import theme
from oa_client.ui.document.printable import Printable, of_file
from oa_client.ui.models.table import Column, TableModel
from oa_client.ui.office import Office
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.file_drop import size_words
from oa_client.ui.widgets.preview_file import FilePreview
from oa_client.ui.widgets.table_view import TableView
from oa_client.usecases import reading
from oa_client.usecases.reading import FileShown, Opened
from oa_client.usecases.views import AttachmentRow

READ_HERE = "共享给您的文件只能在此阅看，确需原件请联系共享人。"
ROLES = {"original": "来文原件", "issued": "定稿", "attachment": "附件"}


class FilesTab(QWidget):
    """The list of files; the one selected is shown beside it, Enter opens it outside."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._title = ""
        self._shown_id = 0
        self._outside = 0
        self._guest = False
        self.preview: FilePreview | None = None
        self.model = TableModel([Column("name", "文件", 240, lambda file: file.name, two_line=particulars, stretch=True, tip=lambda file: file.name)],
                                parent=self)
        self.table = TableView(self.model, "document_files", office.settings)
        self.table.horizontalHeader().hide()
        self.table.setAccessibleName("附件")
        self.table.selected.connect(self._choose)
        self.table.opened.connect(self._open_outside)
        self.nothing = EmptyState("这份公文没有附件。", "attachment")
        self.beside = QStackedWidget(self)
        self.beside.addWidget(EmptyState("请选择一份文件查看。", "document"))
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        for part, share in ((self.table, 1), (self.beside, 2)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, share)
        self.stack = QStackedWidget(self)
        for page in (self.nothing, self.splitter):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * [theme.tokens().space[1]]))
        column.addWidget(self.stack)

    def show_opened(self, opened: Opened) -> None:
        """Show the files of a document; the selection stays."""
        files = opened.view.attachments
        first = not self.model.rows()
        self._guest = bool(opened.view.watermark)
        self._title = opened.view.title
        self.model.replace(files)
        self.stack.setCurrentWidget(self.splitter if files else self.nothing)
        if files and first:
            self.splitter.setSizes([self.width() // 3, 2 * self.width() // 3])
            self.table.select(files[0].id)

    def _choose(self, ids: tuple[int, ...]) -> None:
        if len(ids) == 1 and ids[0] != self._shown_id:
            self._shown_id = ids[0]
            self._read(ids[0])

    def printable(self) -> Printable | None:
        """The file beside the list, as something to print."""
        return of_file(self.preview, "附件") if self.beside.currentWidget() is self.preview else None

    def _open_outside(self, file_id: int) -> None:
        if self._guest:
            return
        self._outside = file_id
        if file_id == self._shown_id and self.preview is not None:
            self.preview.open_outside()
            self._outside = 0
        else:
            self._read(file_id)

    def _read(self, file_id: int) -> None:
        self._office.jobs.read(self, reading.open_file, self._office.desk, file_id, self._title, then=self._take, failed=self._cannot,
                               latest="file", doing="正在读取附件")

    def _take(self, found: FileShown) -> None:
        self._viewer().show_file(found.name, found.data, paragraphs=found.words, text=found.text)
        if self._outside:
            self._outside = 0
            self._viewer().open_outside()

    def _cannot(self, error: OaError) -> None:
        self._shown_id = self._outside = 0
        self._viewer().clear(str(error))

    def _viewer(self) -> FilePreview:
        if self.preview is None:
            self.preview = FilePreview()
            self.beside.addWidget(self.preview)
            if self._guest:
                self.preview.keep_inside(READ_HERE)
        self.beside.setCurrentWidget(self.preview)
        return self.preview


def particulars(file: AttachmentRow) -> str:
    """Kind, pages and size of a file in one line."""
    return " · ".join(part for part in (ROLES.get(file.role, "附件"), f"{file.pages} 页" if file.pages else "", size_words(file.size)) if part)
