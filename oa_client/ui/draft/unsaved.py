"""The unsaved draft on this PC: kept within a second while it is being written, forgotten once it is saved."""

from PySide6.QtCore import QObject, QTimer, Signal

from oa_client.scratch import Scratch
from oa_client.ui.draft.content import DraftContent
from oa_client.ui.draft.loading import key_of
from oa_client.ui.intake.paper import ReadPaper

KEEP_MS = 700


class DraftKeeper(QObject):
    """`kept` at each time. Keeps only what differs from the saved draft. While `held` nothing is kept: an older piece awaits the officer's choice."""

    kept = Signal()

    def __init__(self, scratch: Scratch, content: DraftContent) -> None:
        super().__init__(content)
        self._scratch, self._content = scratch, content
        self.held = True
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.now)
        content.edited.connect(self.soon)
        content.attachments.examined.connect(self._keep_file)

    def soon(self) -> None:
        """Keep before long; the clock is not set back by further typing."""
        if not self.held and not self._timer.isActive():
            self._timer.start()

    def now(self) -> bool:
        """Keep at once, or forget what was kept when nothing is unsaved; whether anything is."""
        self._timer.stop()
        if self.held:
            return False
        if not self._content.changed():
            self._scratch.drop(self._key())
            return False
        self._scratch.keep(self._key(), {**self._content.values(), "version": self._content.stored.version})
        self.kept.emit()
        return True

    def forget(self) -> None:
        """The draft was saved or sent, or what was kept is not wanted."""
        self._timer.stop()
        self._scratch.drop(self._key())

    def _keep_file(self, read: ReadPaper) -> None:
        file = read.inspection.file
        self._scratch.keep_file(self._key(), read.digest, file.data)
        self.soon()

    def _key(self) -> str:
        return key_of(self._content.stored.document_id)
