"""What the writing rules say about the draft, live: what must be put right and what wants a reason (行文规则)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from oa_client.domain.writing_rules import Finding
from oa_client.ui import theme
from oa_client.ui.widgets.chip import Chip
from oa_client.ui.widgets.label import label, section

WORDS = {"block": ("须改正", "overdue"), "warn": ("请核实", "soon")}
GOOD = "没有发现问题。"
WAITING = "写作时自动检查"
_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class FindingsPanel(QWidget):
    """`asked(field)` when a finding is pressed: the field of the form that it is about."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Finding, ...] | None = None
        self._rows: list[_Row] = []
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space[1])
        head = QHBoxLayout()
        head.addWidget(section("行文规则检查", self))
        head.addStretch(1)
        self.summary = label(WAITING, "small", parent=self)
        head.addWidget(self.summary)
        column.addLayout(head)
        self._column = QVBoxLayout()
        self._column.setSpacing(space[0])
        column.addLayout(self._column)

    def found(self) -> tuple[Finding, ...]:
        """What is shown."""
        return self._found or ()

    def say(self, found: Sequence[Finding]) -> None:
        """Show these findings; the panel is only drawn anew when they are others."""
        if tuple(found) == self._found:
            return
        self._found = tuple(found)
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [_Row(finding, self) for finding in found]
        for row in self._rows:
            row.pressed.connect(self.asked)
            self._column.addWidget(row)
        counts = {severity: sum(finding.severity == severity for finding in found) for severity in WORDS}
        said = [f"{WORDS[severity][0]} {count} 项" for severity, count in counts.items() if count]
        self.summary.setText(" · ".join(said) or GOOD)

    def rows(self) -> list["_Row"]:
        """The findings on the screen, in order."""
        return list(self._rows)

    def cannot(self) -> None:
        """The rules could not be asked just now."""
        self.summary.setText("暂时不能检查，送审核时再查")


class _Row(QFrame):
    """One finding; a click or Enter leads to its field, the tooltip names the rule's source."""

    pressed = Signal(str)

    def __init__(self, finding: Finding, parent: QWidget) -> None:
        super().__init__(parent)
        self.finding = finding
        words, tone = WORDS[finding.severity]
        theme.mark(self, "surface", "field")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{words}：{finding.sentence}")
        self.setAccessibleDescription(f"依据：{finding.source}")
        self.setToolTip(f"依据：{finding.source}")
        space = theme.tokens().space
        line = QHBoxLayout(self)
        line.setContentsMargins(space[1], space[0], space[1], space[0])
        line.setSpacing(space[1])
        line.addWidget(Chip(words, tone, self), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(finding.sentence, wrap=True, parent=self), 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self.finding.field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PRESSING and not event.modifiers():
            self.pressed.emit(self.finding.field)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        theme.mark(self, "focused", "true")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        theme.mark(self, "focused", "false")
        super().focusOutEvent(event)
