"""Loading modules beside the screen: the window stands at once, what it will need comes while it can be looked at."""

import importlib
import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal

FIRST = ("structlog", "sqlalchemy.orm", "qtawesome.iconic_font", "oa_client.usecases.db_passwords", "oa_client.ui.program")
LATER = (
    "oa_client.usecases.lists", "oa_client.usecases.watching", "oa_client.ui.main_window", "oa_client.ui.pages.box_page",
    "oa_client.ui.pages.accounts_page", "oa_client.ui.pages.settings_page", "oa_client.ui.pages.library_page", "oa_client.ui.document.window",
    "oa_client.ui.intake.window", "oa_client.ui.draft.window",
)


class Loading(QObject):
    """Imports modules one after another on a thread of its own; `done` when all are there, or `failed(exception)`."""

    done = Signal()
    failed = Signal(object)
    _over = Signal(object)

    def __init__(self, modules: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended = threading.Event()
        self._over.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._load, args=(tuple(modules),), name="loading", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Load nothing more and wait for the module at hand."""
        self._ended.set()
        self._thread.join()

    def _load(self, modules: tuple[str, ...]) -> None:
        problem: Exception | None = None
        try:
            for name in modules:
                if self._ended.is_set():
                    return
                importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 - told on the screen's thread
            problem = error
        if not self._ended.is_set():
            self._over.emit(problem)

    def _tell(self, problem: Exception | None) -> None:
        if problem is None:
            self.done.emit()
        else:
            self.failed.emit(problem)
