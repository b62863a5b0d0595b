"""Bytes of a text file as text: UTF-8, UTF-16 (with or without BOM) and GB18030, the encodings met in offices."""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes) -> str | None:
    """The text, or None when the bytes are not text in a known encoding."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\x00" in data[:4096]:
        return _utf16_without_mark(data)
    for encoding in ("utf-8", "gb18030"):
        text = _decoded(data, encoding)
        if text is not None:
            return text
    return None


def _decoded(data: bytes, encoding: str) -> str | None:
    """Strictly decoded, with line ends as one \\n; None when undecodable or full of control characters."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    if len(_CONTROL.findall(text)) > len(text) // 1000:
        return None
    return _CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows itself by zero bytes that stand on one side of the ASCII characters only."""
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    if len(data) % 2 or min(even, odd) > max(even, odd) // 20:
        return None
    return _decoded(data, "utf-16-be" if even > odd else "utf-16-le")
