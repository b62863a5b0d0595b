"""Text as search sees it (检索归一): folded characters, and the sets of 1-grams and 2-grams in it."""

import re
import unicodedata

_FOLD = str.maketrans({
    **dict.fromkeys("〔【［[（｛{〈《「『", "("), **dict.fromkeys("〕】］]）｝}〉》」』", ")"),
    **dict.fromkeys("\"“”„＂", "“"), **dict.fromkeys("'‘’＇`", "‘"),
})
_BLANK = r"[\s\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
_SPACE = re.compile(f"{_BLANK}+")
_WIDE = 0xFEE0
SEPARATOR = "\x1f"


def norm(text: str) -> str:
    """Fold width, case, brackets and quotes; take out all white space (a phrase may wrap in a file)."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).translate(_FOLD).lower())


def joined(parts: list[str]) -> str:
    """Several fields as one text, with a mark between them that no query contains."""
    return SEPARATOR.join(filter(None, map(norm, parts)))


def grams(text: str) -> set[str]:
    """Every 1-gram and 2-gram of a joined text, none across a field's end."""
    found: set[str] = set()
    for part in text.split(SEPARATOR):
        found.update(part)
        found.update(part[at:at + 2] for at in range(len(part) - 1))
    return found


def cover(term: str) -> list[str]:
    """The fewest 2-grams that cover a normalised term; a single character is its own gram."""
    if len(term) < 2:
        return [term]
    at = list(range(0, len(term) - 1, 2))
    if len(term) % 2:
        at.append(len(term) - 2)
    return sorted({term[start:start + 2] for start in at})


def terms(query: str) -> list[str]:
    """The words of a query, normalised; all of them must occur."""
    return [folded for folded in (norm(word) for word in query.split()) if folded]


def written(term: str) -> re.Pattern[str]:
    """How a normalised term may stand in a text: in either width and case, with other brackets and quotes, and wrapped."""
    return re.compile(f"{_BLANK}*".join(_forms(sign) for sign in term))


def _forms(sign: str) -> str:
    folded = [chr(code) for code, to in _FOLD.items() if to == sign]
    known = {sign, sign.upper(), *folded}
    wide = {chr(ord(each) + _WIDE) for each in known if len(each) == 1 and "!" <= each <= "~"}
    return "(?:" + "|".join(re.escape(each) for each in sorted(known | wide)) + ")"


def number_of(gram: str) -> int:
    """A gram as a signed 32-bit number for PostgreSQL; rare characters may collide, search rechecks."""
    first, second = (ord(gram[0]), ord(gram[1])) if len(gram) == 2 else (0, ord(gram))
    value = (first & 0xFFFF) << 16 | second & 0xFFFF
    return value - (1 << 32) if value >= 1 << 31 else value
