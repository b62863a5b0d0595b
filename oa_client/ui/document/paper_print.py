"""Pages of a PDF onto paper, page by page, off the screen's thread."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from oa_client.domain.errors import Unavailable

DOTS_PER_INCH = 300


def check_printers() -> None:
    """Unavailable when this workstation has no printer."""
    if not QPrinterInfo.availablePrinterNames():
        raise Unavailable("本机没有安装打印机。", "处理单没有改动；可先「打开 PDF」，另存后到其他电脑打印。")


def print_pages(data: bytes, printer: QPrinter) -> int:
    """Print every page of a PDF, fitted to the paper; gives how many. Unavailable when the printer does not take them."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    painter = QPainter()
    printer.setFullPage(True)
    if not document.pageCount() or not painter.begin(printer):
        raise Unavailable("打印机没有接受这份文件。", "处理单没有改动，请检查打印机后再试。")
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        points = document.pagePointSize(page)
        image = document.render(page, QSize(round(points.width() * DOTS_PER_INCH / 72), round(points.height() * DOTS_PER_INCH / 72)))
        paper = QRect(0, 0, printer.width(), printer.height())
        size = image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRect((paper.width() - size.width()) // 2, (paper.height() - size.height()) // 2, size.width(), size.height()), image)
    painter.end()
    return document.pageCount()
