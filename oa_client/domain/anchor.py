"""The anchor of the audit (留痕锚点): the head of every chain at one moment, held together by a root that is signed and kept elsewhere."""

import base64
import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from .chain import framed

FORMAT = "wenshu-anchor-1"
_LINE = re.compile(r"(\S+) (\d{1,10}) ([0-9a-f]{64})")


@dataclass(frozen=True)
class Knot:
    """The head of a chain: how many links it has and the hash of the last."""

    stream: str
    seq: int
    hash: str


@dataclass(frozen=True)
class Packed:
    """The heads of all chains, packed, with their root and how many chains and events they stand for."""

    heads: bytes
    root: str
    streams: int
    events: int


@dataclass(frozen=True)
class Anchor:
    """A signed root. `boundary` says up to where the database was seen, `key` is the signer's public key."""

    database: str
    bureau: str
    at: datetime
    boundary: str
    packed: Packed
    key: str
    signature: str = ""

    def signed(self) -> bytes:
        """What the signature is over. The heads are in it through their root, so that a printed root can be checked alone."""
        packed = self.packed
        return framed((FORMAT, self.database, self.bureau, self.at.isoformat(), self.boundary, packed.events, packed.streams, packed.root, self.key))

    def with_signature(self, signature: bytes) -> "Anchor":
        """The same, signed."""
        return replace(self, signature=base64.b64encode(signature).decode())

    def text(self) -> str:
        """The anchor as it is written to a file."""
        packed = self.packed
        return json.dumps({
            "format": FORMAT, "database": self.database, "bureau": self.bureau, "at": self.at.isoformat(), "boundary": self.boundary, "events": packed.events,
            "streams": packed.streams, "root": packed.root, "key": self.key, "signature": self.signature, "heads": base64.b64encode(packed.heads).decode(),
        }, ensure_ascii=False, indent=1) + "\n"


def pack(heads: Iterable[Knot]) -> Packed:
    """Heads, sorted by the names of their chains, one a line; the root is over each of them in turn."""
    whole = io.BytesIO()
    with gzip.GzipFile(fileobj=whole, mode="wb", compresslevel=6, mtime=0) as lines:
        root, streams, events = _summed(heads, lambda knot: lines.write(f"{knot.stream} {knot.seq} {knot.hash}\n".encode()))
    return Packed(whole.getvalue(), root, streams, events)


def unpack(packed: Packed) -> Iterator[Knot]:
    """The heads again; ValueError when they cannot be read."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed.heads)) as lines:
            for line in lines:
                found = _LINE.fullmatch(line.decode().rstrip("\n"))
                if found is None:
                    raise ValueError("a line that is no head")
                yield Knot(found[1], int(found[2]), found[3])
    except (OSError, EOFError, zlib.error) as problem:
        raise ValueError(str(problem)) from problem


def read(text: str) -> Anchor:
    """An anchor out of its file; ValueError when it is none, or when heads and root do not belong together."""
    found: Any = json.loads(text)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError("not an anchor")
    try:
        packed = Packed(base64.b64decode(found["heads"], validate=True), str(found["root"]), int(found["streams"]), int(found["events"]))
        anchor = Anchor(str(found["database"]), str(found["bureau"]), datetime.fromisoformat(found["at"]), str(found["boundary"]), packed, str(found["key"]),
                        str(found["signature"]))
    except (KeyError, TypeError) as problem:
        raise ValueError(str(problem)) from problem
    if _summed(unpack(packed)) != (packed.root, packed.streams, packed.events):
        raise ValueError("the heads do not fit the root")
    return anchor


def _summed(heads: Iterable[Knot], each: Callable[[Knot], object] = lambda _knot: None) -> tuple[str, int, int]:
    root, streams, events = hashlib.sha256(), 0, 0
    for knot in heads:
        root.update(framed((knot.stream, knot.seq, knot.hash)) + b"\n")
        each(knot)
        streams, events = streams + 1, events + knot.seq
    return root.hexdigest(), streams, events
