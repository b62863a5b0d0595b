"""What a demo paper is about, who issues it and who receives it (演示题材). Plans only, no database."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from .demo_cast import ROOT, Cast
from .demo_texts import Issue

_FILES = ("topics_policing", "topics_safety", "topics_service", "topics_inside")
_OPERATIONS = ("topics_policing", "topics_safety")
_EARNED = frozenset({"decision", "order", "resolution", "circular"})


@dataclass(frozen=True)
class Receivers:
    """Unit keys and outside organs to which a paper is addressed (主送), and outside organs copied (抄送)."""

    units: tuple[str, ...] = ()
    external: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


class Topics:
    """Draws an issue: relation, issuer, frame and a topic in season that suits them."""

    def __init__(self, rng: random.Random, cast: Cast) -> None:
        self.rng, self.cast, self.data = rng, cast, cast.data
        self.outside = cast.bureau["outside"]
        self.all = [topic for name in _FILES for topic in self.data[name]["topics"]]
        self.earned = {topic["key"] for name in _OPERATIONS for topic in self.data[name]["topics"]}

    def incoming(self, choice: str, organ: str, day: date) -> tuple[Issue, str]:
        """A paper that reaches `organ` from outside its flow, with the issuer's 代字."""
        source, frame = choice.split(".")
        if frame == "incoming":
            return self._letter(organ, day)
        topic = self._topic(frame, organ, day, abroad=source in ("city", "special", "peer"))
        if frame == "assist_letter":
            topic = self._with_case(organ)
        if frame == "answer":
            topic = {**topic, "helps": [self.rng.choice(topic["helps"])]}
        issuer = self._issuer(source, frame, topic)
        relation = {"neighbour": "county", "special": "city"}.get(source, source)
        if issuer["name"].startswith("江北省") and source == "special":
            relation = "province"
        extra = self._extra(source, frame, issuer, topic, organ, day)
        unit = ROOT if source == "bureau" else topic["lead"]
        return Issue(relation, issuer["name"], frame, topic, day, unit, extra), issuer["number_code"]

    def outgoing(self, choice: str, organ: str, day: date) -> tuple[Issue, str]:
        """A paper that `organ` writes."""
        relation, frame = choice.split(".")
        name = self.cast.units[organ]["name"]
        if frame == "answering":
            return self._answer(name, day), ""
        if frame == "public":
            return self._public(name, day), ""
        topic = self._topic(frame, organ, day, sent=True)
        extra: dict[str, Any] = {}
        if frame == "letter":
            topic = self._asking(topic, relation)
        if frame == "reply":
            asker = self.rng.choice([topic["lead"], *topic["assist"]])
            extra = self._asked(self.cast.units[asker]["name"], self.cast.units[asker]["number_code"], topic, day) | {"to": asker}
        return Issue(relation, name, frame, topic, day, organ if organ != ROOT else topic["lead"], extra), ""

    def receivers(self, issue: Issue, organ: str) -> Receivers:
        """Whom an outgoing paper is addressed to, by its frame."""
        frame = issue.frame
        if frame in ("report", "ask"):
            return Receivers((ROOT,)) if organ != ROOT else self._superior()
        if frame == "public":
            return Receivers()
        if frame == "reply":
            return Receivers((issue.extra["to"],))
        if frame in ("letter", "answer") and organ == ROOT:
            chosen = issue.extra.get("peer") or issue.topic["helps"][0].get("peer", issue.topic["peers"][0])
            return Receivers(external=(self._peer(chosen)["name"],))
        if frame == "letter":
            return Receivers((self.rng.choice(issue.topic["assist"]),))
        return Receivers(self._units(issue, organ))

    def _with_case(self, organ: str) -> dict[str, Any]:
        """A topic told as one criminal case, of the unit's own field where it has such cases."""
        cases = self.data["frames"]["cases"]
        known = [topic for topic in self.all if topic["key"] in cases]
        topic = self.rng.choice([topic for topic in known if topic["lead"] == organ] or known)
        return {**topic, "subjects": cases[topic["key"]]}

    def _asking(self, topic: dict[str, Any], relation: str) -> dict[str, Any]:
        """The topic with the one matter that a letter asks for: of a peer outside, or of another unit."""
        helps = topic["helps"] if relation == "bureau" else self.data["incoming"]["inner"]
        return {**topic, "helps": [self.rng.choice(helps)]}

    def _peer(self, key: str) -> dict[str, str]:
        return next(item for item in self.outside["peer"] if item["key"] == key)

    def _superior(self) -> Receivers:
        """One superior is addressed, the other of the two is copied (条例第十五条)."""
        both = list(self.cast.bureau["root"]["direct_superiors"])
        self.rng.shuffle(both)
        return Receivers(external=(both[0],), copies=(both[1],))

    def _units(self, issue: Issue, organ: str) -> tuple[str, ...]:
        units = self.cast.bureau["units"]
        branches = [unit["key"] for unit in units if unit["kind"] == "branch"]
        near = [key for key in (issue.topic["lead"], *issue.topic["assist"]) if key != organ]
        if organ == ROOT and self.rng.random() < 0.06:
            return tuple(unit["key"] for unit in units)
        found = near + self.rng.sample(branches, self.rng.choice((0, 1, 2)))
        return tuple(key for key in dict.fromkeys(found) if key != organ)

    def _topic(self, frame: str, organ: str, day: date, sent: bool = False, abroad: bool = False) -> dict[str, Any]:
        """A topic in season; for a unit one that it has a part in."""
        laws = self.data["frames"]["laws"]
        fitting = [topic for topic in self.all if day.month in topic.get("months", (day.month,))]
        if abroad:
            fitting = [topic for topic in fitting if topic["key"] not in self.data["frames"]["internal_topics"]]
        if frame not in self.data["frames"]["rewards"]:
            fitting = [topic for topic in fitting if topic["key"] != "commend"]
        if frame in _EARNED:
            fitting = [topic for topic in fitting if topic["key"] in self.earned]
        if frame == "announcement":
            fitting = [topic for topic in self.all if topic["key"] in laws]
        if frame in ("letter", "answer"):
            fitting = [topic for topic in fitting if topic["helps"]]
        if organ != ROOT:
            led = [topic for topic in fitting if topic["lead"] == organ]
            near = led if led or sent else [topic for topic in fitting if organ in topic["assist"]]
            general = [topic for topic in self.all if topic["key"] in self.data["frames"]["general_topics"]]
            if frame not in _EARNED:
                fitting = near if near and self.rng.random() < 0.8 else near + general
            elif near:
                fitting = near
        topic = self.rng.choice(fitting)
        if organ == ROOT or topic["lead"] == organ:
            return topic
        return {**topic, "lead": organ, "assist": [key for key in dict.fromkeys((topic["lead"], *topic["assist"])) if key != organ]}

    def _issuer(self, source: str, frame: str, topic: dict[str, Any]) -> dict[str, str]:
        outside = self.outside
        if source == "bureau":
            codes = self.data["mix"]["codes"]
            code = codes["meeting" if frame == "meeting" else self.data["frames"]["doc_types"][frame]]
            return {"name": self.cast.bureau["root"]["name"], "number_code": code}
        if source == "special":
            doc_type = self.data["frames"]["doc_types"][frame]
            return next(item for item in outside["special"] if item["doc_type"] == doc_type)
        if source == "province":
            formal = frame in ("reply", "decision", "opinion")
            return self.rng.choice(outside["superior"][:1] if formal else outside["superior"][:2])
        if source == "city":
            return self.rng.choice(outside["superior"][3:4] if frame in ("reply", "opinion") else outside["superior"][3:7])
        if source == "peer":
            return self._peer(topic["helps"][0].get("peer", topic["peers"][0]))
        return self.rng.choice(outside["subordinate" if source == "county" else source])

    def _extra(self, source: str, frame: str, issuer: dict[str, str], topic: dict[str, Any], organ: str, day: date) -> dict[str, Any]:
        bureau = self.cast.bureau["root"]["name"]
        if frame == "reply":
            asker = self.cast.units[organ]
            code = "云公请" if organ == ROOT else asker["number_code"]
            return self._asked(asker["name"] if organ != ROOT else bureau, code, topic, day)
        if frame == "answer":
            chosen = topic["helps"][0]
            return {"help_title": f"{bureau}关于{chosen['title']}的函", "help_core": chosen["title"].removeprefix("商请"), "ref": self._ref("云公函", day)}
        if frame == "announcement":
            return {"law": self.data["frames"]["laws"][topic["key"]]}
        if source == "county":
            return {"district": issuer["name"][:3]}
        return {}

    def _asked(self, asker: str, code: str, topic: dict[str, Any], day: date) -> dict[str, Any]:
        ask = self.rng.choice(topic["asks"])
        return {"ask": ask["title"], "ask_text": ask["text"], "ask_title": f"{asker}关于{ask['title']}的请示", "ref": self._ref(code, day)}

    def _ref(self, code: str, day: date) -> str:
        return f"{code}〔{day.year}〕{max(1, day.timetuple().tm_yday // 7 - self.rng.randint(1, 3))}号"

    def _letter(self, organ: str, day: date) -> tuple[Issue, str]:
        """A letter that asks the police for support."""
        letters = self.data["incoming"]["letters"]
        near = [letter for letter in letters if organ in (ROOT, letter["lead"], *letter["assist"])] or letters
        letter = self.rng.choice(near)
        peer = self._peer(letter["from"])
        topic = self._as_topic(letter)
        extra = {"why2": "", "result": "双方前期已就有关工作进行了沟通，取得了一定成效。", "result2": "", "help_text": letter["text"], "help": letter["title"]}
        return Issue("peer", peer["name"], "letter", topic, day, letter["lead"], extra), peer["number_code"]

    def _as_topic(self, letter: dict[str, Any]) -> dict[str, Any]:
        near = next(topic for topic in self.all if topic["lead"] == letter["lead"])
        return {**near, "tasks": self.data["frames"]["letter_tasks"], "lead": letter["lead"], "assist": letter["assist"], "subjects": [letter["subject"]], "why": [letter["why"]],
                "problems": ["部门之间信息沟通还不够及时。", "协作流程和联系方式需要进一步明确。", "仅靠单个部门难以从根本上解决问题。"],
                "results": ["已与来函单位对接，明确了联系人和时间安排。", "已按来函要求提供支持，并将有关情况书面反馈。"]}

    def _answer(self, name: str, day: date) -> Issue:
        """Our answer to such a letter."""
        letter = self.rng.choice(self.data["incoming"]["letters"])
        peer = self._peer(letter["from"])
        extra = {"help_title": f"{peer['name']}关于{letter['title']}的函", "help_core": letter["title"].removeprefix("商请"),
                 "ref": self._ref(peer["number_code"], day), "peer": peer["key"]}
        return Issue("bureau", name, "answer", self._as_topic(letter), day, letter["lead"], extra)

    def _public(self, name: str, day: date) -> Issue:
        notice = self.rng.choice(self.data["frames"]["public"])
        topic = next(topic for topic in self.all if topic["key"] == notice["topic"])
        extra = {"public_title": notice["title"], "public_matter": notice["matter"], "public_scope": notice["scope"]}
        extra |= {f"public_rule{number}": rule for number, rule in enumerate(notice["rules"], 1)}
        return Issue("bureau", name, "public", topic, day, topic["lead"], extra)
