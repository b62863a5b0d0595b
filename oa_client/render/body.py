"""Plain text as the paragraphs of an official document, with their heading levels (结构层次序数)."""

import re

_LEVELS = (
    (1, re.compile(r"^[一二三四五六七八九十]{1,3}、")),
    (2, re.compile(r"^[（(][一二三四五六七八九十]{1,3}[)）]")),
    (3, re.compile(r"^\d{1,2}(?:[.．](?!\d)|、)")),
    (4, re.compile(r"^[（(]\d{1,2}[)）]")),
)
_STOP = re.compile(r"[。；：！？]")
_HEADING_CHARS = 40


def paragraphs(text: str) -> list[tuple[int, str]]:
    """Each line that is not blank as (level, text); level 0 is running text, 1 to 4 are 一、（一）1.（1）.

    GB/T 9704-2012 第7.3.3条. Indents typed by hand are dropped; half-width brackets and stops of the ordinal become
    the proper ones.
    """
    lines = (line.strip() for line in text.splitlines())
    return [(level_of(line), _proper(line)) for line in lines if line]


def level_of(line: str) -> int:
    """The heading level of a paragraph by its ordinal, 0 for running text."""
    for level, pattern in _LEVELS:
        if pattern.match(line):
            return level
    return 0


def _proper(line: str) -> str:
    level = level_of(line)
    if level in (2, 4):
        return re.sub(r"^[（(](.+?)[)）]\s*", r"（\1）", line)
    return re.sub(r"^(\d{1,2})[.．、]\s*", r"\1.", line) if level == 3 else line


def heading_and_rest(level: int, text: str) -> tuple[str, str]:
    """The part of a level 1 or 2 paragraph set in 黑体 or 楷体, and the running text that follows in the same paragraph."""
    if level not in (1, 2):
        return "", text
    stop = _STOP.search(text)
    if not stop or stop.end() == len(text):
        return (text, "") if len(text) <= _HEADING_CHARS or stop else ("", text)
    return text[: stop.end()], text[stop.end():]
