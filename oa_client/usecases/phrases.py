"""Common phrases (常用语) that the opinion box offers at each step."""

import json
from functools import cache
from typing import Any

from ..settings import resource


def phrases(kind: str, step: str, action: str) -> tuple[str, ...]:
    """The phrases for an action of a step in the flow `kind` (receive or send); empty where there are none."""
    return tuple(_table().get(kind, {}).get(f"{step}.{action}", ()))


def phrases_for(occasion: str) -> tuple[str, ...]:
    """The phrases for what is done outside the steps: "withdraw" 撤回, "urge" 催办."""
    return tuple(_table()[occasion])


@cache
def _table() -> dict[str, Any]:
    return json.loads(resource("phrases.json").read_text("utf-8"))
