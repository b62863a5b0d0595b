"""Taking a document out (导出): its handling sheet, text and files in one folder, with digests."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import select

from ..domain.errors import Refused, Unavailable
from ..render.sheet import handling_sheet
from ..store import blobs
from ..store.guard import guarded
from ..store.work_tables import Attachment
from .desk import Desk, Outcome, local
from .noting import note_reading
from .papers import find
from .sharing import GUEST
from .viewing import show
from .views import DocumentView

NOT_SHARED = "共享给您的是正文和附件，办理单不在其中。"
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\ud800-\udfff]')
_LENGTH, _BYTES = 80, 240


def sheet_pdf(desk: Desk, document_id: int) -> bytes:
    """The handling sheet of a document as a PDF to read or print; Refused for a guest, whom the handling does not concern."""
    view = show(desk, document_id)
    if view.watermark:
        raise Refused(GUEST, NOT_SHARED)
    return handling_sheet(view.sheet)


def export(desk: Desk, document_id: int, folder: Path) -> Outcome[Path]:
    """Write the document into a new folder below `folder`; the taking out is on record before the first file is written.

    Unavailable when the folder cannot be written; a folder that is already there is never overwritten.
    """
    view = show(desk, document_id)
    if view.watermark:
        raise Refused(GUEST, "确需文本的，请联系共享人。")
    with desk.unit() as session:
        find(session, desk, document_id)
        note_reading(session, desk, "export", document_id, files=len(view.attachments))
    target = _write(folder, f"{view.reference or view.number or view.id} {view.title}", _pieces(desk, view))
    return Outcome(target, frozenset({"document"}), f"已导出到 {target}。")


def _pieces(desk: Desk, view: DocumentView) -> Iterator[tuple[str, bytes]]:
    """The files of a document one after the other: only one of them is in memory, and no transaction waits for the disk."""
    yield "公文处理单.pdf", handling_sheet(view.sheet)
    yield "办理记录.json", _record(view)
    with desk.look() as session:
        rows = session.execute(select(Attachment.name, Attachment.id).where(Attachment.document_id == view.id).order_by(Attachment.position)).all()
    for at, (name, attachment_id) in enumerate(rows, 1):
        with desk.unit() if guarded(desk.engine) else desk.look() as session:
            data = blobs.read_file(session, attachment_id)
        yield f"{at:02d} {name}", data
    if view.body:
        yield "正文.txt", f"{view.title}\n\n{view.body}\n".encode()


def _record(view: DocumentView) -> bytes:
    steps = [{**asdict(entry), "at": local(entry.at).isoformat(timespec="seconds")} for entry in view.timeline]
    return json.dumps({"fields": dict(view.fields), "timeline": steps}, ensure_ascii=False, indent=1).encode()


def _write(folder: Path, name: str, pieces: Iterable[tuple[str, bytes]]) -> Path:
    target = folder / safe_name(name)
    spare, digests = 2, ""
    try:
        while target.exists():
            target = folder / f"{safe_name(name)}（{spare}）"
            spare += 1
        target.mkdir(parents=True)
        for piece, data in pieces:
            (target / safe_name(piece)).write_bytes(data)
            digests += f"{hashlib.sha256(data).hexdigest()}  {safe_name(piece)}\n"
        (target / "SHA256SUMS.txt").write_text(digests, "utf-8")
    except OSError as problem:
        raise Unavailable("导出的文件写不进去。", "请换一个文件夹，或检查磁盘空间和权限；公文本身不受影响。", str(problem)) from problem
    return target


def safe_name(name: str) -> str:
    """A file name that every system takes; a long one keeps its ending."""
    whole = _UNSAFE.sub("_", name).strip(" .")
    _, dot, ending = whole.rpartition(".")
    tail = f".{ending}" if dot and len(ending) < 10 else ""
    body = whole.removesuffix(tail)[:_LENGTH - len(tail)]
    while len((body + tail).encode(errors="replace")) > _BYTES:
        body = body[:-1]
    return f"{body.rstrip(' .')}{tail}" or "未命名"
