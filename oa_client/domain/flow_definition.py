"""The shape of a flow (流程定义): steps, seats, actions. Data in, a checked immutable value out."""

from dataclasses import dataclass, field
from typing import Any


class BadFlow(ValueError):
    """A flow definition that contradicts itself; told to the person who publishes it."""


@dataclass(frozen=True)
class Pick:
    """A choice of people or units that an action asks for (选人)."""

    key: str
    title: str
    kind: str = "person"
    role: str = ""
    unit_role: str = "clerk"
    within: str = "any"
    part: str = ""
    min: int = 0
    max: int = 1
    keep: bool = False
    other: bool = False


@dataclass(frozen=True)
class Field:
    """A value that an action asks for (填写项)."""

    key: str
    title: str
    kind: str
    required: bool = False
    required_when: str = ""


@dataclass(frozen=True)
class Action:
    """One thing that the holder of a step may do (动作)."""

    key: str
    title: str
    to: str = ""
    end: str = ""
    part: str = ""
    seat: str = ""
    opinion: str = "none"
    default: str = ""
    words: str = ""
    effect: str = ""
    counts: bool = False
    last: bool = False
    transfer: bool = False
    final: bool = False
    primary: bool = False
    danger: bool = False
    returns: tuple[str, ...] = ()
    picks: tuple[Pick, ...] = ()
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Step:
    """A station of the flow (环节): who sits there, how many, what they may do."""

    key: str
    title: str
    seat: str = ""
    mode: str = "one"
    box: str = "todo"
    edit: bool | str = False
    join: dict[str, str] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()

    def action(self, key: str) -> Action | None:
        """The action with this key, or None."""
        return next((action for action in self.actions if action.key == key), None)


@dataclass(frozen=True)
class Flow:
    """A published definition; a running document keeps the version it began with."""

    key: str
    version: int
    title: str
    start: str
    arrival: str
    steps: tuple[Step, ...]

    def step(self, key: str) -> Step:
        """The step with this key; BadFlow when there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise BadFlow(f"{self.key} v{self.version}: no step {key!r}")

    def position(self, key: str) -> int:
        """Where the step stands on the way from first to last."""
        return [step.key for step in self.steps].index(key)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Flow":
        """Read a definition; BadFlow names what is wrong with it."""
        try:
            steps = tuple(_step(item) for item in data["steps"])
            flow = cls(data["key"], data["version"], data["title"], data["start"], data["arrival"], steps)
        except (KeyError, TypeError) as problem:
            raise BadFlow(f"unreadable flow definition: {problem}") from problem
        _check(flow)
        return flow


def _step(data: dict[str, Any]) -> Step:
    actions = tuple(_action(item) for item in data["actions"])
    return Step(**{**data, "actions": actions})


def _action(data: dict[str, Any]) -> Action:
    return Action(**{
        **data,
        "returns": tuple(data.get("returns", ())),
        "picks": tuple(Pick(**item) for item in data.get("picks", ())),
        "fields": tuple(Field(**item) for item in data.get("fields", ())),
    })


def _check(flow: Flow) -> None:
    known = {step.key for step in flow.steps}
    named = {flow.start, flow.arrival}
    for step in flow.steps:
        if len({action.key for action in step.actions}) != len(step.actions):
            raise BadFlow(f"{step.key}: two actions share a key")
        for action in step.actions:
            _check_action(step, action)
            named |= {action.to, *action.returns} - {""}
        named |= {step.join[key] for key in ("to", "else") if key in step.join}
    if named - known:
        raise BadFlow(f"{flow.key}: unknown steps {sorted(named - known)}")


def _check_action(step: Step, action: Action) -> None:
    ways = [bool(action.to), bool(action.end), bool(action.returns), action.transfer, action.counts and not action.to]
    if sum(ways) != 1:
        raise BadFlow(f"{step.key}.{action.key}: exactly one way on is needed")
    if action.counts and step.mode != "all":
        raise BadFlow(f"{step.key}.{action.key}: only a parallel step counts answers")
    if action.opinion not in ("none", "optional", "required"):
        raise BadFlow(f"{step.key}.{action.key}: opinion is {action.opinion!r}")
