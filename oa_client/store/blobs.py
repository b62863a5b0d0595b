"""Attachment bytes (附件字节), kept once under their SHA-256, in pieces."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ..domain.errors import NotFound, Unavailable
from .work_tables import Blob, BlobChunk

CHUNK = 1024 * 1024
AT_ONCE = 8


def put_all(session: Session, files: Sequence[bytes]) -> list[str]:
    """Keep the bytes of several files; gives their digests. Always in the order of digests: two desks with the same files never wait for each other."""
    digests = [hashlib.sha256(data).hexdigest() for data in files]
    for digest, data in sorted(dict(zip(digests, files, strict=True)).items()):
        _put(session, digest, data)
    return digests


def put(session: Session, data: bytes) -> str:
    """Keep the bytes; the same bytes are kept once. Gives the SHA-256 in hexadecimal."""
    return put_all(session, [data])[0]


def _put(session: Session, digest: str, data: bytes) -> None:
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    fresh = insert(Blob).values(sha256=digest, size=len(data)).on_conflict_do_nothing().returning(Blob.sha256)
    if session.execute(fresh).first() is not None:
        for seq, start in enumerate(range(0, len(data), CHUNK)):
            session.add(BlobChunk(sha256=digest, seq=seq, data=data[start:start + CHUNK]))
        session.flush()


def get(session: Session, digest: str) -> bytes:
    """The bytes, proven against their digest: NotFound when absent, Unavailable when damaged."""
    if session.get(Blob, digest) is None:
        raise NotFound("附件内容不在库中。", "请联系管理员核对备份。", digest)
    wanted = select(BlobChunk.data).where(BlobChunk.sha256 == digest).order_by(BlobChunk.seq)
    pieces = session.scalars(wanted.execution_options(yield_per=AT_ONCE))
    data = b"".join(pieces)
    if hashlib.sha256(data).hexdigest() != digest:
        raise Unavailable("附件内容与登记时不一致，已停止打开。", "请联系管理员从备份恢复该附件。", digest)
    return data
