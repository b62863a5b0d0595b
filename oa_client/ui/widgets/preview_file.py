"""A file in place, whatever it is: pages, words, a picture, or the offer to open it outside."""

import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.errors import Refused, Unavailable
from oa_client.settings import home
from oa_client.ui import errors, theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.image_view import ImageView
from oa_client.ui.widgets.label import label
from oa_client.ui.widgets.pdf_view import PdfView
from oa_client.ui.widgets.text_view import TextView

RUNNABLE = frozenset((
    "exe", "com", "bat", "cmd", "scr", "pif", "msi", "msp", "vbs", "vbe", "js", "jse", "wsf", "wsh", "ps1", "psm1", "reg", "hta", "cpl", "jar", "lnk", "url", "scf",
    "inf", "dll", "sh", "run", "py"))
IMAGES = frozenset(("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff", "webp"))


@dataclass(frozen=True)
class FileContent:
    """A file as it is shown: `words` where it is shown by its words and not by its pages."""

    name: str
    data: bytes
    words: str = ""


class FilePreview(QWidget):
    """Shows one file at a time by its kind. `open_asked()` is emitted when the user wants it outside and no bytes are here."""

    open_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._data, self._inside_only = "", b"", ""
        self.stack = QStackedWidget(self)
        self.nothing = EmptyState("请选择一份文件查看。", "document")
        self.outside = EmptyState("", "file", "用本机程序打开", self.open_outside)
        self.pdf, self.image, self.text = PdfView(), ImageView(), TextView()
        for page in (self.nothing, self.outside, self.pdf, self.image, self.text):
            self.stack.addWidget(page)
        for viewer in (self.pdf, self.image):
            viewer.failed.connect(self._cannot)
        self._title = label("", "section")
        self._open = button("用本机程序打开", "quiet", "open", pressed=self.open_outside)
        line = QHBoxLayout()
        line.addWidget(self._title, 1)
        line.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens().space[0])
        column.addLayout(line)
        column.addWidget(self.stack, 1)
        self.clear()

    def clear(self, sentence: str = "请选择一份文件查看。") -> None:
        """Show nothing but a sentence."""
        self._name, self._data = "", b""
        self._title.setText("")
        self._open.hide()
        self.nothing.say(sentence, "document")
        self.stack.setCurrentWidget(self.nothing)

    def show_file(self, name: str, data: bytes, *, paragraphs: Sequence[tuple[str, ...]] | None = None, text: str | None = None) -> None:
        """Show a file: PDF and pictures from `data`; anything else by its `paragraphs` or `text`, if the page has read them."""
        self._name, self._data = name, data
        ending = name.rpartition(".")[2].lower()
        self._title.setText(name)
        self._open.setVisible(not self._inside_only)
        if data.startswith(b"%PDF-"):
            self.stack.setCurrentWidget(self.pdf)
            self.pdf.show_pdf(data)
        elif ending in IMAGES:
            self.stack.setCurrentWidget(self.image)
            self.image.show_image(data)
        elif paragraphs is not None or text is not None:
            self.stack.setCurrentWidget(self.text)
            self.text.show_paragraphs(paragraphs) if paragraphs is not None else self.text.show_text(text or "")
        else:
            self._cannot("这种文件不能在此显示。")

    def keep_inside(self, why: str) -> None:
        """From now on files are read here only (共享、借阅): not opened outside, not copied from. `why` is said where one cannot be shown."""
        self._inside_only = why
        self._open.hide()
        self.outside.button.hide()
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def content(self) -> FileContent | None:
        """What is shown now; None when it is a sentence."""
        shown = self.stack.currentWidget()
        if not self._data or shown in (self.nothing, self.outside):
            return None
        return FileContent(self._name, self._data, self.text.all_words() if shown is self.text else "")

    def open_outside(self) -> None:
        """Open the file with the workstation's program, as a read-only copy."""
        if self._inside_only:
            return
        if not self._data:
            self.open_asked.emit()
            return
        try:
            open_copy(self._name, self._data)
        except (Refused, Unavailable) as error:
            errors.show(self, error)

    def _cannot(self, sentence: str) -> None:
        self.outside.say(f"{sentence}{self._inside_only}", "file")
        self._open.hide()
        self.stack.setCurrentWidget(self.outside)


def open_copy(name: str, data: bytes) -> Path:
    """Write a read-only copy into this PC's folder and open it with its program; gives the copy's path.

    Refused for programs and scripts, which an attachment may pretend to be; Unavailable when nothing here opens such files.
    """
    file = write_copy(name, data)
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
        raise Unavailable("本机没有能打开这种文件的程序。", f"文件已存放在 {file}，可复制到其他电脑查看。")
    return file


def write_copy(name: str, data: bytes) -> Path:
    """Write a read-only copy of a file into a folder of its own; Refused for programs and scripts."""
    plain = Path(name.replace("\\", "/")).name.rstrip(" .") or "附件"
    if plain.rpartition(".")[2].lower() in RUNNABLE:
        raise Refused("这是程序或脚本文件，不能直接打开。", "文件没有改动；确需使用请先导出，经安全检查后再处理。")
    folder = home() / "opened" / uuid4().hex[:12]
    folder.mkdir(parents=True)
    file = folder / plain
    file.write_bytes(data)
    file.chmod(stat.S_IREAD)
    return file
