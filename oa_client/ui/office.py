"""What every page is given: the desk, the lane for work, this PC's settings and unsaved text, and the doors to other windows."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ..domain.actor import Actor, person
from ..domain.flow_definition import Pick as FlowPick
from ..scratch import Scratch
from ..settings import Settings
from ..usecases import delegating, directory
from ..usecases.desk import Desk
from .jobs import Jobs
from .widgets.people_picker import Pick

MINE = frozenset({"document", "todo", "receive", "send", "lent", "library"})


@dataclass(frozen=True)
class Doors:
    """How windows are made; given by the composition root so that no window imports another."""

    document: Callable[["Office", int], QWidget]
    intake: Callable[["Office"], QWidget]
    draft: Callable[["Office", int], QWidget]


@dataclass
class _Opened:
    """Windows that are open, one for each thing."""

    windows: dict[tuple[str, int], QWidget] = field(default_factory=dict)


class Office(QObject):
    """One officer's session at this workstation. `desk` is another after `desk_changed`: look it up when it is used, keep no copy."""

    directory_changed = Signal()
    desk_changed = Signal()
    password_changed = Signal()
    lock_asked = Signal()
    signed_out = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, settings: Settings, scratch: Scratch, doors: Doors, *, url: str, demo: bool = False) -> None:
        super().__init__()
        self.desk, self.jobs, self.settings, self.scratch = desk, jobs, settings, scratch
        self.url, self.demo = url, demo
        self.candidates: tuple[directory.Candidate, ...] = ()
        self._doors = doors
        self._opened, self._day = _Opened(), desk.today()
        jobs.changed.connect(self._heard)
        self.load_directory()

    def load_directory(self) -> None:
        """Read people and units again; `directory_changed` tells when they are there.

        Nobody asked for it, so a failure is not told: the page in view tells its own, and the next news read it again.
        """
        self.jobs.read(self, directory.candidates, self.desk, then=self._take_directory, failed=lambda _: None, latest="directory")

    def picks(self, pick: FlowPick, organ_id: int, upward: bool = False) -> tuple[Pick, ...]:
        """The choices that a people picker offers for one pick of an action."""
        return tuple(as_pick(item) for item in directory.fitting(pick, self.candidates, self.desk.actor, organ_id, upward))

    def everybody(self) -> tuple[Pick, ...]:
        """Every person and every unit as a choice, but not the officer; administrators of the system are never among them."""
        mine = person(self.desk.actor.id)
        return tuple(as_pick(item) for item in self.candidates if item.holder != mine)

    def stand_ins(self) -> tuple[Pick, ...]:
        """Those to whom the officer may delegate."""
        return tuple(as_pick(item) for item in self.candidates if delegating.may_take(self.desk.actor, item))

    def units(self) -> tuple[Pick, ...]:
        """Every unit as a choice, for addressees."""
        return tuple(as_pick(item) for item in self.candidates if item.is_unit)

    def names(self, holders: tuple[str, ...]) -> list[str]:
        """The names of principals, for the sentence above a button."""
        known = {item.holder: item.name for item in self.candidates}
        return [known.get(holder) or known.get(f"unit:{holder.partition(':')[2]}", "") for holder in holders]

    def remember(self, holders: tuple[str, ...]) -> None:
        """Note who was chosen, so that they come first the next time."""
        kept = [holder for holder in self.settings.recent_people if holder not in holders]
        self.settings.recent_people = [*holders, *kept][:20]
        self.settings.save()

    def open_document(self, document_id: int) -> QWidget:
        """Show a document's window, or bring the one that is open to the front."""
        return self.show_window("document", document_id, lambda: self._doors.document(self, document_id))

    def register_paper(self) -> QWidget:
        """Show the registration window (收文登记)."""
        return self.show_window("intake", 0, lambda: self._doors.intake(self))

    def draft_paper(self, document_id: int = 0) -> QWidget:
        """Show the drafting window (发文拟稿) for a saved draft, or a new one."""
        return self.show_window("draft", document_id, lambda: self._doors.draft(self, document_id))

    def now_shows(self, window: QWidget, kind: str, number: int) -> None:
        """A window turned to another thing: a new draft, once saved, is found under its number, and the next new one gets a window."""
        self._forget(window)
        self._opened.windows[kind, number] = window

    def windows(self) -> tuple[QWidget, ...]:
        """The windows that are open now."""
        return tuple(self._opened.windows.values())

    def close_windows(self) -> bool:
        """Close every window; False when one of them keeps open to save something."""
        return all(window.close() for window in self.windows())

    def show_window(self, kind: str, number: int, make: Callable[[], QWidget]) -> QWidget:
        """Show the window of a kind and number, made when it is not open yet; it is closed with the session."""
        key = (kind, number)
        window = self._opened.windows.get(key)
        if window is None:
            window = make()
            self._opened.windows[key] = window
            window.destroyed.connect(lambda: self._forget(window))
        window.show()
        window.raise_()
        window.activateWindow()
        return window

    def _forget(self, gone: QWidget) -> None:
        for key in [key for key, window in self._opened.windows.items() if window is gone]:
            del self._opened.windows[key]

    def renew(self) -> None:
        """Read who the officer is now: roles, unit, and for whom they stand in today (受托)."""
        self.jobs.read(self, directory.actor_now, self.desk, then=self._take_actor, failed=lambda _: None, latest="actor")

    def _heard(self, topics: frozenset[str]) -> None:
        """Delegations come and go with others' deeds, and with midnight."""
        today = self.desk.today()
        if "accounts" in topics or today != self._day:
            self._day = today
            self.load_directory()
            self.renew()

    def _take_actor(self, actor: Actor) -> None:
        if actor != self.desk.actor:
            self.desk = self.desk.renewed(actor)
            self.desk_changed.emit()
            self.jobs.announce(MINE)

    def _take_directory(self, found: tuple[directory.Candidate, ...]) -> None:
        self.candidates = found
        self.directory_changed.emit()


def as_pick(item: directory.Candidate) -> Pick:
    """A candidate as the people picker shows it."""
    return Pick(item.holder, item.name, item.detail, item.keys, item.is_unit, note=item.note)
