"""Who may read, and who may administer whom (权限). One rule for both databases."""

from dataclasses import dataclass

from .actor import ADMIN_ROLES, Actor, person, pool

GRANTABLE_BY_UNIT = frozenset({"chief", "deputy", "clerk", "reviewer", "archivist"})


def first_readers(organ_id: int, drafter_id: int, drafter_unit_id: int) -> frozenset[str]:
    """Who may read a new document: its maker and the leaders of the organ and of the maker's unit."""
    return frozenset({person(drafter_id), pool("leader", organ_id), pool("leader", drafter_unit_id)})


def filed_readers(organ_id: int) -> frozenset[str]:
    """Who joins when a document is filed: the archivists of the organ (档案员)."""
    return frozenset({pool("archivist", organ_id)})


def may_read(actor: Actor, readers: frozenset[str]) -> bool:
    """A document is readable by those named on it; administrators of the system have no business rights.

    Source: 三员分立, product rule of the domain page §7: none of the three holds business data rights.
    """
    return bool(actor.principals & readers)


def may_register(actor: Actor, organ_id: int) -> bool:
    """Incoming papers are signed for and registered by the organ's clerks (收发员; 条例第二十四条)."""
    return actor.holds("clerk", organ_id)


@dataclass(frozen=True)
class AccountFacts:
    """What the rule of administration needs to know of an account."""

    id: int
    unit_id: int
    roles: frozenset[str]


def may_administer(actor: Actor, unit_id: int, target: AccountFacts | None = None) -> str:
    """Why this officer may not administer accounts there; an empty string when it is allowed.

    A unit administrator handles the own unit's accounts except administrators; a system
    administrator handles unit administrators only; nobody handles the own account.
    """
    if target is not None and target.id == actor.id:
        return "不能管理自己的账号，请由另一位管理员办理。"
    roles = target.roles if target else frozenset()
    if roles & ADMIN_ROLES:
        return "系统、安全保密、审计管理员的账号不能在这里变更。"
    if actor.holds("sys_admin"):
        return "" if target is None or "unit_admin" in roles else "系统管理员只管理各单位的单位管理员账号。"
    if actor.holds("unit_admin", unit_id):
        return "单位管理员的账号由系统管理员管理。" if "unit_admin" in roles else ""
    return "只能管理本单位的账号。"


def may_grant(actor: Actor, roles: frozenset[str]) -> str:
    """Why these roles may not be given by this administrator; an empty string when they may."""
    if actor.holds("sys_admin"):
        return "" if roles <= {"unit_admin"} else "系统管理员只能任命单位管理员。"
    return "" if roles <= GRANTABLE_BY_UNIT else "单位管理员不能授予管理员角色。"
