"""What a tab of the document window can print: what it is called on record, and how its pages are made."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from oa_client.ui.widgets.preview_file import FilePreview
from oa_client.usecases import printing


@dataclass(frozen=True)
class Printable:
    """`pages` gives a PDF or a picture; it is called off the screen's thread."""

    what: str
    pages: Callable[[], bytes]


def of_file(preview: FilePreview | None, what: str) -> Printable | None:
    """The file that a preview shows: its own pages, or its words as pages; None when it shows none."""
    content = preview.content() if preview is not None else None
    if content is None:
        return None
    made = partial(printing.words_pdf, "", content.words) if content.words else lambda: content.data
    return Printable(f"{what}「{content.name}」", made)
