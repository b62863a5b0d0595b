"""Asking where a sheet is and where one is to be written; afterwards the folder is offered."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from oa_client.ui.widgets import toast

SUFFIXES = (".xlsx", ".xls", ".ods")
UNSUITED = "只能导入 .xlsx、.xls、.ods 表格；其他格式请先另存为 .xlsx。"
_KINDS = f"表格 ({' '.join(f'*{suffix}' for suffix in SUFFIXES)})"


def ask_sheet(owner: QWidget, then: Callable[[Path], object]) -> QFileDialog:
    """Ask for a sheet to read."""
    asked = QFileDialog(owner, "选择账号名单", str(Path.home()), _KINDS)
    asked.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _open(asked, then)


def ask_place(owner: QWidget, caption: str, name: str, then: Callable[[Path], object]) -> QFileDialog:
    """Ask where to write a workbook called `name` unless another name is given."""
    asked = QFileDialog(owner, caption, str(Path.home() / name), "表格 (*.xlsx)")
    asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asked.setDefaultSuffix("xlsx")
    return _open(asked, then)


def offer_folder(owner: QWidget, sentence: str, folder: Path) -> None:
    """Say what was written, with a button for its folder; after the program's own notice of the same deed, which has none."""
    QTimer.singleShot(0, owner, lambda: toast.notice(owner, sentence, "打开文件夹", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))))


def _open(asked: QFileDialog, then: Callable[[Path], object]) -> QFileDialog:
    asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asked.fileSelected.connect(lambda file: then(Path(file)))
    asked.open()
    return asked
