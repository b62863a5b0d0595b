"""The columns of the people of a unit: a directory for everybody, with number and state for administrators."""

from oa_client.ui.models.table import Column
from oa_client.ui.widgets.chip import ChipGroup
from oa_client.usecases.accounts import AccountRow

STATES = ChipGroup("state", "状态", (("active", "在用"), ("disabled", "已停用"), ("locked", "已锁定"), ("new", "待首次登录")))
_TONES = {"active": "ontime", "disabled": "neutral", "locked": "soon", "new": "accent"}
_TIPS = {"disabled": "不能登录；名下未办完的公文仍在", "locked": "多次输错密码，暂时不能登录；重置密码可立即解除", "new": "还没有用一次性密码登录过"}


def state_of(row: AccountRow) -> str:
    """One of the values of STATES."""
    if not row.active:
        return "disabled"
    return "locked" if row.locked else "new" if row.must_change else "active"


def directory_columns() -> tuple[Column, ...]:
    """For everybody: who, what, where, under which number."""
    return (_name(), _post(), _unit(), _roles(), Column("login", "警号", 84, lambda row: row.login))


def administration_columns() -> tuple[Column, ...]:
    """For administrators: the account first, its state last."""
    words = dict(STATES.options)
    return (Column("login", "警号", 80, lambda row: row.login), _name(), _post(), _unit(), _roles(),
            Column("state", "状态", 100, lambda row: words[state_of(row)], chip=True, tone=lambda row: _TONES[state_of(row)],
                   tip=lambda row: _TIPS.get(state_of(row), "")),
            Column("closes_on", "有效期至", 94, lambda row: row.closes_on.isoformat() if row.closes_on else "",
                   tip=lambda row: "过了这一天不能再登录" if row.closes_on else ""))


def _name() -> Column:
    return Column("name", "姓名", 76, lambda row: row.name, tone=lambda row: None if row.active else "secondary")


def _post() -> Column:
    return Column("post", "职务", 100, lambda row: row.post, tip=lambda row: row.post)


def _unit() -> Column:
    return Column("unit", "单位", 116, lambda row: row.unit, tip=lambda row: row.unit)


def _roles() -> Column:
    return Column("roles", "角色", 144, lambda row: "、".join(row.roles), stretch=True, tip=lambda row: "、".join(row.roles))
