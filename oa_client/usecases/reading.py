"""Reading a document (阅看公文): what its window shows, its words in document faces, its files as they can be shown."""

import re
from dataclasses import dataclass

from ..render.body import heading_and_rest, level_of, paragraphs
from ..render.sheet import sheet_rows
from .desk import Desk
from .viewing import read_attachment, show
from .views import DocumentView

Words = tuple[tuple[str, ...], ...]
_DATE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")
_SIGNATURE_CHARS = 30
_CALLED_CHARS = 60
_HEAD_LINES = 12


@dataclass(frozen=True)
class Opened:
    """A document with its body as `body_words` makes it, and the fields of its handling sheet in rows of one or two."""

    view: DocumentView
    words: Words
    sheet_rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True)
class FileShown:
    """A file to be shown: its bytes, and its words where it has any (`words` levelled, `text` line by line)."""

    name: str
    data: bytes
    words: Words | None = None
    text: str | None = None


def open_document(desk: Desk, document_id: int) -> Opened:
    """Everything that the window shows in one read; NotFound when this officer may not see it."""
    view = show(desk, document_id)
    rows = sheet_rows([pair for pair in view.sheet["fields"] if pair[1]])
    return Opened(view, body_words(view.title, view.body), tuple(tuple(row) for row in rows))


def open_file(desk: Desk, attachment_id: int, title: str = "") -> FileShown:
    """A file of a document; `title` is the document's, to find it in the words of an original."""
    name, media, data, text = read_attachment(desk, attachment_id)
    if media in ("docx", "txt"):
        return FileShown(name, data, words=_file_words(title, text))
    return FileShown(name, data, text=text if media in ("ofd", "other") and text.strip() else None)


def body_words(title: str, body: str) -> Words:
    """Title and body as (words, level) or (words, level, rest): `rest` runs on in the same paragraph in the text's face.

    Levels are title, h1, h2, body, flush (主送机关), right (署名、成文日期); GB/T 9704-2012 第7.3条.
    """
    return ((title, "title"), *_levelled([text for _level, text in paragraphs(body)]))


def _file_words(title: str, text: str) -> Words:
    """A file's own words: the lines that make up the title are joined, those above it stand in the middle."""
    lines = [line for _level, line in paragraphs(text)]
    wanted = "".join(title.split())
    for first in range(min(len(lines), _HEAD_LINES)):
        joined = ""
        for last in range(first, min(len(lines), first + 4)):
            joined += "".join(lines[last].split())
            if joined == wanted:
                head = tuple((line, "center") for line in lines[:first])
                return (*head, (title, "title"), *_levelled(lines[last + 1:]))
    return tuple(_levelled(lines))


def _levelled(lines: list[str]) -> list[tuple[str, ...]]:
    tail = _tail(lines)
    found: list[tuple[str, ...]] = []
    for at, line in enumerate(lines):
        level = level_of(line)
        if at >= tail:
            found.append((line, "right"))
        elif at == 0 and not level and line.endswith(("：", ":")) and len(line) <= _CALLED_CHARS:
            found.append((line, "flush"))
        else:
            found.append(_paragraph(line, level))
    return found


def _paragraph(line: str, level: int) -> tuple[str, ...]:
    heading, rest = heading_and_rest(level, line)
    if level in (1, 2):
        return (heading, f"h{level}", rest) if heading and rest else (line, f"h{level}" if heading else "body")
    return line, "body"


def _tail(lines: list[str]) -> int:
    """Where the signature and date at the end begin; behind the last line when there are none."""
    if not lines or not _DATE.match("".join(lines[-1].split())):
        return len(lines)
    above = lines[-2] if len(lines) > 2 else ""
    signed = above and len(above) <= _SIGNATURE_CHARS and above[-1] not in "。；：，"
    return len(lines) - (2 if signed else 1)
