"""What else an officer meets: words kept after a crash, accounts, settings, dark, large text."""

from functools import partial

from PySide6.QtWidgets import QApplication

from oa_client.tour.acting import close, say
from oa_client.tour.cast import Cast, number_of
from oa_client.tour.guide import Guide
from oa_client.ui import theme
from oa_client.usecases import lists

UNSAVED = "拟请法制支队提出意见后再报。"


def walk(guide: Guide, cast: Cast, document: int) -> None:
    """Walk through them."""
    _kept(guide, cast)
    _pages(guide, cast)
    _faces(guide, cast, document)


def _kept(guide: Guide, cast: Cast) -> None:
    reviewer = number_of(cast.holder("reviewer", cast.unit("市局")))
    with guide.step("没提交的意见：窗口消失后重新打开即恢复"):
        main = cast.enter(reviewer)
        waiting = next(row.id for row in guide.look(lambda: lists.page(cast.desk, "todo").rows) if row.where.startswith("拟办"))
        window = cast.document(waiting)
        say(guide, window, UNSAVED)
        guide.breathe(700)
        guide.settle()
        window.deleteLater()
        guide.breathe(100)
        again = cast.document(waiting)
        guide.check("意见原样恢复", again.bar.work.left.box.text() == UNSAVED, again.bar.work.left.box.text())
        guide.picture("意见恢复", again)
        close(guide)
        main.go("todo")


def _pages(guide: Guide, cast: Cast) -> None:
    with guide.step("收文、发文、在办、已办列表"):
        main = cast.enter(cast.persona("收发"))
        for place, name in (("doing", "在办"), ("done", "已办"), ("receive", "收文"), ("send", "发文")):
            page = main.go(place)
            guide.settle()
            guide.check(f"{name}列出公文", page.list.model.rowCount() > 0, page.list.model.rowCount())
        guide.picture("发文列表", main)
    with guide.step("设置"):
        main.go("settings")
        guide.settle()
        guide.picture("设置", main)


def _faces(guide: Guide, cast: Cast, document: int) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    main = cast.enter(cast.persona("收发"))
    for style, size, name in (("dark", "normal", "深色"), ("light", "large", "大字"), ("light", "xlarge", "特大字"), ("dark", "xlarge", "深色特大字")):
        with guide.step(f"外观：{name}"):
            guide.look(partial(theme.apply, app, style, size))
            main.go("todo")
            guide.settle()
            guide.picture(f"待办-{name}", main)
            window = cast.document(document)
            guide.picture(f"公文窗口-{name}", window)
            guide.check("窗口不超出屏幕", window.minimumSizeHint().width() <= 1366, window.minimumSizeHint().width())
            close(guide)
    guide.look(lambda: theme.apply(app, "light", "normal"))
