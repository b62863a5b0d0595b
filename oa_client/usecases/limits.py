"""How much text fits (长度上限): what is typed or pasted is measured before it is written; both databases answer alike."""

from collections.abc import Mapping

LINE, NUMBER, NAME, POST, ADDRESSES, WORDS, BODY = 300, 80, 40, 100, 4000, 5000, 1_000_000


def too_long(measured: Mapping[str, tuple[str, str, int]]) -> dict[str, str]:
    """The fields that are too long, with their sentences; given are field → (its name, its text, how many characters fit)."""
    return {key: f"{name}最长 {most} 字，现有 {len(text)} 字，请缩短。" for key, (name, text, most) in measured.items() if len(text) > most}


def whole(text: str, most: int) -> int | None:
    """A whole number from 0 to `most` as people type it; None for anything else, however many digits it has."""
    plain = text.strip()
    if not plain.isdecimal() or len(plain) > len(str(most)):
        return None
    return int(plain) if int(plain) <= most else None
