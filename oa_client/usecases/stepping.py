"""The usual next step (下一步): the first allowed forward action of an officer's own to-do, with default people and values, for scripts."""

from collections.abc import Callable
from datetime import date
from functools import partial

from ..domain.errors import Refused
from ..domain.flow import Choice, Command
from ..domain.flow_definition import Field
from .desk import Desk
from .directory import candidates, fitting
from .filing import propose
from .rules import table
from .views import DocumentView, MyTask

OPINION, EXPLANATION = "同意。", "已核实。"


def usual(desk: Desk, view: DocumentView) -> tuple[MyTask, Command]:
    """The to-do and what to press on it; Refused when nothing leads forward."""
    for task in view.tasks:
        forward = [choice for choice in task.choices if not (choice.blocked or choice.action.returns or choice.action.danger or choice.action.transfer)]
        for choice in sorted(forward, key=lambda choice: not choice.action.primary):
            return task, Command(choice.key, _opinion(choice), _picks(desk, view, choice), _fields(desk, view, choice))
    raise Refused("现在没有可以往下办的操作。", "这件公文不在您手上，或还要等别人先办。")


def _opinion(choice: Choice) -> str:
    return OPINION if choice.action.opinion == "required" and not choice.action.default else ""


def _picks(desk: Desk, view: DocumentView, choice: Choice) -> dict[str, tuple[str, ...]]:
    """For each place that must be filled and is not yet proposed, the first who fits."""
    everybody = candidates(desk) if choice.action.picks else ()
    chosen: dict[str, tuple[str, ...]] = {}
    for pick in choice.action.picks:
        if pick.min and not choice.offered.get(pick.key):
            fits = fitting(pick, everybody, desk.actor, view.organ_id, view.upward)
            others = sorted(fits, key=lambda item: item.is_unit and item.unit_id == view.organ_id)
            chosen[pick.key] = tuple(item.holder for item in others[:pick.min])
    return chosen


def _fields(desk: Desk, view: DocumentView, choice: Choice) -> dict[str, str]:
    known: dict[str, Callable[[], str]] = {
        "code": lambda: view.number_codes[0] if view.number_codes else "", "copies": lambda: str(max(1, len(view.addressees))),
        "due_on": partial(_limit, desk, view.urgency), "retention": lambda: propose(desk, view.id).retention,
        "year": lambda: str(propose(desk, view.id).year), "explain": lambda: EXPLANATION,
    }
    wanted: tuple[Field, ...] = tuple(item for item in choice.action.fields if item.key in choice.required_fields or item.key == "explain")
    return {item.key: known[item.key]() for item in wanted if item.key in known}


def _limit(desk: Desk, urgency: str) -> str:
    """The usual time limit of the degree of urgency, by days of the calendar."""
    days = next((row["working_days"] for row in table("urgency")["paper"] if row["name"] == urgency), 0)
    return date.fromordinal(desk.today().toordinal() + days).isoformat()
