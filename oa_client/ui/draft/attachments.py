"""The attachments of a draft: those saved with it and those added since, each examined before it is listed."""

import itertools
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oa_client.domain.errors import OaError
from oa_client.ui.intake.paper import ReadPaper, read_paper
from oa_client.ui.office import Office
from oa_client.ui.widgets.file_drop import Attached, FileDrop
from oa_client.usecases.papers import NewFile
from oa_client.usecases.viewing import read_attachment
from oa_client.usecases.views import AttachmentRow

_SAVED = "saved:"


class DraftAttachments(FileDrop):
    """`failed(OaError)` tells of a file that may not be kept; `examined(ReadPaper)` of one that was added; `shown(name, bytes, text)`
    gives a file to look at."""

    failed = Signal(object)
    examined = Signal(object)
    shown = Signal(str, bytes, str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("拖入附件", adds=False, parent=parent)
        self._office = office
        self._saved: dict[str, AttachmentRow] = {}
        self._new: dict[int, ReadPaper | None] = {}
        self._numbers = itertools.count()
        self.dropped.connect(self._examine)
        self.removed.connect(self._drop)
        self.opened.connect(self._open)

    def set_saved(self, rows: Sequence[AttachmentRow], new: Sequence[str] = ()) -> None:
        """The files saved with the draft; of the files added since only those in `new` (digests) stay."""
        self._saved = {f"{_SAVED}{row.id}": row for row in rows if row.role == "attachment"}
        self._new = {number: read for number, read in self._new.items() if read is None or read.digest in new}
        self._list_all()

    def restore(self, kept: Sequence[int], added: Sequence[tuple[str, bytes]]) -> None:
        """Go back to what was kept: the ids of saved files that stay, and the files added: (name, bytes)."""
        self._saved = {key: row for key, row in self._saved.items() if row.id in kept}
        self._list_all()
        for name, data in added:
            self._begin(name, data)

    def kept(self) -> tuple[int, ...]:
        """The ids of the saved files that stay."""
        return tuple(row.id for row in self._saved.values())

    def added(self) -> tuple[NewFile, ...]:
        """The files added since the draft was saved."""
        return tuple(read.inspection.file for read in self._read())

    def digests(self) -> tuple[str, ...]:
        """The digests of the files added, in the same order."""
        return tuple(read.digest for read in self._read())

    def names(self) -> tuple[str, ...]:
        """The names of all files."""
        return tuple(file.name for file in self.files())

    def reading(self) -> bool:
        """Whether a file is still being examined."""
        return None in self._new.values()

    def _read(self) -> tuple[ReadPaper, ...]:
        return tuple(read for read in self._new.values() if read is not None)

    def _examine(self, paths: Sequence[Path]) -> None:
        for path in paths:
            self._begin(path.name, path)

    def _begin(self, name: str, source: Path | bytes) -> None:
        """The order of dropping is kept, whichever file is read first."""
        number = next(self._numbers)
        self._new[number] = None
        self._office.jobs.read(self, read_paper, self._office.desk, name, source, "attachment", doing=f"正在读取「{name}」",
                               then=lambda read: self._took(number, read), failed=lambda error: self._refuse(number, error))

    def _took(self, number: int, read: ReadPaper) -> None:
        if read.digest in self.digests():
            del self._new[number]
            return
        self._new[number] = read
        self._list_all()
        self.examined.emit(read)

    def _refuse(self, number: int, error: OaError) -> None:
        del self._new[number]
        self.failed.emit(error)

    def _list_all(self) -> None:
        saved = [Attached(key, row.name, row.size) for key, row in self._saved.items()]
        new = [Attached(read.digest, read.inspection.file.name, len(read.inspection.file.data)) for read in self._read()]
        self.set_files([*saved, *new])

    def _drop(self, key: str) -> None:
        self._saved.pop(key, None)
        self._new = {number: read for number, read in self._new.items() if read is None or read.digest != key}

    def _open(self, key: str) -> None:
        read = next((read for read in self._read() if read.digest == key), None)
        if read is not None:
            file = read.inspection.file
            self.shown.emit(file.name, file.data, file.text)
        else:
            self._office.jobs.read(self, read_attachment, self._office.desk, self._saved[key].id, doing="正在打开附件",
                                   then=lambda found: self.shown.emit(found[0], found[2], found[3]))
