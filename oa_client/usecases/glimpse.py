"""A document at a glance (预览): its facts and the beginning of its text, or the place that a search found."""

from collections.abc import Iterator
from dataclasses import dataclass
from re import Pattern

from sqlalchemy import select

from ..store.grams import terms, written
from ..store.work_tables import Attachment
from .desk import Desk
from .reading import Words, body_words
from .viewing import show
from .views import DocumentView

LENGTH = 600
BEFORE = 80


@dataclass(frozen=True)
class Glimpse:
    """`words` are the first LENGTH characters of the text, or those around the first place found, levelled for the screen.

    `source` names the file they stand in if it is not the body; `marks` are the words searched for as they are written
    there; `left_out` tells whether there is more before and after.
    """

    view: DocumentView
    words: Words
    source: str = ""
    marks: tuple[str, ...] = ()
    left_out: tuple[bool, bool] = (False, False)


def glimpse(desk: Desk, document_id: int, query: str = "") -> Glimpse:
    """What the preview shows; NotFound when this officer may not see the document."""
    view = show(desk, document_id)
    wanted = [written(term) for term in terms(query)]
    first: tuple[str, str] | None = None
    for source, text in _texts(desk, view):
        first = first or (source, text)
        if not wanted:
            break
        places = [found.start() for pattern in wanted if (found := pattern.search(text))]
        if places:
            return _part(view, source, text, _begin(text, min(places)), wanted)
    return _part(view, *first, 0, wanted) if first else Glimpse(view, ())


def _texts(desk: Desk, view: DocumentView) -> Iterator[tuple[str, str]]:
    """The body, then what could be read out of each file; a text that is not needed is not read."""
    if view.body.strip():
        yield "", view.body
    for file in view.attachments:
        with desk.look() as session:
            text = session.scalar(select(Attachment.text).where(Attachment.id == file.id)) or ""
        if text.strip():
            yield file.name, text


def _begin(text: str, place: int) -> int:
    """Where to begin so that a place is shown with some words before it: at its paragraph if that is near."""
    if place <= BEFORE * 2:
        return 0
    line = text.rfind("\n", place - BEFORE, place)
    return line + 1 if line >= 0 else place - BEFORE


def _part(view: DocumentView, source: str, text: str, begin: int, wanted: list[Pattern[str]]) -> Glimpse:
    part = text[begin:begin + LENGTH]
    marks = {found.group() for pattern in wanted for found in pattern.finditer(part)}
    alone = tuple(sorted(mark for mark in marks if "\n" not in mark))
    return Glimpse(view, body_words("", part)[1:], source, alone, (begin > 0, begin + LENGTH < len(text.rstrip())))
