"""What was typed and never submitted (未提交的内容) is offered again when its writer signs in."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from oa_client.scratch import Kept
from oa_client.ui import icons, theme
from oa_client.ui.widgets.button import button, tool
from oa_client.ui.widgets.label import label


@dataclass(frozen=True)
class Kind:
    """One kind of unsaved piece: the beginning of its key, what it is called, the verb that opens it."""

    prefix: str
    words: str
    verb: str


KINDS = (Kind("intake", "收文登记", "打开登记"), Kind("draft/", "发文拟稿", "打开拟稿"), Kind("opinion/", "办理意见", "打开公文"))


def number_of(key: str) -> int:
    """The document that a key names; 0 for a new one."""
    found = re.search(r"\d+", key)
    return int(found.group()) if found else 0


def sentence(pieces: Sequence[Kept]) -> str:
    """「有 2 份未提交的内容：…」"""
    counted = [(kind, sum(piece.key.startswith(kind.prefix) for piece in pieces)) for kind in KINDS]
    parts = [f"{kind.words} {count} 份" for kind, count in counted if count]
    return f"有 {sum(count for _, count in counted)} 份未提交的内容：{'、'.join(parts)}。"


class KeptBanner(QFrame):
    """The sentence and a button for each kind; hidden when nothing is kept. `opens` is called with the piece chosen."""

    def __init__(self, opens: Callable[[Kept], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opens = opens
        theme.mark(self, "banner", "soon")
        space = theme.tokens().space
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(space[2], space[0], space[0], space[0])
        self._line.setSpacing(space[1])
        self._picture, self.sentence = QLabel(), label("", wrap=True)
        self._line.addWidget(self._picture)
        self._line.addWidget(self.sentence, 1)
        self.buttons: dict[str, QPushButton] = {}
        self.cross = tool("close", "以后再说", pressed=self.hide)
        self._line.addWidget(self.cross)
        theme.changed.connect(self._draw)
        self._draw()
        self.hide()

    def offer(self, pieces: Sequence[Kept]) -> None:
        """Show what is kept."""
        ours = [piece for piece in pieces if any(piece.key.startswith(kind.prefix) for kind in KINDS)]
        for old in self.buttons.values():
            self._line.removeWidget(old)
            old.deleteLater()
        self.buttons = {}
        for kind in KINDS:
            mine = [piece for piece in ours if piece.key.startswith(kind.prefix)]
            if mine:
                self._add(kind, mine)
        self.sentence.setText(sentence(ours))
        self.setAccessibleName(self.sentence.text())
        self.setVisible(bool(ours))

    def _add(self, kind: Kind, pieces: Sequence[Kept]) -> None:
        made = button(kind.verb, parent=self)
        if len(pieces) == 1:
            made.clicked.connect(lambda: self._opens(pieces[0]))
        else:
            theme.mark(made, "menu", "true")
            menu = QMenu(made)
            for piece in pieces:
                menu.addAction(_title(piece)).triggered.connect(lambda _=False, piece=piece: self._opens(piece))
            made.setMenu(menu)
        self.buttons[kind.prefix] = made
        self._line.insertWidget(self._line.indexOf(self.cross), made, 0, Qt.AlignmentFlag.AlignVCenter)

    def _draw(self) -> None:
        side = theme.tokens().icon
        self._picture.setPixmap(icons.icon("draft", "soon").pixmap(QSize(side, side)))


def _title(piece: Kept) -> str:
    """A line of the menu: the beginning of what was typed, and when."""
    said = next((str(piece.data[key]) for key in ("title", "text", "opinion", "body") if piece.data.get(key)), "")
    words = " ".join(said.split()) or "未写标题"
    return f"{words[:20]}{'…' if len(words) > 20 else ''}　{piece.saved_at.astimezone():%m月%d日 %H:%M}"
