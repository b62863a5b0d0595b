"""Loading modules while the first windows stand there already: what has no Qt on a thread beside, what has on the screen's thread.

Importing a Qt library on another thread while the screen's thread handles events crashes now and then, so that is never done.
"""

import importlib
import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

FIRST = ("structlog", "sqlalchemy.orm", "oa_client.usecases.db_passwords", "oa_client.usecases.directory")
FIRST_WINDOWS = (
    "oa_client.ui.icons", "oa_client.ui.jobs", "oa_client.ui.widgets.choice", "oa_client.ui.widgets.date_edit", "oa_client.ui.widgets.pick_list",
    "oa_client.ui.widgets.file_drop", "oa_client.ui.widgets.form", "oa_client.ui.start_page", "oa_client.ui.login", "oa_client.ui.program",
)
LATER = (
    "oa_client.usecases.lists", "oa_client.usecases.watching", "oa_client.usecases.batch", "oa_client.usecases.library", "oa_client.usecases.exporting",
    "oa_client.usecases.accounts", "oa_client.usecases.intake", "oa_client.usecases.drafting", "oa_client.usecases.recalling", "oa_client.usecases.issuing",
    "oa_client.usecases.unlocking", "oa_client.usecases.delegating", "oa_client.usecases.printing", "oa_client.usecases.roster_files",
)
LATER_WINDOWS = (
    "oa_client.ui.models.table", "oa_client.ui.widgets.table_view", "oa_client.ui.widgets.list_page", "oa_client.ui.main_window",
    "oa_client.ui.widgets.text_view", "oa_client.ui.pages.preview", "oa_client.ui.pages.box_page", "oa_client.ui.pages.settings_page",
    "oa_client.ui.pages.library_page", "oa_client.ui.pages.accounts_page", "oa_client.ui.widgets.pdf_view", "oa_client.ui.widgets.preview_file",
    "oa_client.ui.document.timeline", "oa_client.ui.document.reading_tabs", "oa_client.ui.document.action_bar", "oa_client.ui.document.window", "oa_client.ui.lock",
    "oa_client.ui.intake.window", "oa_client.ui.draft.content", "oa_client.ui.draft.window", "oa_client.ui.roster.window", "oa_client.ui.audit.page",
)


class Loading(QObject):
    """Imports `beside` on a thread of its own, then `windows` one at a time between events; `done` at the end, or `failed(exception)`."""

    done = Signal()
    failed = Signal(object)
    _over = Signal(object)

    def __init__(self, beside: Sequence[str], windows: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended = threading.Event()
        self._windows = list(windows)
        self._over.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._load, args=(tuple(beside),), name="loading", daemon=True)
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
        except Exception as error:
            problem = error
        if not self._ended.is_set():
            self._over.emit(problem)

    def _go_on(self, problem: Exception | None) -> None:
        if problem is not None:
            self.failed.emit(problem)
        else:
            self._next()

    def _next(self) -> None:
        if self._ended.is_set():
            return
        if not self._windows:
            self.done.emit()
            return
        try:
            importlib.import_module(self._windows.pop(0))
        except Exception as error:
            self.failed.emit(error)
        else:
            QTimer.singleShot(0, self, self._next)
