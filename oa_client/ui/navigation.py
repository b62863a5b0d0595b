"""The navigation at the left: icon, word and count for each page; folds to icons alone; the officer at its foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from oa_client.ui import fonts, icons, theme
from oa_client.ui.brand import NAME, emblem
from oa_client.ui.widgets.button import tool
from oa_client.ui.widgets.label import label, rule

WIDTH_IN_LETTERS = 13
LOUD = ("todo", "read", "consents")


@dataclass(frozen=True)
class Place:
    """One page in the navigation. A new `group` begins below a line; with `roles` it is there only for those who hold one of them."""

    key: str
    words: str
    icon: str
    group: str
    roles: frozenset[str] = frozenset()


PLACES = (
    Place("todo", "待办", "todo", "mine"), Place("doing", "在办", "doing", "mine"), Place("done", "已办", "done", "mine"),
    Place("read", "待阅", "to_read", "mine"), Place("receive", "收文", "incoming", "papers"), Place("send", "发文", "outgoing", "papers"),
    Place("lent", "共享给我", "lent", "papers"), Place("library", "公文库", "library", "papers"),
    Place("audit", "审计", "audit", "bureau", frozenset({"audit_admin"})), Place("accounts", "单位与账号", "units", "bureau"),
    Place("consents", "双人复核", "consents", "bureau", frozenset({"sys_admin", "sec_admin", "unit_admin"})),
    Place("reconcile", "账号核对", "reconcile", "bureau", frozenset({"sys_admin", "sec_admin", "audit_admin", "unit_admin"})),
    Place("policy", "口令策略", "policy", "bureau", frozenset({"sys_admin", "sec_admin", "audit_admin"})), Place("settings", "设置", "settings", "bureau"),
)


class NavButton(QPushButton):
    """A page's button: the style draws icon and words, this class the count at the right."""

    def __init__(self, place: Place, shortcut: str) -> None:
        super().__init__()
        self.place, self.count, self.folded, self._shortcut = place, 0, False, shortcut
        theme.mark(self, "kind", "nav")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setIcon(icons.icon(place.icon))
        theme.changed.connect(self.dress)
        self.dress()

    def say_count(self, count: int) -> None:
        """Show how many lines wait there; none is not shown."""
        self.count = count
        self.dress()

    def fold(self, folded: bool) -> None:
        """Show the icon alone, or icon and words."""
        self.folded = folded
        self.dress()

    def dress(self) -> None:
        """Set words, icon size, tooltip and name anew."""
        now = theme.tokens()
        self.setIconSize(QSize(now.icon + (0 if self.folded else now.space[0]), now.icon))
        self.setText("" if self.folded else self.place.words)
        counted = f"，{self.count} 件" if self.count else ""
        self.setToolTip(f"{self.place.words}{counted}" + (f"（{self._shortcut}）" if self._shortcut else ""))
        self.setAccessibleName(f"{self.place.words}{counted}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count and (not self.folded or self.place.key in LOUD):
            self._paint_count(QPainter(self))

    def _paint_count(self, painter: QPainter) -> None:
        now, loud = theme.tokens(), self.place.key in LOUD
        words = str(self.count) if self.count < 1000 else "999+"
        font = fonts.ui_font(now.small - (3 if self.folded else 0))
        font.setBold(loud)
        high = now.small + 6 - (3 if self.folded else 0)
        wide = max(high, QFontMetrics(font).horizontalAdvance(words) + now.space[1])
        top = 1.0 if self.folded else (self.height() - high) / 2
        box = QRectF(self.width() - wide - (1 if self.folded else now.space[2]), top, wide, high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        if loud:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.colour("accent_fill"))
            painter.drawRoundedRect(box, high / 2, high / 2)
        painter.setPen(now.colour("on_accent" if loud else "accent" if self.isChecked() else "secondary"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


class Navigation(QFrame):
    """`chosen(key)` when a page is asked for, `folded(bool)` when the bar was folded or opened, `person_pressed` for the officer's menu."""

    chosen = Signal(str)
    folded = Signal(bool)
    person_pressed = Signal()

    def __init__(self, places: Sequence[Place], name: str, unit: str, folded: bool = False) -> None:
        super().__init__()
        self._folded = folded
        theme.mark(self, "surface", "surface")
        self.buttons = {place.key: NavButton(place, keys_of(at)) for at, place in enumerate(places, 1)}
        self.emblem, self.brand = QLabel(), label(NAME, "title")
        self.fold_button = tool("fold", "收起导航", shortcut="Ctrl+B", pressed=self._toggle)
        self.person = NavPerson(name, unit)
        self.person.clicked.connect(self.person_pressed)
        self._build(places)
        theme.changed.connect(self._dress)
        self._dress()

    def _build(self, places: Sequence[Place]) -> None:
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[1], space[2], space[1], space[1])
        column.setSpacing(2)
        self._head = QHBoxLayout()
        self._head.setSpacing(space[1])
        self._head.setContentsMargins(space[1], 0, 0, space[1])
        self._head.addWidget(self.emblem)
        self._head.addWidget(self.brand)
        self._head.addStretch(1)
        self._head.addWidget(self.fold_button)
        column.addLayout(self._head)
        column.addWidget(self._list(places), 1)
        column.addWidget(rule())
        column.addSpacing(space[0])
        column.addWidget(self.person)

    def _list(self, places: Sequence[Place]) -> QScrollArea:
        """The places, group by group; on a low screen they scroll."""
        space, holder, room = theme.tokens().space, QWidget(), QScrollArea()
        self.room = room
        theme.mark(holder, "surface", "surface")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        group = places[0].group if places else ""
        for place in places:
            if place.group != group:
                group = place.group
                column.addSpacing(space[0])
                column.addWidget(rule())
                column.addSpacing(space[0])
            button = self.buttons[place.key]
            button.clicked.connect(lambda _=False, key=place.key: self.chosen.emit(key))
            column.addWidget(button)
        column.addStretch(1)
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.mark(room.viewport(), "surface", "surface")
        room.setWidget(holder)
        return room

    def show_chosen(self, key: str) -> None:
        """Mark a page as the one shown, and bring it into view."""
        self.buttons[key].setChecked(True)
        self.room.ensureWidgetVisible(self.buttons[key])

    def say_counts(self, counts: dict[str, int]) -> None:
        """Show the counts of the lists."""
        for key, button in self.buttons.items():
            if key in counts:
                button.say_count(counts[key])

    def set_folded(self, folded: bool) -> None:
        """Fold the bar to its icons, or open it."""
        self._folded = folded
        self._dress()

    def _toggle(self) -> None:
        self.set_folded(not self._folded)
        self.folded.emit(self._folded)

    def _dress(self) -> None:
        now, folded = theme.tokens(), self._folded
        self.setFixedWidth(now.row + 2 * now.space[1] + now.space[0] if folded else now.font * WIDTH_IN_LETTERS)
        side = now.title + 6
        self.emblem.setPixmap(emblem().pixmap(side, side))
        self.emblem.setVisible(not folded)
        self.brand.setVisible(not folded)
        self._head.setContentsMargins(0 if folded else now.space[1], 0, 0, now.space[1])
        words = "展开导航" if folded else "收起导航"
        self.fold_button.setIcon(icons.icon("unfold" if folded else "fold"))
        self.fold_button.setToolTip(f"{words}（Ctrl+B）")
        self.fold_button.setAccessibleName(words)
        for button in self.buttons.values():
            button.fold(folded)
        self.person.fold(folded)


class NavPerson(QPushButton):
    """Who is at the desk; pressed it offers the password and the way out."""

    def __init__(self, name: str, unit: str) -> None:
        super().__init__()
        self._name, self._unit = name, unit
        theme.mark(self, "kind", "nav")
        self.setIcon(icons.icon("person"))
        self.setToolTip(f"{unit} {name}：修改密码、锁定、退出登录")
        self.setAccessibleName(f"{unit} {name}，打开个人菜单")
        self._dressed(False)

    def fold(self, folded: bool) -> None:
        """Show the icon alone, or the name as well."""
        self._dressed(folded)

    def _dressed(self, folded: bool) -> None:
        now = theme.tokens()
        self.setIconSize(QSize(now.icon + (0 if folded else now.space[0]), now.icon))
        self.setText("" if folded else self._name)


def places_for(roles: frozenset[str], administrators: frozenset[str]) -> tuple[Place, ...]:
    """The pages of an officer: who is only an administrator of the system has no business rights (三员分立) and sees none of the papers."""
    only = bool(roles) and roles <= administrators
    return tuple(place for place in PLACES if (place.group == "bureau" or not only) and (not place.roles or place.roles & roles))


def keys_of(at: int) -> str:
    """The shortcut of the page that stands at a position; beyond the tenth there is none."""
    return f"Ctrl+{at % 10}" if at <= 10 else ""

