"""What the reconciliation says (核对用语): the sums above the list, the verb of each difference, and who else mends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oa_client.domain.actor import Actor
from oa_client.domain.reconciling import Difference
from oa_client.usecases.accounts import AccountRow
from oa_client.usecases.consents import ConsentRow
from oa_client.usecases.directory import UnitRow
from oa_client.usecases.reconciling import Reconciliation, UnitState

SYSTEM_ADMINISTRATORS = 2
VERBS = {"appoint": "申请任命", "dismiss": "申请免去", "create": "新建账号", "grant": "授予角色", "revoke": "收回角色"}
GUARDIAN = "由服务器管理员用 main.py db guardian 设立或停用"


@dataclass(frozen=True)
class Known:
    """Everything that the page has read."""

    found: Reconciliation
    units: Mapping[int, UnitRow]
    accounts: Mapping[int, AccountRow]
    asked: Sequence[ConsentRow]

    def home(self, unit_id: int) -> UnitRow:
        """The unit whose administrator mends a unit's differences: the bureau's are the office's (办公室)."""
        unit = self.units[unit_id]
        offices = [each for each in self.units.values() if each.kind == "office" and each.parent_id == unit.id]
        return offices[0] if unit.parent_id is None and offices else unit


def facts(known: Known) -> tuple[tuple[str, bool], ...]:
    """The sums in words, each with whether it is as it should be."""
    found, units = known.found, [state for state in known.found.units if known.units[state.unit_id].parent_id is not None]
    without, several = sum(not state.administrators for state in units), sum(len(state.administrators) > 1 for state in units)
    filled = sum(state.filled for state in found.units)
    whole = any(known.units[state.unit_id].parent_id is None for state in found.units) and len(units) > 1
    said = []
    if whole:
        wrong = "，".join(words for count, words in ((without, f"{without} 个没有管理员"), (several, f"{several} 个不止一名")) if count)
        said.append((f"{len(units)} 个单位{'中 ' + wrong if wrong else '各有一名在用的管理员'}", not wrong))
        said.append((f"系统管理员 {found.system_administrators} 名" + ("" if found.system_administrators == SYSTEM_ADMINISTRATORS else f"（应为 {SYSTEM_ADMINISTRATORS} 名）"),
                     found.system_administrators == SYSTEM_ADMINISTRATORS))
    else:
        said += [(f"{state.unit}单位管理员：{'、'.join(state.administrators) or '没有'}", len(state.administrators) == 1) for state in units]
    said.append((f"领导职数 {found.posts} 个，{'均有账号' if filled == found.posts else f'{filled} 个有账号'}", filled == found.posts))
    said.append((f"在用账号 {found.accounts} 个", True))
    return tuple(said)


def of_unit(state: UnitState) -> str:
    """The figures of one unit in a line."""
    admins = f"管理员 {'、'.join(state.administrators)}　" if state.administrators else ""
    posts = f"领导 {state.filled}/{state.posts}　" if state.posts else ""
    return f"{admins}{posts}账号 {state.accounts}"


def sentence(item: Difference) -> str:
    """A difference in words, naming what it is about."""
    return f"{item.subject}{item.words}" if item.mend == "guardian" else item.words


def hindrance(actor: Actor, known: Known, item: Difference) -> str:
    """Why the officer at the desk does not mend a difference: who does, or what is under way; empty when the officer does."""
    if item.mend == "guardian":
        return GUARDIAN
    if item.mend in ("appoint", "dismiss"):
        return _asked(known, item) if actor.holds("sys_admin") else "由系统管理员办理"
    home = known.home(item.unit_id)
    if not actor.holds("unit_admin", home.id):
        there = next((state.administrators for state in known.found.units if state.unit_id == home.id), ())
        return f"由{home.short}单位管理员办理" if there else f"先任命{home.short}单位管理员，由其办理"
    row = known.accounts.get(item.account_id)
    return row.refusal.rstrip("。") if row is not None else ""


def _asked(known: Known, item: Difference) -> str:
    unit = known.units[item.unit_id].short
    for each in known.asked:
        if each.kind == item.mend and each.decision == "" and each.unit == unit and item.account_id in (0, each.account_id):
            return f"已申请{'任命' if item.mend == 'appoint' else '免去'} {each.name}，待另一位系统管理员复核"
    return ""
