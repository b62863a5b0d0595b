"""The text of a document in place: the original, the issued text, or the words of the draft with its official layout on demand."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.ui import theme
from oa_client.ui.document.files_tab import READ_HERE
from oa_client.ui.document.printable import Printable, of_file
from oa_client.ui.office import Office
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.label import label
from oa_client.ui.widgets.pdf_view import PdfView
from oa_client.ui.widgets.preview_file import FilePreview
from oa_client.ui.widgets.text_view import TextView
from oa_client.usecases import issuing, printing, reading
from oa_client.usecases.reading import FileShown, Opened
from oa_client.usecases.views import AttachmentRow, DocumentView


class TextTab(QWidget):
    """Shows the main file if there is one, else the body; viewers are made when they are first needed."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._opened: Opened | None = None
        self._file_id = 0
        self._layout_of: tuple[int, int] | None = None
        self.preview: FilePreview | None = None
        self.text: TextView | None = None
        self.pages: PdfView | None = None
        self.stack = QStackedWidget(self)
        self.nothing = EmptyState("正在读取正文……", "document")
        self.stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._switch())
        column.addWidget(self.stack, 1)

    def show_opened(self, opened: Opened) -> None:
        """Show the text of a document; a file that is shown already stays where it was scrolled to."""
        fresh = self._opened is None or opened.words != self._opened.words
        self._opened = opened
        main = main_file(opened.view)
        self.switch.setVisible(opened.view.kind == "send" and main is None)
        if main is not None:
            self._show_main(main, opened.view)
        elif self.layout_view.isChecked():
            self._ask_layout()
        elif fresh:
            self._show_words()

    def printable(self) -> Printable | None:
        """What is read here, as something to print: the file, the official layout, or the words of a paper that has neither."""
        assert self._opened is not None
        view, shown = self._opened.view, self.stack.currentWidget()
        if shown is self.preview:
            return of_file(self.preview, "正文")
        if shown is self.nothing:
            return None
        if view.kind == "send":
            return Printable("正文", partial(issuing.official_files, self._office.desk, view.id, "pdf"))
        return Printable("正文", partial(printing.words_pdf, view.title, view.body))

    def _guest(self) -> bool:
        return self._opened is not None and bool(self._opened.view.watermark)

    def _switch(self) -> QWidget:
        """Between the words of a draft and its official layout (版式)."""
        self.switch = QWidget(self)
        line = QHBoxLayout(self.switch)
        space = theme.tokens().space
        line.setContentsMargins(space[2], space[1], space[2], space[1])
        line.setSpacing(space[1])
        self.words_view = button("文稿", "chip", pressed=lambda: self._turn(False))
        self.layout_view = button("版式", "chip", tip="按公文格式国家标准排版的样子", pressed=lambda: self._turn(True))
        for part in (self.words_view, self.layout_view):
            part.setCheckable(True)
            line.addWidget(part)
        self.words_view.setChecked(True)
        self.note = label("", "small")
        line.addWidget(self.note)
        line.addStretch(1)
        self.switch.hide()
        return self.switch

    def _turn(self, layout: bool) -> None:
        self.layout_view.setChecked(layout)
        self.words_view.setChecked(not layout)
        self._ask_layout() if layout else self._show_words()

    def _show_words(self) -> None:
        assert self._opened is not None
        self.note.setText("")
        if not self._opened.view.body.strip():
            self.nothing.say("这份公文没有正文文件，请看附件。" if self._opened.view.attachments else "这份公文没有正文。")
            self.stack.setCurrentWidget(self.nothing)
            return
        if self.text is None:
            self.text = TextView()
            self.stack.addWidget(self.text)
            if self._guest():
                self.text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.text.show_paragraphs(self._opened.words)
        self.stack.setCurrentWidget(self.text)

    def _show_main(self, main: AttachmentRow, view: DocumentView) -> None:
        if main.id != self._file_id:
            self._file_id = main.id
            self._office.jobs.read(self, reading.open_file, self._office.desk, main.id, view.title, then=self._take_file,
                                   failed=self._cannot, latest="file", doing="正在读取正文")

    def _take_file(self, found: FileShown) -> None:
        if self.preview is None:
            self.preview = FilePreview()
            self._put(self.preview)
            if self._guest():
                self.preview.keep_inside(READ_HERE)
        self.preview.show_file(found.name, found.data, paragraphs=found.words, text=found.text)
        self.stack.setCurrentWidget(self.preview)

    def _ask_layout(self) -> None:
        assert self._opened is not None
        view = self._opened.view
        if self._layout_of == (view.id, view.version) and self.pages is not None:
            self.stack.setCurrentWidget(self.pages)
            return
        self._layout_of = (view.id, view.version)
        self.note.setText("正在排版……")
        self._office.jobs.read(self, issuing.official_files, self._office.desk, view.id, "pdf", then=self._take_layout, failed=self._no_layout,
                               latest="layout", doing="正在排版")

    def _take_layout(self, data: bytes) -> None:
        if self.pages is None:
            self.pages = PdfView()
            self._put(self.pages)
        self.note.setText("")
        self.pages.show_pdf(data)
        if self.layout_view.isChecked():
            self.stack.setCurrentWidget(self.pages)

    def _put(self, viewer: QWidget) -> None:
        space = theme.tokens().space
        viewer.setContentsMargins(space[2], space[0], space[1], space[1])
        self.stack.addWidget(viewer)

    def _no_layout(self, error: OaError) -> None:
        self._layout_of = None
        self._turn(False)
        self.note.setText(str(error))

    def _cannot(self, error: OaError) -> None:
        self._file_id = 0
        self.nothing.say(str(error), "warning")
        self.stack.setCurrentWidget(self.nothing)


def main_file(view: DocumentView) -> AttachmentRow | None:
    """The file that is the document itself: the original of an incoming paper, the issued text of an outgoing one."""
    return next((file for file in view.attachments if file.role in ("original", "issued")), None)
