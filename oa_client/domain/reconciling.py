"""Reconciliation (账号与岗位核对): accounts against units and posts, as differences, each with what mends it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .actor import ROLES

GUARDIANS = {"sys_admin": 2, "sec_admin": 1, "audit_admin": 1}
DESKS = {"clerk": "来文无人签收、登记", "archivist": "办结的公文无人归档"}


@dataclass(frozen=True)
class UnitFacts:
    """A unit; the bureau itself has no administrator of its own, its office gives its roles."""

    id: int
    name: str
    is_bureau: bool = False


@dataclass(frozen=True)
class PostFacts:
    """A leading post of a unit (领导职数)."""

    unit_id: int
    role: str
    title: str


@dataclass(frozen=True)
class PersonFacts:
    """An account with its roles, each within a unit."""

    id: int
    name: str
    unit_id: int
    post: str
    active: bool
    grants: frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Difference:
    """What does not agree. `mend` is the action that mends it: appoint, dismiss, create, grant, revoke, guardian; `serious` what stops work."""

    unit_id: int
    subject: str
    words: str
    mend: str
    account_id: int = 0
    post: str = ""
    role: str = ""
    serious: bool = True


def differences(units: Iterable[UnitFacts], posts: Iterable[PostFacts], people: Iterable[PersonFacts]) -> tuple[Difference, ...]:
    """Everything that does not agree, the bureau's three administrators first, then unit by unit."""
    units, posts, people = list(units), list(posts), [one for one in people if one.active]
    found = [item for unit in units if unit.is_bureau for item in _guardians(unit, people)]
    for unit in units:
        if not unit.is_bureau:
            found += _administrators(unit, people)
        found += _posts(unit, [post for post in posts if post.unit_id == unit.id], people)
        found += _desks(unit, people)
    return tuple(found)


def _holding(role: str, unit_id: int | None, people: list[PersonFacts]) -> list[PersonFacts]:
    return [one for one in people if any(held == role and unit_id in (None, where) for held, where in one.grants)]


def _guardians(bureau: UnitFacts, people: list[PersonFacts]) -> list[Difference]:
    counts: Mapping[str, int] = {role: len(_holding(role, None, people)) for role in GUARDIANS}
    return [Difference(bureau.id, ROLES[role], f"应有 {wanted} 个在用账号，现有 {counts[role]} 个", "guardian", role=role)
            for role, wanted in GUARDIANS.items() if counts[role] != wanted]


def _administrators(unit: UnitFacts, people: list[PersonFacts]) -> list[Difference]:
    there = _holding("unit_admin", unit.id, people)
    if not there:
        return [Difference(unit.id, "单位管理员", "没有在用的单位管理员", "appoint", role="unit_admin")]
    return [Difference(unit.id, "单位管理员", f"有 {len(there)} 位单位管理员，{extra.name}多出", "dismiss", extra.id, role="unit_admin") for extra in there[1:]]


def _posts(unit: UnitFacts, posts: list[PostFacts], people: list[PersonFacts]) -> list[Difference]:
    """Each post is filled by one who holds its role here and bears its title; who holds the role beyond that is one too many."""
    leaders = {role: _holding(role, unit.id, people) for role in ("chief", "deputy")}
    found = []
    for post in posts:
        fitting = next((one for one in leaders[post.role] if one.post == post.title), None)
        if fitting is not None:
            leaders[post.role].remove(fitting)
        else:
            there = next((one for one in people if one.unit_id == unit.id and one.post == post.title and not any(
                role == post.role and where == unit.id for role, where in one.grants)), None)
            found.append(_vacant(unit, post, there))
    for role, rest in leaders.items():
        found += [Difference(unit.id, one.post or ROLES[role], f"{one.name}有{ROLES[role]}角色，但不在领导职数之内", "revoke", one.id, one.post, role, False) for one in rest]
    return found


def _vacant(unit: UnitFacts, post: PostFacts, there: PersonFacts | None) -> Difference:
    if there is not None:
        return Difference(unit.id, post.title, f"{there.name}任{post.title}，账号没有{ROLES[post.role]}角色", "grant", there.id, post.title, post.role)
    return Difference(unit.id, post.title, f"{post.title}没有在用账号", "create", 0, post.title, post.role)


def _desks(unit: UnitFacts, people: list[PersonFacts]) -> list[Difference]:
    return [Difference(unit.id, ROLES[role], f"没有{ROLES[role]}，{harm}", "grant", role=role) for role, harm in DESKS.items() if not _holding(role, unit.id, people)]
