"""Taking a document out (导出): its handling sheet, text and files in one folder, with digests."""

import hashlib
import json
import re
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import select

from ..domain.errors import Unavailable
from ..render.sheet import handling_sheet
from ..store import blobs
from ..store.work_tables import Attachment
from .desk import Desk, Outcome, local
from .papers import find, record
from .viewing import show
from .views import DocumentView

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def sheet_pdf(desk: Desk, document_id: int) -> bytes:
    """The handling sheet of a document as a PDF to read or print."""
    return handling_sheet(show(desk, document_id).sheet)


def export(desk: Desk, document_id: int, folder: Path) -> Outcome[Path]:
    """Write the document into a new folder below `folder`; the taking out is on record.

    Unavailable when the folder cannot be written; a folder that is already there is never overwritten.
    """
    view = show(desk, document_id)
    with desk.look() as session:
        rows = list(session.scalars(select(Attachment).where(Attachment.document_id == document_id).order_by(Attachment.position)))
        files = {f"{at:02d} {row.name}": blobs.get(session, row.sha256) for at, row in enumerate(rows, 1)}
    pieces = {"公文处理单.pdf": handling_sheet(view.sheet), "办理记录.json": _record(view), **files}
    if view.body:
        pieces["正文.txt"] = f"{view.title}\n\n{view.body}\n".encode()
    target = _write(folder, f"{view.reference or view.number or view.id} {view.title}", pieces)
    with desk.unit() as session:
        find(session, desk, document_id)
        record(session, desk, document_id, "export", "导出全件", files=len(pieces))
    return Outcome(target, frozenset({"document"}), f"已导出到 {target}。")


def _record(view: DocumentView) -> bytes:
    steps = [{**asdict(entry), "at": local(entry.at).isoformat(timespec="seconds")} for entry in view.timeline]
    return json.dumps({"fields": dict(view.fields), "timeline": steps}, ensure_ascii=False, indent=1).encode()


def _write(folder: Path, name: str, pieces: dict[str, bytes]) -> Path:
    target = folder / safe_name(name)
    spare = 2
    try:
        while target.exists():
            target = folder / f"{safe_name(name)}（{spare}）"
            spare += 1
        target.mkdir(parents=True)
        for piece, data in pieces.items():
            (target / safe_name(piece)).write_bytes(data)
        digests = "".join(f"{hashlib.sha256(data).hexdigest()}  {safe_name(piece)}\n" for piece, data in pieces.items())
        (target / "SHA256SUMS.txt").write_text(digests, "utf-8")
    except OSError as problem:
        raise Unavailable("导出的文件写不进去。", "请换一个文件夹，或检查磁盘空间和权限；公文本身不受影响。", str(problem)) from problem
    return target


def safe_name(name: str) -> str:
    """A file name that every system takes."""
    return _UNSAFE.sub("_", name).strip(" .")[:80] or "未命名"
