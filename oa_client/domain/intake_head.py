"""The head of an incoming document (版头): 份号, 密级, 紧急程度, 发文机关标志, 发文字号 (GB/T 9704-2012 第7.2条)."""

import re
from dataclasses import dataclass

from .intake_lines import NUMBER, is_page_mark, normal_number, squeeze
from .intake_rules import ReadingRules

_FILE_TAIL = re.compile(r"(?:文件|函件)$")


@dataclass(frozen=True)
class Head:
    """What stands before the title. `start` is the line where the title begins; `red` tells whether there is a 版头.

    `marks` are the words found in the mark position: "secrecy", "term", "urgency". `mark_line` is the 发文机关标志
    as printed, `organs` the organs named by it.
    """

    start: int = 0
    red: bool = False
    number: str = ""
    organs: tuple[str, ...] = ()
    mark_line: str = ""
    marks: tuple[tuple[str, str], ...] = ()

    def mark(self, name: str) -> str:
        """The word of one mark, "" when there is none."""
        return dict(self.marks).get(name, "")


def prepare_lines(text: str, rules: ReadingRules) -> list[str]:
    """Squeezed lines without empty ones and page numbers; table cells label–value become 「label：value」 lines."""
    labels = {label for key, words in rules.words.items() if key.endswith("_labels") for label in words}
    result: list[str] = []
    for raw in text.splitlines():
        cells = [cell for part in raw.split("\t") if (cell := squeeze(part))]
        if cells and cells[0].rstrip("：:") in labels and len(cells) > 1:
            result.extend(_pairs(cells, labels))
        elif cells and not is_page_mark("".join(cells)):
            result.append("".join(cells))
    return result


def _pairs(cells: list[str], labels: set[str]) -> list[str]:
    pairs, label = [], ""
    for cell in cells:
        if cell.rstrip("：:") in labels:
            label = cell.rstrip("：:")
        elif label:
            pairs.append(f"{label}：{cell}")
            label = ""
    return pairs


def labelled(lines: list[str], labels: tuple[str, ...]) -> str:
    """The value behind the first 「label：value」 line, "" when no label is there."""
    for line in lines:
        label, colon, value = line.replace(":", "：").partition("：")
        if colon and value and label in labels:
            return value
    return ""


def marks_of(line: str, rules: ReadingRules) -> dict[str, str]:
    """The marks of a line that holds nothing but marks, with what follows them under "rest"; {} for any other line."""
    found = rules.mark.match(line)
    if not found or not (found["secrecy"] or found["urgency"] or found["copy"]):
        return {}
    rest = found["rest"]
    if rest and not rest.startswith(rules.words["mark_tails"]) and not number_of(rest, rules):
        return {}
    return {name: value for name, value in found.groupdict().items() if value}


def number_of(line: str, rules: ReadingRules) -> str:
    """The 发文字号 of a line that holds it alone (a 签发人 may follow), "" otherwise."""
    order = normal_number(line) if line.startswith(("第", "（第", "(第")) and line.endswith(("号", ")", "）")) else ""
    found = NUMBER.match(line)
    if not found:
        return order
    code, tail = found["code"], line[found.end():]
    proper = len(code) <= rules.limits["number_code_chars"] and not code.startswith(rules.words["not_number_starts"])
    return normal_number(found.group()) if proper and (not tail or tail.startswith("签发人")) else ""


def is_organ(text: str, rules: ReadingRules) -> bool:
    """Whether a short text ends like the name of an organ (机关、单位) and holds no punctuation of prose."""
    return (
        3 <= len(text) <= rules.limits["organ_chars"]
        and text.endswith(rules.words["organ_endings"])
        and not re.search(r"[，。；：,;:、！？《》“”\d]", text)
        and not text.startswith("关于")
    )


def read_head(lines: list[str], rules: ReadingRules) -> Head:
    """Find the head in the first lines; a text without 版头 gives Head(red=False) with the marks of its first lines."""
    zone = lines[: rules.limits["head_lines"]]
    at, number = _number_line(zone, rules)
    if at is None:
        return _headless(zone, rules)
    end = at + 1
    signed = "签发人" in zone[at]
    while end < len(zone) and (marks_of(zone[end], rules) or _is_noise(zone[end], rules) or (signed and _is_names(zone[end], rules))):
        end += 1
        signed = signed or "签发人" in zone[end - 1]
    organs, mark_line = _organs([line for line in zone[:at] if _may_be_organ(line, rules)], rules)
    return Head(end, bool(organs), number, organs, mark_line, _marks(zone[:end], rules))


def _number_line(zone: list[str], rules: ReadingRules) -> tuple[int | None, str]:
    for index, line in enumerate(zone):
        if re.search(r"[：:]$", line) and not line.startswith(rules.words["head_noise"]):
            break
        label, colon, value = line.replace(":", "：").partition("：")
        bare = value if colon and label in rules.words["number_labels"] else line
        number = number_of(marks_of(bare, rules).get("rest", "") or bare, rules)
        if number:
            return index, number
    return None, ""


def _headless(zone: list[str], rules: ReadingRules) -> Head:
    """No number: a 发文机关标志 alone still makes a head; marks count only above the first line of other text."""
    start, mark_line = 0, ""
    organs: tuple[str, ...] = ()
    for index, line in enumerate(zone[: rules.limits["plain_head_lines"]]):
        named, printed = _organs([line], rules) if line.endswith(rules.words["head_endings"]) else ((), "")
        if named and not organs:
            organs, mark_line = named, printed
        elif not marks_of(line, rules) and not _is_noise(line, rules):
            break
        start = index + 1
    return Head(start, bool(organs), "", organs, mark_line, _marks(zone[:start], rules))


def _is_noise(line: str, rules: ReadingRules) -> bool:
    return line.startswith(rules.words["head_noise"])


def _is_names(line: str, rules: ReadingRules) -> bool:
    """A further row of names under 签发人, as in a joint upward document."""
    return len(line) <= rules.limits["signer_row_chars"] and not is_organ(line, rules) and not line.endswith((*rules.type_endings(), "：", ":"))


def _may_be_organ(line: str, rules: ReadingRules) -> bool:
    return not marks_of(line, rules) and not _is_noise(line, rules) and len(line) <= rules.limits["organ_chars"]


def _marks(lines: list[str], rules: ReadingRules) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for line in lines:
        for name, value in marks_of(line, rules).items():
            if name in ("secrecy", "term", "urgency"):
                found.setdefault(name, value)
    return tuple(found.items())


def _organs(lines: list[str], rules: ReadingRules) -> tuple[tuple[str, ...], str]:
    """Organs of a 发文机关标志 that may be joint, wrapped or followed by 文件, and the mark as printed."""
    organs, pending = [], ""
    for line in lines:
        pending += _FILE_TAIL.sub("", line)
        name = _without_ending(pending, rules)
        if is_organ(name, rules):
            organs.append(name)
            pending = ""
    return tuple(organs), "".join(lines)


def _without_ending(text: str, rules: ReadingRules) -> str:
    """The organ in a mark such as 滨江市公安局令, …明传电报 or …党委会议纪要."""
    minutes = re.sub(r"(?:党委|党组|局长办公|局务|专题|联席|办公)*会议?纪要$|纪要$", "", text)
    for ending in sorted(rules.words["head_endings"], key=len, reverse=True):
        if minutes.endswith(ending) and is_organ(minutes.removesuffix(ending), rules):
            return minutes.removesuffix(ending)
    return minutes
