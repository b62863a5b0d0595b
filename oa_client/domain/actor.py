"""Who acts, and the names by which papers are addressed to people (当事人)."""

from dataclasses import dataclass, field

LEADER_ROLES = frozenset({"chief", "deputy"})
ADMIN_ROLES = frozenset({"sys_admin", "sec_admin", "audit_admin"})
BUSINESS_ROLES = frozenset({"chief", "deputy", "clerk", "reviewer", "archivist"})
ROLES = {
    "chief": "主要负责人", "deputy": "分管领导", "leader": "领导", "clerk": "收发员", "reviewer": "核稿人",
    "archivist": "档案员", "unit_admin": "单位管理员", "sys_admin": "系统管理员",
    "sec_admin": "安全保密管理员", "audit_admin": "安全审计员", "unit": "全体人员",
}


def person(account_id: int) -> str:
    """The principal of one account."""
    return f"person:{account_id}"


def pool(role: str, unit_id: int) -> str:
    """The principal of everybody who holds `role` in a unit: whoever acts first, acts for all."""
    return f"{role}:{unit_id}"


def split(principal: str) -> tuple[str, int]:
    """The kind and the id of a principal; ValueError when it is none."""
    kind, _, number = principal.partition(":")
    if (kind != "person" and kind not in ROLES) or not number.isdecimal():
        raise ValueError(f"not a principal: {principal!r}")
    return kind, int(number)


@dataclass(frozen=True)
class Actor:
    """The officer at the desk: account, unit, post, the roles held, each within a unit, and whom the officer stands in for today (受托).

    `keeps` is the bureau whose own people (局领导) the office's administrator keeps the accounts of.
    """

    id: int
    login: str
    name: str
    unit_id: int
    unit_name: str = ""
    post: str = ""
    grants: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    must_change: bool = False
    stands_for: frozenset[int] = field(default_factory=frozenset)
    keeps: int | None = None

    @property
    def principals(self) -> frozenset[str]:
        """Every name under which a paper can be addressed to this officer."""
        if any(role in ADMIN_ROLES for role, _unit in self.grants):  # the three hold no business rights, not even as members of a unit
            return frozenset({person(self.id)})
        mine = {person(self.id), pool("unit", self.unit_id), *(person(other) for other in self.stands_for)}
        for role, unit_id in self.grants:
            mine.add(pool(role, unit_id))
            if role in LEADER_ROLES:
                mine.add(pool("leader", unit_id))
        return frozenset(mine)

    def administers(self, unit_id: int) -> bool:
        """Whether the accounts of a unit are this officer's to keep as its administrator (单位管理员)."""
        return self.holds("unit_admin", unit_id) or unit_id == self.keeps

    def holds(self, role: str, unit_id: int | None = None) -> bool:
        """Whether the role is held, in the given unit or in any."""
        return any(
            (held == role or (role == "leader" and held in LEADER_ROLES)) and unit_id in (None, unit)
            for held, unit in self.grants
        )
