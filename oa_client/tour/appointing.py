"""The reconciliation page: a unit without an administrator stands in red, and two system administrators mend it."""

from PySide6.QtCore import Qt

from oa_client.tour.answering import answer
from oa_client.tour.cast import Cast
from oa_client.tour.guide import Guide
from oa_client.ui.pages.appointing import AppointDialog
from oa_client.usecases import accounts

UNIT = "法制支队"


def walk(guide: Guide, cast: Cast) -> None:
    """From all in order to a gap and back."""
    one, other = _system_administrators(guide, cast)
    _close(guide, cast, one)
    name = _ask(guide, cast, one)
    _agree(guide, cast, other, name)


def _system_administrators(guide: Guide, cast: Cast) -> tuple[str, str]:
    cast.enter(cast.persona("系统管理员"))
    found = guide.look(lambda: [row.login for row in accounts.accounts(cast.desk) if "sys_admin" in {role for role, _unit in row.grants}])
    return cast.login, next(login for login in found if login != cast.login)


def _close(guide: Guide, cast: Cast, administrator: str) -> None:
    with guide.step("账号核对：全部相符"):
        main = cast.enter(administrator)
        page = main.go("reconcile")
        guide.settle()
        guide.check("没有不符", page.known is not None and not any(state.differences for state in page.known.found.units))
        guide.picture("账号核对-相符", main)
    with guide.step("系统管理员停用一个单位的管理员"):
        page = main.go("accounts")
        guide.settle()
        page.tree.choose(cast.unit(UNIT))
        guide.settle()
        row = next(row for row in page.list.model.rows() if "unit_admin" in {role for role, _unit in row.grants})
        page.list.table.select(row.id)
        guide.settle()
        guide.press(page.deeds.turn)
        guide.picture("停用单位管理员", main)
        guide.check("已停用", not next(each for each in page.list.model.rows() if each.id == row.id).active)


def _ask(guide: Guide, cast: Cast, administrator: str) -> str:
    with guide.step("账号核对：缺管理员的单位标红，从那里申请任命"):
        main = cast.enter(administrator)
        page = main.go("reconcile")
        guide.settle()
        card = page.cards[cast.unit(UNIT)]
        guide.check("该单位有不符", bool(card.lines), len(card.lines))
        guide.picture("账号核对-不符", main)
        guide.press(card.links[0])
        asked = guide.dialog(AppointDialog)
        name = cast.holder("", cast.unit(UNIT)).name
        guide.type(asked.picker.input, name)
        guide.breathe(30)
        guide.key(asked.picker.input, Qt.Key.Key_Return)
        guide.type(asked.form.field("reason"), "原管理员调离，由本人接任。")
        guide.picture("申请任命单位管理员", main)
        guide.press(asked.verb)
    return name


def _agree(guide: Guide, cast: Cast, administrator: str, name: str) -> None:
    with guide.step("双人复核：另一位系统管理员同意任命"):
        main = cast.enter(administrator)
        page = main.go("consents")
        guide.settle()
        guide.check("申请在列", page.list.model.rowCount() == 1, page.list.model.rowCount())
        answer(guide, seen=lambda: guide.picture("同意任命", main))
        guide.press(page.preview.agree)
    with guide.step("账号核对：又全部相符"):
        page = main.go("reconcile")
        guide.settle()
        guide.check("没有不符", not any(state.differences for state in page.known.found.units))
        now = guide.look(lambda: [row.name for row in accounts.accounts(cast.desk) if ("unit_admin", cast.unit(UNIT)) in row.grants])
        guide.check("新的管理员是申请任命的人", now == [name], now)
