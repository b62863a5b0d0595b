"""Plays a planned walk through the real flow engine, in memory: ids instead of rows."""

import json
from dataclasses import dataclass, field

from oa_client.domain.actor import ADMIN_ROLES, LEADER_ROLES, Actor, split
from oa_client.domain.flow import Command, Facts, Opening, Past, Situation, after_join, decide, opening
from oa_client.domain.flow_definition import Flow
from oa_client.settings import resource

FLOWS = {key: Flow.from_data(json.loads(resource(f"flows/{key}.json").read_text("utf-8"))) for key in ("receive", "send")}


class World:
    """The planned people as actors, with numbers for the keys."""

    def __init__(self, people, data):
        keys = [data["bureau"]["root"]["key"], *(unit["key"] for unit in data["bureau"]["units"])]
        self.units = {key: number for number, key in enumerate(keys, 1)}
        self.ids = {person.login: number for number, person in enumerate(people, 1)}
        self.actors = {
            person.login: Actor(self.ids[person.login], person.login, person.name, self.units[person.unit], "", person.post,
                                frozenset((role, self.units[unit]) for role, unit in person.grants))
            for person in people}
        self.by_id = {actor.id: actor for actor in self.actors.values()}

    def holder(self, ref):
        kind, _, key = ref.partition(":")
        return f"person:{self.ids[key]}" if kind == "person" else f"unit:{self.units[key]}"

    def suits(self, actor, organ_id):
        def judge(pick, principal):
            kind, number = split(principal)
            if kind == "person":
                chosen = self.by_id[number]
                fitting = LEADER_ROLES if pick.role == "leader" else {pick.role}
                within = pick.within != "unit" or chosen.unit_id == actor.unit_id
                role = not pick.role or any(held in fitting and (pick.within != "organ" or unit == organ_id) for held, unit in chosen.grants)
                return within and role and not any(held in ADMIN_ROLES for held, _ in chosen.grants)
            wanted = LEADER_ROLES if pick.unit_role == "leader" else {pick.unit_role}
            return pick.kind != "person" and any((role, number) in one.grants for one in self.by_id.values() for role in wanted)
        return judge


@dataclass
class Replay:
    """One document: open seats as [holder, part, box], the past, and where it stands."""

    world: World
    flow: Flow
    facts: Facts
    step: str = ""
    seats: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    past: list = field(default_factory=list)
    actions: list = field(default_factory=list)
    end: str = ""

    @classmethod
    def begin(cls, world, kind, organ, author, start, urgency, upward):
        facts = Facts(world.units[organ], world.ids[author], urgency, upward)
        found = cls(world, FLOWS[kind], facts)
        if kind == "receive" and start == "check":
            found.past = [Past("sign_in", world.ids[author]), Past("register", world.ids[author])]
        found._enter(opening(found.flow, facts, start))
        return found

    def _enter(self, to: Opening):
        self.step, self.seats, self.answers = to.step, [(seat.holder, seat.part) for seat in to.seats], []

    def act(self, step):
        assert not self.end, "the document has ended"
        assert step.step == self.step, f"{step.action} is planned at {step.step}, the document is at {self.step}"
        actor = self.world.actors[step.by]
        if step.action == "withdraw":
            before, who = self.past.pop(), self.actions.pop()
            assert before.actor_id == actor.id and not self.flow.step(before.step).action(who).final
            self.step, self.seats = before.step, [(f"person:{actor.id}", before.part)]
            return
        seat = next(((holder, part) for holder, part in self.seats if holder in actor.principals and self._may(part, step.action)), None)
        assert seat, f"{step.by} ({actor.post}) holds no seat at {self.step}: {self.seats}"
        now = Situation(self.flow, self.facts, self.step, *seat, len(self.seats) - 1, tuple(self.past))
        picks = {slot: tuple(self.world.holder(ref) for ref in refs) for slot, refs in step.picks.items()}
        plan = decide(now, actor, Command(step.action, step.opinion, picks, step.fields, step.target), self.world.suits(actor, self.facts.organ_id))
        self.past.append(Past(self.step, actor.id, seat[1]))
        self.actions.append(step.action)
        self._follow(now, plan, seat)

    def _may(self, part, action):
        wanted = self.flow.step(self.step).action(action)
        return wanted is not None and wanted.part in ("", part)

    def _follow(self, now, plan, seat):
        self.facts.memo.update(plan.memo)
        if plan.how == "hand":
            self.past.pop()
            self.seats[self.seats.index(seat)] = (plan.opening.seats[0].holder, seat[1])
        elif plan.how == "count":
            self.seats.remove(seat)
            self.answers.append(plan.action.key)
            if not self.seats:
                self._enter(after_join(now, frozenset(self.answers), plan.action))
        elif plan.end:
            self.end, self.seats = plan.end, []
        else:
            self._enter(plan.opening)

    @property
    def state(self):
        return self.end or self.step

    def held_by(self, login):
        """The box in which this officer finds the document: todo, read, or nothing."""
        mine = any(holder in self.world.actors[login].principals for holder, _ in self.seats)
        return self.flow.step(self.step).box if mine else ""
