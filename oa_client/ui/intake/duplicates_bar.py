"""Papers already registered that look the same (重复来文), with the officer's word that it was checked."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label
from oa_client.usecases.intake import Duplicate

KNOWN = "已核对，仍要登记"


class DuplicatesBar(QFrame):
    """Hidden while there are none. `opened(document id)` asks for the earlier paper."""

    opened = Signal(int)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Duplicate, ...] = ()
        self._links: list[QWidget] = []
        theme.mark(self, "banner", "soon")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        space = theme.tokens().space
        line = QHBoxLayout(self)
        line.setContentsMargins(space[2], space[0], space[2], space[0])
        line.setSpacing(space[1])
        self._picture = QLabel(self)
        line.addWidget(self._picture)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        line.addWidget(label("可能是重复来文：", parent=self))
        line.addLayout(self._column, 1)
        self.known = QCheckBox(KNOWN, self)
        self.known.toggled.connect(lambda _: self.changed.emit())
        line.addWidget(self.known)
        theme.changed.connect(self._draw)
        self._draw()
        self.hide()

    def say(self, found: Sequence[Duplicate]) -> None:
        """Show these; the word that it was checked holds only for the ones it was given for."""
        if tuple(found) == self._found:
            return
        if not {item.document_id for item in found} <= {item.document_id for item in self._found}:
            self.known.setChecked(False)
        self._found = tuple(found)
        for old in self._links:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._links = [self._link(duplicate) for duplicate in found]
        for link in self._links:
            self._column.addWidget(link)
        self.setVisible(bool(found))

    def found(self) -> tuple[Duplicate, ...]:
        """What is shown."""
        return self._found

    def _link(self, duplicate: Duplicate) -> QWidget:
        link = button(f"{duplicate.title}（{duplicate.why}）", "link", tip="打开先前登记的来文", pressed=lambda: self.opened.emit(duplicate.document_id), parent=self)
        link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return link

    def _draw(self) -> None:
        side = theme.tokens().icon
        self._picture.setPixmap(icons.icon("warning", "soon").pixmap(QSize(side, side)))
