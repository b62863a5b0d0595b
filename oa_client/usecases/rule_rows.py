"""The rules as rows for the database's guards (规则导出): the same tables that Python reads, so that both obey one source."""

import hashlib
import json
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain.actor import ADMIN_ROLES, BUSINESS_ROLES, LEADER_ROLES, ROLES
from ..domain.flow_definition import Action, Flow, Step
from ..store import enforcing
from ..store.tables import FlowDefinition
from .filing import CATEGORY
from .papers import LIMIT_MB
from .policies import LIMITS
from .policy import policy_of
from .rules import document_types, opennesses, table, urgencies

Rows = list[dict[str, Any]]


def rule_rows(session: Session) -> dict[str, Rows]:
    """Every rule table with its rows: roles, flows, readers, numbers, limits."""
    found: dict[str, Rows] = {name: [] for name in ("rule_flow", "rule_step", "rule_action", "rule_return", "rule_pick")}
    for row in session.scalars(select(FlowDefinition).order_by(FlowDefinition.id)):
        _flow(found, row.id, row.unit_id, Flow.from_data(row.body))
    fixed = _fixed()
    return {**found, **fixed, "rule_value": [*fixed["rule_value"], _value("policy", policy_of(session))]}


@cache
def edition() -> str:
    """The edition of this program's rules (把关规则的版本): of the files that make the guards, and of the rows that no bureau changes."""
    return hashlib.sha256(f"{enforcing.digest()}{json.dumps(_fixed(), ensure_ascii=False, sort_keys=True)}".encode()).hexdigest()


def _fixed() -> dict[str, Rows]:
    """The rows that are the same in every bureau."""
    access, found = table("access"), {}
    found["rule_role"] = [{"role": role, "no": no, "title": title, "leads": role in LEADER_ROLES, "guardian": role in ADMIN_ROLES,
                           "by_unit": role in BUSINESS_ROLES} for no, (role, title) in enumerate(ROLES.items(), 1)]
    found["rule_reader"] = [{"occasion": occasion, "role": role, "place": place} for occasion, pairs in access["readers"].items() for role, place in pairs]
    found["rule_upward"] = [{"doc_type": item["name"], "always": item["directions"][0] == "up" and "down" not in item["directions"]}
                            for item in table("document_types")["types"] if "up" in item["directions"]]
    found["rule_consent"] = [{"kind": kind, "role": role} for kind, roles in access["consents"].items() for role in roles]
    found["rule_value"] = [_value(key, value) for key, value in _values(access).items()]
    return found


def _value(key: str, value: object) -> dict[str, Any]:
    return {"key": key, "value": json.dumps(value, ensure_ascii=False)}


def _values(access: dict[str, Any]) -> dict[str, Any]:
    numbers = table("numbering")
    number, archive = numbers["document_number"], numbers["archive_reference"]
    return {
        "share": {"days": access["share_days"]}, "delegation": {"days": access["delegation_days"]},
        "consent": {"hours": access["consent_hours"], "led_days": access["led_days"]}, "file": {"bytes": LIMIT_MB * 1024 * 1024},
        "choices": {"doc_type": document_types(), "urgency": urgencies(), "openness": opennesses()}, "bounds": LIMITS,
        "number": {key: number[key] for key in ("opening", "closing", "suffix")},
        "archive": {"category": CATEGORY, "level": archive["level_separator"], "inner": archive["inner_separator"], "width": archive["item_width"],
                    "periods": archive["periods"]},
    }


def _flow(found: dict[str, Rows], flow_id: int, unit_id: int | None, flow: Flow) -> None:
    found["rule_flow"].append({"flow_id": flow_id, "key": flow.key, "version": flow.version, "unit_id": unit_id, "start": flow.start, "arrival": flow.arrival})
    for place, step in enumerate(flow.steps):
        edit = step.edit if isinstance(step.edit, str) else "full" if step.edit else ""
        found["rule_step"].append({
            "flow_id": flow_id, "step": step.key, "place": place, "title": step.title, "seat": step.seat, "mode": step.mode, "box": step.box, "edit": edit,
            "join_unless": step.join.get("unless"), "join_to": step.join.get("to"), "join_else": step.join.get("else")})
        for action in step.actions:
            _action(found, flow_id, step, action)


def _action(found: dict[str, Rows], flow_id: int, step: Step, action: Action) -> None:
    here = {"flow_id": flow_id, "step": step.key, "action": action.key}
    found["rule_action"].append({
        **here, "title": action.title, "part": action.part, "leads_to": action.to, "ends": action.end, "seat": action.seat, "opinion": action.opinion,
        "effect": action.effect, "counts": action.counts, "last": action.last, "transfer": action.transfer, "final": action.final,
        "asks": [item.key for item in action.fields]})
    found["rule_return"] += [{**here, "target": target} for target in action.returns]
    found["rule_pick"] += [{**here, "pick": pick.key, "kind": pick.kind, "role": pick.role, "unit_role": pick.unit_role, "within": pick.within,
                            "part": pick.part, "keep": pick.keep, "other": pick.other, "least": pick.min, "most": pick.max} for pick in action.picks]
