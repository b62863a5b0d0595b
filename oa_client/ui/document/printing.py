"""From the press to the paper: pages are made, the system's dialog asks where, the print is noted, then the printer gets it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from oa_client.domain.errors import OaError
from oa_client.ui import errors
from oa_client.ui.document.paper_print import check_printers, print_pages
from oa_client.ui.document.printable import Printable
from oa_client.ui.office import Office
from oa_client.ui.widgets.print_dialog import ask_printer
from oa_client.ui.widgets.toast import notice
from oa_client.usecases import exporting, printing

NOTHING = "这里没有可以打印的内容，请先转到正文或附件。"


class Printing(QObject):
    """Prints for one document window. Without a note for the audit (留痕) nothing goes to the printer."""

    def __init__(self, office: Office, document_id: int, window: QWidget) -> None:
        super().__init__(window)
        self._office, self._id, self._window = office, document_id, window

    def print_sheet(self) -> None:
        """Print the handling sheet."""
        self._print(printing.SHEET, partial(exporting.sheet_pdf, self._office.desk, self._id))

    def print_shown(self, shown: Printable | None) -> None:
        """Print what a tab shows, if it shows something that can be printed."""
        if shown is None:
            notice(self._window, NOTHING)
        else:
            self._print(shown.what, shown.pages)

    def send(self, data: bytes, printer: QPrinter, what: str) -> None:
        """Note the print, then hand the pages to the printer, stamped where the reader is a guest."""
        self._office.jobs.write(self._window, printing.note_print, self._office.desk, self._id, what,
                                then=lambda stamp: self._hand(data, printer, what, stamp), doing="正在打印")

    def _print(self, what: str, pages: Callable[[], bytes]) -> None:
        try:
            check_printers()
        except OaError as error:
            errors.show(self._window, error)
            return
        self._office.jobs.read(self._window, pages, then=lambda data: self._ask_printer(data, what), doing="正在生成打印页")

    def _ask_printer(self, data: bytes, what: str) -> None:
        ask_printer(self._window, what, lambda printer: self.send(data, printer, what))

    def _hand(self, data: bytes, printer: QPrinter, what: str, stamp: str) -> None:
        self._office.jobs.read(self._window, print_pages, data, printer, stamp, then=lambda _: notice(self._window, f"{what}已送打印机。"),
                               doing="正在打印")
