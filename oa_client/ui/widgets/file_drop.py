"""A place to drop files on, with a button to choose them, and the list of those attached."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.widgets.button import button, tool
from oa_client.ui.widgets.emptying import take_all
from oa_client.ui.widgets.label import label


@dataclass(frozen=True)
class Attached:
    """A file in the list: `key` tells it apart (a path, or the id of one already stored), `size` in bytes."""

    key: str
    name: str
    size: int
    note: str = ""


def size_words(size: int) -> str:
    """A number of bytes as office people say it."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


class FileDrop(QWidget):
    """`dropped(list of Path)` tells of files that came in (the page reads them); `removed(key)` and `opened(key)` are asked for
    in the list; `changed` follows every change of the list. `suffixes` like (".pdf", ".docx") limit what may come in."""

    dropped = Signal(list)
    removed = Signal(str)
    opened = Signal(str)
    refused = Signal(str)
    changed = Signal()

    def __init__(self, words: str = "把文件拖到这里", suffixes: Sequence[str] = (), many: bool = True, adds: bool = True,
                 parent: QWidget | None = None) -> None:
        """With `adds` the dropped files are listed at once; without, the page calls `set_files` itself."""
        super().__init__(parent)
        self._suffixes, self._many, self._adds = tuple(suffixes), many, adds
        self._files: dict[str, Attached] = {}
        self.setAcceptDrops(True)
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space[0])
        self._area = QFrame(self)
        theme.mark(self._area, "surface", "drop")
        line = QHBoxLayout(self._area)
        line.setContentsMargins(space[3], space[1], space[1], space[1])
        line.setSpacing(space[1])
        self._picture = QLabel(self._area)
        self._paint()
        theme.changed.connect(self._paint)
        line.addWidget(self._picture)
        line.addWidget(label(words, "secondary"))
        line.addStretch(1)
        self.choose = button("选择文件", icon="folder", pressed=self._choose, parent=self._area)
        self.setFocusProxy(self.choose)
        line.addWidget(self.choose)
        column.addWidget(self._area)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)

    def files(self) -> tuple[Attached, ...]:
        """The files listed, in order."""
        return tuple(self._files.values())

    def set_files(self, files: Sequence[Attached]) -> None:
        """List exactly these."""
        self._files = {file.key: file for file in files}
        self._draw()
        self.changed.emit()

    def take(self, paths: Sequence[Path]) -> None:
        """Let files in as if they were dropped; unsuitable ones are refused in a sentence."""
        good = [path for path in paths if path.is_file() and (not self._suffixes or path.suffix.lower() in self._suffixes)]
        if len(good) < len(paths):
            kinds = "、".join(suffix.lstrip(".").upper() for suffix in self._suffixes)
            self.refused.emit(f"有 {len(paths) - len(good)} 个文件未加入：只接受 {kinds} 文件。" if kinds else "文件夹不能加入，请选择文件。")
        good = good if self._many else good[:1]
        if not good:
            return
        if self._adds:
            added = {str(path): Attached(str(path), path.name, path.stat().st_size) for path in good}
            self._files = {**self._files, **added} if self._many else added
            self._draw()
            self.changed.emit()
        self.dropped.emit(good)

    def _paint(self) -> None:
        side = theme.tokens().icon
        self._picture.setPixmap(icons.icon("upload").pixmap(side, side))

    def _choose(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in self._suffixes)
        chosen, _ = QFileDialog.getOpenFileNames(self, "选择文件", "", f"可用文件 ({kinds})" if kinds else "所有文件 (*)")
        if chosen:
            self.take([Path(path) for path in chosen])

    def _remove(self, key: str) -> None:
        if self._files.pop(key, None) is not None:
            self._draw()
            self.removed.emit(key)
            self.changed.emit()
            self.choose.setFocus()

    def _draw(self) -> None:
        take_all(self._list)
        for file in self._files.values():
            self._list.addWidget(self._line(file))

    def _line(self, file: Attached) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(theme.tokens().space[1], 0, 0, 0)
        line.setSpacing(theme.tokens().space[1])
        name = button(file.name, "link", icons.for_file(file.name), tip="打开查看", pressed=lambda: self.opened.emit(file.key), parent=row)
        line.addWidget(name)
        line.addWidget(label(size_words(file.size), "small", parent=row))
        if file.note:
            line.addWidget(label(file.note, "guess", parent=row))
        line.addStretch(1)
        line.addWidget(tool("delete", f"移除 {file.name}", pressed=lambda: self._remove(file.key), parent=row))
        return row

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            theme.mark(self._area, "active", "true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        theme.mark(self._area, "active", "false")

    def dropEvent(self, event: QDropEvent) -> None:
        theme.mark(self._area, "active", "false")
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take(paths)
