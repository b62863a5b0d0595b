"""Whether a list shows its preview: by the room there is, until the officer decides."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from oa_client.settings import Settings
from oa_client.ui import theme
from oa_client.ui.widgets.button import tool
from oa_client.ui.widgets.list_page import ListPage

KEY = "preview/shown"
LEAST_LETTERS = 64
SHARES = (64, 36)


class PreviewSwitch(QObject):
    """Puts `preview` beside the table of `page`, with a button that shows and hides it; the choice is remembered for all lists."""

    def __init__(self, page: ListPage, preview: QWidget, settings: Settings, key: str) -> None:
        super().__init__(page)
        self._page, self._preview, self._settings = page, preview, settings
        page.set_preview(preview)
        if f"{key}/preview" not in settings.columns:
            page.splitter.setSizes([share * 10 for share in SHARES])
        self.button = tool("sheet", "显示或隐藏公文概要", shortcut="Ctrl+I", checkable=True)
        self.button.clicked.connect(self._choose)
        page.add_tool(self.button)
        page.installEventFilter(self)
        theme.changed.connect(self.settle)
        self.settle()

    def settle(self) -> None:
        """Show the preview where it was asked for, or where there is room for it."""
        kept = self._settings.columns.get(KEY, [])
        room = self._page.width() >= LEAST_LETTERS * theme.tokens().font
        shown = bool(kept[0]) if kept else room
        self.button.setChecked(shown)
        self._preview.setVisible(shown)

    def _choose(self, shown: bool) -> None:
        self._settings.columns[KEY] = [int(shown)]
        self._settings.save()
        self.settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.settle()
        return super().eventFilter(watched, event)
