"""Pages of a PDF, or a picture, onto paper, page by page, off the screen's thread; a guest's are stamped."""

from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from oa_client.domain.errors import Unavailable
from oa_client.ui import fonts, theme
from oa_client.ui.widgets import watermark

DOTS_PER_INCH = 300
LETTERS_ACROSS = 46


def check_printers() -> None:
    """Unavailable when this workstation has no printer."""
    if not QPrinterInfo.availablePrinterNames():
        raise Unavailable("本机没有安装打印机。", "公文没有改动；请先安装打印机，或到其他电脑打印。")


def print_pages(data: bytes, printer: QPrinter, stamp: str = "") -> int:
    """Print every page of a PDF, or a picture, fitted to the paper; gives how many. With `stamp` these words slant over each page.

    Unavailable when the printer does not take them.
    """
    pages = _pages(data)
    first = next(pages, None)
    painter = QPainter()
    printer.setFullPage(True)
    if first is None or not painter.begin(printer):
        raise Unavailable("打印机没有接受这份文件。", "公文没有改动，请检查打印机后再试。")
    count = 0
    image: QImage | None = first
    while image is not None:
        if count:
            printer.newPage()
        paper = QRect(0, 0, printer.width(), printer.height())
        size = image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRect((paper.width() - size.width()) // 2, (paper.height() - size.height()) // 2, size.width(), size.height()), image)
        if stamp:
            stamp_page(painter, QRectF(paper), stamp)
        count += 1
        image = next(pages, None)
    painter.end()
    return count


def stamp_page(painter: QPainter, paper: QRectF, words: str) -> None:
    """Write who printed it over a whole page, as the screen does."""
    font = fonts.ui_font(max(8, round(min(paper.width(), paper.height()) / LETTERS_ACROSS)))
    watermark.draw(painter, paper, words, font, theme.load().colour("watermark"))


def _pages(data: bytes) -> Iterator[QImage]:
    if not data.startswith(b"%PDF-"):
        picture = QImage.fromData(data)
        if not picture.isNull():
            yield picture
        return
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    for page in range(document.pageCount()):
        points = document.pagePointSize(page)
        yield document.render(page, QSize(round(points.width() * DOTS_PER_INCH / 72), round(points.height() * DOTS_PER_INCH / 72)))
