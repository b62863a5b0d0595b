"""A window over the draft with one file in place: an attachment, or the issued layout."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.widgets.preview_file import FilePreview


class FileWindow(QDialog):
    """One file in place; Esc closes it."""

    def __init__(self, owner: QWidget, words: str, name: str, data: bytes, text: str = "") -> None:
        super().__init__(owner)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words)
        self.resize(round(owner.width() * 0.75), round(owner.height() * 0.95))
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[3], space[2], space[3], space[2])
        self.preview = FilePreview(self)
        column.addWidget(self.preview)
        self.preview.show_file(name, data, text=text or None)
