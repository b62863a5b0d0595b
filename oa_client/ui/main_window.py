"""The main window: navigation, one page at a time, the status line; it begins with what waits for the officer."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.actor import ADMIN_ROLES
from oa_client.domain.errors import OaError
from oa_client.scratch import Kept
from oa_client.ui import icons, shortcuts, theme
from oa_client.ui.brand import NAME, emblem
from oa_client.ui.kept import KeptBanner, number_of
from oa_client.ui.navigation import Navigation, keys_of, places_for
from oa_client.ui.office import Office
from oa_client.ui.own_account import OwnAccountNote
from oa_client.ui.pages import opening
from oa_client.ui.status_line import StatusLine
from oa_client.ui.watch import TOPICS
from oa_client.ui.widgets import toast
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.label import rule
from oa_client.usecases import connecting, lists
from oa_client.usecases.desk import local, now

DEMO = "演示库：数据均为虚构。"
PLACE_KEY = "main"
SETTLE_MS = 120


class MainWindow(QWidget):
    """One officer's main window. `closed` when it is closed for good; `other_database` when another one is wanted."""

    closed = Signal()
    other_database = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office, self._leaving = office, False
        actor = office.desk.actor
        self._business = not (actor.grants and {role for role, _ in actor.grants} <= ADMIN_ROLES)
        places = places_for(frozenset(role for role, _ in actor.grants), ADMIN_ROLES)
        self.setWindowTitle(f"{NAME} — {actor.unit_name} {actor.name}")
        self.setWindowIcon(emblem())
        theme.mark(self, "surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.navigation = Navigation(places, actor.name, actor.unit_name, office.settings.navigation_collapsed)
        kind = "演示库" if office.demo else "单机库" if connecting.is_single(office.url) else "共享库"
        self.status = StatusLine(f"{actor.name}　{actor.unit_name}", kind, connecting.place_words(office.url), office.jobs)
        self.stack, self.pages = QStackedWidget(), dict[str, Any]()
        self.demo, self.kept = Banner(closable=False), KeptBanner(self.open_kept)
        self.own_account = OwnAccountNote(office, lambda: self.go("settings").show_password(), self.sign_out)
        self._build()
        self._listen()
        self._restore_place()
        self._first: str | None = places[0].key
        self.refresh_counts()
        self.look_for_kept()

    def _build(self) -> None:
        space = theme.tokens().space
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.navigation)
        across.addWidget(rule(upright=True))
        content = QVBoxLayout()
        content.setSpacing(0)
        self._notes = QVBoxLayout()
        self._notes.setContentsMargins(space[3], space[1], space[3], 0)
        self._notes.setSpacing(space[0])
        self._notes.addWidget(self.demo)
        self._notes.addWidget(self.own_account)
        self._notes.addWidget(self.kept)
        content.addLayout(self._notes)
        content.addWidget(self.stack, 1)
        across.addLayout(content, 1)
        outer.addLayout(across, 1)
        outer.addWidget(rule())
        outer.addWidget(self.status)
        if self.office.demo:
            self.demo.say(DEMO, "accent", verb="换一个身份", pressed=self.sign_out)
            line = self.demo.layout()
            if line is not None:
                line.setContentsMargins(space[2], 0, space[1], 0)
            theme.mark(self.demo.button, "kind", "link")

    def _listen(self) -> None:
        office = self.office
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.refresh_counts)
        office.jobs.changed.connect(self._heard)
        office.jobs.notice.connect(self._notice)
        self.navigation.chosen.connect(self.ask)
        self.navigation.folded.connect(self._fold)
        self.navigation.person_pressed.connect(self._offer_person)
        for at, key in enumerate(self.navigation.buttons, 1):
            self._key(keys_of(at), partial(self.ask, key))
        self._key(shortcuts.REFRESH, self.refresh)
        self._key(shortcuts.LEAVE, self.close)
        self._key(shortcuts.SHEET, self.show_shortcuts, Qt.ShortcutContext.ApplicationShortcut)
        self._key(shortcuts.LOCK, office.lock_asked.emit, Qt.ShortcutContext.ApplicationShortcut)
        self._own = {}
        if self._business:
            self._own[shortcuts.DRAFT] = self._key(shortcuts.DRAFT, office.draft_paper)
        if office.desk.actor.holds("clerk"):
            self._own[shortcuts.REGISTER] = self._key(shortcuts.REGISTER, office.register_paper)

    def _key(self, keys: str, act: Callable[[], object], context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut) -> QShortcut:
        made = QShortcut(QKeySequence(keys), self, context=context)
        made.activated.connect(lambda: act())
        return made

    def ask(self, key: str) -> None:
        """Go to a page in steps between which the window answers: mark it, make it when it is asked for first, show it."""
        self.navigation.show_chosen(key)
        steps = (lambda: self.make(key), lambda: self.go(key))
        for step in steps if key not in self.pages else steps[1:]:
            QTimer.singleShot(0, self, step)

    def make(self, key: str) -> Any:
        """A page, made when it is first asked for."""
        page: Any = self.pages.get(key)
        if page is None:
            page = self.pages[key] = opening.page(self.office, key)
            if key == "settings":
                page.other_database.connect(self._change_database)
                page.layout_reset.connect(self.restore_layout)
            self.stack.addWidget(page)
        return page

    def go(self, key: str) -> Any:
        """Show a page now, and give it."""
        page = self.make(key)
        self.stack.setCurrentWidget(page)
        self.navigation.show_chosen(key)
        (page if page.focusProxy() else self.navigation.buttons[key]).setFocus()
        taken = {each.shortcut().toString() for each in page.findChildren(QAbstractButton)}
        for keys, own in self._own.items():
            own.setEnabled(keys not in taken)  # the page's own button answers; two at once would cancel each other
        return page

    def refresh(self) -> None:
        """Read everything on the screen again."""
        self.office.jobs.announce(TOPICS | {"audit"})

    def refresh_counts(self) -> None:
        """Read the counts of the navigation."""
        self.office.jobs.read(self, lists.counts, self.office.desk, then=self._show_counts, failed=self._counts_failed, latest="counts")

    def look_for_kept(self) -> None:
        """Read what was typed and never submitted, and offer it."""
        self.office.jobs.read(self, self.office.scratch.kept, then=self.kept.offer, latest="kept")

    def show_shortcuts(self) -> shortcuts.ShortcutSheet:
        """Show the sheet of shortcuts over the window in use."""
        sheet = shortcuts.ShortcutSheet(QApplication.activeWindow() or self)
        sheet.open()
        return sheet

    def open_kept(self, piece: Kept) -> QWidget:
        """Open the window to which an unsaved piece belongs."""
        if piece.key.startswith("intake"):
            return self.office.register_paper()
        number = number_of(piece.key)
        return self.office.draft_paper(number) if piece.key.startswith("draft/") else self.office.open_document(number)

    def restore_layout(self) -> None:
        """Forget column widths, dividers and the window's place; the pages are made anew."""
        settings = self.office.settings
        settings.columns.clear()
        settings.window_sizes.clear()
        settings.navigation_collapsed = False
        settings.save()
        self.navigation.set_folded(False)
        for key in [key for key in self.pages if key != "settings"]:
            page = self.pages.pop(key)
            self.stack.removeWidget(page)
            page.deleteLater()
        self.showNormal()
        self._restore_place()
        self.status.say("窗口布局已恢复。")

    def sign_out(self) -> None:
        """Leave the desk: close what is open, then back to the login page."""
        if self._leave():
            self.office.signed_out.emit()

    def _change_database(self) -> None:
        if self._leave():
            self.other_database.emit()

    def _leave(self) -> bool:
        self._leaving = True
        self._leaving = self.close()
        return self._leaving

    def _heard(self, _topics: frozenset[str]) -> None:
        self._settle.start()

    def _show_counts(self, counts: dict[str, int]) -> None:
        if self.kept.isVisible():
            self.look_for_kept()
        self.navigation.say_counts(counts)
        self.status.say_refreshed(local(now()))

    def _counts_failed(self, problem: OaError) -> None:
        self.status.say(str(problem))

    def _notice(self, sentence: str) -> None:
        self.status.say(sentence)
        active = QApplication.activeWindow()
        toast.notice(active if active in self.office.windows() else self, sentence)

    def _fold(self, folded: bool) -> None:
        self.office.settings.navigation_collapsed = folded
        self.office.settings.save()

    def _offer_person(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icons.icon("key"), "修改密码").triggered.connect(lambda: self.go("settings").show_password())
        menu.addAction(icons.icon("keyboard"), "快捷键").triggered.connect(lambda: self.show_shortcuts())
        menu.addSeparator()
        menu.addAction(icons.icon("lock"), f"锁定\t{shortcuts.LOCK}").triggered.connect(self.office.lock_asked)
        menu.addAction(icons.icon("logout"), "退出登录").triggered.connect(lambda: self.sign_out())
        person = self.navigation.person
        menu.popup(person.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _restore_place(self) -> None:
        kept = self.office.settings.window_sizes.get(PLACE_KEY, [])
        screen = QGuiApplication.primaryScreen().availableGeometry()
        if len(kept) == 5 and any(each.availableGeometry().intersects(QRect(*kept[:4])) for each in QGuiApplication.screens()):
            self.setGeometry(QRect(*kept[:4]))
            if kept[4]:
                self.setWindowState(Qt.WindowState.WindowMaximized)
            return
        font = theme.tokens().font
        self.resize(min(font * 100, screen.width()), min(font * 58, screen.height() - 2 * font))
        if screen.width() <= font * 100:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def showEvent(self, event: QShowEvent) -> None:
        """The window stands before its first page is made, so that neither keeps the other waiting."""
        super().showEvent(event)
        first, self._first = self._first, None
        if first is not None:
            QTimer.singleShot(0, self, lambda: None if self.pages else self.ask(first))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.office.close_windows():
            event.ignore()
            return
        place = self.normalGeometry() if self.isMaximized() else self.geometry()
        self.office.settings.window_sizes[PLACE_KEY] = [place.x(), place.y(), place.width(), place.height(), int(self.isMaximized())]
        self.office.settings.save()
        super().closeEvent(event)
        if not self._leaving:
            self.closed.emit()
