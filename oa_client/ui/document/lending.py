"""Sharing from the document window (共享): asking to whom, and taking a share back."""

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from oa_client.ui.document.share_dialog import ShareDialog
from oa_client.ui.office import Office
from oa_client.ui.widgets import dialog
from oa_client.ui.widgets.banner import Banner
from oa_client.usecases import sharing
from oa_client.usecases.views import ShareRow


class Lending(QObject):
    """Binds the tool 共享 and the section 共享情况 to the use cases; what fails is told in `banner`."""

    def __init__(self, office: Office, document_id: int, banner: Banner, window: QWidget) -> None:
        super().__init__(window)
        self._office, self._id, self._banner, self._window = office, document_id, banner, window

    def ask(self) -> None:
        """Ask to whom; how long it may be at most is read first."""
        self._office.jobs.read(self._window, sharing.longest, self._office.desk, then=self._open, latest="share")

    def end(self, row: ShareRow) -> None:
        """Take a share back (收回)."""
        if dialog.ask(self._window, f"收回对{row.to}的共享？", "对方随即不能再阅看这份公文；需要时可以再次共享。", "收回共享"):
            self._office.jobs.write(self._window, sharing.end, self._office.desk, row.id, failed=self._banner.tell, doing="正在收回共享")

    def _open(self, latest: date) -> None:
        ShareDialog(self._office, self._window, self._id, latest).open()
