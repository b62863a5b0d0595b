"""What was typed for a document, kept on this PC until it is submitted."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from oa_client.scratch import Kept, Scratch
from oa_client.ui.office import Office
from oa_client.usecases.views import DocumentView


class OpinionKeeper(QObject):
    """Keeps, gives back once, and drops the unsubmitted opinion of one document."""

    def __init__(self, office: Office, document_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._key = f"opinion/{document_id}"

    def ask(self, then: Callable[[dict[str, Any]], object]) -> None:
        """Look for what was kept; `then` gets it, only when there are words or choices in it."""
        def found(pieces: Sequence[Kept]) -> None:
            piece = next((piece for piece in pieces if piece.key == self._key), None)
            if piece is not None:
                then(piece.data)
        self._office.jobs.read(self, _kept, self._office.scratch, self._key, then=found)

    def keep(self, state: dict[str, Any]) -> None:
        """Keep what is on the panel; nothing is kept of an empty one."""
        chosen = any(part.get("picks") or part.get("fields") for part in state["entered"].values())
        if state["opinion"] or chosen:
            self._office.scratch.keep(self._key, state)
        else:
            self.drop()

    def drop(self) -> None:
        """Forget it: it was submitted or cleared."""
        self._office.scratch.drop(self._key)

    def submitted(self, state: dict[str, Any], view: DocumentView) -> bool:
        """Whether kept words are already on record: the program ended between the act and the dropping."""
        return any(entry.opinion == state.get("opinion") and entry.name == self._office.desk.actor.name for entry in view.timeline if entry.opinion)


def _kept(scratch: Scratch, key: str) -> list[Kept]:
    return scratch.kept(key)
