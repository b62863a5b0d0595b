"""Leads through the windows: waits, presses, types, takes pictures, and writes down what was checked."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from oa_client.ui.program import Program
from oa_client.ui.stall import StallWatch

SIZE = (1366, 768)
PATIENCE = 30
SHADE = 70
Dialog = TypeVar("Dialog", bound=QDialog)
View = TypeVar("View", bound=QWidget)
Found = TypeVar("Found")


class Lost(Exception):
    """The tour cannot go on: what it waited for did not come."""


@dataclass
class Check:
    """One thing that was looked at, and whether it was as it should be."""

    what: str
    ok: bool
    found: str = ""


@dataclass
class Step:
    """One step of the tour: what was done, what was checked, how long it took, the longest stall of the screen's thread."""

    number: int
    title: str
    checks: list[Check] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    ms: float = 0.0
    longest_stall_ms: float = 0.0
    stall_where: str = ""


class Guide:
    """Drives the program as an officer would. The tour's own looking and drawing is not counted as a stall."""

    def __init__(self, program: Program, out: Path) -> None:
        self.program, self.out = program, out
        self.steps: list[Step] = []
        self.stall = StallWatch(program)
        self._pictures = 0
        self._worst = (0.0, "")

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """One step; a failure within is written down and ends the tour."""
        step = Step(len(self.steps) + 1, title)
        self.steps.append(step)
        begun, self._worst = time.perf_counter(), (0.0, "")
        self.stall.reset()
        try:
            yield
        except Exception as problem:
            step.checks.append(Check("这一步走完", False, f"{type(problem).__name__}: {problem}"))
            raise
        finally:
            self._note()
            step.ms = round((time.perf_counter() - begun) * 1000, 1)
            step.longest_stall_ms, step.stall_where = self._worst
            held = all(check.ok for check in step.checks)
            print(f"{step.number:>2} {'通过' if held else '未过'} {title}（{step.ms:.0f} ms，最长停顿 {step.longest_stall_ms:.0f} ms）", flush=True)

    def check(self, what: str, ok: bool, found: object = "") -> None:
        """Write down a check."""
        self.steps[-1].checks.append(Check(what, bool(ok), str(found)))
        if not ok:
            print(f"     未过：{what}（{found}）", flush=True)

    def look(self, act: Callable[[], Found]) -> Found:
        """Something that the tour does for itself; its time is not the product's."""
        self._note()
        result = act()
        self.stall.reset()
        return result

    def picture(self, name: str, window: QWidget) -> None:
        """A picture of a window as it stands, at the size most desks have; a dialog that waits over it is in the middle."""
        if window.isWindow() and not window.isMaximized() and (window.width(), window.height()) != SIZE:
            window.resize(*SIZE)
            self.settle()
        self._pictures += 1
        file = f"{self._pictures:02d}-{name}.png"
        self.look(lambda: _grab(window).save(str(self.out / file)))
        self.steps[-1].pictures.append(file)

    def wait(self, until: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Let the windows work until something has come about; Lost when it does not."""
        ends = time.monotonic() + seconds
        while not until():
            if time.monotonic() > ends:
                raise Lost(f"等候「{what}」超过 {seconds:.0f} 秒")
            self.breathe(10)

    def breathe(self, ms: int) -> None:
        """Let the windows work for some milliseconds."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def settle(self) -> None:
        """Wait until nothing is read or written and every delayed refresh is over."""
        quiet = 0
        while quiet < 4:
            self.wait(self.program.jobs.idle, "读写结束")
            self.breathe(60)
            quiet = quiet + 1 if self.program.jobs.idle() else 0

    def dialog(self, kind: type[Dialog]) -> Dialog:
        """The dialog of a kind that waits for an answer now."""
        self.settle()
        shown = QApplication.activeModalWidget()
        if not isinstance(shown, kind):
            raise Lost(f"没有出现「{kind.__name__}」")
        return shown

    def view(self, kind: type[View]) -> View:
        """What the entrance shows now; Lost when it is of another kind."""
        shown = self.program.entrance.view()
        if not isinstance(shown, kind):
            raise Lost(f"入口没有显示「{kind.__name__}」")
        return shown

    def press(self, pressed: QAbstractButton) -> None:
        """Press a button that can be pressed, and wait for what follows."""
        if not pressed.isEnabled() or pressed.isHidden():
            raise Lost(f"按钮「{pressed.text()}」不能按")
        pressed.click()
        self.settle()

    def key(self, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, text: str = "") -> None:
        """A key on a widget."""
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))

    def type(self, widget: QWidget, words: str) -> None:
        """Type words, as an input method commits them."""
        widget.setFocus()
        for char in words:
            self.key(widget, Qt.Key.Key_unknown, text=char)
        self.breathe(5)

    def report(self, seconds: float) -> bool:
        """Write `tour.json`; gives whether every check held."""
        held = all(check.ok for step in self.steps for check in step.checks)
        longest = max((step.longest_stall_ms for step in self.steps), default=0.0)
        values = {"all_checks_true": held, "checks": sum(len(step.checks) for step in self.steps), "pictures": self._pictures,
                  "longest_stall_ms": longest, "seconds": round(seconds, 1), "steps": [asdict(step) for step in self.steps]}
        (self.out / "tour.json").write_text(json.dumps(values, ensure_ascii=False, indent=1), "utf-8")
        return held

    def _note(self) -> None:
        worst = self.stall.worst_moments
        if worst and worst[0].ms > self._worst[0]:
            self._worst = (worst[0].ms, worst[0].where)


def _grab(window: QWidget) -> QPixmap:
    picture, over = window.grab(), QApplication.activeModalWidget()
    if over is None or over is window or not over.isVisible():
        return picture
    painter = QPainter(picture)
    painter.fillRect(picture.rect(), QColor(0, 0, 0, SHADE))
    shown = over.grab()
    painter.drawPixmap((picture.width() - shown.width()) // 2, (picture.height() - shown.height()) // 2, shown)
    painter.end()
    return picture
