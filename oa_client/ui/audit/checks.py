"""Verifying, comparing with an anchor, making one, taking out: asked for here, done beside the screen, told above the list."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from oa_client.domain.errors import Invalid, OaError
from oa_client.ui.audit.anchor_dialogs import AnchorDialog, CompareDialog, Wanted
from oa_client.ui.audit.anchor_made import AnchorMade
from oa_client.ui.audit.work_bar import WorkBar
from oa_client.ui.jobs import Job
from oa_client.ui.office import Office
from oa_client.ui.widgets import toast
from oa_client.ui.widgets.button import button
from oa_client.usecases import anchor_keys, anchors, auditing
from oa_client.usecases.anchors import Issued
from oa_client.usecases.audit_rows import AuditFilter
from oa_client.usecases.auditing import Verified
from oa_client.usecases.desk import Desk, Outcome, local

KINDS = "表格 (*.xlsx);;文本表格 (*.csv)"


class AuditChecks(QObject):
    """The four deeds with their buttons. `verified(Verified)` tells a result; `narrow` is what an export takes out."""

    verified = Signal(object)

    def __init__(self, office: Office, page: QWidget, bar: WorkBar, narrow: Callable[[], AuditFilter]) -> None:
        super().__init__(page)
        self._office, self._page, self._bar, self._narrow = office, page, bar, narrow
        self.verify_button = button("立即校验", "primary", "stamp", shortcut="Ctrl+Shift+V", tip="校验全部留痕链", pressed=self.verify)
        self.compare_button = button("与锚点比对", icon="link", pressed=self.ask_anchor_file)
        self.anchor_button = button("生成锚点", icon="sign", tip="生成签了名的锚点，打印或另处保存", pressed=self.ask_anchor)
        self.export_button = button("导出", icon="export", shortcut="Ctrl+E", tip="把筛选出的留痕导出为表格", pressed=self.ask_file)
        self.buttons: tuple[QPushButton, ...] = (self.verify_button, self.compare_button, self.anchor_button, self.export_button)

    def verify(self) -> None:
        """Verify every chain (立即校验)."""
        self._verify("正在校验", "校验已取消，没有得出结果。")

    def ask_anchor_file(self) -> CompareDialog:
        """Ask which anchor to compare with."""
        asked = CompareDialog(self._page)
        asked.submitted.connect(lambda: self.compare(asked))
        asked.rejected.connect(asked.deleteLater)
        asked.open()
        return asked

    def compare(self, asked: CompareDialog) -> None:
        """Verify, and compare with the anchor that the dialog names (与锚点比对)."""
        self._verify("正在与锚点比对", "比对已取消，没有得出结果。", asked, asked.file.path(), asked.key.text().strip())

    def ask_anchor(self) -> AnchorDialog:
        """Ask where the anchor goes and what signs it."""
        asked = AnchorDialog(self._page, Path.home() / f"留痕锚点 {self._office.desk.today():%Y-%m-%d}.json")
        asked.submitted.connect(lambda: self.make_anchor(asked))
        asked.rejected.connect(asked.deleteLater)
        asked.open()
        return asked

    def make_anchor(self, asked: AnchorDialog) -> None:
        """Verify, and write the anchor that the dialog describes (生成锚点)."""
        self._run(issue, asked.wanted(), then=lambda made: self._made(asked, made), failed=asked.refuse, doing="正在生成锚点", stopped="已取消，没有生成锚点。", asked=asked)

    def ask_file(self) -> QFileDialog:
        """Ask for the file of an export."""
        name = f"留痕 {self._office.desk.today():%Y-%m-%d}.xlsx"
        asked = QFileDialog(self._page, "留痕导出为", str(Path.home() / name), KINDS)
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.setDefaultSuffix("xlsx")
        asked.filterSelected.connect(lambda kind: asked.setDefaultSuffix("csv" if "csv" in kind else "xlsx"))
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.fileSelected.connect(lambda file: self.export_to(Path(file)))
        asked.open()
        return asked

    def export_to(self, file: Path) -> None:
        """Write every line that the list's filter leaves, not only what is shown."""
        self._run(auditing.export, self._narrow(), file, then=self._exported, failed=self._failed, doing="正在导出留痕", stopped="导出已取消，没有写出文件。")

    def _verify(self, doing: str, stopped: str, asked: CompareDialog | None = None, file: Path | None = None, key: str = "") -> None:
        began = time.monotonic()
        self._run(auditing.verify, file, key, then=lambda found: self._verified(found, time.monotonic() - began, asked), failed=asked.refuse if asked else self._failed,
                  doing=doing, stopped=stopped, asked=asked)

    def _run(self, deed: Callable[..., Any], *given: Any, then: Callable[[Any], object], failed: Callable[[OaError], object], doing: str, stopped: str,
             asked: QWidget | None = None) -> Job:
        """These read for a long time and note themselves at the end: in the lane of reads nothing waits for them, and leaving ends them."""
        job = self._office.jobs.read(self._page, deed, self._office.desk, *given, then=then, failed=failed, busy=self.buttons, doing=doing)
        self._bar.follow(job, stopped, asked)
        return job

    def _verified(self, found: Verified, seconds: float, asked: CompareDialog | None) -> None:
        if asked is not None:
            asked.deleteLater()
        if found.good:
            self._bar.say(f"全部相符：{extent(found)}，{lasting(seconds)}。", "ontime", hint=compared(found) or f"{local(self._office.desk.clock()):%Y-%m-%d %H:%M} 校验，已记入留痕。")
        self.verified.emit(found)

    def _made(self, asked: AnchorDialog, made: Issued) -> None:
        asked.deleteLater()
        AnchorMade(self._office, self._page, made).open()

    def _exported(self, file: Path) -> None:
        """Said after the program's own notice of the same deed, which has no button."""
        QTimer.singleShot(0, self, lambda: toast.notice(self._page, "留痕已导出。", "打开文件夹", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))))

    def _failed(self, error: OaError) -> None:
        self._bar.say(error.sentence, "overdue", hint=error.hint)


def issue(desk: Desk, wanted: Wanted, report: Callable[[int, int, str], None]) -> Outcome[Issued]:
    """Make an anchor; Invalid when a new key file's words were not typed twice alike. Works off the screen's thread."""
    def words(fresh: bool) -> str:
        if fresh and wanted.passphrase != wanted.again:
            raise Invalid({"again": "这是新的密钥文件，请把同一个口令再输一次。"})
        return wanted.passphrase
    key = anchor_keys.file_key(wanted.key, words) if wanted.key else anchor_keys.own_key()
    return anchors.issue(desk, wanted.file, key, report, anyway=wanted.anyway)


def extent(found: Verified) -> str:
    """How much was verified."""
    return f"已校验 {found.checked} 条留痕、{found.streams} 条链"


def lasting(seconds: float) -> str:
    """How long it took."""
    return f"用时 {seconds:.0f} 秒" if seconds >= 1 else "用时不到 1 秒"


def compared(found: Verified) -> str:
    """With which anchor, and whether it is known who signed that; empty without one."""
    if found.anchor is None:
        return ""
    packed = found.anchor.packed
    said = f"已与 {local(found.anchor.at):%Y-%m-%d %H:%M} 签发的锚点核对（{packed.streams} 条链，{packed.events} 条留痕）。"
    return said if found.signer_known else f"{said}签名完好，但没有核对是谁签的：请在比对时填写签发人的公钥。"
