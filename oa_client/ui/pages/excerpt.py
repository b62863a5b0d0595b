"""A part of a document's text in its own faces, as high as it needs, within a page that scrolls."""

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QFrame, QWidget

from oa_client.ui.widgets.text_view import TextView
from oa_client.usecases.reading import Words

MORE = "……"


class Excerpt(TextView):
    """Never scrolls by itself; words searched for are marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("正文摘要")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_part(self, words: Words, marks: tuple[str, ...], left_out: tuple[bool, bool]) -> None:
        """Show a part; dots stand where words were left out."""
        before = ((MORE, "center"),) if left_out[0] else ()
        after = ((MORE, "center"),) if left_out[1] else ()
        self.show_paragraphs((*before, *words, *after))
        self.mark_words(*marks)

    def _margins(self) -> None:
        frame = self.document().rootFrame().frameFormat()
        if frame.margin() != 0:
            frame.setMargin(0)
            self.document().rootFrame().setFrameFormat(frame)

    def _fit(self, size: QSizeF) -> None:
        self.setFixedHeight(round(size.height()) + 2)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
