"""Locking the desk (锁定窗口): after idle minutes or when asked; unlocked by the officer's own password."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QToolTip, QWidget
from shiboken6 import isValid

from oa_client.domain.errors import OaError
from oa_client.ui.covers import Covers
from oa_client.ui.idle import IdleWatch
from oa_client.ui.lock_view import LOCKED, LockView
from oa_client.ui.office import Office
from oa_client.usecases import directory, passwords, unlocking

IDLE_MINUTES = 15
MENUS = 8
BUSY = "有窗口还不能关闭：正在保存，或有一次性密码没有保存。请先解锁处理，再换人登录。"
FOREIGN = (QFileDialog, QPrintDialog)  # the system's own windows, which cannot be covered; nothing is typed in them that counts


class Lock(QObject):
    """One officer's lock. `view` is the window in front while it is locked; `other_wanted()` when somebody else wants to sign in."""

    other_wanted = Signal()

    def __init__(self, office: Office, main: QWidget, hint: str = "") -> None:
        super().__init__(main)
        self._office, self._main, self._hint = office, main, hint
        self._bureau = ""
        self.view: LockView | None = None
        self._covers: Covers | None = None
        self._before: tuple[QWidget | None, QWidget | None] = (None, None)
        self.watch = IdleWatch(IDLE_MINUTES, self)
        self.watch.idle.connect(self._fall)
        self.watch.asked.connect(self.lock)
        office.lock_asked.connect(self.lock)
        office.jobs.changed.connect(lambda topics: self._read_policy() if "accounts" in topics else None)
        office.jobs.read(self, directory.bureau_name, office.desk, then=self._take_bureau, failed=lambda _: None)
        self._read_policy()

    @property
    def locked(self) -> bool:
        """Whether the desk is locked now."""
        return self.view is not None

    def lock(self, why: str = "") -> None:
        """Cover everything and ask for the password."""
        if self.locked:
            return
        self.watch.rest()
        self._before = (QApplication.activeWindow(), QApplication.focusWidget())
        self._clear_the_way()
        self.view = LockView(self._office.desk.actor, self._bureau, why, self._hint)
        self.view.unlock_asked.connect(self._try)
        self.view.other_asked.connect(self._give_way)
        self._covers = Covers(self.view, LOCKED)
        self._covers.pushed.connect(self._to_the_front, Qt.ConnectionType.QueuedConnection)
        self._show(self.view)

    def dismiss(self) -> None:
        """Take lock and covers away, without a password: the session is over."""
        self.watch.rest()
        self._lift()

    def _fall(self) -> None:
        self.lock(f"{self.watch.minutes:g} 分钟没有操作，窗口已锁定。")

    def _clear_the_way(self) -> None:
        """Menus and lists end; the system's own dialogs are put away, for they cannot be covered."""
        QToolTip.hideText()
        for _ in range(MENUS):
            popup = QApplication.activePopupWidget()
            if popup is not None:
                popup.close()
        for window in QApplication.topLevelWidgets():
            if isinstance(window, FOREIGN) and window.isVisible():
                window.reject()

    def _show(self, view: LockView) -> None:
        """Stand where the officer worked; behind other programs, or folded away, if the officer is busy there."""
        view.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive)
        used = self._before[0]
        place = used if used is not None and used.isVisible() and not isinstance(used, QDialog) else self._main
        view.setGeometry(place.geometry())
        if place.isMinimized():
            view.showMinimized()
        elif place.isMaximized() or place.isFullScreen():
            view.showMaximized()
        else:
            view.show()
        if not view.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating):
            view.raise_()
            view.activateWindow()
        view.password.setFocus()

    def _to_the_front(self) -> None:
        """Stand before what came up meanwhile: the window that was made modal last is the one that may be used."""
        view = self.view
        if view is None or view.isMinimized():
            return
        modal = QApplication.activeModalWidget()
        if modal is not view:
            view.hide()
            view.show()
        view.raise_()
        if QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive:
            view.activateWindow()

    def _try(self, password: str) -> None:
        view = self.view
        assert view is not None
        self._office.jobs.read(view, unlocking.unlock, self._office.desk, password, then=lambda _: self._open(), failed=self._refused,
                               busy=(view.password, view.verb, view.other), doing="正在解锁")

    def _refused(self, problem: OaError) -> None:
        if self.view is not None:
            self.view.tell(str(problem))

    def _open(self) -> None:
        self._lift()
        self.watch.restart()
        window, field = self._before
        if window is not None and isValid(window) and window.isVisible():
            window.activateWindow()
            if field is not None and isValid(field):
                field.setFocus()

    def _lift(self) -> None:
        view, covers, self.view, self._covers = self.view, self._covers, None, None
        if covers is not None:
            covers.lift()
        if view is not None:
            view.hide()
            view.deleteLater()

    def _give_way(self) -> None:
        """Dialogs are answered with 「返回」, then the desk is left; what is typed is kept by its windows."""
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.reject()
        QTimer.singleShot(0, self, self._leave)

    def _leave(self) -> None:
        covers = self._covers
        if covers is None:
            return
        covers.leaving = True
        self.other_wanted.emit()
        if self.view is not None and isValid(self.view):
            covers.leaving = False
            self.view.tell(BUSY)

    def _take_bureau(self, name: str) -> None:
        self._bureau = name

    def _read_policy(self) -> None:
        self._office.jobs.read(self, passwords.rules, self._office.desk, then=self._take_policy, failed=lambda _: None, latest="policy")

    def _take_policy(self, rules: dict[str, int]) -> None:
        if rules["idle_minutes"] != self.watch.minutes:
            self.watch.minutes = rules["idle_minutes"]
            self.watch.look()
