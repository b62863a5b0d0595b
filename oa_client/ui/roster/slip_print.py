"""One-time passwords on paper, a strip for each officer, to be cut and handed over in person."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from oa_client.domain.errors import OaError, Unavailable
from oa_client.ui import errors
from oa_client.ui.document.paper_print import check_printers, print_pages
from oa_client.ui.office import Office
from oa_client.ui.widgets.print_dialog import ask_printer
from oa_client.usecases import printing
from oa_client.usecases.rosters import Slip

NAME = "一次性密码"
KEPT = "一次性密码仍在窗口里，可以存为文件。"
FIRST = "登录后须先设自己的密码，设好后一次性密码即失效；请勿转交他人。"
_CUT = "－" * 24


class SlipPrint(QObject):
    """`ask` for the printer; `printed` is called with the slips of which it has taken the pages."""

    def __init__(self, office: Office, window: QWidget, printed: Callable[[tuple[Slip, ...]], object]) -> None:
        super().__init__(window)
        self._office, self._window, self._printed = office, window, printed

    def ask(self, slips: tuple[Slip, ...]) -> None:
        """Make the pages, then ask which printer."""
        try:
            check_printers()
        except OaError as problem:
            errors.show(self._window, Unavailable(problem.sentence, KEPT))
            return
        self._office.jobs.read(self._window, printing.words_pdf, NAME, strips(slips), then=partial(self._ask_printer, slips), failed=self._failed, doing="正在生成打印页")

    def send(self, slips: tuple[Slip, ...], data: bytes, printer: QPrinter) -> None:
        """Hand the pages to the printer."""
        self._office.jobs.read(self._window, partial(print_pages, data, printer), then=lambda _: self._printed(slips), failed=self._failed, doing="正在打印")

    def _ask_printer(self, slips: tuple[Slip, ...], data: bytes) -> None:
        ask_printer(self._window, NAME, lambda printer: self.send(slips, data, printer))

    def _failed(self, problem: OaError) -> None:
        errors.show(self._window, Unavailable(problem.sentence, KEPT, problem.details))


def strips(slips: tuple[Slip, ...]) -> str:
    """Three lines for each officer, and a line to cut along."""
    return "\n".join(f"{slip.unit}　{slip.issued.name}　警号 {slip.issued.login}\n{NAME}：{slip.issued.password}\n{FIRST}\n{_CUT}" for slip in slips)
