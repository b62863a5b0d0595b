"""The reconciliation page (账号核对): accounts against units, posts and the three administrators, for those who can mend it."""

from dataclasses import dataclass

from sqlalchemy import select

from ..domain.errors import Refused
from ..domain.reconciling import Difference, PersonFacts, PostFacts, UnitFacts, differences
from ..store.access_tables import Post
from ..store.tables import Account, RoleGrant, Unit
from .desk import Desk


@dataclass(frozen=True)
class UnitState:
    """A unit on the page: how many of everything it has, and what does not agree. `mine` whether the officer at the desk mends it."""

    unit_id: int
    unit: str
    administrators: tuple[str, ...]
    posts: int
    filled: int
    accounts: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Reconciliation:
    """The whole page, its sums, and what this officer may mend: "" for everything, else the sentence why not."""

    units: tuple[UnitState, ...]
    system_administrators: int
    leaders: int
    posts: int
    accounts: int
    agreed: bool


def reconcile(desk: Desk) -> Reconciliation:
    """Compare; a unit's administrator sees the own unit, that of the office the bureau as well. Refused for who administers nothing."""
    actor = desk.actor
    whole = any(actor.holds(role) for role in ("sys_admin", "sec_admin", "audit_admin"))
    if not whole and not actor.holds("unit_admin"):
        raise Refused("只有管理员可以核对账号。")
    with desk.look() as session:
        every = session.scalars(select(Unit).order_by(Unit.position, Unit.id)).all()
        units = [unit for unit in every if whole or actor.administers(unit.id)]
        posts = [PostFacts(row.unit_id, row.role, row.title) for row in session.scalars(select(Post).order_by(Post.unit_id, Post.position, Post.id))]
        grants: dict[int, set[tuple[str, int]]] = {}
        for account_id, role, unit_id in session.execute(select(RoleGrant.account_id, RoleGrant.role, RoleGrant.unit_id)):
            grants.setdefault(account_id, set()).add((role, unit_id))
        people = [PersonFacts(row.id, row.name, row.unit_id, row.post, row.active, frozenset(grants.get(row.id, ())))
                  for row in session.scalars(select(Account).order_by(Account.login))]
    facts = [UnitFacts(unit.id, unit.short, unit.parent_id is None) for unit in units]
    shown = {unit.id for unit in facts}
    kept = [post for post in posts if post.unit_id in shown]
    found = differences(facts, kept, people)
    active = [one for one in people if one.active]
    states = tuple(_state(unit, kept, active, tuple(item for item in found if item.unit_id == unit.id)) for unit in facts)
    return Reconciliation(states, _count("sys_admin", active), sum(1 for one in active if any(role in ("chief", "deputy") and where in shown for role, where in one.grants)),
                          len(kept), sum(state.accounts for state in states), not found)


def _state(unit: UnitFacts, posts: list[PostFacts], active: list[PersonFacts], found: tuple[Difference, ...]) -> UnitState:
    here = [post for post in posts if post.unit_id == unit.id]
    vacant = sum(1 for item in found if item.post and item.mend in ("create", "grant"))
    admins = tuple(one.name for one in active if ("unit_admin", unit.id) in one.grants)
    return UnitState(unit.id, unit.name, admins, len(here), len(here) - vacant, sum(1 for one in active if one.unit_id == unit.id), found)


def _count(role: str, active: list[PersonFacts]) -> int:
    return sum(1 for one in active if any(held == role for held, _where in one.grants))
