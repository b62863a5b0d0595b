"""Who may read, and who may administer whom (权限). One rule for both databases; PostgreSQL obeys the same tables in its guards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .actor import ADMIN_ROLES, BUSINESS_ROLES, LEADER_ROLES, Actor, person, pool

ReaderRules = Mapping[str, Sequence[Sequence[str]]]
FINISHED = frozenset({"filed", "closed"})


def readers_on(rules: ReaderRules, occasion: str, organ_id: int, maker_id: int, home_id: int) -> frozenset[str]:
    """Who joins the readers of a document when it is made ("create"), registered, delivered to a unit or filed.

    `rules` is the table of occasions in `resources/rules/access.json`, which the database's guards obey as well.
    """
    places = {"organ": organ_id, "home": home_id}
    return frozenset(person(maker_id) if place == "maker" else pool(role, places[place]) for role, place in rules[occasion])


def may_read(actor: Actor, readers: frozenset[str], guests: frozenset[str] = frozenset()) -> bool:
    """A document is readable by those named on it and by its guests of today; administrators of the system have no business rights.

    Source: 三员分立, product rule of the domain page §7: none of the three holds business data rights.
    """
    return bool(actor.principals & (readers | guests))


def may_register(actor: Actor, organ_id: int) -> bool:
    """Incoming papers are signed for and registered by the organ's clerks (收发员; 条例第二十四条)."""
    return actor.holds("clerk", organ_id)


@dataclass(frozen=True)
class AccountFacts:
    """What the rule of administration needs to know of an account; `led` whether a leading role was taken from it lately."""

    id: int
    unit_id: int
    roles: frozenset[str]
    led: bool = False


def may_administer(actor: Actor, unit_id: int, target: AccountFacts | None = None) -> str:
    """Why this officer may not administer accounts there; an empty string when it is allowed.

    A unit administrator handles the own unit's accounts except administrators, that of the office those of the bureau itself too; a system
    administrator handles unit administrators only; nobody handles the own account.
    """
    if target is not None and target.id == actor.id:
        return "不能管理自己的账号，请由另一位管理员办理。"
    roles = target.roles if target else frozenset()
    if roles & ADMIN_ROLES:
        return "系统、安全保密、审计管理员的账号不能在这里变更。"
    if actor.holds("sys_admin"):
        return "" if target is None or "unit_admin" in roles else "系统管理员只管理各单位的单位管理员账号。"
    if actor.administers(unit_id):
        return "单位管理员的账号由系统管理员管理。" if "unit_admin" in roles else ""
    return "只能管理本单位的账号。"


def may_grant(actor: Actor, roles: frozenset[tuple[str, int]], home_id: int, bureau_id: int | None = None) -> str:
    """Why these roles, each within a unit, may not be given by this administrator to somebody of `home_id`; empty when they may.

    A unit's administrator gives business roles within the own unit. `bureau_id` is the bureau itself where the unit is its
    office (办公室): the office's administrator gives the bureau's roles as well. A system administrator gives none directly:
    unit administrators are appointed with a second person's consent (双人复核).
    """
    if not roles:
        return ""
    if actor.holds("sys_admin"):
        return "系统管理员不直接授予角色；单位管理员须申请任命，由另一位系统管理员复核。"
    if not {role for role, _unit in roles} <= BUSINESS_ROLES:
        return "单位管理员不能授予管理员角色。"
    return "" if {unit for _role, unit in roles} <= {home_id, bureau_id} else "只能授予本单位的角色。"


def needs_consent(target: AccountFacts) -> bool:
    """Whether a new password for this account needs a second person's consent (领导的密码); taking the role away first does not do without it."""
    return target.led or bool(target.roles & LEADER_ROLES)


def may_consent(actor: Actor, deciders: Sequence[str], asked_by: int, target_id: int) -> str:
    """Why this officer may not decide what somebody asked for; empty when it is allowed. Nobody decides the own request, or about themselves."""
    if asked_by == actor.id:
        return "自己的申请要由另一人复核。"
    if target_id == actor.id:
        return "不能复核涉及本人账号的申请。"
    return "" if any(actor.holds(role) for role in deciders) else "您不是这类申请的复核人。"


def may_share(actor: Actor, readers: frozenset[str], state: str) -> str:
    """Why a document may not be shared by this officer; empty when it may: finished, and handled by the officer (not merely lent)."""
    if state not in FINISHED:
        return "办结或归档以后才能共享。"
    return "" if actor.principals & readers else "只有办理过本件的人可以共享。"


def may_end_share(actor: Actor, given_by: int, organ_id: int) -> bool:
    """A share is taken back by who gave it, by the organ's leaders and archivists."""
    return given_by == actor.id or actor.holds("leader", organ_id) or actor.holds("archivist", organ_id)


def may_stand_in(leads: frozenset[int], home_id: int, other_leads: frozenset[int], other_home_id: int) -> bool:
    """Whether somebody may be delegated to: who leads units is stood in for by another who leads them, anybody else by a colleague of the unit."""
    return leads <= other_leads if leads else home_id == other_home_id
