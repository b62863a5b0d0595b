"""Printing (打印): words as pages, and the note that is taken before the pages go to a printer."""

from ..domain.errors import Refused
from ..render.plain_files import make_pdf
from .desk import Desk, Outcome, local
from .exporting import NOT_SHARED
from .noting import note_reading
from .papers import find, is_guest
from .sharing import GUEST
from .viewing import watermark

SHEET = "处理单"


def words_pdf(title: str, text: str) -> bytes:
    """Words without a layout of their own as pages to print. OaError when a character cannot be printed on this workstation."""
    return make_pdf(f"{title}\n\n{text}" if title else text)


def note_print(desk: Desk, document_id: int, what: str) -> Outcome[str]:
    """Put a print on record; gives what must be stamped on every page, for a guest (共享、借阅) who reads and when.

    NotFound when the officer may not see the document any more: then nothing is printed.
    """
    with desk.unit() as session:
        document = find(session, desk, document_id)
        guest = is_guest(session, desk, document)
        if guest and what == SHEET:
            raise Refused(GUEST, NOT_SHARED)
        note_reading(session, desk, "print", document.id, what=what)
        return Outcome(f"{watermark(desk)} {local(desk.clock()):%H:%M}" if guest else "")
