"""A place as high as its content needs at its width, up to a share of the window; beyond that it scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

from oa_client.ui import theme

SHARE = 0.32
LEAST_LINES = 2


class FittingArea(QScrollArea):
    """Holds one widget; many chosen people never push the reading or the buttons off the screen."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted, self._content = 0, content
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        content.installEventFilter(self)

    def fit(self) -> None:
        """Ask for the height that the content needs now, and give the content its size."""
        layout, width = self._layout(), self.viewport().width()
        needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        self._content.resize(width, needed)
        wanted = min(needed, round(SHARE * self.window().height()))
        if wanted != self._wanted:
            self._wanted = wanted
            self.setMaximumHeight(wanted)
            self.updateGeometry()

    def _layout(self) -> QLayout:
        found = self._content.layout()
        assert found is not None
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._layout().totalMinimumSize().width(), min(self._wanted, LEAST_LINES * theme.tokens().control))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == (QEvent.Type.LayoutRequest if watched is self.widget() else QEvent.Type.Resize):
            self.fit()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)
        self.fit()
