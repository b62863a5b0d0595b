"""The text of one demo paper (演示文稿): title, body and attachments from a topic and a frame. Plans only, no database."""

import random
import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from .demo_cast import ROOT, Cast, Days
from .demo_words import NUMERALS, Words, calendar_words, nearest, people_words, place_words, stranger_words, topic_words

_SAID_TWICE = ("why", "result", "result2", "problem", "ask_text", "help_text")  # the body and an attachment give the same figures
_MONEY = re.compile(r"(\d+(?:\.\d+)?)万元")
_SHARES = (("主体支出", 46, "依据市场询价测算"), ("配套支出", 22, "参照同类项目合同价格"), ("实施服务", 14, "按工作量测算"), ("检测验收", 11, "按收费标准测算"), ("预备费", 7, "按比例计列"))
_MARKS = re.compile(r"(?:见附件|附后|附件所列|随函|按清单|抽查清单)")


@dataclass(frozen=True)
class Issue:
    """Who writes what: the relation to us, the issuer's name, the frame, the topic and the day.

    `unit` is the unit of the bureau that writes, or whose field of work it is; `extra` holds slots of this paper alone.
    """

    relation: str
    issuer: str
    frame: str
    topic: dict[str, Any]
    day: date
    unit: str
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """A composed paper; attachments are (file name, media, text)."""

    title: str
    doc_type: str
    body: str
    subject: str
    result: str
    attachments: tuple[tuple[str, str, str], ...]


def compose(rng: random.Random, cast: Cast, days: Days, issue: Issue) -> Text:
    """Write a paper; the same generator state gives the same text."""
    words = Words(rng, issue.day, days, _values(rng, cast, issue))
    frames = cast.data["frames"]
    title = rng.choice(issue.topic["notices"] if issue.frame == "notice" else frames["titles"][issue.frame])
    if issue.frame == "notice":
        words.values["subject"] = nearest(title, issue.topic["subjects"])
    title = words.fill(title)
    for key in _SAID_TWICE:
        words.values[key] = words.fill(words.values[key])
    issue = replace(issue, topic={**issue.topic, "tasks": [[head, words.fill(text)] for head, text in issue.topic["tasks"]]})
    prefix = "" if issue.frame == "bulletin" else issue.issuer
    body = _body(words, issue, frames)
    found = tuple(_attachments(words, cast, issue, bool(_MARKS.search(body))))
    return Text(prefix + title, frames["doc_types"][issue.frame], body, words.fill("{subject}"), words.values["result"], found)


def _values(rng: random.Random, cast: Cast, issue: Issue) -> dict[str, Any]:
    frames, unit = cast.data["frames"], issue.unit
    inside = issue.relation in ("bureau", "unit")
    lead = unit if issue.relation == "unit" else issue.topic["lead"]
    short = cast.units[lead]["short"]
    assist = [cast.units[key]["short"] for key in issue.topic["assist"] if key != lead]
    found = {**topic_words(rng, issue.topic, frames["words"]), **calendar_words(issue.day), **place_words(rng, cast.bureau)}
    found |= people_words(rng, cast, lead) if inside else stranger_words(rng, cast)
    if issue.relation == "bureau":
        found |= people_words(rng, cast, ROOT) | {"contact": found["contact"]}
    elif issue.relation == "unit":
        found["room"] = f"{short}会议室"
        short = "主办大队" if issue.frame == "minutes" else short
    found |= {"lead": short, "assist": "、".join(assist) or "有关单位", "contact_unit": short if issue.relation == "bureau" else f"{short}综合部门"}
    found |= _doers(rng, cast, issue)
    relation = frames["relations"]["unit" if issue.relation == "unit" else issue.relation]
    found |= {key: value for key, value in relation.items() if value and key != "contact"}
    if relation["contact"]:
        found["contact_unit"] = relation["contact"]
    ask = rng.choice(issue.topic["asks"]) if issue.topic.get("asks") else {"title": "", "text": ""}
    helps = rng.choice(issue.topic["helps"]) if issue.topic.get("helps") else {"title": "", "text": ""}
    found |= {"ask": ask["title"], "ask_text": ask["text"], "help": helps["title"], "help_text": helps["text"],
              "help_core": helps["title"].removeprefix("商请")}
    return {**found, **issue.extra}


def _doers(rng: random.Random, cast: Cast, issue: Issue) -> dict[str, str]:
    """Whom a circular praises and blames, at the level of its issuer."""
    near = issue.relation in ("province", "bureau", "unit")
    pool = _doers_of(cast, issue) if near else [*cast.bureau["districts"], *cast.bureau["counties"]]
    first = cast.units[issue.topic["lead"]]["short"] if issue.relation == "bureau" else rng.choice(pool)
    others = rng.sample([one for one in pool if one != first], 2)
    return {"units_good": f"{first}、{others[0]}", "units_bad": others[1]}


def _body(words: Words, issue: Issue, frames: dict[str, Any]) -> str:
    tasks = words.rng.sample(issue.topic["tasks"], len(issue.topic["tasks"]))
    needs = [item for item in frames["words"]["needs"] if item[1] not in words.values.values()]
    pools = {"tasks": tasks, "did": tasks, "items": tasks, "needs": words.rng.sample(needs, len(needs)),
             "stages": words.rng.choice(frames["words"]["stages"])}
    lines, heading = [], 0
    for entry in words.rng.choice(frames["frames"][issue.frame]):
        if entry.startswith("#"):
            lines.append(f"{NUMERALS[heading]}、{words.fill(words.rng.choice(entry[1:].split('|')))}")
            heading += 1
        elif entry.startswith("@"):
            lines += _listed(words, entry[1:].split(), pools)
        elif line := words.fill(entry):
            lines.append(line)
    text = "\n".join(lines)
    return text.replace("贵局", "贵单位") if issue.relation == "unit" else text


def _listed(words: Words, entry: list[str], pools: dict[str, list[list[str]]]) -> list[str]:
    """The lines of a numbered list: 「（一）heading。text」, or chapters of their own."""
    kind, bounds = entry[0], [int(bound) for bound in entry[1:]]
    chosen = pools[kind][:words.rng.randint(*bounds)] if bounds else pools[kind]
    if kind == "items":
        return [line for number, (head, text) in enumerate(chosen) for line in (f"{NUMERALS[number]}、{head}", words.fill(text))]
    return [words.fill(f"（{NUMERALS[number]}）{head}。{text}") for number, (head, text) in enumerate(chosen)]


def _attachments(words: Words, cast: Cast, issue: Issue, needed: bool) -> list[tuple[str, str, str]]:
    data = cast.data["attachments"]
    priced = _MONEY.search(words.values["ask_text"])
    offered = [kind for kind in data["by_frame"][issue.frame] if kind != "cost" or priced]
    wanted = max(int(needed or issue.frame in ("decision", "order", "announcement")), words.rng.choice((0, 0, 1, 1, 2)))
    found: list[tuple[str, str, str]] = []
    for kind in words.rng.sample(offered, min(wanted, len(offered))):
        sheet = data["kinds"][kind]
        media = words.rng.choice(sheet["media"])
        rows = [words.fill(_row(words, sheet["row"], number, row)) for number, row in enumerate(_rows(words, cast, issue, sheet["rows"]))]
        words.values |= {"number_of": str(len(rows)), "total": priced[1] if priced else ""}
        lines = [*map(words.fill, sheet["head"]), *rows, *map(words.fill, sheet["tail"])]
        name = re.sub(r"[\\/:*?\"<>|]", "", words.fill(sheet["name"]))
        found.append((f"附件{len(found) + 1}：{name}.{media}", media, "\n".join(lines)))
    return found


def _rows(words: Words, cast: Cast, issue: Issue, kind: str) -> list[dict[str, str]]:
    rng = words.rng
    if kind == "tasks":
        doers = [words.values["lead"], *_doers_of(cast, issue)]
        return [{"heading": head, "text": text, "unit": "、".join(dict.fromkeys((doers[0], rng.choice(doers))))} for head, text in issue.topic["tasks"]]
    if kind == "units":
        units = _doers_of(cast, issue)
        return [{"unit": unit} for unit in rng.sample(units, min(len(units), rng.randint(5, 9)))]
    if kind == "winners":
        return list(words.values["winner_rows"])
    if kind == "roads":
        roads = rng.sample(cast.bureau["roads"], 6)
        return [{"road": road, "other": other} for road, other in zip(roads[:3], roads[3:], strict=True)]
    found = _MONEY.search(words.values["ask_text"])
    total = float(found[1]) if found else 0
    return [{"item": item, "sum": f"{total * share / 100:.2f}", "basis": basis} for item, share, basis in _SHARES]


def _doers_of(cast: Cast, issue: Issue) -> list[str]:
    """Who has to do something under a paper: the issuer's units or those below it."""
    outside = cast.bureau["outside"]
    if issue.relation == "bureau":
        return [unit["short"] for unit in cast.bureau["units"] if unit["kind"] == "branch" or unit["key"] in issue.topic["assist"]]
    if issue.relation == "unit":
        return ["一大队", "二大队", "三大队", "四大队", "综合部门"]
    if issue.relation == "province":
        return ["云岚市公安局", *(item["name"] for item in outside["neighbour"])]
    return [item["short"] for item in outside["peer"] if item["key"] in issue.topic.get("peers", ())] + list(cast.bureau["districts"])


def _row(words: Words, line: str, number: int, row: dict[str, str]) -> str:
    """The slots of one row; what it does not bring is drawn anew for every row."""
    rng, few = words.rng, words.rng.randint(2, 18)
    row = {"n": str(number + 1), "cn": NUMERALS[number % 12], "cn2": NUMERALS[(number + 1) % 12], "when": words.fill(f"{{+{rng.randint(10, 60)}}}"),
           "few": str(few), "less": str(few - 1), "many": str(rng.randint(30, 460)), "rate": str(rng.randint(82, 100)),
           "minutes": str(rng.choice((10, 15, 20))), "person": rng.choice("王李张刘陈杨赵") + "警官",
           "tel": f"6{rng.randint(100000, 999999)}", **row}
    return re.sub(r"\{(\w+)\}", lambda match: row.get(match[1], match[0]), line)
