"""The main window: navigation with counts, pages made when asked for, the status line, shortcuts, what was kept, leaving."""

from typing import ClassVar

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.settings import Settings
from oa_client.ui.main_window import MainWindow
from oa_client.ui.pages import opening
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.toast import Toast
from oa_client.usecases import lists
from oa_client.usecases.desk import Outcome
from tests.ui.entering import office_of, press, settle, words_of


class Page(QWidget):
    """A page that stands for the real one; the incoming list has its own 收文登记."""

    other_database = Signal()
    layout_reset = Signal()
    made: ClassVar[list[str]] = []

    def __init__(self, office, key: str) -> None:
        super().__init__()
        self.key, self.office = key, office
        Page.made.append(key)
        if key == "receive":
            self.register = button("收文登记", "primary", shortcut="Ctrl+N", pressed=office.register_paper)
            QVBoxLayout(self).addWidget(self.register)

    def show_password(self) -> None:
        """The real page opens its password form."""
        self.password_shown = True


@pytest.fixture
def pages(monkeypatch):
    """The kinds of pages made so far."""
    Page.made = []
    monkeypatch.setattr(opening, "page", Page)
    return Page.made


@pytest.fixture
def main(small, jobs, pages, qtbot, request):
    """open(login, settings=None, demo=False) → the main window of an officer, shown and settled."""
    offices = []

    def open_main(login: str = "110001", settings: Settings | None = None, demo: bool = False) -> MainWindow:
        office = office_of(small, jobs, login, settings, demo=demo)
        offices.append(office)
        window = MainWindow(office)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: window.stack.count() == 1)
        settle(jobs)
        return window
    yield open_main
    for office in offices:
        for window in office.windows():
            window.closes = True
        office.close_windows()
        office.scratch.close()


def test_an_officer_begins_with_what_waits_and_sees_how_much(main, small, pages):
    small.register()
    window = main("110002")
    assert window.windowTitle() == "文枢 — 云岚市公安局办公室 何予安"
    assert [button.text() for button in window.navigation.buttons.values()] == ["待办", "在办", "已办", "待阅", "收文", "发文", "共享给我", "公文库", "单位与账号", "设置"]
    assert pages == ["todo"]
    assert window.navigation.buttons["todo"].isChecked()
    assert {key: button.count for key, button in window.navigation.buttons.items() if button.count} == lists_counts(small, "110002")
    assert window.navigation.buttons["todo"].accessibleName() == "待办，1 件"
    assert "何予安　云岚市公安局办公室" in words_of(window.status)
    assert "单机库" in words_of(window.status)
    assert "已刷新" in words_of(window.status)


def lists_counts(small, login: str) -> dict[str, int]:
    return {key: count for key, count in lists.counts(small.desk(login)).items() if count}


def test_counts_follow_what_changes(main, small, jobs, qtbot):
    window = main("110002")
    assert window.navigation.buttons["todo"].count == 0
    small.register()
    jobs.announce({"todo"})
    qtbot.waitUntil(lambda: window.navigation.buttons["todo"].count == 1)


def test_pages_are_made_once_and_when_asked_for(main, pages, qtbot):
    window = main()
    window.navigation.buttons["library"].click()
    assert window.navigation.buttons["library"].isChecked()
    qtbot.waitUntil(lambda: "library" in window.pages)
    window.go("todo")
    window.go("library")
    assert pages == ["todo", "library"]
    assert window.stack.currentWidget().key == "library"


def test_numbers_switch_pages(main, qtbot):
    window = main()
    for number, key in ((5, "receive"), (9, "accounts"), (0, "settings"), (1, "todo")):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda key=key: window.stack.currentWidget().key == key)
        assert window.navigation.buttons[key].isChecked()


EVERYTHING = ["todo", "doing", "done", "read", "receive", "send", "lent", "library", "accounts", "settings"]


@pytest.mark.parametrize(("login", "keys"), [
    ("100901", ["accounts", "consents", "reconcile", "policy", "settings"]), ("100903", ["accounts", "consents", "reconcile", "policy", "settings"]),
    ("100904", ["audit", "accounts", "reconcile", "policy", "settings"]), ("120009", [*EVERYTHING[:-1], "consents", "reconcile", "settings"]), ("120003", EVERYTHING)])
def test_administrators_of_the_system_see_only_what_is_theirs(main, pages, login, keys):
    window = main(login)
    assert list(window.navigation.buttons) == keys
    assert pages == keys[:1]


def test_the_bar_folds_and_stays_folded_next_time(main, qtbot):
    settings = Settings()
    window = main(settings=settings)
    wide = window.navigation.width()
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.navigation.width() < wide / 2)
    assert window.navigation.buttons["todo"].text() == ""
    assert window.navigation.buttons["todo"].toolTip().startswith("待办")
    assert Settings.load().navigation_collapsed
    assert main(settings=Settings.load()).navigation.width() < wide / 2


@pytest.mark.parametrize(("login", "keys", "modifiers", "opened"), [
    ("110001", Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, ["intake"]), ("120003", Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, []),
    ("120003", Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, ["draft 0"]),
    ("100901", Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, []),
])
def test_registering_and_drafting_by_key_for_those_who_may(main, login, keys, modifiers, opened):
    window = main(login)
    QTest.keyClick(window, keys, modifiers)
    assert [each.what for each in window.office.windows()] == opened


def test_a_pages_own_button_answers_the_key_alone(main, qtbot):
    window = main("110001")
    window.go("receive")
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [each.what for each in window.office.windows()] == ["intake"])
    window.office.close_windows()
    window.go("send")
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert [each.what for each in window.office.windows()] == ["intake"]


def test_f5_reads_everything_again(main, jobs, qtbot):
    window = main()
    with qtbot.waitSignal(jobs.changed) as told:
        QTest.keyClick(window, Qt.Key.Key_F5)
    assert told.args[0] >= {"document", "todo", "receive", "send", "library", "accounts"}


def test_the_result_of_an_act_is_told_and_stays_in_the_status_line(main, jobs):
    window = main()
    jobs.write(window, lambda: Outcome(1, frozenset(), "已登记。"))
    settle(jobs)
    assert window.status.last.text() == "已登记。"
    assert [toast.accessibleName() for toast in window.findChildren(Toast)] == ["已登记。"]


def test_counts_that_cannot_be_read_are_told_in_the_status_line(main, jobs, monkeypatch):
    window = main()

    def fail(_desk):
        raise OaError("与数据库的连接中断。")
    monkeypatch.setattr(lists, "counts", fail)
    window.refresh_counts()
    settle(jobs)
    assert window.status.last.text() == "与数据库的连接中断。"


def test_a_slow_job_shows_what_and_how_many_and_can_be_cancelled(main, jobs, qtbot):
    window = main()
    working = window.status.working

    def slowly(report):
        for done in range(2000):
            report(done, 2000, "正在导出公文")
            qtbot_sleep()
    job = jobs.read(window, slowly, doing="正在导出")
    qtbot.waitUntil(lambda: "正在导出公文（" in working.words.text())
    assert working.isVisible()
    working.cancel.click()
    settle(jobs)
    assert job.cancelled
    assert not working.isVisible()


def qtbot_sleep() -> None:
    import time

    time.sleep(0.005)


def test_the_light_says_it_in_words(main):
    window = main()
    window.status.light.turn(True)
    assert window.status.light.words.text() == "已连接"
    window.status.light.turn(False)
    assert window.status.light.words.text() == "连接中断，正在重新连接"
    assert window.status.light.accessibleName() == "数据库连接：连接中断，正在重新连接"


def test_a_demonstration_says_so_and_offers_another_persona(main, qtbot):
    window = main(demo=True)
    assert "演示库：数据均为虚构。" in words_of(window)
    with qtbot.waitSignal(window.office.signed_out):
        press(window, "换一个身份")
    assert not window.isVisible()


def test_no_such_words_on_a_real_database(main):
    assert "演示库" not in words_of(main())


def test_what_was_kept_is_offered_and_opened(small, main):
    from oa_client.scratch import Scratch

    scratch = Scratch(f"{small.url}|110001")
    scratch.keep("intake", {"fields": {}})
    scratch.keep("draft/0", {"title": "关于值班的通知"})
    scratch.keep("draft/12", {"title": "关于备勤的通知"})
    scratch.keep("opinion/15", {"text": "同意。"})
    scratch.keep("unknown/1", {})
    scratch.close()
    window = main("110001")
    assert window.kept.sentence.text() == "有 4 份未提交的内容：收文登记 1 份、发文拟稿 2 份、办理意见 1 份。"
    press(window, "打开登记")
    press(window, "打开公文")
    drafts = window.kept.buttons["draft/"].menu().actions()
    assert [action.text().partition("　")[0] for action in drafts] == ["关于备勤的通知", "关于值班的通知"]
    drafts[0].trigger()
    assert [each.what for each in window.office.windows()] == ["intake", "document 15", "draft 12"]
    window.office.scratch.drop("intake")
    window.refresh_counts()
    settle(window.office.jobs)
    settle(window.office.jobs)
    assert "有 3 份未提交的内容：发文拟稿 2 份、办理意见 1 份。" in words_of(window)


def test_nothing_kept_offers_nothing(main):
    assert not main().kept.isVisible()


def test_a_window_that_must_stay_open_keeps_the_main_window_open(main, qtbot):
    window = main()
    held = window.office.register_paper()
    held.closes = False
    told = []
    window.closed.connect(lambda: told.append("closed"))
    window.office.signed_out.connect(lambda: told.append("signed out"))
    assert not window.close()
    window.sign_out()
    assert told == []
    assert window.isVisible()
    held.closes = True
    window.close()
    assert told == ["closed"]


def test_leaving_for_the_login_page_is_not_closing_the_program(main):
    window, told = main(), []
    window.closed.connect(lambda: told.append("closed"))
    window.office.signed_out.connect(lambda: told.append("signed out"))
    window.sign_out()
    assert told == ["signed out"]


def test_another_database_is_asked_for_from_the_settings(main, qtbot):
    window = main()
    page = window.go("settings")
    with qtbot.waitSignal(window.other_database):
        page.other_database.emit()


def test_the_window_stands_where_it_stood(main):
    settings = Settings()
    window = main(settings=settings)
    window.showNormal()
    window.setGeometry(20, 30, 700, 500)
    window.close()
    again = main(settings=Settings.load())
    assert again.geometry().getRect() == (20, 30, 700, 500)


def test_a_place_off_every_screen_is_forgotten(main):
    settings = Settings(window_sizes={"main": [90000, 90000, 700, 500, 0]})
    assert main(settings=settings).geometry().x() < 90000


def test_the_layout_can_be_restored(main, pages):
    settings = Settings(columns={"box/todo": [1, 2]}, window_sizes={"document": [1, 1]}, navigation_collapsed=True)
    window = main(settings=settings)
    window.go("settings").layout_reset.emit()
    assert settings.columns == {}
    assert "document" not in settings.window_sizes
    assert window.navigation.buttons["todo"].text() == "待办"
    window.go("todo")
    assert pages == ["todo", "settings", "todo"]


def test_the_officers_menu_leads_to_password_and_way_out(main, qtbot):
    window = main()
    window.navigation.person.click()
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions() if action.text()] == ["修改密码", "快捷键", "锁定\tCtrl+Alt+L", "退出登录"]
    menu.actions()[0].trigger()
    assert window.stack.currentWidget().password_shown
    with qtbot.waitSignal(window.office.signed_out):
        menu.actions()[-1].trigger()
    menu.close()


def test_every_control_has_a_name_and_every_place_its_shortcut(main):
    window = main(demo=True)
    from PySide6.QtWidgets import QAbstractButton

    for each in window.findChildren(QAbstractButton):
        assert each.accessibleName() or each.text(), each
    for at, each in enumerate(window.navigation.buttons.values(), 1):
        assert f"（Ctrl+{at % 10}）" in each.toolTip()


def test_beyond_the_tenth_place_there_is_no_shortcut(main, qtbot):
    window = main("120009")
    buttons = list(window.navigation.buttons.values())
    assert len(buttons) > 10 and "（Ctrl+0）" in buttons[9].toolTip() and "Ctrl" not in buttons[10].toolTip()
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.stack.currentWidget().key == buttons[9].place.key)
