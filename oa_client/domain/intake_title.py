"""The title (标题) and the addressees (主送机关) of an incoming document (GB/T 9704-2012 第7.3.1、7.3.2条)."""

import re
from collections import Counter
from dataclasses import dataclass

from .intake_lines import NUMBER, sole_date, squeeze
from .intake_rules import ReadingRules

_TAIL_NOTE = re.compile(r"[（(〔\[][^（）()〔〕\[\]]{1,20}[)）〕\]]$")
_PROSE_END = re.compile(r"[。；;！!？?，,]$")
_CLAUSE_END = re.compile(r"[，,。；;：:！!？?]")
_WORK = re.compile(r"(?=((?:(?!工作)[\u4e00-\u9fff]){2,8})工作)")
_YEAR = re.compile(r"20\d\d年")
_CJK = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Opening:
    """Title and addressees as the layout shows them; `after` is the first line behind them."""

    title: str = ""
    main_to: str = ""
    after: int = 0
    typed: bool = False


def doc_type_of(title: str, rules: ReadingRules) -> str:
    """The 文种 that a title ends with (条例第九条：标题由发文机关名称、事由和文种组成), "" when it shows none."""
    bare = title
    while _TAIL_NOTE.search(bare):
        bare = _TAIL_NOTE.sub("", bare)
    if bare.endswith(rules.words["not_type_endings"]):
        return ""
    for name, endings in rules.doc_types:
        if bare.endswith(endings):
            return name
    return ""


def read_opening(lines: list[str], start: int, rules: ReadingRules) -> Opening:
    """Title and addressees that begin at line `start`; an empty title when the text opens with prose."""
    ends = _title_ends(lines, start, rules)
    for end in ends:
        main_to, after = _addressees(lines, end + 1, rules)
        if main_to:
            return Opening("".join(lines[start: end + 1]), main_to, after, typed=True)
    by_colon = _up_to_colon(lines, start, rules)
    if by_colon.main_to or not ends:
        return by_colon
    return Opening("".join(lines[start: ends[0] + 1]), "", ends[0] + 1, typed=True)


def _title_ends(lines: list[str], start: int, rules: ReadingRules) -> list[int]:
    """Lines at which the title may be complete: what was joined so far ends with a 文种 or another usual ending."""
    ends, joined = [], ""
    for index in range(start, min(start + rules.limits["title_lines"], len(lines))):
        if not _title_like(lines[index], rules):
            break
        joined += lines[index]
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if _complete(joined, rules) and not following.startswith(("的", "》", "》的", "和", "及")):
            noted = _TAIL_NOTE.fullmatch(following) and sole_date(following) is None and "年" not in following
            ends.append(index + 1 if noted else index)
    return ends


def _complete(joined: str, rules: ReadingRules) -> bool:
    bare = _TAIL_NOTE.sub("", joined)
    balanced = joined.count("《") == joined.count("》")
    return balanced and bool(doc_type_of(joined, rules) or bare.endswith(rules.words["title_endings"]))


def _title_like(line: str, rules: ReadingRules) -> bool:
    return len(line) <= rules.limits["title_line_chars"] and not _PROSE_END.search(line) and "。" not in line and line[-1] not in "：:"


def _addressees(lines: list[str], start: int, rules: ReadingRules) -> tuple[str, int]:
    """The 主送机关 that begins at `start` and ends with a colon, and the line behind it; ("", start) otherwise."""
    joined = ""
    for index in range(start, min(start + rules.limits["main_lines"], len(lines))):
        joined += lines[index]
        if joined.endswith(("：", ":")):
            name = joined[:-1]
            return (name, index + 1) if is_addressee(name, rules) else ("", start)
    return "", start


def is_addressee(name: str, rules: ReadingRules) -> bool:
    """Whether a text before a colon names organs, and is not 「…如下：」, 「同志们：」 or a sentence."""
    last = re.split(r"[，,、]", _TAIL_NOTE.sub("", name))[-1]
    return (
        2 <= len(name) <= rules.limits["main_chars"]
        and not re.search(r"[。；;！!？?：:]", name)
        and not name.endswith(rules.words["not_addressee_endings"])
        and not name.startswith(rules.words["not_addressee_starts"])
        and "关于" not in name
        and last.endswith(rules.words["addressee_words"])
    )


def _up_to_colon(lines: list[str], start: int, rules: ReadingRules) -> Opening:
    """A title without a usual ending, closed by a line of addressees or by the first line of prose."""
    for index in range(start, min(start + rules.limits["title_lines"] + 1, len(lines))):
        main_to, after = _addressees(lines, index, rules)
        if main_to and after == index + 1:
            return Opening("".join(lines[start:index]), main_to, after)
        if not _title_like(lines[index], rules):
            return Opening(lines[start], "", start + 1) if index > start else Opening(after=start)
    return Opening(lines[start], "", start + 1) if start < len(lines) and _title_like(lines[start], rules) else Opening(after=start)


def title_from_name(file_name: str, rules: ReadingRules) -> str:
    """A title made from the file's name: number, dates, counters and words like 扫描件 taken away; "" when nothing is left."""
    stem = squeeze(re.sub(r"\.[A-Za-z0-9]{1,5}$", "", file_name.replace("\\", "/").rsplit("/", 1)[-1]))
    stem = NUMBER.sub("", stem)
    for word in rules.words["file_name_noise"]:
        stem = stem.replace(word, "")
    stem = re.sub(r"[（(\[【]\d*[)）\]】]|^[\d\s._\-—、.]+|[_\-—+\s]*\d{6,8}$", "", stem).strip("_-—+ .·、")
    return stem if len(_CJK.findall(stem)) >= 4 else ""


def frequent_topic(lines: list[str], start: int, rules: ReadingRules) -> str:
    """A makeshift title from what the text keeps speaking of, as in 2026年政务公开工作; "" when nothing recurs."""
    body = "\n".join(lines[start:])[: rules.limits["topic_reach"]]
    counts: Counter[str] = Counter()
    for found in _WORK.finditer(body):
        before = found.group(1)
        counts.update(before[-length:] for length in range(2, len(before) + 1))
    often = [(count * (len(word) - 1), word) for word, count in counts.items() if count >= rules.limits["topic_count"]]
    if not often:
        return ""
    year = _YEAR.search("".join(lines[start: start + 2]))
    return (year.group() if year else "") + max(often)[1] + "工作"


def first_clause(lines: list[str], start: int, rules: ReadingRules) -> str:
    """The opening words of the text up to the first stop, as a makeshift title."""
    line = lines[start] if start < len(lines) else ""
    clauses = [clause for clause in _CLAUSE_END.split(line) if len(_CJK.findall(clause)) >= 4]
    return clauses[0][: rules.limits["first_clause_chars"]] if clauses else line[: rules.limits["first_clause_chars"]]
