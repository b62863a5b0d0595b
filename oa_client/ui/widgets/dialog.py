"""Dialogs with one question and the verb on the button; Esc is always the safe way out."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from oa_client.ui import theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label
from oa_client.ui.widgets.opinion_box import OpinionBox

BACK = "返回"


class Question(QDialog):
    """A question, an optional explanation, a place for content, and two buttons: the verb and the way back."""

    def __init__(self, owner: QWidget | None, question: str, detail: str, verb: str, danger: bool = False, back: str = BACK) -> None:
        super().__init__(owner.window() if owner else None)
        self.setWindowTitle(question.rstrip("？。"))
        self.setModal(True)
        now = theme.tokens()
        self.setMinimumWidth(now.font * 30)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(now.space[4], now.space[4], now.space[4], now.space[3])
        self.column.setSpacing(now.space[1])
        for words, role in ((question, "section"), (detail, "secondary")):
            if words:
                line = label(words, role, wrap=True)
                line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
                self.column.addWidget(line)
        self.content = QVBoxLayout()
        self.content.setSpacing(now.space[1])
        self.column.addLayout(self.content, 1)
        self.column.addSpacing(now.space[1])
        self.verb: QPushButton = button(verb, "danger" if danger else "primary", pressed=self.accept)
        self.back: QPushButton = button(back, pressed=self.reject)
        (self.back if danger else self.verb).setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(now.space[1])
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.verb)
        self.column.addLayout(foot)
        if danger:
            self.back.setFocus()


def ask(owner: QWidget | None, question: str, detail: str, verb: str, danger: bool = False, back: str = BACK) -> bool:
    """Ask one question; True only when the verb was pressed. A dangerous verb is never the default."""
    dialog = Question(owner, question, detail, verb, danger, back)
    return _run(dialog)


def ask_reason(owner: QWidget | None, question: str, detail: str, verb: str, *, hint: str = "请写明理由",
               required: bool = True, text: str = "", danger: bool = False, phrases: Sequence[str] = ()) -> str | None:
    """Ask for words (a reason, an opinion); None when the user went back. Required words cannot be left empty."""
    dialog = Question(owner, question, detail, verb, danger)
    box = OpinionBox(hint=hint, phrases=phrases, least_lines=3)
    box.set_text(text)
    box.submitted.connect(dialog.verb.click)
    dialog.content.addWidget(box)

    def judge() -> None:
        dialog.verb.setEnabled(bool(box.text()) or not required)
    box.changed.connect(judge)
    judge()
    box.setFocus()
    return box.text() if _run(dialog) else None


def choose(owner: QWidget | None, question: str, detail: str, verb: str, options: Sequence[tuple[Hashable, str]],
           chosen: Hashable | None = None) -> Hashable | None:
    """Let the user choose one of (value, words); None when the user went back."""
    dialog = Question(owner, question, detail, verb)
    listed = QListWidget()
    listed.setAccessibleName(question)
    for value, words in options:
        item = QListWidgetItem(words, listed)
        item.setData(Qt.ItemDataRole.UserRole, value)
        if value == chosen:
            listed.setCurrentItem(item)
    if listed.currentItem() is None and listed.count():
        listed.setCurrentRow(0)
    listed.itemActivated.connect(lambda _: dialog.accept())
    dialog.content.addWidget(listed)
    listed.setFocus()
    done = _run(dialog)
    taken = listed.currentItem() if done else None
    return taken.data(Qt.ItemDataRole.UserRole) if taken else None


def _run(dialog: QDialog) -> bool:
    """Show the dialog until it is answered; it is deleted later, after the caller has read its fields."""
    done = dialog.exec() == QDialog.DialogCode.Accepted
    if not isValid(dialog):
        return False
    dialog.deleteLater()
    return done
