"""A window is as large as it was left, with its halves as they were drawn."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QWidget

from oa_client.settings import Settings


def recall_size(window: QWidget, halves: QSplitter, settings: Settings, key: str, usual: tuple[int, int], share: tuple[int, int]) -> None:
    """Give a window the size kept under `key`, never more than the screen; `share` divides it the first time."""
    screen = QGuiApplication.primaryScreen().availableSize()
    kept = settings.window_sizes.get(key, [])
    width, height = kept[:2] if len(kept) == 4 else usual
    window.resize(min(width, screen.width()), min(height, screen.height()))
    for at, part in enumerate(share):
        halves.setStretchFactor(at, part)
    halves.setSizes(kept[2:] if len(kept) == 4 else [window.width() * part // sum(share) for part in share])


def remember_size(window: QWidget, halves: QSplitter, settings: Settings, key: str) -> None:
    """Keep a window's size, unless it fills the screen or its halves were never shown."""
    if not window.isMaximized() and all(halves.sizes()):
        settings.window_sizes[key] = [window.width(), window.height(), *halves.sizes()]
        settings.save()
