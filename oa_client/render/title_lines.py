"""Breaking a long title into lines of a pleasing shape without parting words (GB/T 9704-2012 第7.3.1条)."""

from functools import cache
from itertools import pairwise

_NO_START = "的、，。》）”】〕和与及"
_NO_END = "《（“【〔和与及"
_GOOD_END = ("的", "》", "、", "，", "局", "厅", "会", "府", "委", "办")


def title_lines(title: str, per_line: int, words: tuple[str, ...]) -> list[str]:
    """The title in as few lines as fit, each at most `per_line` characters, of near-equal length.

    `words` are not parted. Line breaks typed by the author are kept. A title that cannot be broken well is still
    broken: no line is ever too long.
    """
    typed = [line.strip() for line in title.splitlines() if line.strip()]
    if len(typed) > 1 and all(len(line) <= per_line for line in typed):
        return typed
    whole = "".join(typed)
    if len(whole) <= per_line:
        return [whole] if whole else []
    count = -(-len(whole) // per_line)
    return _broken(whole, count, per_line, words)


def _broken(whole: str, count: int, per_line: int, words: tuple[str, ...]) -> list[str]:
    """Least-cost breaks: unequal lines cost their difference squared, parted words and bad starts cost more."""
    aim = len(whole) / count
    inside = _inside_words(whole, words)

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        rest = len(whole) - start
        if left == 1:
            return ((rest - aim) ** 2 if rest <= per_line else float("inf")), ()
        options = []
        for end in range(start + 1, min(start + per_line, len(whole) - 1) + 1):
            later, breaks = best(end, left - 1)
            options.append((later + (end - start - aim) ** 2 + _cost(whole, end, inside), (end, *breaks)))
        return min(options, default=(float("inf"), ()))

    cost, breaks = best(0, count)
    if cost >= 60 and count < 4:
        roomier = _broken(whole, count + 1, per_line, words) if len(whole) > per_line * count * 0.9 else []
        if roomier:
            return roomier
    edges = [0, *breaks, len(whole)]
    return [whole[first:last] for first, last in pairwise(edges)]


def _inside_words(whole: str, words: tuple[str, ...]) -> set[int]:
    """Positions at which a break would part one of the words or a run of figures."""
    inside: set[int] = set()
    for word in words:
        at = whole.find(word)
        while at >= 0:
            inside.update(range(at + 1, at + len(word)))
            at = whole.find(word, at + 1)
    return inside | {i for i in range(1, len(whole)) if whole[i - 1: i + 1].isascii() or (whole[i - 1].isdigit() and whole[i] in "年月日")}


def _cost(whole: str, at: int, inside: set[int]) -> float:
    cost = 60.0 if at in inside else 12.0
    if whole[at] in _NO_START or whole[at - 1] in _NO_END:
        cost += 80
    if whole[:at].endswith(_GOOD_END) or whole.startswith("关于", at):
        cost -= 10
    return cost
