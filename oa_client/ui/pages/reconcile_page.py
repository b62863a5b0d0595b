"""The reconciliation (账号核对): accounts against units, posts and administrators; what differs stands in red with what mends it."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.domain.reconciling import Difference
from oa_client.ui import icons, theme
from oa_client.ui.office import Office
from oa_client.ui.pages import reconcile_words as words
from oa_client.ui.pages.fresh import Fresh
from oa_client.ui.pages.mending import Mending
from oa_client.ui.pages.reconcile_unit import Lines, UnitCard
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.chip import ChipGroup, FilterChips
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.emptying import take_all
from oa_client.ui.widgets.flow_layout import FlowLayout
from oa_client.ui.widgets.label import label, title
from oa_client.usecases import accounts, consents, directory, reconciling
from oa_client.usecases.desk import Desk
from oa_client.usecases.reconciling import UnitState

AT_ONCE = 6
WIDTH_IN_LETTERS = 68
WRONG = ChipGroup("wrong", "范围", (("wrong", "只看不符的"),))
CLEAR = "账号与单位、领导职数、管理员全部相符。"


class ReconcilePage(QWidget):
    """`cards` by unit; `chips` narrows to what differs, which is how the page begins."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.known: words.Known | None = None
        self.cards: dict[int, UnitCard] = {}
        self._due: list[tuple[int, UnitState]] = []
        self.mending = Mending(office, self)
        theme.mark(self, "surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.chips, self.trouble, self.footer = FilterChips((WRONG,), self), Banner(self), label("", "small")
        self.chips.choose("wrong", "wrong")
        self.clear = EmptyState("正在核对……", "reconcile", "查看各单位", self._show_all)
        self.clear.button.hide()
        self._build()
        self.setFocusProxy(self.chips.chip("wrong", "wrong"))
        Fresh(self, self.office.jobs, lambda topics: "accounts" in topics, self.load)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._build_some)
        self.chips.changed.connect(self._narrow)
        theme.changed.connect(self._dress)
        self._dress()
        self.load()

    def load(self) -> None:
        """Compare again."""
        self.office.jobs.read(self, _read, self.office.desk, then=self._show, failed=self._failed, latest="compare")

    def _build(self) -> None:
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[3], space[2], space[3], space[1])
        column.setSpacing(space[1])
        head = QHBoxLayout()
        head.setSpacing(space[2])
        head.addWidget(title("账号核对"))
        head.addWidget(self.chips, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        column.addLayout(head)
        self.sums = QWidget()
        self._facts = FlowLayout(self.sums, space[3])
        column.addWidget(self.sums)
        column.addWidget(self.trouble)
        holder = QWidget()
        theme.mark(holder, "surface", "window")
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, space[1], 0)
        self._list.setSpacing(space[1])
        self._list.addStretch(1)
        self._holder = holder
        self.room = QScrollArea(self)
        self.room.setWidgetResizable(True)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.room.setWidget(holder)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.clear)
        self.stack.addWidget(self.room)
        column.addWidget(self.stack, 1)
        column.addWidget(self.footer)

    def _dress(self) -> None:
        """The width goes by the text size; drawn signs take the colours of the theme anew."""
        self._holder.setMaximumWidth(theme.tokens().font * WIDTH_IN_LETTERS)
        for unit_id in list(self.cards):
            self._drop(unit_id)
        if self.known is not None:
            self._show(self.known)

    def _show(self, known: words.Known) -> None:
        self.known = known
        self.trouble.hide()
        self._show_sums(known)
        for unit_id in set(self.cards) - {state.unit_id for state in known.found.units}:
            self._drop(unit_id)
        self._due = list(enumerate(known.found.units))
        self._build_some()

    def _build_some(self) -> None:
        """Build the next cards that are not as they were, a few a turn: with everything wrong there are hundreds of lines."""
        built = 0
        while self._due and built < AT_ONCE and self.known is not None:
            at, state = self._due.pop(0)
            lines: Lines = tuple((item, words.hindrance(self.office.desk.actor, self.known, item)) for item in state.differences)
            old = self.cards.get(state.unit_id)
            if old is None or (old.state, old.lines) != (state, lines):
                self._put(at, state, lines)
                built += 1
        self._narrow()
        if self._due:
            self._later.start()

    def _put(self, at: int, state: UnitState, lines: Lines) -> None:
        """A unit's card in its place; the focus stays in it."""
        old, focus = self.cards.get(state.unit_id), self.focusWidget()
        focused = old is not None and focus is not None and old.isAncestorOf(focus)
        if old is not None:
            self._drop(state.unit_id)
        card = self.cards[state.unit_id] = UnitCard(state, lines)
        card.mend_asked.connect(self._mend)
        self._list.insertWidget(at, card)
        if focused:
            (card.links[0] if card.links else self.chips).setFocus()

    def _mend(self, item: Difference, pressed: QWidget) -> None:
        if self.known is not None:
            self.mending.mend(self.known, item, pressed)

    def _drop(self, unit_id: int) -> None:
        card = self.cards.pop(unit_id)
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _show_sums(self, known: words.Known) -> None:
        take_all(self._facts)
        for sentence, good in words.facts(known):
            self._facts.addWidget(_fact(sentence, good))
        for each in self.sums.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            each.show()

    def _narrow(self) -> None:
        """Show all units, or those that differ; when none does, say so."""
        if self.known is None:
            return
        only = bool(self.chips.chosen())
        for card in self.cards.values():
            card.setVisible(bool(card.lines) or not only)
        units = self.known.found.units
        wrong = sum(bool(state.differences) for state in units)
        if only and not wrong:
            self.clear.say(CLEAR, "done")
            self.clear.button.show()
        self.stack.setCurrentWidget(self.clear if only and not wrong else self.room)
        self.footer.setText(f"共 {len(units)} 个单位，{f'{wrong} 个有不符' if wrong else '全部相符'}")

    def _show_all(self) -> None:
        self.chips.clear()
        self._narrow()

    def _failed(self, error: OaError) -> None:
        self.trouble.tell(error, verb="重新核对", pressed=self.load)


def _fact(sentence: str, good: bool) -> QWidget:
    made, picture, said = QWidget(), QLabel(), label(sentence)
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.tokens().space[0])
    said.setMinimumHeight(theme.tokens().chip)
    side, tone = theme.tokens().icon, "ontime" if good else "overdue"
    picture.setPixmap(icons.icon("done" if good else "warning", tone).pixmap(QSize(side, side)))
    if not good:
        theme.mark(said, "tone", tone)
    line.addWidget(picture)
    line.addWidget(said)
    return made


def _read(desk: Desk) -> words.Known:
    found = reconciling.reconcile(desk)
    return words.Known(found, {unit.id: unit for unit in directory.units(desk)}, {row.id: row for row in accounts.accounts(desk)}, consents.pending(desk))
