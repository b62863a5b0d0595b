"""The flow engine (流程): what may be done now, and what follows from doing it. Pure decisions, no database."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .actor import Actor, person, pool, split
from .errors import Invalid, Refused
from .flow_definition import Action, Flow, Pick, Step

ENDED = {"filed": "已归档", "closed": "已办结", "returned": "已退回", "void": "已作废"}


@dataclass(frozen=True)
class Seat:
    """One place in an opened step: who is asked, and as what (主办、协办、阅件人)."""

    holder: str
    part: str = "sole"


@dataclass(frozen=True)
class Facts:
    """What the engine needs to know of the document."""

    organ_id: int
    drafter_id: int
    urgency: str = "平件"
    upward: bool = False
    memo: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Past:
    """A step that was passed, and the officer who acted there."""

    step: str
    actor_id: int
    part: str = "sole"


@dataclass(frozen=True)
class Situation:
    """One open task seen in its flow: the input of every decision."""

    flow: Flow
    facts: Facts
    step: str
    holder: str
    part: str = "sole"
    others_open: int = 0
    past: tuple[Past, ...] = ()


@dataclass(frozen=True)
class Target:
    """A step to which a paper may be returned (退回环节)."""

    step: str
    title: str
    holder: str


@dataclass(frozen=True)
class Choice:
    """A button: an action that is allowed now. `blocked` says why it must still wait."""

    action: Action
    targets: tuple[Target, ...] = ()
    blocked: str = ""
    offered: dict[str, tuple[str, ...]] = field(default_factory=dict)
    required_fields: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The action's key."""
        return self.action.key


@dataclass(frozen=True)
class Command:
    """What the officer pressed: action, opinion (意见), chosen people, values, step to return to."""

    action: str
    opinion: str = ""
    picks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    target: str = ""


@dataclass(frozen=True)
class Opening:
    """The next step with its seats."""

    step: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Plan:
    """What follows from a command; the store carries it out in one transaction.

    `how` is "close" (the step is over for everybody), "count" (one of several answers) or
    "hand" (the same task goes to another officer).
    """

    action: Action
    how: str
    opinion: str
    opening: Opening | None = None
    end: str = ""
    memo: dict[str, tuple[str, ...]] = field(default_factory=dict)


def allowed(now: Situation, actor: Actor) -> tuple[Choice, ...]:
    """The actions that this officer may take on this task, in the order of the definition."""
    if now.holder not in actor.principals:
        return ()
    step = now.flow.step(now.step)
    found = []
    for action in step.actions:
        if action.part and action.part != now.part:
            continue
        targets = _targets(now, action)
        if action.returns and not targets:
            continue
        blocked = f"还有 {now.others_open} 个协办未答复，答复后才能{action.title}" if action.last and now.others_open else ""
        offered = {pick.key: now.facts.memo.get(pick.key, ()) for pick in action.picks if now.facts.memo.get(pick.key)}
        found.append(Choice(action, targets, blocked, offered, _required(now, action)))
    return tuple(found)


def decide(now: Situation, actor: Actor, command: Command, suits: Callable[[Pick, str], bool]) -> Plan:
    """Judge a command; Refused or Invalid when a rule forbids it.

    `suits(pick, principal)` answers whether somebody may be chosen, from the directory of accounts.
    """
    choice = next((item for item in allowed(now, actor) if item.key == command.action), None)
    if choice is None:
        raise Refused("这一步没有您可用的此项操作。", "文件未改动，请刷新后查看当前环节。")
    if choice.blocked:
        raise Refused(f"{choice.blocked}。", "可先催办，意见已保留。")
    action = choice.action
    opinion = _opinion(action, command.opinion)
    picks = _picks(now, action, command, actor, suits)
    _fields(choice, command)
    memo = {pick.key: picks[pick.key] for pick in action.picks if pick.keep}
    if action.transfer:
        return Plan(action, "hand", opinion, Opening(now.step, (Seat(picks["person"][0], now.part),)))
    if action.returns:
        return Plan(action, "close", opinion, _return(choice, command, now))
    if action.counts:
        return Plan(action, "count", opinion)
    if action.end:
        return Plan(action, "close", opinion, end=action.end)
    facts = Facts(now.facts.organ_id, now.facts.drafter_id, now.facts.urgency, now.facts.upward, {**now.facts.memo, **memo})
    later = Situation(now.flow, facts, now.step, now.holder, now.part, 0, now.past)
    return Plan(action, "close", opinion, _open(later, action, picks), memo=memo)


def after_join(now: Situation, answers: frozenset[str], action: Action) -> Opening:
    """Where a parallel step leads once the last of its seats has answered (会签、传阅汇合)."""
    step = now.flow.step(now.step)
    if step.join:
        to = step.join["else"] if step.join.get("unless") in answers else step.join["to"]
        return Opening(to, _default_seats(now, now.flow.step(to)))
    return Opening(action.to, _default_seats(now, now.flow.step(action.to)))


def opening(flow: Flow, facts: Facts, step: str) -> Opening:
    """The first step of a new document, with its seat."""
    now = Situation(flow, facts, step, "")
    return Opening(step, _default_seats(now, flow.step(step)))


def consequence(choice: Choice, names: dict[str, list[str]], target: str = "") -> str:
    """What will happen, in words, before the button is pressed (「送 李某 签发」)."""
    action = choice.action
    if action.returns:
        found = next((item for item in choice.targets if item.step == target), choice.targets[0])
        return f"退回到「{found.title}」"
    words = action.words
    for pick in action.picks:
        said = "、".join(names.get(pick.key, []))
        if not said and pick.min == 0:
            words = words.replace(f"，{{{pick.key}}} 协办", "")
        words = words.replace(f"{{{pick.key}}}", said or f"（请选择{pick.title}）")
    return words


def _targets(now: Situation, action: Action) -> tuple[Target, ...]:
    passed = {past.step for past in now.past}
    found = []
    for key in action.returns:
        if key in passed:
            step = now.flow.step(key)
            found.append(Target(key, step.title, _last(now, key)))
    return tuple(found)


def _required(now: Situation, action: Action) -> frozenset[str]:
    urgent = now.facts.urgency != "平件"
    return frozenset(item.key for item in action.fields if item.required or (item.required_when == "urgent" and urgent))


def _opinion(action: Action, text: str) -> str:
    said = text.strip()
    if not said and action.opinion != "none":
        said = action.default
    if not said and action.opinion == "required":
        wanted = "理由" if action.returns or action.danger else "意见"
        raise Invalid({"opinion": f"请填写{action.title}的{wanted}。"})
    return said


def _picks(now: Situation, action: Action, command: Command, actor: Actor,
           suits: Callable[[Pick, str], bool]) -> dict[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    seen: set[str] = set()
    for pick in action.picks:
        given = command.picks.get(pick.key)
        if given is None:
            given = now.facts.memo.get(pick.key, ())
        holders = tuple(dict.fromkeys(_holder(pick, item) for item in given))
        _check_pick(pick, given, holders, now, actor, suits)
        if pick.key in ("lead", "assist") and seen & set(holders):
            raise Invalid({pick.key: "主办和协办不能是同一单位或同一人，请调整。"})
        seen |= set(holders)
        chosen[pick.key] = holders
    return chosen


def _check_pick(pick: Pick, given: tuple[str, ...], holders: tuple[str, ...], now: Situation, actor: Actor,
                suits: Callable[[Pick, str], bool]) -> None:
    if len(holders) < pick.min:
        raise Invalid({pick.key: f"请选择{pick.title}。"})
    if len(holders) > pick.max:
        raise Invalid({pick.key: f"{pick.title}最多选 {pick.max} 个，现选了 {len(holders)} 个。"})
    if pick.other and (person(actor.id) in holders or now.holder in holders):
        raise Invalid({pick.key: f"{pick.title}不能再选本人，请另选。"})
    effective = Pick(**{**pick.__dict__, "role": _role(pick, now)})
    for item in given:
        if not suits(effective, item):
            raise Invalid({pick.key: _unsuited(effective)})


def _role(pick: Pick, now: Situation) -> str:
    """An upward document is signed by the principal leader (条例第二十二条)."""
    if pick.role == "signer":
        return "chief" if now.facts.upward else "leader"
    return pick.role


def _unsuited(pick: Pick) -> str:
    if pick.role == "chief":
        return f"上行文应当由主要负责人签发，所选{pick.title}不是主要负责人，请另选。"
    if pick.role == "leader":
        return f"所选{pick.title}不是本机关领导或已停用，请另选。"
    return f"所选{pick.title}不在可选范围或没有可办理的人员，请另选。"


def _holder(pick: Pick, principal: str) -> str:
    kind, number = split(principal)
    return pool(pick.unit_role, number) if kind == "unit" else principal


def _fields(choice: Choice, command: Command) -> None:
    missing = {
        item.key: f"请填写{item.title}。"
        for item in choice.action.fields
        if item.key in choice.required_fields and not command.fields.get(item.key, "").strip()
    }
    if missing:
        raise Invalid(missing)


def _return(choice: Choice, command: Command, now: Situation) -> Opening:
    wanted = command.target or choice.targets[0].step
    target = next((item for item in choice.targets if item.step == wanted), None)
    if target is None:
        raise Refused("不能退回到所选环节。", "意见已保留，请另选退回环节。")
    part = "lead" if now.flow.step(target.step).mode == "all" else "sole"
    return Opening(target.step, (Seat(target.holder, part),))


def _open(now: Situation, action: Action, picks: dict[str, tuple[str, ...]]) -> Opening:
    seats = tuple(Seat(holder, pick.part) for pick in action.picks if pick.part for holder in picks[pick.key])
    step = now.flow.step(action.to)
    if not seats:
        seats = (Seat(_last(now, action.seat.removeprefix("last:"))),) if action.seat else _default_seats(now, step)
    return Opening(action.to, seats)


def _default_seats(now: Situation, step: Step) -> tuple[Seat, ...]:
    kind, _, name = step.seat.partition(":")
    if kind == "drafter":
        return (Seat(person(now.facts.drafter_id)),)
    if kind == "memo":
        return tuple(Seat(holder) for holder in now.facts.memo[name])
    return (Seat(pool(kind, now.facts.organ_id)),)


def _last(now: Situation, step: str) -> str:
    """Who acted last at a step (the lead, where several did)."""
    acted = [past for past in now.past if past.step == step]
    leads = [past for past in acted if past.part in ("lead", "sole")]
    return person((leads or acted)[-1].actor_id)
