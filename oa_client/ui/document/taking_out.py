"""Taking a document out of the window: the whole in a folder, the handling sheet as a PDF."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from oa_client.domain.errors import OaError
from oa_client.ui import errors
from oa_client.ui.office import Office
from oa_client.ui.widgets.preview_file import open_copy
from oa_client.ui.widgets.toast import notice
from oa_client.usecases import exporting


class TakingOut(QObject):
    """Export and open for one document window."""

    def __init__(self, office: Office, document_id: int, window: QWidget) -> None:
        super().__init__(window)
        self._office, self._id, self._window = office, document_id, window

    def export(self) -> None:
        """Ask for a folder and write the document into it (导出)."""
        asked = QFileDialog(self._window, "导出到哪个文件夹", str(Path.home()))
        asked.setFileMode(QFileDialog.FileMode.Directory)
        asked.setOption(QFileDialog.Option.ShowDirsOnly)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.fileSelected.connect(lambda folder: self.export_to(Path(folder)))
        asked.open()

    def export_to(self, folder: Path) -> None:
        """Write the document into a new folder below `folder`."""
        self._office.jobs.write(self._window, exporting.export, self._office.desk, self._id, folder, then=self._exported, doing="正在导出")

    def open_sheet(self) -> None:
        """Open the handling sheet with this PC's program for PDF."""
        self._office.jobs.read(self._window, exporting.sheet_pdf, self._office.desk, self._id, then=self._open, doing="正在生成处理单")

    def _open(self, data: bytes) -> None:
        try:
            open_copy("公文处理单.pdf", data)
        except OaError as error:
            errors.show(self._window, error)

    def _exported(self, folder: Path) -> None:
        notice(self._window, f"已导出到 {folder}", "打开文件夹", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
