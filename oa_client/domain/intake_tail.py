"""The close of an incoming document: 发文机关署名 and 成文日期 (GB/T 9704-2012 第7.3.5条)."""

from dataclasses import dataclass
from datetime import date

from .intake_head import is_organ
from .intake_lines import find_date, sole_date
from .intake_rules import ReadingRules


@dataclass(frozen=True)
class Close:
    """Signing organs and date; `kind` is signature, note (题注), alone, imprint (印发日期) or "" for none."""

    organs: tuple[str, ...] = ()
    day: date | None = None
    kind: str = ""


def read_close(lines: list[str], after: int, rules: ReadingRules) -> Close:
    """The signature behind line `after`: the first date under an organ's name, else a 题注, a lone date, 印发日期."""
    note = _title_note(lines, after)
    alone = imprint = None
    for index in range(after, len(lines)):
        line = lines[index]
        if _is_imprint(line, rules):
            imprint = imprint or find_date(line)
            continue
        day, same_line = _closing_date(line, rules)
        organs = same_line or (_names_above(lines, index, after, rules) if day else ())
        if organs:
            return Close(organs, day, "signature")
        alone = day or alone
    if note:
        return Close((), note, "note")
    if alone:
        return Close((), alone, "alone")
    return Close((), imprint[0], "imprint") if imprint else Close()


def _title_note(lines: list[str], after: int) -> date | None:
    """A date in brackets under the title, as in （2026年1月5日局党委会议通过）."""
    line = lines[after] if after < len(lines) else ""
    found = find_date(line) if line.startswith(("（", "(")) and line.endswith((")", "）")) else None
    return found[0] if found else None


def _is_imprint(line: str, rules: ReadingRules) -> bool:
    return line.startswith(rules.words["imprint_starts"]) or line.endswith(rules.words["imprint_endings"])


def _closing_date(line: str, rules: ReadingRules) -> tuple[date | None, tuple[str, ...]]:
    """The date of a line that is only a date, or an organ's name and a date."""
    day = sole_date(line)
    if day:
        return day, ()
    found = find_date(line)
    if found and found[2] == len(line) and is_organ(line[: found[1]], rules):
        return found[0], (line[: found[1]],)
    return None, ()


def _names_above(lines: list[str], index: int, after: int, rules: ReadingRules) -> tuple[str, ...]:
    """The organs signing directly above a date; several for a joint document (联合行文)."""
    names: list[str] = []
    for line in reversed(lines[max(after, index - 8): index]):
        if not is_organ(line, rules):
            break
        names.insert(0, line)
    return tuple(names)
