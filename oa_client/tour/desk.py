"""The desk: locked and opened again with what was typed; a finished paper shared with another unit and read there."""

from PySide6.QtCore import Qt

from oa_client.tour.acting import close, say
from oa_client.tour.cast import Cast, number_of
from oa_client.tour.guide import Guide
from oa_client.ui.document.share_dialog import ShareDialog
from oa_client.ui.widgets.people_picker import PeoplePicker
from oa_client.usecases import lists

TYPED = "拟请法制支队提出意见后再报。"
GUEST = "特警支队"


def walk(guide: Guide, cast: Cast, document: int) -> None:
    """Walk through them."""
    _lock(guide, cast)
    _share(guide, cast, document)


def _lock(guide: Guide, cast: Cast) -> None:
    with guide.step("锁定窗口：写了一半的意见还在"):
        cast.enter(number_of(cast.holder("reviewer", cast.unit("市局"))))
        waiting = next(row.id for row in reversed(guide.look(lambda: lists.page(cast.desk, "todo").rows)) if row.where.startswith("拟办"))
        window = cast.document(waiting)
        say(guide, window, TYPED)
        typed = window.bar.work.left.box.text()
        session = cast.session
        session.office.lock_asked.emit()
        guide.settle()
        guide.check("已锁定", session.lock.locked)
        view = session.lock.view
        assert view is not None
        guide.type(view.password, "不是这个密码")
        guide.press(view.verb)
        guide.check("密码不对不开", session.lock.locked and view.error.isVisible(), view.error.text())
        guide.picture("锁定", view)
        view.password.clear()
        guide.type(view.password, cast.password(cast.login))
        view.verb.click()
        guide.wait(lambda: not session.lock.locked, "解锁")
        guide.settle()
        guide.check("意见原样还在", window.bar.work.left.box.text() == typed, window.bar.work.left.box.text())
        close(guide)


def _share(guide: Guide, cast: Cast, document: int) -> None:
    guest = cast.holder("", cast.unit(GUEST))
    with guide.step("共享：已归档的公文给另一单位的民警阅看"):
        cast.enter(number_of(cast.holder("archivist", cast.unit("市局"))))
        window = cast.document(document)
        guide.press(window.header.share)
        asked = guide.dialog(ShareDialog)
        picker = asked.form.field("to", PeoplePicker)
        guide.type(picker.input, number_of(guest))
        guide.breathe(30)
        guide.key(picker.input, Qt.Key.Key_Return)
        guide.type(asked.form.field("reason"), "协同开展冬季道路交通安全整治")
        guide.picture("共享", window)
        guide.press(asked.verb)
        guide.check("共享在册", any(row.to == guest.name for row in cast.view(document).shares), [row.to for row in cast.view(document).shares])
        close(guide)
    with guide.step("共享给我：只读，带本人姓名的水印"):
        main = cast.enter(number_of(guest))
        page = main.go("lent")
        guide.settle()
        guide.check("列在「共享给我」", document in [row.id for row in page.list.model.rows()])
        window = cast.document(document)
        window.tabs.tabs.setCurrentWidget(window.tabs.text)
        guide.settle()
        guide.check("看不到办理意见", not cast.view(document).timeline)
        guide.check("不能导出", not window.header.export.isEnabled(), window.header.export.toolTip())
        guide.picture("共享给我", window)
        close(guide)
