"""Seats that cannot be filled (无人可办): where a paper goes instead when the officer whom it would go to has left."""

from .actor import split
from .errors import Refused
from .flow import Flow, Opening, Situation, opening
from .flow_definition import Step


def wanted_role(step: Step) -> str:
    """The role whose holders the step belongs to, such as clerk; empty when it belongs to named persons."""
    kind = step.seat.partition(":")[0]
    return "" if kind in ("", "drafter", "memo") else kind


def reseated(now: Situation, wanted: Opening, gone: frozenset[str], names: str = "") -> Opening:
    """The opening without officers who have left (`gone`; `names` for the sentence).

    A step that belongs to a role goes to all who hold it; a parallel step joins where its disagreement leads, so that
    somebody else is chosen there. Refused when there is neither.
    """
    if not any(seat.holder in gone for seat in wanted.seats):
        return wanted
    step = now.flow.step(wanted.step)
    if wanted_role(step):
        return opening(now.flow, now.facts, step.key)
    join = now.flow.step(now.step).join
    if join and wanted.step == join["to"]:
        return opening(now.flow, now.facts, join["else"])
    raise Refused(f"「{step.title}」的办理人{names}已停用或调离，不能送到那里。", "意见已保留，请另选办理人或退回环节。")


def persons(wanted: Opening) -> dict[int, str]:
    """The officers whom an opening names: account → principal."""
    found = {}
    for seat in wanted.seats:
        kind, number = split(seat.holder)
        if kind == "person":
            found[number] = seat.holder
    return found


def asked_role(flow: Flow, step: Step, part: str, upward: bool) -> str:
    """The role that a seat asks for, empty when anybody may sit there: who takes it over must hold it (移交)."""
    for before in flow.steps:
        for action in before.actions:
            for pick in action.picks if action.to == step.key else ():
                if pick.role and (step.seat == f"memo:{pick.key}" or (pick.part and pick.part == part)):
                    return ("chief" if upward else "leader") if pick.role == "signer" else pick.role
    return wanted_role(step)
