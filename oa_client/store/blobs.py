"""Attachment bytes (附件字节), kept once under their SHA-256, in pieces. A guarding database takes and gives them through functions of its own."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from ..domain.errors import NotFound, Unavailable
from .guard import call, guarded
from .work_tables import Attachment, Blob, BlobChunk

CHUNK = 1024 * 1024
AT_ONCE = 8


def put_all(session: Session, files: Sequence[bytes]) -> list[str]:
    """Keep the bytes of several files; gives their digests. Always in the order of digests: two desks with the same files never wait for each other."""
    digests = [hashlib.sha256(data).hexdigest() for data in files]
    keep = _hand_over if guarded(session) else _put
    for digest, data in sorted(dict(zip(digests, files, strict=True)).items()):
        keep(session, digest, data)
    return digests


def put(session: Session, data: bytes) -> str:
    """Keep the bytes; the same bytes are kept once. Gives the SHA-256 in hexadecimal."""
    return put_all(session, [data])[0]


def _put(session: Session, digest: str, data: bytes) -> None:
    fresh = sqlite.insert(Blob).values(sha256=digest, size=len(data)).on_conflict_do_nothing().returning(Blob.sha256)
    if session.execute(fresh).first() is not None:
        for seq, piece in enumerate(_pieces(data)):
            session.add(BlobChunk(sha256=digest, seq=seq, data=piece))
        session.flush()


def _hand_over(session: Session, digest: str, data: bytes) -> None:
    pieces = list(_pieces(data))
    for seq, piece in enumerate(pieces):
        call(session, "keep_bytes", digest, len(data), seq, piece, seq == len(pieces) - 1)


def _pieces(data: bytes) -> Iterator[bytes]:
    return (data[start:start + CHUNK] for start in range(0, len(data), CHUNK))


def get(session: Session, digest: str) -> bytes:
    """The bytes under a digest (SQLite), proven: NotFound when absent, Unavailable when damaged."""
    return _proven(digest, session.scalars(select(BlobChunk.data).where(BlobChunk.sha256 == digest).order_by(BlobChunk.seq).execution_options(yield_per=AT_ONCE)))


def read_file(session: Session, attachment_id: int) -> bytes:
    """The bytes of an attachment, proven as in `get`. A guarding database notes who read what, so the transaction must be one that writes."""
    digest = session.scalar(select(Attachment.sha256).where(Attachment.id == attachment_id)) or ""
    if not guarded(session):
        return get(session, digest)
    return _proven(digest, session.scalars(text("SELECT data FROM oa.file_bytes(:file) ORDER BY seq").bindparams(file=attachment_id)))


def _proven(digest: str, pieces: Iterable[bytes]) -> bytes:
    data = b"".join(pieces)
    if not data:
        raise NotFound("附件内容不在库中。", "请联系管理员核对备份。", digest)
    if hashlib.sha256(data).hexdigest() != digest:
        raise Unavailable("附件内容与登记时不一致，已停止打开。", "请联系管理员从备份恢复该附件。", digest)
    return data
