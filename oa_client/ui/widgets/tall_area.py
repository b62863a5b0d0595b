"""A place as high as its content where the screen has room; beyond that it scrolls, so that a dialog's buttons stay in sight."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from oa_client.ui import theme

LEFT_IN_LETTERS = 16
LEAST_LINES = 3


class TallArea(QScrollArea):
    """Holds one widget. What stands around it in the dialog (heading, buttons, frame) is reckoned as LEFT_IN_LETTERS."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.mark(self.viewport(), "surface", "window")
        self._content, holder = content, QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)
        column.addStretch(1)
        self.setWidget(holder)
        self._again = QTimer(self, singleShot=True, interval=0)  # the content is measured after it was laid out, and after the style was on
        self._again.timeout.connect(self._fit)
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:
        wanted = self._wanted()
        return QSize(wanted.width(), min(wanted.height(), self._room()))

    def minimumSizeHint(self) -> QSize:
        """The whole content while the screen has room for it."""
        return self.sizeHint()

    def _wanted(self) -> QSize:
        layout = self._content.layout()
        assert layout is not None, "what stands in a tall area is laid out"
        bar = self.verticalScrollBar().sizeHint().width()
        width = max(layout.totalMinimumSize().width(), self.viewport().width() if self.isVisible() else 0)
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        return QSize(layout.totalMinimumSize().width() + bar, max(height, layout.totalMinimumSize().height()))

    def _room(self) -> int:
        now, screen = theme.tokens(), self.screen() or QGuiApplication.primaryScreen()
        return max(LEAST_LINES * now.control, screen.availableGeometry().height() - LEFT_IN_LETTERS * now.font)

    def _fit(self) -> None:
        """Ask for the room; a dialog on the screen grows by what its wrapped words take as well."""
        self.updateGeometry()
        dialog = self.window()
        layout = dialog.layout()
        if isinstance(dialog, QDialog) and dialog.isVisible() and layout is not None:
            layout.activate()
            needed = layout.totalHeightForWidth(dialog.width())
            if needed > dialog.height():
                dialog.resize(dialog.width(), needed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show):
            self._again.start()
        return super().eventFilter(watched, event)
