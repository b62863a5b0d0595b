"""The password policy (口令策略), seen by every administrator and changed by the security administrator (安全保密管理员)."""

import json
from collections.abc import Mapping

from ..domain.errors import Invalid, Refused
from ..domain.happenings import POLICY
from ..store.guard import call, guarded
from ..store.work_tables import Fact
from .desk import Desk, Outcome
from .noting import note_system
from .policy import policy_of

TOPICS = frozenset({"accounts"})
LIMITS: Mapping[str, tuple[int, int]] = {
    "min_length": (8, 64), "min_classes": (1, 4), "history": (0, 24), "expire_days": (0, 365), "warn_days": (0, 30), "lock_after": (3, 10),
    "lock_minutes": (5, 1440), "idle_minutes": (1, 240)}


def policy(desk: Desk) -> dict[str, int]:
    """The policy in force, field by field."""
    with desk.look() as session:
        found = policy_of(session)
    return {key: found[key] for key in LIMITS}


def change(desk: Desk, values: Mapping[str, int]) -> Outcome[dict[str, int]]:
    """Change the policy; Invalid names what is out of bounds, Refused is for everybody else."""
    if not desk.actor.holds("sec_admin"):
        raise Refused("口令策略由安全保密管理员修改。")
    wrong = {key: f"{POLICY[key]}应在 {least} 至 {most} 之间。" for key, (least, most) in LIMITS.items() if key in values and not least <= values[key] <= most}
    if wrong:
        raise Invalid(wrong)
    with desk.unit() as session:
        before = policy_of(session)
        fresh = {key: int(values[key]) for key in LIMITS if key in values and values[key] != before[key]}
        if fresh and guarded(session):
            call(session, "policy_set", json.dumps(fresh))
        elif fresh:
            fact = session.get(Fact, "policy")
            session.merge(Fact(key="policy", value={**(fact.value if fact else {}), **fresh}))
            note_system(session, desk, "policy", parts=sorted(fresh), values=fresh)
        return Outcome({**before, **fresh}, TOPICS, "口令策略已修改，下次设置密码和登录时生效。" if fresh else "没有改动。")
