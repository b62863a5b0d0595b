"""How far a demo paper has gone (演示办理经过): scripts of the data become steps with people, opinions and days.

Plans only, no database. The steps and actions are those of `resources/flows`; a script names them as 环节.动作.
"""

import random
from dataclasses import dataclass, field
from datetime import date

from .demo_cast import ROOT, Cast, Days
from .demo_people import LEADERS, PlannedPerson

_SEATS = {"sign_in": "clerk", "register": "clerk", "check": "clerk", "propose": "reviewer", "finish": "clerk", "file": "archivist",
          "review": "reviewer", "verify": "reviewer", "number": "clerk", "distribute": "clerk"}
_NEXT = {"sign_in.sign": "register", "register.register": "check", "check.to_propose": "propose", "propose.to_leader": "instruct",
         "instruct.to_leader": "instruct", "handle.finish": "finish", "finish.close": "file", "draft.submit": "review", "sign.to_leader": "sign",
         "sign.sign": "verify", "verify.resign": "sign", "verify.pass": "number", "number.number": "distribute", "distribute.distribute": "file",
         "review.to_sign": "sign", "review.to_countersign": "countersign"}
_ENDS = {"reject": "returned", "discard": "void", "file": "filed", "not_file": "closed"}
_GAPS = (0, 0, 1, 1, 1, 2, 3)
_AT_ONCE = (0, 0, 0, 1)
_DESK = frozenset({"sign_in", "register", "check", "verify", "number", "distribute"})


@dataclass(frozen=True)
class PlannedStep:
    """One act: the action's key, the login that acts, its opinion and choices.

    `picks` maps a slot to holders ("person:<login>" or "unit:<key>"); `target` is the step of a return; `days_after`
    counts calendar days from the step before (from the receiving or drafting for the first). "withdraw" takes back
    the own last act. `step` is where it is done.
    """

    action: str
    by: str
    opinion: str = ""
    picks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    days_after: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    target: str = ""
    step: str = ""


@dataclass(frozen=True)
class Case:
    """What a walk must know of its paper. `leader`, when set, is asked first, and the personas have a part in it."""

    organ: str
    lead: str
    assist: tuple[str, ...]
    subject: str
    result: str
    day: date
    due: date | None
    doc_type: str = "通知"
    urgency: str = "平件"
    leader: str = ""
    author: str = ""
    upward: bool = False
    code: str = ""
    explain: str = ""


class Walker:
    """Plays a script: knows at each moment who holds the paper, and lets them act."""

    def __init__(self, rng: random.Random, cast: Cast, days: Days, case: Case, flow: str, start: str) -> None:
        self.rng, self.cast, self.days, self.case, self.flow = rng, cast, days, case, flow
        self.at, self.day, self.end = start, case.day, ""
        self.steps: list[PlannedStep] = []
        self.seats: list[tuple[str, str]] = self._default(start)
        self.last: dict[str, str] = {}
        self.signer = ""
        self.said: set[str] = set()

    def play(self, script: str) -> tuple[PlannedStep, ...]:
        """Act the whole script out; afterwards `state` says where the paper stands."""
        for word in script.split():
            if word == "withdraw":
                self._withdraw()
                continue
            name, _, target = word.partition(">")
            if name.endswith("*"):
                self._everybody(name[:-1])
            else:
                self._act(name, target)
        return tuple(self.steps)

    @property
    def state(self) -> str:
        """The step where the paper lies, or how it ended: filed, closed, returned, void."""
        return self.end or self.at

    def _everybody(self, name: str) -> None:
        wanted = "assist" if name == "handle.answer" else ""
        while any(not wanted or part == wanted for _, part in self.seats) and self.at == name.split(".")[0]:
            self._act(name)

    def _act(self, name: str, target: str = "") -> None:
        step, action = name.split(".")
        if step != self.at:
            raise ValueError(f"script: {name} while at {self.at}")
        seat = self._seat(name)
        if seat is None:
            return
        login = self._login(seat[0])
        picks = self._picks(name, login)
        self._note(name, action, login, picks, target)
        self.last[step] = login if seat[1] != "assist" else self.last.get(step, login)
        self._move(name, action, seat, picks, target)

    def _seat(self, name: str) -> tuple[str, str] | None:
        """The seat that acts: the assistants answer, the lead does the rest."""
        part = "assist" if name == "handle.answer" else "lead" if name.startswith("handle.") else ""
        fitting = [seat for seat in self.seats if not part or seat[1] == part]
        if not fitting:
            return None
        familiar = {f"person:{login}" for login, _ in self.cast.personas}
        return next((seat for seat in fitting if seat[0] not in familiar), fitting[0])

    def _login(self, holder: str) -> str:
        kind, _, key = holder.partition(":")
        return key if kind == "person" else self.cast.pick(self.rng, self.cast.holders(kind, key), bool(self.case.leader)).login

    def _note(self, name: str, action: str, login: str, picks: dict[str, tuple[str, ...]], target: str) -> None:
        day = self.day if not self.steps and name.startswith("sign_in") else self._later()
        gone = (day - self.day).days
        self.day = day
        opinion = self._opinion(self._voice(name, login, picks), picks)
        self.steps.append(PlannedStep(action, login, opinion, picks, gone, self._fields(name), target, self.at))

    def _later(self) -> date:
        return self.days.not_beyond(self.days.later(self.day, self.rng.choice(_AT_ONCE if self.at in _DESK else _GAPS)))

    def _voice(self, name: str, login: str, picks: dict[str, tuple[str, ...]]) -> str:
        """Which stock of phrases fits: a leader's, one without assistants, the second submission."""
        done = {step.action for step in self.steps}
        if name == "circulate.read" and self.cast.by_login[login].roles & LEADERS:
            return f"{name}.leader"
        if name == "finish.close" and "finish" not in done:
            return f"{name}.read"
        if name == "draft.submit" and "submit" in done:
            return f"{name}.again"
        alone = name in ("propose.to_leader", "propose.to_handle", "instruct.to_handle") and not picks.get("assist")
        return f"{name}.solo" if alone else name

    def _opinion(self, voice: str, picks: dict[str, tuple[str, ...]]) -> str:
        pool = self.cast.data["opinions"][self.flow][voice]
        text = self.rng.choice([phrase for phrase in pool if phrase not in self.said] or pool)
        self.said.add(text)
        due = self.case.due or self.days.later(self.case.day, 10)
        words = {"due": f"{due.month}月{due.day}日", "subject": self.case.subject, "result": self.case.result,
                 "reader": self.cast.said(ref for ref in picks.get("readers", ()) if ref.startswith("unit:")) or "有关同志"}
        words |= {slot: self.cast.said(refs) for slot, refs in picks.items()}
        for slot, said in words.items():
            text = text.replace(f"{{{slot}}}", said)
        return text

    def _fields(self, name: str) -> dict[str, str]:
        case, mix = self.case, self.cast.data["mix"]
        if name.endswith(".to_handle") and case.due:
            return {"due_on": case.due.isoformat()}
        if name == "number.number":
            return {"code": case.code, "copies": str(self.rng.randrange(20, 130, 5))}
        if name == "file.file":
            return {"retention": self.rng.choice(mix["retention"][case.doc_type]), "year": str(self.case.day.year)}
        if name == "draft.submit" and case.explain:
            return {"explain": case.explain}
        return {}

    def _picks(self, name: str, login: str) -> dict[str, tuple[str, ...]]:
        if name in ("propose.to_leader", "propose.to_handle", "instruct.to_handle"):
            hands = self._hands()
            return {"leader": (self._leader(),), **hands} if name == "propose.to_leader" else hands
        if name == "instruct.to_leader":
            return {"leader": (self._leader(but=login),)}
        if name.endswith(".to_read"):
            return {"readers": self._readers()}
        if name == "handle.transfer":
            home = self.cast.by_login[login].unit
            return {"person": (f"person:{self.cast.pick(self.rng, self._juniors(home, login)).login}",)}
        if name == "review.to_countersign":
            return {"countersigners": tuple(f"unit:{unit}" for unit in self._others()), "signer": (self._signs(),)}
        if name in ("review.to_sign", "sign.to_leader"):
            return {"signer": (self._signs(but=login if name == "sign.to_leader" else ""),)}
        return {}

    def _juniors(self, unit: str, but: str) -> list[PlannedPerson]:
        seated = {holder for holder, _part in self.seats}
        return [person for person in self.cast.officers(unit) if person.login != but and f"person:{person.login}" not in seated]

    def _hands(self) -> dict[str, tuple[str, ...]]:
        """Proposed at 拟办, kept by the leader: lead and assistants."""
        known = next((step.picks for step in reversed(self.steps) if step.picks.get("lead")), None)
        if known:
            return {key: known[key] for key in ("lead", "assist") if key in known}
        case = self.case
        if case.organ == ROOT:
            helpers = self.rng.sample(case.assist, min(len(case.assist), self.rng.choice((0, 1, 1, 2, 2))))
            return {"lead": (f"unit:{case.lead}",), "assist": tuple(f"unit:{unit}" for unit in helpers)}
        first = self.cast.pick(self.rng, self.cast.officers(case.organ))
        others = [person for person in self.cast.officers(case.organ) if person != first]
        beside = self.rng.sample(others, self.rng.choice((0, 1, 1)))
        return {"lead": (f"person:{first.login}",), "assist": tuple(f"person:{person.login}" for person in beside)}

    def _leader(self, but: str = "") -> str:
        organ = self.case.organ
        chief = self.cast.chief(organ)
        others = [self.cast.overseer(self.case.lead)] if organ == ROOT else [one for one in self.cast.holders("leader", organ) if one != chief]
        if but:
            return f"person:{(chief if chief.login != but else self.rng.choice(others)).login}"
        if self.case.leader and organ == ROOT:
            return f"person:{self.case.leader}"
        share = 0.35 if organ == ROOT else 0.7
        return f"person:{(chief if self.rng.random() < share else self.rng.choice(others)).login}"

    def _signs(self, but: str = "") -> str:
        if self.case.upward:
            return f"person:{self.cast.chief(self.case.organ).login}"
        return self._leader(but)

    def _others(self) -> list[str]:
        """Countersigning units: those whose work the paper touches."""
        home = self.cast.by_login[self.case.author].unit
        units = [unit for unit in dict.fromkeys((self.case.lead, *self.case.assist, "legal")) if unit not in (home, self.case.organ)]
        return units[:self.rng.choice((2, 2, 3))]

    def _readers(self) -> tuple[str, ...]:
        """Leaders, officers and units who shall know."""
        organ = self.case.organ
        leaders = self.rng.sample(self.cast.holders("leader", organ), 2)
        people = [self.cast.chief(organ), *leaders, self.cast.pick(self.rng, self.cast.officers(self.case.lead))]
        if organ == ROOT:
            people += [self.cast.overseer(self.case.lead), self.cast.chief(self.case.lead)]
            share = 1 if self.case.leader else 0.3
            people += [self.cast.by_login[login] for login, _ in self.cast.personas[:8] if self.rng.random() < share]
        units = self.rng.sample(self.case.assist, min(len(self.case.assist), 1)) if organ == ROOT else []
        refs = [f"person:{person.login}" for person in people] + [f"unit:{unit}" for unit in units]
        return tuple(dict.fromkeys(refs))

    def _move(self, name: str, action: str, seat: tuple[str, str], picks: dict[str, tuple[str, ...]], target: str) -> None:
        if "signer" in picks:
            self.signer = picks["signer"][0]
        if action in _ENDS and name != "file.return":
            self.end, self.seats = _ENDS[action], []
        elif target:
            self._open(target, [(f"person:{self.last[target]}", "lead" if target == "handle" else "sole")])
        elif action in ("answer", "read", "agree", "disagree"):
            self._count(name, seat)
        elif action == "transfer":
            self.seats[self.seats.index(seat)] = (picks["person"][0], seat[1])
        elif action in ("to_handle", "to_read"):
            self._spread(action, picks)
        else:
            self._open(_NEXT[name], self._after(name, picks))

    def _count(self, name: str, seat: tuple[str, str]) -> None:
        self.seats.remove(seat)
        if self.seats:
            return
        if name == "circulate.read":
            self._open("finish", self._default("finish"))
        elif any(step.action == "disagree" for step in self.steps):
            self._open("review", self._default("review"))
        else:
            self._open("sign", [(self.signer, "sole")])

    def _spread(self, action: str, picks: dict[str, tuple[str, ...]]) -> None:
        parts = {"lead": "lead", "assist": "assist", "readers": "reader"}
        seats = [(ref.replace("unit:", "clerk:"), parts[slot]) for slot, refs in picks.items() for ref in refs]
        self._open("handle" if action == "to_handle" else "circulate", seats)

    def _after(self, name: str, picks: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
        if name.endswith(".to_leader") or name == "review.to_sign":
            return [(picks.get("leader", picks.get("signer", ("",)))[0], "sole")]
        if name == "review.to_countersign":
            return [(ref.replace("unit:", "leader:"), "sole") for ref in picks["countersigners"]]
        if name == "verify.resign":
            return [(f"person:{self.last['sign']}", "sole")]
        return self._default(_NEXT[name])

    def _default(self, step: str) -> list[tuple[str, str]]:
        if step == "draft":
            return [(f"person:{self.case.author}", "sole")]
        return [(f"{_SEATS[step]}:{self.case.organ}", "sole")]

    def _open(self, step: str, seats: list[tuple[str, str]]) -> None:
        self.at, self.seats = step, seats

    def _withdraw(self) -> None:
        done = self.steps[-1]
        opinion = self.rng.choice(self.cast.data["opinions"]["send"]["withdraw"])
        self.steps.append(PlannedStep("withdraw", done.by, opinion, step=self.at))
        self._open(done.step, [(f"person:{done.by}", "sole")])
