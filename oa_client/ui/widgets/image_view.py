"""A picture fitted to the space, from bytes; read and scaled off the screen's thread."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from oa_client.ui import theme
from oa_client.ui.widgets.button import tool

STEP = 1.25
LARGEST = 6000
_drawing = QThreadPool()
_drawing.setMaxThreadCount(1)


class _Answer(QObject):
    read = Signal(QImage, int)
    scaled = Signal(QImage, int)


class ImageView(QWidget):
    """Shows a picture (PNG, JPEG, BMP, TIFF …): `shown()` when it is there, `failed(sentence)` if it cannot be."""

    shown = Signal()
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = QImage()
        self._scale: float | None = None
        self._asked = self._drawn = 0
        self._answer = _Answer()
        self._answer.read.connect(self._take)
        self._answer.scaled.connect(self._put)
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setAccessibleName("图片")
        self.area = QScrollArea(self)
        self.area.setWidget(self._picture)
        self.area.setWidgetResizable(True)
        line = QHBoxLayout()
        line.addWidget(tool("zoom_out", "缩小", pressed=lambda: self.zoom(1 / STEP)))
        line.addWidget(tool("zoom_in", "放大", pressed=lambda: self.zoom(STEP)))
        line.addWidget(tool("fit_page", "适合窗口", pressed=self.fit))
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens().space[0])
        column.addLayout(line)
        column.addWidget(self.area, 1)

    def show_image(self, data: bytes) -> None:
        """Show a picture; a very large one is read at reduced size. The former one goes at once."""
        self._asked += 1
        self._whole = QImage()
        self._scale = None
        self._picture.clear()
        _drawing.start(_Read(self._answer, data, self._asked))

    def size_shown(self) -> QSize:
        """The size of the picture on the screen; empty while there is none."""
        return self._picture.pixmap().size()

    def fit(self) -> None:
        """Make the whole picture visible, never larger than it is."""
        self._scale = None
        self._draw()

    def zoom(self, factor: float) -> None:
        """Enlarge (above 1) or reduce (below 1)."""
        self._scale = max(0.05, min(4.0, self._shown_scale() * factor))
        self._draw()

    def _take(self, image: QImage, asked: int) -> None:
        if asked != self._asked:
            return
        self._whole = image
        if image.isNull():
            self.failed.emit("这份图片已损坏或格式无法识别。")
        else:
            self._draw()

    def _shown_scale(self) -> float:
        if self._scale is not None or self._whole.isNull():
            return self._scale or 1.0
        room = self.area.viewport().size()
        return min(1.0, room.width() / self._whole.width(), room.height() / self._whole.height())

    def _draw(self) -> None:
        if not self._whole.isNull():
            self._drawn += 1
            wanted = self._whole.size() * max(self._shown_scale(), 0.01)
            _drawing.start(_Scale(self._answer, self._whole, wanted, self._drawn))

    def _put(self, image: QImage, drawn: int) -> None:
        if drawn != self._drawn or self._whole.isNull():
            return
        self._picture.setPixmap(QPixmap.fromImage(image))
        self._picture.setMinimumSize(image.size() if self._scale is not None else QSize(1, 1))
        self.shown.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._scale is None:
            self._draw()


class _Read(QRunnable):
    def __init__(self, answer: _Answer, data: bytes, asked: int) -> None:
        super().__init__()
        self._answer, self._data, self._asked = answer, data, asked

    def run(self) -> None:
        buffer = QBuffer()
        buffer.setData(QByteArray(self._data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        size = reader.size()
        if size.isValid() and max(size.width(), size.height()) > LARGEST:
            reader.setScaledSize(size.scaled(QSize(LARGEST, LARGEST), Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        if isValid(self._answer):
            self._answer.read.emit(image, self._asked)


class _Scale(QRunnable):
    def __init__(self, answer: _Answer, whole: QImage, wanted: QSize, drawn: int) -> None:
        super().__init__()
        self._answer, self._whole, self._wanted, self._drawn = answer, whole, wanted, drawn

    def run(self) -> None:
        smooth = Qt.TransformationMode.SmoothTransformation
        image = self._whole.scaled(self._wanted, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        if isValid(self._answer):
            self._answer.scaled.emit(image, self._drawn)
