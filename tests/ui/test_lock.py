"""The locked desk: nothing is seen or done, nothing typed is lost, and only the own password opens it again."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from sqlalchemy import select, update

from oa_client.domain.errors import Refused, Unavailable
from oa_client.store import unit as transactions
from oa_client.store.audit_tables import Event
from oa_client.store.tables import Account
from oa_client.store.work_tables import Fact
from oa_client.ui import covers, errors
from oa_client.ui.document.share_dialog import ShareDialog
from oa_client.ui.document.window import DocumentWindow
from oa_client.ui.draft.window import DraftWindow
from oa_client.ui.intake.window import IntakeWindow
from oa_client.ui.lock import BUSY, IDLE_MINUTES, Lock
from oa_client.ui.lock_view import LOCKED
from oa_client.ui.main_window import MainWindow
from oa_client.ui.office import Doors
from oa_client.ui.widgets.toast import Toast
from oa_client.usecases import lists, unlocking
from oa_client.usecases.policy import defaults
from tests.small_bureau import PASSWORD
from tests.ui.entering import office_of, press, settle, words_of
from tests.usecases.test_library import filed

TITLE = "关于开展冬季治安防控工作的通知"


class Workplace:
    """An officer's main window with its lock, and what stands open beside it."""

    def __init__(self, small, jobs, qtbot, login):
        self.bureau, self.jobs, self.qtbot = small, jobs, qtbot
        self.office = office_of(small, jobs, login, doors=lambda: Doors(DocumentWindow, IntakeWindow, DraftWindow))
        self.main = MainWindow(self.office)
        qtbot.addWidget(self.main)
        self.main.show()
        self.main.activateWindow()
        self.lock = Lock(self.office, self.main)
        self.settle()

    def settle(self, pause: int = 150) -> None:
        """Let reads, writes and what they show be over."""
        settle(self.jobs)
        self.qtbot.wait(pause)
        settle(self.jobs)

    def document(self, number: int) -> DocumentWindow:
        window = self.office.open_document(number)
        self.qtbot.waitExposed(window)
        self.settle()
        return window

    def fall(self) -> None:
        """Nobody touched anything for as long as the policy allows."""
        self.lock.watch.idle.emit()
        self.settle(30)

    def type(self, password: str) -> None:
        """What somebody types at the lock."""
        view = self.lock.view
        view.password.setText(password)
        QTest.keyClick(view.password, Qt.Key.Key_Return)
        self.settle(30)

    def close(self) -> None:
        self.lock.dismiss()
        self.settle(30)
        self.office.close_windows()
        self.office.scratch.close()


@pytest.fixture
def at(small, jobs, qtbot):
    made = []

    def sit_down(login="110001"):
        made.append(Workplace(small, jobs, qtbot, login))
        return made[-1]
    yield sit_down
    for each in made:
        each.close()


def hidden(window: QWidget) -> bool:
    """Whether nothing of a window can be seen but its cover."""
    [cover] = [each for each in window.findChildren(covers.Cover) if each.parentWidget() is window and each.isVisible()]
    seen, wanted = (each.grab().toImage().convertToFormat(QImage.Format.Format_RGB32) for each in (window, cover))
    return seen == wanted and cover.geometry() == window.rect()


def kinds(bureau, login="110001"):
    with transactions.look(bureau.engine) as session:
        return list(session.scalars(select(Event.action).where(Event.login == login).order_by(Event.id)))


def test_the_minutes_are_those_of_the_policy(at, small):
    place = at()
    assert place.lock.watch.minutes == defaults()["idle_minutes"] == IDLE_MINUTES
    with transactions.unit(small.engine) as session:
        session.add(Fact(key="policy", value={"idle_minutes": 5}))
    place.jobs.announce({"accounts"})
    place.settle()
    assert place.lock.watch.minutes == 5
    place.fall()
    assert place.lock.locked and "5 分钟没有操作，窗口已锁定。" in words_of(place.lock.view)


def test_every_window_is_covered_and_none_tells_its_title(at, small, qtbot):
    place = at()
    window = place.document(filed(small))
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    place.settle()
    [dialog] = [each for each in QApplication.topLevelWidgets() if isinstance(each, ShareDialog) and each.isVisible()]
    assert TITLE in window.windowTitle()
    place.fall()
    for each in (place.main, window, dialog):
        assert hidden(each) and each.windowTitle() == LOCKED
    assert TITLE not in words_of(place.lock.view) and "苏明禾" in words_of(place.lock.view)
    place.type(PASSWORD)
    assert not place.lock.locked and window.windowTitle() == TITLE
    assert not [cover for each in (place.main, window, dialog) for cover in each.findChildren(covers.Cover) if cover.isVisible()]


def test_what_is_typed_is_there_again_in_windows_and_dialogs(at, small, qtbot):
    place = at()
    drafting = place.office.draft_paper()
    place.settle()
    drafting.face.paper.body.insertPlainText("一、提高认识")
    window = place.document(filed(small))
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    place.settle()
    [dialog] = [each for each in QApplication.topLevelWidgets() if isinstance(each, ShareDialog) and each.isVisible()]
    reason = dialog.form.field("reason")
    reason.setText("联合整治")
    place.fall()
    qtbot.keyClicks(reason, "abc")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    place.type(PASSWORD)
    assert dialog.isVisible() and reason.text() == "联合整治"
    assert drafting.face.paper.body.toPlainText() == "一、提高认识"
    qtbot.keyClicks(reason, "x")
    assert reason.text() == "联合整治x"


def test_no_key_and_no_press_gets_past_it(at, small, qtbot):
    place = at()
    window = place.document(small.register())
    place.fall()
    before = place.office.windows()
    for each in (place.main, window):
        for key, held in ((Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier),
                          (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)):
            qtbot.keyClick(each, key, held)
            qtbot.keyClick(each.windowHandle(), key, held)
    for button in place.main.navigation.buttons.values():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(place.main.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(60, 120))
    place.settle()
    assert place.lock.locked and place.office.windows() == before and window.isVisible()
    place.lock.view.close()
    assert place.lock.view.isVisible()


def test_news_of_others_is_read_behind_the_cover_and_not_told_over_it(at, small, qtbot):
    place = at("110002")
    place.fall()
    small.register()
    place.jobs.announce({"todo", "document"})
    place.jobs.notice.emit(f"苏明禾送来《{TITLE}》。")
    place.settle()
    toasts = [each for each in place.main.findChildren(Toast) if each.isVisible()]
    assert toasts and hidden(place.main)
    assert not [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not place.lock.view and not each.findChildren(covers.Cover)]
    place.type(PASSWORD)
    assert place.main.navigation.buttons["todo"].count == lists.counts(small.desk("110002"))["todo"] == 1


def test_what_opens_while_it_is_locked_is_covered_too(at, small):
    place = at()
    place.fall()
    window = place.document(small.register())
    errors.show(place.main, Refused("这件公文已由别人办理。", "请刷新后再看。"))
    place.settle()
    [told] = errors.shown()
    assert hidden(window) and hidden(told)
    assert QApplication.activeModalWidget() is place.lock.view
    place.type(PASSWORD)
    assert told.isVisible() and not [each for each in told.findChildren(covers.Cover) if each.isVisible()]
    told.accept()


def test_a_wrong_password_is_said_counted_and_shuts_the_account_in_the_end(at, small):
    place = at()
    place.fall()
    place.type("Wenshu-2026-no")
    view = place.lock.view
    assert view.error.text().startswith("密码不对，窗口没有解锁。") and view.password.selectedText() and view.verb.text() == "解锁"
    with transactions.look(small.engine) as session:
        assert session.scalar(select(Account.failed).where(Account.login == "110001")) == 1
    for _ in range(4):
        place.type("Wenshu-2026-no")
    assert "账号锁定" in view.error.text()
    place.type(PASSWORD)
    assert place.lock.locked and "账号已锁定" in view.error.text() and "locked" in kinds(small)
    with transactions.unit(small.engine) as session:
        session.execute(update(Account).where(Account.login == "110001").values(locked_until=None))
    place.type(PASSWORD)
    assert not place.lock.locked and kinds(small)[-1] == "unlock"


def test_a_database_that_is_away_keeps_it_locked_until_it_is_back(at, small, monkeypatch):
    place = at()
    place.fall()
    with monkeypatch.context() as patch:
        patch.setattr(unlocking, "unlock", lambda *_: (_ for _ in ()).throw(Unavailable("与数据库的连接中断。", "恢复后可继续。")))
        place.type(PASSWORD)
    assert place.lock.locked and place.lock.view.error.text() == "与数据库的连接中断。恢复后可继续。"
    assert place.lock.view.password.isEnabled() and not errors.shown()
    place.type(PASSWORD)
    assert not place.lock.locked


def test_menus_and_the_systems_own_windows_are_put_away(at, qtbot):
    place = at()
    asked = QFileDialog(place.main)
    asked.open()
    place.main._offer_person()
    assert QApplication.activePopupWidget() is not None
    place.fall()
    assert QApplication.activePopupWidget() is None and not asked.isVisible()


def test_the_count_starts_anew_when_it_is_open_again(at):
    place = at()
    place.lock.lock()
    assert place.lock.locked and place.lock.watch._resting
    place.type(PASSWORD)
    assert not place.lock.watch._resting


def test_somebody_else_may_sign_in_and_what_was_typed_stays_on_this_pc(at, small):
    place = at()
    left = []
    place.lock.other_wanted.connect(place.main.sign_out)
    place.office.signed_out.connect(lambda: left.append(True))
    drafting = place.office.draft_paper()
    place.settle()
    drafting.face.paper.body.insertPlainText("一、提高认识")
    place.fall()
    press(place.lock.view, "换人登录")
    place.settle()
    assert left == [True] and not place.office.windows()
    assert [piece.key for piece in place.office.scratch.kept()]


def test_while_something_is_saved_nobody_else_signs_in(at, small):
    place = at()
    place.lock.other_wanted.connect(place.main.sign_out)
    window = place.document(small.register())
    window.handling.busy = True
    place.fall()
    press(place.lock.view, "换人登录")
    place.settle()
    assert place.lock.locked and place.lock.view.error.text() == BUSY
    place.main.close()
    assert place.main.isVisible(), "the way out is shut again"
    window.handling.busy = False


def test_the_focus_is_where_it_was(at, qtbot):
    place = at()
    field = place.main.findChildren(QLineEdit)[0]
    field.setFocus()
    before = QApplication.focusWidget()
    place.fall()
    assert QApplication.focusWidget() is place.lock.view.password
    place.type(PASSWORD)
    assert QApplication.focusWidget() is before
