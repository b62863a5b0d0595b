"""What the drafting window needs when it opens, read in one go off the screen's thread."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oa_client.scratch import Scratch
from oa_client.usecases import directory, drafting
from oa_client.usecases.desk import Desk


@dataclass(frozen=True)
class Unsaved:
    """What an earlier window kept of a draft: its content, the files added as (name, bytes), and when (UTC)."""

    content: dict[str, Any]
    files: tuple[tuple[str, bytes], ...]
    saved_at: datetime


@dataclass(frozen=True)
class Loaded:
    """The organs to draft for, the units addressed by their full name, known outside organs, the saved draft, what was kept."""

    organs: tuple[tuple[int, str], ...]
    full_names: tuple[str, ...]
    outside: tuple[str, ...]
    opened: drafting.DraftOpened | None
    unsaved: Unsaved | None


def key_of(document_id: int) -> str:
    """Under which key the unsaved text of a draft is kept on this PC."""
    return f"draft/{document_id}"


def load(desk: Desk, scratch: Scratch, document_id: int) -> Loaded:
    """Everything at once; Refused when the draft is not in this officer's hands."""
    opened = drafting.open_draft(desk, document_id) if document_id else None
    units = directory.units(desk)
    organs = drafting.organs(desk)
    if opened is not None and opened.form.organ_id not in dict(organs):
        organs += tuple((unit.id, unit.name) for unit in units if unit.id == opened.form.organ_id)
    roots = tuple(f"unit:{unit.id}" for unit in units if unit.parent_id is None)
    return Loaded(organs, roots, drafting.outside_organs(desk), opened, _unsaved(scratch, document_id))


def _unsaved(scratch: Scratch, document_id: int) -> Unsaved | None:
    key = key_of(document_id)
    piece = next((piece for piece in scratch.kept(key) if piece.key == key), None)
    if piece is None:
        return None
    files = [(item["name"], scratch.kept_file(key, item["digest"])) for item in piece.data["files"]]
    return Unsaved(piece.data, tuple((name, data) for name, data in files if data), piece.saved_at)
