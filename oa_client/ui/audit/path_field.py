"""A field for a file's place: typed, or chosen with the folder at its end."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit

from oa_client.ui import icons

KEYS = "Alt+O"


class PathField(QLineEdit):
    """`path()` is None while empty. With `new` a place to write to is asked for, else a file that is there."""

    def __init__(self, caption: str, kinds: str, *, new: bool, place: Path | None = None) -> None:
        super().__init__(str(place) if place else "")
        self._caption, self._kinds, self._new = caption, kinds, new
        self.folder = QAction(icons.icon("folder"), "选择文件", self)
        self.folder.setToolTip(f"{caption}（{KEYS}）")
        self.folder.triggered.connect(self.ask)
        self.addAction(self.folder, QLineEdit.ActionPosition.TrailingPosition)

    def path(self) -> Path | None:
        """The place, or None."""
        words = self.text().strip()
        return Path(words).expanduser() if words else None

    def ask(self) -> QFileDialog:
        """Ask with the system's dialog."""
        asked = QFileDialog(self.window(), self._caption, str(self.path() or Path.home()), self._kinds)
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave if self._new else QFileDialog.AcceptMode.AcceptOpen)
        asked.setFileMode(QFileDialog.FileMode.AnyFile if self._new else QFileDialog.FileMode.ExistingFile)
        asked.setOption(QFileDialog.Option.DontConfirmOverwrite)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.fileSelected.connect(self.setText)
        asked.open()
        return asked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_O and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.ask()
            return
        super().keyPressEvent(event)
