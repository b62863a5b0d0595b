"""The papers of the demo bureau (演示库公文), planned by seed: texts, addressees and how far each has gone.

Plans only, no database: what is planned here is carried out by the ordinary use cases.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from .demo_cast import ROOT, Cast, Days
from .demo_people import PlannedPerson
from .demo_texts import Issue, Text, compose
from .demo_topics import Topics
from .demo_walks import Case, PlannedStep, Walker

_BODY = range(300, 1501)
_TITLE = range(10, 46)
_UPWARD = frozenset({"report", "ask"})


@dataclass(frozen=True)
class PlannedReceipt:
    """What a receiving unit does with its copy once it is distributed; the walk starts at 签收 (sign_in)."""

    unit: str
    walk: tuple[PlannedStep, ...]
    ends_in: str


@dataclass(frozen=True)
class PlannedPaper:
    """One paper. `organ` is the unit whose flow it runs in, `by` the login that registers or drafts it.

    `doc_date` is the date of the paper (send: the day the draft was begun), `received_on` is set for incoming ones.
    `main_to`, `copy_to` are unit keys, `external`, `external_copy` outside organs; `due` counts working days.
    `ends_in` is the step where it lies or how it ended: filed, closed, returned, void.
    """

    kind: str
    organ: str
    by: str
    title: str
    doc_type: str
    from_organ: str
    from_number: str
    doc_date: date
    received_on: date | None
    urgency: str
    main_to: tuple[str, ...]
    copy_to: tuple[str, ...]
    external: tuple[str, ...]
    external_copy: tuple[str, ...]
    openness: str
    openness_reason: str
    body: str
    attachments: tuple[tuple[str, str, str], ...]
    nature: str
    due: int | None
    walk: tuple[PlannedStep, ...]
    ends_in: str
    receipts: tuple[PlannedReceipt, ...] = ()

    @property
    def started_on(self) -> date:
        """The day from which the days of the walk count."""
        return self.received_on or self.doc_date


def plan_papers(people: tuple[PlannedPerson, ...], data: dict[str, Any], seed: int, today: date) -> tuple[PlannedPaper, ...]:
    """All papers, oldest first; the same people, data, seed and day give the same papers.

    `data` maps the stem of every file of `resources/demo` to its content.
    """
    planner = _Planner(random.Random(f"papers:{seed}"), Cast(people, data), Days(data, today))
    papers = [paper for row in data["mix"]["quota"] for paper in planner.row(*row)]
    papers.sort(key=lambda paper: (paper.started_on, paper.title))
    return tuple(_numbered(papers, planner.codes, random.Random(f"numbers:{seed}")))


def personas(people: tuple[PlannedPerson, ...], data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The accounts that the login page of a demo database offers: login and caption, in order."""
    return Cast(people, data).personas


class _Planner:
    """Keeps what must not repeat: titles, bodies; and the outside organs' number codes."""

    def __init__(self, rng: random.Random, cast: Cast, days: Days) -> None:
        self.rng, self.cast, self.days, self.mix = rng, cast, days, cast.data["mix"]
        self.topics = Topics(rng, cast)
        self.titles: set[str] = set()
        self.bodies: set[str] = set()
        self.codes: dict[str, str] = {}
        self.wanted_lead = self.wanted_leader = ""
        self.received = 0

    def row(self, kind: str, where: str, goal: str, count: int, youngest: int, oldest: int) -> Iterator[PlannedPaper]:
        """The papers of one line of the quota."""
        for number in range(count):
            age = youngest + (oldest - youngest) * (number + self.rng.random()) / count
            day = self.days.on_or_before(self.days.last - timedelta(days=int(age)))
            organ = self.rng.choice(self.cast.bureau["units"])["key"] if where == "*" else where
            self._look_at(organ, goal, number)
            make = self._received if kind == "receive" else self._sent
            yield make(organ, goal, day)

    def _look_at(self, organ: str, goal: str, number: int) -> None:
        """Let every second open paper of the bureau fall to the personas' unit, and some to its head, so that their desks are full."""
        focus = self.mix["focus"]
        seen = organ == ROOT and goal in focus["goals"]
        self.wanted_lead = focus["unit"] if seen and number % 2 == 0 else ""
        head = self.cast.overseer(focus["unit"]) if self.wanted_lead else self.cast.chief(ROOT)
        self.wanted_leader = head.login if seen and number % 4 < 3 else ""

    def _received(self, organ: str, goal: str, day: date) -> PlannedPaper:
        nature = self._nature(goal)
        written = self.days.on_or_before(day - timedelta(days=self.rng.randint(1, 6)))
        table = self.mix["frames"][f"receive.{'root' if organ == ROOT else 'unit'}.{nature}"]
        issue, text, code = self._written(table, lambda choice: self.topics.incoming(choice, organ, written))
        self.codes[text.title] = code
        urgency = self._drawn(self.mix["urgency"])
        due = self.rng.choice(self.mix["due"][urgency]) if nature == "handle" else None
        case = self._case(organ, issue, text, day, due)
        clerk = self.cast.pick(self.rng, self.cast.holders("clerk", organ))
        walk, state = self._walked(replace(case, urgency=urgency), "receive", "check", self.rng.choice(self.mix["scripts"][f"receive.{nature}"][goal]))
        media = self.rng.choice(("pdf", "pdf", "docx", "ofd", "txt"))
        original = (f"{text.title}.{media}", media, text.body)
        return PlannedPaper("receive", organ, clerk.login, text.title, text.doc_type, issue.issuer, "", written, day, urgency, (organ,), (), (), (), "", "",
                            text.body, (original, *text.attachments), nature, due, walk, state)

    def _nature(self, goal: str) -> str:
        if goal in self.mix["read_goals"]:
            return "read"
        return "read" if goal in self.mix["either_goals"] and self.rng.random() < 0.35 else "handle"

    def _sent(self, organ: str, goal: str, day: date) -> PlannedPaper:
        table = self.mix["frames"]["send.root" if organ == ROOT else "send.unit"]
        if goal == "sign_second":  # an upward paper has one possible signer
            table = {choice: weight for choice, weight in table.items() if choice.split(".")[1] not in _UPWARD}
        issue, text, _ = self._written(table, lambda choice: self.topics.outgoing(choice, organ, day))
        receivers = self.topics.receivers(issue, organ)
        upward = issue.frame in _UPWARD
        home = issue.topic["lead"] if organ == ROOT else organ
        author = self.cast.pick(self.rng, self.cast.officers(home))
        code = self.cast.units[organ]["number_code"] if organ != ROOT else self.mix["codes"]["meeting" if issue.frame == "meeting" else text.doc_type]
        explain = self.rng.choice(self.cast.data["opinions"]["explain"]) if organ != ROOT and text.doc_type == "函" else ""
        case = replace(self._case(organ, issue, text, day, None), author=author.login, upward=upward, code=code, explain=explain)
        walk, state = self._walked(case, "send", "draft", self.rng.choice(self.mix["scripts"]["send"][goal]))
        openness = self.rng.choice(self.mix["openness"][text.doc_type])
        reason = self.rng.choice(self.mix["closed_reasons"][text.doc_type]) if openness == "不予公开" else ""
        receipts = tuple(self._receipts(case, walk, receivers.units, upward))
        return PlannedPaper("send", organ, author.login, text.title, text.doc_type, issue.issuer, "", day, None, self._drawn(self.mix["urgency"]),
                            receivers.units, (), receivers.external, receivers.copies, openness, reason, text.body, text.attachments, "handle", None,
                            walk, state, receipts)

    def _written(self, table: dict[str, int], draw: Callable[[str], tuple[Issue, str]]) -> tuple[Issue, Text, str]:
        """A text that does not repeat another one and has the length of a real paper."""
        for choice in (choice for _ in range(12) for choice in [self._drawn(table)] * 60):
            issue, code = draw(choice)
            if self.wanted_lead not in ("", issue.topic["lead"]):
                continue
            text = compose(self.rng, self.cast, self.days, issue)
            fresh = text.title not in self.titles and text.body not in self.bodies
            if fresh and len(text.title) in _TITLE and len(text.body) in _BODY:
                self.titles.add(text.title)
                self.bodies.add(text.body)
                return issue, text, code
        raise ValueError(f"the demo data gives too few different papers for {sorted(table)}")

    def _case(self, organ: str, issue: Issue, text: Text, day: date, due: int | None) -> Case:
        assist = tuple(key for key in issue.topic["assist"] if key != issue.topic["lead"])
        lead = issue.topic["lead"] if organ == ROOT else organ
        return Case(organ, lead, tuple(key for key in assist if key != lead), text.subject, text.result, day,
                    self.days.later(day, due) if due else None, text.doc_type, leader=self.wanted_leader)

    def _walked(self, case: Case, flow: str, start: str, script: str) -> tuple[tuple[PlannedStep, ...], str]:
        walker = Walker(self.rng, self.cast, self.days, case, flow, start)
        return walker.play(script), walker.state

    def _receipts(self, case: Case, walk: tuple[PlannedStep, ...], units: tuple[str, ...], upward: bool) -> Iterator[PlannedReceipt]:
        """What the receivers did, if the paper was distributed at all."""
        gone = next((index for index, step in enumerate(walk) if step.action == "distribute"), None)
        if gone is None:
            return
        day = case.day + timedelta(days=sum(step.days_after for step in walk[:gone + 1]))
        age = "old" if (self.days.last - day).days > 40 else "fresh"
        for unit in units:
            scripts = self.mix["receipt_scripts"][age + ("_up" if upward else "")]
            script = scripts[self.received % len(scripts)]
            self.received += 1
            lead = self.cast.by_login[case.author].unit if unit == ROOT else unit
            there = replace(case, organ=unit, lead=lead, assist=tuple(key for key in case.assist if key not in (unit, lead)), day=day, due=self.days.later(day, 7))
            steps, state = self._walked(there, "receive", "sign_in", script)
            yield PlannedReceipt(unit, steps, state)

    def _drawn(self, weights: dict[str, int]) -> str:
        return self.rng.choices(list(weights), list(weights.values()))[0]


def _numbered(papers: list[PlannedPaper], codes: dict[str, str], rng: random.Random) -> Iterator[PlannedPaper]:
    """Give incoming papers their 来文字号: rising through each year of an organ, never twice."""
    last: dict[tuple[str, int], int] = {}
    dated = sorted((paper for paper in papers if paper.kind == "receive"), key=lambda paper: (paper.doc_date, paper.title))
    numbers = {}
    for paper in dated:
        code, year = codes[paper.title], paper.doc_date.year
        floor = int(paper.doc_date.timetuple().tm_yday / 366 * (160 if code.startswith("江") else 90))
        last[code, year] = max(last.get((code, year), 0) + rng.randint(1, 2), floor)
        numbers[paper.title] = f"{code}〔{year}〕{last[code, year]}号"
    for paper in papers:
        number = numbers.get(paper.title, "")
        yield replace(paper, from_number=number, attachments=_headed(paper, number)) if number else paper


def _headed(paper: PlannedPaper, number: str) -> tuple[tuple[str, str, str], ...]:
    """The scanned original as it looks on paper: number, title, addressee, body, issuer, date."""
    name, media, body = paper.attachments[0]
    day = paper.doc_date
    text = "\n".join((number, paper.title, body, paper.from_organ, f"{day.year}年{day.month}月{day.day}日"))
    return (name, media, text), *paper.attachments[1:]
