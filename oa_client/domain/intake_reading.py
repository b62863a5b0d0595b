"""Reading the fields of a 收文登记 out of a document's text; every guess says how sure it is and why."""

from datetime import date

from .intake_head import Head, labelled, prepare_lines, read_head
from .intake_lines import find_date, normal_number
from .intake_rules import Guess, Reading, ReadingRules
from .intake_tail import Close, read_close
from .intake_title import Opening, doc_type_of, first_clause, frequent_topic, read_opening, title_from_name

__all__ = ["Guess", "Reading", "ReadingRules", "normal_number", "read_fields"]


def read_fields(text: str, file_name: str, rules: ReadingRules) -> Reading:
    """Read title, organ, number, date, 密级, 紧急程度, 主送 and 文种 from a document's text and its file's name.

    A mark (密级、紧急程度) counts only in the mark position of the head; the same words in the body are prose.
    Never raises: what the text does not tell is an empty, unsure guess.
    """
    lines = prepare_lines(text, rules)
    head = read_head(lines, rules)
    opening = read_opening(lines, head.start, rules)
    close = read_close(lines, opening.after, rules)
    front = lines[: rules.limits["head_lines"]]
    title = _title(lines, front, file_name, head, opening, rules)
    return Reading(
        title=title,
        from_organ=_organ(front, title.value, head, close, rules),
        from_number=_number(file_name, head),
        doc_date=_date(front, close, rules),
        secrecy=_secrecy(front, file_name, head, rules),
        urgency=_urgency(front, title.value, head, rules),
        main_to=_main_to(front, opening, rules),
        doc_type=_doc_type(title, head, rules),
    )


def _title(lines: list[str], front: list[str], file_name: str, head: Head, opening: Opening, rules: ReadingRules) -> Guess[str]:
    named = labelled(front, rules.words["title_labels"])
    if named:
        return Guess(named, True, "“标题”一栏")
    if opening.title and opening.typed:
        sure = bool(doc_type_of(opening.title, rules) and (head.red or head.number or opening.main_to))
        return Guess(opening.title, sure, "版头之下、主送机关之上" if sure else "正文开头，无版头可对照")
    if head.red and head.mark_line.endswith(("令", "命令", "纪要")):
        return Guess(head.mark_line, False, "只有发文机关标志，没有另列标题")
    if opening.title:
        return Guess(opening.title, False, "正文首行，未见文种")
    from_name = title_from_name(file_name, rules)
    if from_name:
        return Guess(from_name, False, "正文没有标题，取自文件名")
    topic = frequent_topic(lines, head.start, rules)
    if topic:
        return Guess(topic, False, "正文没有标题，按正文反复提到的工作拟出，请改写")
    clause = first_clause(lines, head.start, rules)
    return Guess(clause, False, "正文没有标题，取正文首句，请改写" if clause else "没有读到标题")


def _number(file_name: str, head: Head) -> Guess[str]:
    if head.number:
        counted = head.number.startswith("第")
        return Guess(head.number, not counted, "只编序号，没有机关代字" if counted else "版头发文字号")
    from_name = normal_number(file_name.rsplit(".", 1)[0])
    if from_name:
        return Guess(from_name, False, "取自文件名")
    return Guess("", False, "没有读到发文字号")


def _organ(front: list[str], title: str, head: Head, close: Close, rules: ReadingRules) -> Guess[str]:
    signed = "、".join(close.organs)
    if head.organs:
        named = "、".join(head.organs)
        agrees = not signed or signed in named or named in signed or len(head.organs) == len(close.organs) > 1
        return Guess(named, agrees, "发文机关标志" if agrees else f"发文机关标志，署名为“{signed}”")
    label = labelled(front, rules.words["organ_labels"])
    if label:
        return Guess(label, True, "“发文单位”一栏")
    if signed:
        return Guess(signed, False, "没有版头，取自落款")
    prefix, about, _ = title.partition("关于")
    if about and prefix.endswith(rules.words["organ_endings"]):
        return Guess(prefix, False, "没有版头和落款，取自标题")
    return Guess("", False, "没有读到来文单位")


def _date(front: list[str], close: Close, rules: ReadingRules) -> Guess[date | None]:
    why = {
        "signature": "落款成文日期", "note": "标题下的题注", "alone": "单独成行的日期，上方没有署名",
        "imprint": "版记中的印发日期，不一定是成文日期",
    }
    if close.kind == "signature":
        return Guess(close.day, True, why["signature"])
    found = find_date(labelled(front, rules.words["date_labels"]))
    if found:
        return Guess(found[0], True, "“日期”一栏")
    return Guess(close.day, close.kind == "note", why.get(close.kind, "没有读到成文日期"))


def _secrecy(front: list[str], file_name: str, head: Head, rules: ReadingRules) -> Guess[str]:
    marked = head.mark("secrecy")
    if marked:
        return Guess(marked, True, f"版头标注“{marked}”" + (f"，保密期限{head.mark('term')}" if head.mark("term") else ""))
    labels = labelled(front, rules.words["secrecy_labels"])
    for word in rules.words["secrecy"]:
        if labels.startswith(word):
            return Guess(word, True, "“密级”一栏")
        if any(f"{opened}{word}" in file_name for opened in "（([【") or f"{word}★" in file_name:
            return Guess(word, False, "文件名带有密级字样")
    return Guess("", head.red, "版头没有密级标志" if head.red else "没有版头，未见密级标志")


def _urgency(front: list[str], title: str, head: Head, rules: ReadingRules) -> Guess[str]:
    marked = head.mark("urgency") or labelled(front, rules.words["urgency_labels"])
    if marked in rules.urgency:
        return rules.urgency[marked]
    if any(word in title for word in rules.words["urgent_title_words"]):
        return Guess(rules.urgent_title_value, False, "标题有“紧急”字样，版头没有标注")
    return Guess(rules.urgency_default, head.red, "版头没有标注紧急程度" if head.red else "没有版头，按平件")


def _main_to(front: list[str], opening: Opening, rules: ReadingRules) -> Guess[str]:
    if opening.main_to:
        return Guess(opening.main_to, opening.typed, "标题之下、正文之前")
    label = labelled(front, rules.words["main_labels"])
    return Guess(label, bool(label), "“主送”一栏" if label else "没有读到主送机关")


def _doc_type(title: Guess[str], head: Head, rules: ReadingRules) -> Guess[str]:
    found = doc_type_of(title.value, rules)
    if found:
        return Guess(found, title.sure, "标题末尾的文种")
    marked = doc_type_of(head.mark_line, rules) if head.red else ""
    return Guess(marked, False, "发文机关标志" if marked else "标题中没有十五种法定文种")
