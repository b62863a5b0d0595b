"""The roles of an account as boxes (角色): those of the own unit, and for the office (办公室) those of the whole bureau beside them."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from oa_client.domain.actor import BUSINESS_ROLES, ROLES
from oa_client.ui import theme
from oa_client.ui.widgets.label import label

DUTIES = {"chief": "批示、签发，上行文由其签发", "deputy": "批示、签发", "clerk": "收文登记、签收、分发", "reviewer": "核稿、拟办、复核", "archivist": "归档"}


class RoleBoxes(QWidget):
    """`own` and `bureau` are the boxes by role; `bureau` is empty but for the office's administrator."""

    def __init__(self, unit: str, bureau: str = "") -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.tokens().space[3])
        grid.setVerticalSpacing(0)
        self.own: dict[str, QCheckBox] = {}
        self.bureau: dict[str, QCheckBox] = {}
        if bureau:
            for at, words in enumerate((unit, bureau)):
                grid.addWidget(label(f"在{words}", "label"), 0, at)
        keys = [key for key in DUTIES if key in BUSINESS_ROLES]
        for at, key in enumerate(keys, 1):
            self.own[key] = _box(ROLES[key] if bureau else f"{ROLES[key]}（{DUTIES[key]}）", f"在{unit}任{ROLES[key]}", DUTIES[key])
            grid.addWidget(self.own[key], at, 0)
            if bureau:
                self.bureau[key] = _box(ROLES[key], f"在{bureau}任{ROLES[key]}", DUTIES[key])
                grid.addWidget(self.bureau[key], at, 1)
                duty = label(DUTIES[key], "small")
                grid.addWidget(duty, at, 2, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(2 if bureau else 0, 1)

    def roles(self) -> frozenset[str]:
        """The roles ticked within the own unit."""
        return frozenset(key for key, box in self.own.items() if box.isChecked())

    def bureau_roles(self) -> frozenset[str]:
        """The roles ticked within the bureau."""
        return frozenset(key for key, box in self.bureau.items() if box.isChecked())

    def tick(self, own: Iterable[str], bureau: Iterable[str] = ()) -> None:
        """Tick exactly these."""
        for boxes, wanted in ((self.own, set(own)), (self.bureau, set(bureau))):
            for key, box in boxes.items():
                box.setChecked(key in wanted)


def _box(words: str, name: str, duty: str) -> QCheckBox:
    made = QCheckBox(words)
    made.setAccessibleName(name)
    made.setToolTip(duty)
    return made
