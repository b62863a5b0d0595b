"""Taking out of the library: the selected documents into a folder, or the catalogue of everything found into a file."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from oa_client.ui.office import Office
from oa_client.ui.pages.library_list import LibraryList
from oa_client.ui.widgets import toast
from oa_client.ui.widgets.banner import Banner
from oa_client.usecases import batch, catalogue
from oa_client.usecases.batch import Tally


class LibraryExports(QObject):
    """Asks where to, works beside the screen, then offers to open the folder; what failed is told in `trouble`."""

    def __init__(self, office: Office, page: LibraryList, trouble: Banner) -> None:
        super().__init__(page)
        self._office, self._page, self._trouble = office, page, trouble

    def ask_folder(self) -> None:
        """Ask for the folder of the selected documents."""
        asked = QFileDialog(self._page, "导出到哪个文件夹", str(Path.home()))
        asked.setFileMode(QFileDialog.FileMode.Directory)
        asked.setOption(QFileDialog.Option.ShowDirsOnly)
        asked.fileSelected.connect(lambda folder: self.export_to(Path(folder)))
        _open(asked)

    def export_to(self, folder: Path) -> None:
        """Write each selected document into a new folder below `folder`."""
        rows = self._page.table.selected_rows()
        self._office.jobs.write(self._page, batch.export_all, self._office.desk, rows, folder, then=lambda tally: self._exported(tally, folder),
                                doing=f"正在导出 {len(rows)} 件公文")

    def ask_file(self) -> None:
        """Ask for the file of the catalogue."""
        name = f"归档文件目录 {self._office.desk.today():%Y-%m-%d}.csv"
        asked = QFileDialog(self._page, "目录存为", str(Path.home() / name), "表格 (*.csv)")
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.setDefaultSuffix("csv")
        asked.fileSelected.connect(lambda file: self.export_catalogue(Path(file)))
        _open(asked)

    def export_catalogue(self, file: Path) -> None:
        """Write the catalogue of everything that the list's filter leaves, not only of what is shown."""
        self._office.jobs.write(self._page, catalogue.export_catalogue, self._office.desk, self._page.narrowed(), file,
                                then=lambda written: self._offer("目录已导出。", written.parent), doing="正在导出目录")

    def _exported(self, tally: Tally, folder: Path) -> None:
        if tally.failed:
            title, why = tally.failed[0]
            self._trouble.say(f"有 {len(tally.failed)} 件没有导出，其余 {len(tally.results)} 件已完成。", "soon", hint=f"「{title}」：{why}")
        if tally.results:
            self._offer(f"已导出 {len(tally.results)} 件。", tally.results[0] if len(tally.results) == 1 else folder)

    def _offer(self, sentence: str, folder: Path) -> None:
        """Said after the program's own notice of the same deed, which has no button."""
        QTimer.singleShot(0, self, lambda: toast.notice(self._page, sentence, "打开文件夹", lambda: _show_folder(folder)))


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _open(asked: QFileDialog) -> None:
    asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asked.open()
