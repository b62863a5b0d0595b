"""After a conflict (文稿在别处已有更新): the own text beside the newest one, and the choice which goes on."""

import difflib

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.ui import theme
from oa_client.ui.draft.content import DraftContent
from oa_client.ui.office import Office
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label, section
from oa_client.ui.widgets.text_view import TextView
from oa_client.usecases import drafting
from oa_client.usecases.desk import local
from oa_client.usecases.drafting import DraftOpened
from oa_client.usecases.reading import Words, body_words


class Comparing(QObject):
    """`settled` when the officer chose; `refused(OaError)` when the newest text cannot be read."""

    settled = Signal()
    refused = Signal(object)

    def __init__(self, office: Office, content: DraftContent, owner: QWidget) -> None:
        super().__init__(owner)
        self._office, self._content, self._owner = office, content, owner

    def start(self) -> None:
        """Read the newest text and show both."""
        self._office.jobs.read(self, drafting.open_draft, self._office.desk, self._content.stored.document_id, then=self._show, failed=self._refuse)

    def _show(self, latest: DraftOpened) -> None:
        own = self._content.form(files=False)
        saved = f"{local(latest.saved_at):%m月%d日 %H:%M}"
        window = CompareWindow(self._owner, (own.title, own.body), (latest.form.title, latest.form.body), saved)
        window.mine.connect(lambda: self._content.go_on_with_mine(latest))
        window.newest.connect(lambda: self._content.show_opened(latest))
        window.accepted.connect(self.settled)
        window.open()

    def _refuse(self, error: OaError) -> None:
        self.refused.emit(error)


class CompareWindow(QDialog):
    """The own text at the left, the newest at the right, differing paragraphs marked. `mine` or `newest` is what shall go on."""

    mine = Signal()
    newest = Signal()

    def __init__(self, owner: QWidget, own: tuple[str, str], latest: tuple[str, str], saved: str) -> None:
        super().__init__(owner)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("最新稿对照")
        self.resize(round(owner.width() * 0.95), round(owner.height() * 0.9))
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[3], space[2], space[3], space[2])
        column.setSpacing(space[2])
        sides = QHBoxLayout()
        sides.setSpacing(space[2])
        self.own, self.latest = self._side(sides, "我的文稿（未保存）"), self._side(sides, f"最新稿（{saved} 保存）")
        column.addLayout(sides, 1)
        column.addWidget(label("有底色的段落两稿不同。选用其中一稿后仍可继续修改；未选用的内容请先复制留用。", "secondary", wrap=True))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(button("返回", pressed=self.reject))
        line.addWidget(button("改用最新稿", pressed=lambda: self._choose(self.newest)))
        line.addWidget(button("以我的文稿为准", "primary", pressed=lambda: self._choose(self.mine)))
        column.addLayout(line)
        left, right = body_words(*own), body_words(*latest)
        for view, words, other in ((self.own, left, right), (self.latest, right, left)):
            view.show_paragraphs(words)
            _mark(view, _differing(words, other))

    def _side(self, sides: QHBoxLayout, words: str) -> TextView:
        column = QVBoxLayout()
        column.addWidget(section(words))
        view = TextView(self)
        view.setAccessibleName(words)
        column.addWidget(view, 1)
        sides.addLayout(column, 1)
        return view

    def _choose(self, told: SignalInstance) -> None:
        told.emit()
        self.accept()


def _differing(words: Words, other: Words) -> list[int]:
    """Which paragraphs are not in the other text."""
    matcher = difflib.SequenceMatcher(None, words, other, autojunk=False)
    return [at for kind, start, end, _, _ in matcher.get_opcodes() if kind != "equal" for at in range(start, end)]


def _mark(view: TextView, paragraphs: list[int]) -> None:
    marks = []
    for at in paragraphs:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = QTextCursor(view.document().findBlockByNumber(at))
        selection.format.setBackground(theme.tokens().colour("mark"))
        selection.cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        marks.append(selection)
    view.setExtraSelections(marks)
