"""Whether a list shows its preview: by the room there is, until the officer decides."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from oa_client.settings import Settings
from oa_client.ui import theme
from oa_client.ui.widgets.button import tool
from oa_client.ui.widgets.list_page import ListPage

KEY = "preview/shown"
LEAST_LETTERS, EASY_LETTERS = 60, 76
SHARES, NARROW_SHARES = (64, 36), (70, 30)


class PreviewSwitch(QObject):
    """Puts `preview` beside the table of `page`, with a button that shows and hides it; the choice is remembered for all lists."""

    def __init__(self, page: ListPage, preview: QWidget, settings: Settings, key: str) -> None:
        super().__init__(page)
        self._page, self._preview, self._settings = page, preview, settings
        page.set_preview(preview)
        self._divided = f"{key}/preview" in settings.columns
        self.button = tool("sheet", "显示或隐藏公文概要", shortcut="Ctrl+I", checkable=True)
        self.button.clicked.connect(self._choose)
        page.add_tool(self.button)
        page.splitter.splitterMoved.connect(self._moved)
        page.installEventFilter(self)
        theme.changed.connect(self.settle)
        self.settle()

    def settle(self) -> None:
        """Show the preview where it was asked for, or where there is room for it."""
        kept = self._settings.columns.get(KEY, [])
        letters = self._page.width() / theme.tokens().font
        shown = bool(kept[0]) if kept else letters >= LEAST_LETTERS
        self.button.setChecked(shown)
        self._preview.setVisible(shown)
        if not self._divided:
            self._page.splitter.setSizes([share * 10 for share in (SHARES if letters >= EASY_LETTERS else NARROW_SHARES)])

    def _choose(self, shown: bool) -> None:
        self._settings.columns[KEY] = [int(shown)]
        self._settings.save()
        self.settle()

    def _moved(self) -> None:
        self._divided = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.settle()
        return super().eventFilter(watched, event)
