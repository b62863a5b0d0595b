"""The unsaved registration on this PC: the fields and the bytes of the papers, as they were at the last change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from oa_client.scratch import Scratch
from oa_client.ui.intake.duplicates_bar import DuplicatesBar
from oa_client.ui.intake.fields import IntakeFields
from oa_client.ui.intake.paper_pile import PaperPile

KEY = "intake"
KEEP_MS = 300


@dataclass(frozen=True)
class Unsaved:
    """What was kept: the fields, the papers as (name, role, bytes), whether a repeat was checked, and when (UTC)."""

    fields: dict[str, Any]
    papers: tuple[tuple[str, str, bytes], ...]
    repeat_known: bool
    saved_at: datetime


def load(scratch: Scratch) -> Unsaved | None:
    """What was kept by an earlier window, or None; reads the disk, so it runs off the screen's thread."""
    piece = next((piece for piece in scratch.kept(KEY) if piece.key == KEY), None)
    if piece is None:
        return None
    papers = [(item["name"], item["role"], scratch.kept_file(KEY, item["digest"])) for item in piece.data["papers"]]
    return Unsaved(piece.data["fields"], tuple((name, role, data) for name, role, data in papers if data), piece.data["repeat_known"], piece.saved_at)


class Keeper(QObject):
    """Keeps the registration within `KEEP_MS` of a change. What bears a 密级 is not kept, nor a paper not yet examined."""

    kept = Signal(bool)

    def __init__(self, scratch: Scratch, fields: IntakeFields, pile: PaperPile, duplicates: DuplicatesBar) -> None:
        super().__init__(fields)
        self._scratch, self._fields, self._pile, self._duplicates = scratch, fields, pile, duplicates
        self._on_disk: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.now)
        fields.edited.connect(self.soon)
        pile.changed.connect(self.soon)
        duplicates.changed.connect(self.soon)

    def has_content(self) -> bool:
        """Whether there is anything worth keeping."""
        return self._fields.touched() or bool(self._pile.papers())

    def soon(self) -> None:
        """Keep before long; changes in quick succession are kept together."""
        if not self._timer.isActive():
            self._timer.start()

    def now(self) -> None:
        """Keep at once, or forget what was kept when nothing is left."""
        self._timer.stop()
        if not self.has_content() or self._fields.values()["secrecy"]:
            self.forget()
            return
        present = {paper.read.digest: paper for paper in self._pile.papers() if paper.read}
        for digest, file in zip(present, self._pile.files(), strict=True):
            if digest not in self._on_disk:
                self._scratch.keep_file(KEY, digest, file.data)
        listed = [{"digest": digest, "name": paper.name, "role": paper.role} for digest, paper in present.items()]
        self._scratch.keep(KEY, {"fields": self._fields.snapshot(), "papers": listed, "repeat_known": self._duplicates.known.isChecked()})
        for digest in self._on_disk - set(present):
            self._scratch.drop_file(KEY, digest)
        self._on_disk = set(present)
        self.kept.emit(True)

    def forget(self) -> None:
        """The paper was registered, or is no longer wanted."""
        self._timer.stop()
        self._scratch.drop(KEY)
        self._on_disk.clear()
        self.kept.emit(False)
