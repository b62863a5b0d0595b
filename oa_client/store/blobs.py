"""Attachment bytes (附件字节), kept once under their SHA-256, in pieces."""

import hashlib

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ..domain.errors import NotFound, Unavailable
from .work_tables import Blob, BlobChunk

CHUNK = 1024 * 1024


def put(session: Session, data: bytes) -> str:
    """Keep the bytes; the same bytes are kept once. Gives the SHA-256 in hexadecimal."""
    digest = hashlib.sha256(data).hexdigest()
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    fresh = insert(Blob).values(sha256=digest, size=len(data)).on_conflict_do_nothing().returning(Blob.sha256)
    if session.execute(fresh).first() is not None:
        for seq, start in enumerate(range(0, len(data), CHUNK)):
            session.add(BlobChunk(sha256=digest, seq=seq, data=data[start:start + CHUNK]))
        session.flush()
    return digest


def get(session: Session, digest: str) -> bytes:
    """The bytes, proven against their digest: NotFound when absent, Unavailable when damaged."""
    if session.get(Blob, digest) is None:
        raise NotFound("附件内容不在库中。", "请联系管理员核对备份。", digest)
    pieces = session.scalars(select(BlobChunk.data).where(BlobChunk.sha256 == digest).order_by(BlobChunk.seq))
    data = b"".join(pieces)
    if hashlib.sha256(data).hexdigest() != digest:
        raise Unavailable("附件内容与登记时不一致，已停止打开。", "请联系管理员从备份恢复该附件。", digest)
    return data
