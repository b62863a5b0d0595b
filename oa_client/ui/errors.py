"""Failures on the screen: what happened · what was kept · what to do; details folded, to copy for the administrator."""

import platform
import sys
import traceback
from datetime import datetime
from types import TracebackType

import structlog
from PySide6.QtCore import QObject, Qt, qVersion
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from oa_client.domain.errors import OaError
from oa_client.ui import icons
from oa_client.ui.theme import mark, tokens

CRASH = "程序出现故障，这一步没有完成。"
CRASH_HINT = "已保存的内容不受影响，未提交的文字已留存在本机。请重试；若再次出现，请复制故障信息交给管理员。"
_log = structlog.get_logger(__name__)
_open: "list[FailureDialog]" = []


class FailureDialog(QDialog):
    """One failure told in words; never blocks the program (open with `open()`)."""

    def __init__(self, owner: QWidget | None, sentence: str, hint: str, details: str, crash: bool) -> None:
        super().__init__(owner)
        self.setWindowTitle("出现故障" if crash else "未能完成")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(tokens().font * 32)
        space = tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[4], space[4], space[4], space[3])
        column.setSpacing(space[2])
        column.addLayout(self._words(sentence, hint, crash))
        self.details = QPlainTextEdit(details, self)
        self.details.setReadOnly(True)
        self.details.setAccessibleName("详细信息")
        self.details.setMinimumHeight(tokens().font * 10)
        self.details.hide()
        column.addWidget(self.details, 1)
        column.addLayout(self._buttons(bool(details)))

    def _words(self, sentence: str, hint: str, crash: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens().space[2])
        picture = QLabel(self)
        side = tokens().icon + 8
        name, colour = ("error", "overdue") if crash else ("warning", "soon")
        picture.setPixmap(icons.icon(name, colour).pixmap(side, side))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(tokens().space[1])
        for text, role in ((sentence, "section"), (hint, "secondary")):
            label = QLabel(text, self)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            mark(label, "role", role)
            label.setVisible(bool(text))
            words.addWidget(label)
        row.addLayout(words, 1)
        return row

    def _buttons(self, has_details: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        self.fold = QPushButton("详细信息", self)
        mark(self.fold, "kind", "link")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self.copy = QPushButton("复制给管理员", self)
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self.details.toPlainText()))
        self.understood = QPushButton("知道了", self)
        mark(self.understood, "kind", "primary")
        self.understood.setDefault(True)
        self.understood.clicked.connect(self.accept)
        self.fold.setVisible(has_details)
        self.copy.setVisible(has_details)
        row.addWidget(self.fold)
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(self.understood)
        return row

    def _unfold(self, shown: bool) -> None:
        self.details.setVisible(shown)
        self.fold.setText("收起详细信息" if shown else "详细信息")
        if not shown:
            self.adjustSize()


def show(owner: QObject | None, error: OaError) -> FailureDialog:
    """Tell a refusal or failure in a dialog of `owner`'s window; returns at once."""
    return _present(owner, error.sentence, error.hint, error.details, False)


def crash(owner: QObject | None, error: BaseException) -> FailureDialog:
    """Tell a bug: plain words, the trace folded, a button that copies it for the administrator."""
    return _present(owner, CRASH, CRASH_HINT, report(error), True)


def report(error: BaseException) -> str:
    """What the administrator needs of a bug: time, versions, trace."""
    trace = "".join(traceback.format_exception(error))
    return (f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{platform.platform()}\n"
            f"Python {platform.python_version()} · Qt {qVersion()}\n\n{trace}")


def shown() -> tuple[FailureDialog, ...]:
    """The failure dialogs now on the screen."""
    _open[:] = [dialog for dialog in _open if isValid(dialog) and dialog.isVisible()]
    return tuple(_open)


def catch_all() -> None:
    """From now on an exception nobody caught is logged and shown instead of lost."""
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("uncaught", exc_info=error)
        if QApplication.instance() is not None and not shown():
            crash(None, error)
    sys.excepthook = hook


def _present(owner: QObject | None, sentence: str, hint: str, details: str, is_crash: bool) -> FailureDialog:
    widget = owner.window() if isinstance(owner, QWidget) else QApplication.activeWindow()
    dialog = FailureDialog(widget, sentence, hint, details, is_crash)
    _open.append(dialog)
    dialog.open()
    return dialog
