"""Accounts in the windows of the administrators: a new officer and the first password, a leader's reset under four eyes, handing over."""

from PySide6.QtCore import Qt

from oa_client.tour.answering import answer
from oa_client.tour.cast import Cast, number_of
from oa_client.tour.guide import Guide
from oa_client.ui.pages.account_dialogs import OneTimePassword
from oa_client.ui.pages.account_form import NewAccount
from oa_client.ui.pages.handover_dialog import HandoverDialog
from oa_client.usecases import accounts, handing_over

UNIT = "刑侦支队"
LOGIN, NAME, OWN = "190001", "江予安", "Qiu-ye-2026-xz"


def walk(guide: Guide, cast: Cast) -> None:
    """Walk through them."""
    once = _create(guide, cast)
    _first_password(guide, cast, once)
    _reset_a_leader(guide, cast)
    _hand_over(guide, cast)


def _create(guide: Guide, cast: Cast) -> str:
    with guide.step("单位与账号：单位管理员新建账号，给出一次性密码"):
        main = cast.enter(cast.persona("单位管理员"))
        page = main.go("accounts")
        guide.settle()
        guide.check("列出本单位的账号", page.list.model.rowCount() > 5, page.list.model.rowCount())
        guide.picture("单位与账号", main)
        guide.press(page.deeds.new)
        asked = guide.dialog(NewAccount)
        for key, words in (("login", LOGIN), ("name", NAME), ("post", "民警")):
            guide.type(asked.form.field(key), words)
        guide.picture("新建账号", main)
        guide.press(asked.verb)
        shown = guide.dialog(OneTimePassword)
        once = shown.password.text()
        guide.check("给出一次性密码", len(once) >= 10)
        guide.picture("一次性密码", main)
        guide.press(shown.verb)
        guide.check("新账号在列表里", LOGIN in [row.login for row in page.list.model.rows()])
    return once


def _first_password(guide: Guide, cast: Cast, once: str) -> None:
    with guide.step("首次登录：一次性密码换成自己的密码"):
        first = cast.enter_first(LOGIN, once)
        for key, words in (("new", "12345678"), ("again", "12345678")):
            guide.type(first.inner.fields[key], words)
        guide.press(first.verb)
        guide.check("过于简单的密码不收", guide.program.session is None)
        guide.picture("首次登录", guide.program.entrance)
        first.inner.clear()
        for key in ("new", "again"):
            guide.type(first.inner.fields[key], OWN)
        first.verb.click()
        guide.wait(lambda: guide.program.session is not None and cast.window.isVisible(), "进入系统")
        guide.settle()
        cast.login, cast.own[LOGIN] = LOGIN, OWN
        guide.check("是新账号的办公桌", cast.desk.actor.name == NAME, cast.desk.actor.name)
        guide.check("没有待办时说明怎么办", cast.window.pages["todo"].list.model.rowCount() == 0)
        guide.picture("新账号的待办", cast.window)


def _reset_a_leader(guide: Guide, cast: Cast) -> None:
    chief = number_of(cast.holder("chief", cast.unit(UNIT)))
    with guide.step("重置领导密码：先提出申请"):
        page = cast.enter(cast.persona("单位管理员")).go("accounts")
        guide.settle()
        page.list.table.select(next(row.id for row in page.list.model.rows() if row.login == chief))
        guide.settle()
        guide.check("说明须经另一人同意", "另一人同意" in page.deeds.why.text(), page.deeds.why.text())
        answer(guide, "本人忘记密码，已当面核实身份。")
        guide.press(page.deeds.reset)
        guide.check("申请已提交，不能再按", not page.deeds.reset.isEnabled(), page.deeds.why.text())
    with guide.step("双人复核：安全保密管理员同意"):
        main = cast.enter(cast.persona("安全保密"))
        page = main.go("consents")
        guide.settle()
        guide.picture("双人复核", main)
        answer(guide)
        guide.press(page.preview.agree)
        guide.check("没有等待复核的申请", page.list.model.rowCount() == 0, page.list.model.rowCount())
    with guide.step("重置领导密码：同意后重置"):
        main = cast.enter(cast.persona("单位管理员"))
        page = main.go("accounts")
        guide.settle()
        page.list.table.select(next(row.id for row in page.list.model.rows() if row.login == chief))
        guide.settle()
        answer(guide)
        guide.press(page.deeds.reset)
        shown = guide.dialog(OneTimePassword)
        cast.own[chief] = shown.password.text()
        guide.check("给出新的一次性密码", len(shown.password.text()) >= 10)
        guide.press(shown.verb)


def _hand_over(guide: Guide, cast: Cast) -> None:
    with guide.step("移交：先看清单，再一次交给接办人"):
        main = cast.enter(cast.persona("单位管理员"))
        page = main.go("accounts")
        guide.settle()
        rows = [row for row in page.list.model.rows() if not row.refusal and row.login != LOGIN]
        laden = guide.look(lambda: max(rows, key=lambda row: len(handing_over.matters(cast.desk, row.id))))
        page.list.table.select(laden.id)
        guide.settle()
        guide.press(page.deeds.hand)
        asked = guide.dialog(HandoverDialog)
        before = asked.model.rowCount()
        guide.check("列出名下的事项", before > 0, before)
        heir = guide.look(lambda: _heir(cast, laden))
        guide.type(asked.picker.input, heir)
        guide.breathe(30)
        guide.key(asked.picker.input, Qt.Key.Key_Return)
        guide.settle()
        guide.picture("移交", main)
        guide.press(asked.verb)
        guide.settle()
        guide.check("说明移交了什么", asked.banner.isVisible() and "已移交给" in asked.banner.sentence.text(), asked.banner.sentence.text())
        guide.check("名下少了", asked.model.rowCount() < before, asked.model.rowCount())
        guide.picture("移交以后", main)
        guide.press(asked.back)


def _heir(cast: Cast, leaver: accounts.AccountRow) -> str:
    """Somebody of the same unit with the same roles, or else any officer of it."""
    mates = [row for row in accounts.accounts(cast.desk) if row.unit_id == leaver.unit_id and row.active and row.login not in (leaver.login, LOGIN) and not row.refusal]
    return max(mates, key=lambda row: len(set(row.grants) & set(leaver.grants))).login
