"""The papers of one registration: examined as they come in, the first document the original, none twice."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from oa_client.domain.errors import OaError
from oa_client.ui.intake.paper import Paper, ReadPaper, is_document, read_paper
from oa_client.ui.office import Office
from oa_client.usecases.papers import NewFile


class PaperPile(QObject):
    """`added(key)`, `told(key)` and `gone(key)` follow the papers for the list; `changed` follows all of it.

    `offered(Paper)` tells of an original whose fields can be read, `withdrawn` that there is none any more, `refused(OaError)`
    of a file that may not be kept, `repeated(name)` of one that is here already.
    """

    added = Signal(str)
    told = Signal(str)
    gone = Signal(str)
    changed = Signal()
    offered = Signal(object)
    withdrawn = Signal()
    refused = Signal(object)
    repeated = Signal(str)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._papers: dict[str, Paper] = {}
        self._numbers = itertools.count(1)
        self._no_original = False

    def papers(self) -> tuple[Paper, ...]:
        """All papers in the order they came."""
        return tuple(self._papers.values())

    def paper(self, key: str) -> Paper:
        """One paper."""
        return self._papers[key]

    def files(self) -> tuple[NewFile, ...]:
        """The papers that were read, for the register."""
        return tuple(replace(paper.read.inspection.file, role=paper.role) for paper in self.papers() if paper.read)

    def digests(self) -> tuple[str, ...]:
        """The digests of the original."""
        return tuple(paper.read.digest for paper in self.papers() if paper.read and paper.role == "original")

    def reading(self) -> int:
        """How many papers are still being examined."""
        return sum(paper.read is None for paper in self.papers())

    def take(self, paths: Sequence[Path]) -> None:
        """Let files in."""
        for path in paths:
            paper = Paper(self._key(), path.name, path.stat().st_size if path.exists() else 0)
            self._begin(paper, path, quiet=False)
        self._settle()
        self.changed.emit()

    def restore(self, kept: Sequence[tuple[str, str, bytes]]) -> None:
        """Put back files that were kept: (name, role, bytes). They are examined again, but nothing is offered."""
        self._no_original = bool(kept) and all(role != "original" for _name, role, _data in kept)
        for name, role, data in kept:
            self._begin(Paper(self._key(), name, len(data), role), data, quiet=True)
        self._settle()

    def clear(self) -> None:
        """Take every paper away; only `gone` is emitted."""
        for key in list(self._papers):
            del self._papers[key]
            self.gone.emit(key)
        self._no_original = False

    def switch(self, key: str) -> None:
        """Make a paper the original (the earlier one becomes an attachment), or the original an attachment."""
        role = "attachment" if self._papers[key].role == "original" else "original"
        for paper in self.papers():
            paper.role = role if paper.key == key else "attachment"
        self._no_original = role != "original"
        self._settle()
        if role == "original" and self._papers[key].read:
            self.offered.emit(self._papers[key])
        self.changed.emit()

    def remove(self, key: str) -> None:
        """Take a paper away; when it was the original, the next document takes its place."""
        gone = self._papers.pop(key)
        self.gone.emit(key)
        self._settle()
        if gone.role == "original":
            after = next((paper for paper in self.papers() if paper.role == "original" and paper.read), None)
            self.withdrawn.emit() if after is None else self.offered.emit(after)
        self.changed.emit()

    def _begin(self, paper: Paper, source: Path | bytes, quiet: bool) -> None:
        self._papers[paper.key] = paper
        self.added.emit(paper.key)
        self._office.jobs.read(self, read_paper, self._office.desk, paper.name, source, doing=f"正在识别「{paper.name}」",
                        then=lambda read: self._took(paper.key, read, quiet), failed=lambda error: self._refuse(paper.key, error))

    def _took(self, key: str, read: ReadPaper, quiet: bool) -> None:
        paper = self._papers.get(key)
        if paper is None:
            return
        if any(other.read and other.read.digest == read.digest for other in self.papers()):
            self.remove(key)
            self.repeated.emit(paper.name)
            return
        paper.read = read
        self.told.emit(key)
        if paper.role == "original" and not quiet:
            self.offered.emit(paper)
        self.changed.emit()

    def _refuse(self, key: str, error: OaError) -> None:
        if key in self._papers:
            self.remove(key)
            self.refused.emit(error)

    def _settle(self) -> None:
        """The first document is the original unless the officer said otherwise."""
        papers = self.papers()
        if papers and not self._no_original and not any(paper.role == "original" for paper in papers):
            next((paper for paper in papers if is_document(paper.name)), papers[0]).role = "original"
        for paper in papers:
            self.told.emit(paper.key)

    def _key(self) -> str:
        return str(next(self._numbers))
