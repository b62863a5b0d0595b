"""About the product: version, licence, and the works of others in it."""

from importlib import metadata

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from oa_client import __version__
from oa_client.ui import theme
from oa_client.ui.brand import NAME, PURPOSE
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label, section

LICENCE = "MIT 许可证"
WORKS = (
    "PySide6", "SQLAlchemy", "alembic", "psycopg", "keyring", "argon2-cffi", "typst", "pypdfium2", "fonttools", "python-docx", "docx2txt", "ofdkit",
    "lxml", "pikepdf", "cryptography", "chinesecalendar", "qtawesome", "platformdirs", "structlog", "typer", "diff-match-patch", "pypinyin", "cn2an",
    "pylopdf-fonts-zh-cn", "xlsxwriter", "python-calamine",
)
NOT_SAID = "见该组件说明"


def works() -> tuple[tuple[str, str, str], ...]:
    """Name, version and licence of each library the product stands on, as installed on this PC."""
    found = []
    for name in WORKS:
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        licence = _first(about, "License-Expression") or _classified(about.get_all("Classifier") or []) or _first(about, "License")
        found.append((name, _first(about, "Version"), licence[:60] or NOT_SAID))
    return tuple(found)


def _first(about: metadata.PackageMetadata, key: str) -> str:
    return (about.get_all(key) or [""])[0].split("\n")[0]


def _classified(classifiers: list[str]) -> str:
    return "、".join(line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::") and line.count("::") > 1)


class AboutCard(QFrame):
    """Version and licence in sight, the list of others' works folded."""

    def __init__(self) -> None:
        super().__init__()
        theme.mark(self, "surface", "card")
        self.setAccessibleName("关于")
        space = theme.tokens().space
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(space[4], space[3], space[4], space[3])
        self._column.setSpacing(space[1])
        self._column.addWidget(section("关于"))
        self._column.addWidget(label(f"{NAME}　{PURPOSE}　版本 {__version__}"))
        self._column.addWidget(label(f"以 {LICENCE}发布。使用的第三方组件各按其许可证。", "small", wrap=True))
        self.fold = button("第三方组件", "link", pressed=self._toggle)
        self._column.addWidget(self.fold)
        self.list: QWidget | None = None
        self._shown = False

    def _toggle(self) -> None:
        self._shown = not self._shown
        if self.list is None:
            self.list = _table()
            self._column.addWidget(self.list)
        self.list.setVisible(self._shown)
        self.fold.setText("收起第三方组件" if self._shown else "第三方组件")


def _table() -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.tokens().space[4])
    grid.setVerticalSpacing(theme.tokens().space[0])
    for at, line in enumerate(works()):
        for column, words in enumerate(line):
            grid.addWidget(label(words, "small"), at, column)
    grid.setColumnStretch(2, 1)
    return made
