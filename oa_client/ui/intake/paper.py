"""A file on its way into a form: read from the disk, its text and marks examined, off the screen's thread."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from oa_client.domain.errors import Unavailable
from oa_client.usecases import intake
from oa_client.usecases.desk import Desk

DOCUMENTS = frozenset({"doc", "docx", "wps", "wpt", "rtf", "pdf", "ofd", "txt", "png", "jpg", "jpeg", "bmp", "tif", "tiff", "gif", "webp"})


@dataclass(frozen=True)
class ReadPaper:
    """A file that was read and may be kept; `digest` is the SHA-256 of its bytes."""

    inspection: intake.Inspection
    digest: str


@dataclass
class Paper:
    """A file in the list. `role` is original (正文) or attachment (附件); `read` is None while it is being examined."""

    key: str
    name: str
    size: int
    role: str = "attachment"
    read: ReadPaper | None = None


def read_paper(desk: Desk, name: str, source: Path | bytes, role: str = "original") -> ReadPaper:
    """Read and examine a file. Refused when it bears a secrecy mark, Unavailable when it cannot be read from the disk."""
    data = source if isinstance(source, bytes) else _bytes_of(name, source)
    found = intake.inspect(desk, name, data, role)
    return ReadPaper(found, hashlib.sha256(data).hexdigest())


def is_document(name: str) -> bool:
    """Whether a file may be a document's text by its name, not a table or an archive."""
    return name.rpartition(".")[2].lower() in DOCUMENTS


def _bytes_of(name: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Unavailable(f"文件「{name}」读不出来。", "已填写的内容没有变化。请确认文件没有被移走、没有被其他程序占用，再重新拖入。", str(problem)) from problem
