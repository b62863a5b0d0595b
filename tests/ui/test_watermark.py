"""The watermark: seen on a photo of the screen and on paper, never in the way of reading or of the mouse."""

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton, QStackedWidget, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from oa_client.render.plain_files import make_pdf
from oa_client.ui import fonts, theme
from oa_client.ui.document.paper_print import print_pages
from oa_client.ui.widgets import watermark
from oa_client.ui.widgets.watermark import Watermark
from tests.ui.gallery import sample_image

WORDS = "顾南星 130003 2026-11-16"


@pytest.fixture
def page(styled, qtbot):
    """A page with a button, below a watermark; `page.mark`, `page.button`, `page.target`."""
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.target = QTextBrowser()
    frame.button = QPushButton("按", frame.target)
    QVBoxLayout(frame).addWidget(frame.target)
    frame.mark = Watermark(frame.target)
    frame.resize(900, 600)
    frame.show()
    qtbot.waitExposed(frame)
    return frame


def strength(ground: str, colour: QColor) -> float:
    """The contrast of the words of a watermark on a ground."""
    share, under = watermark.STRENGTH, QColor(ground)
    mixed = [round(share * getattr(colour, part)() + (1 - share) * getattr(under, part)()) for part in ("red", "green", "blue")]
    return theme.contrast(ground, "#{:02X}{:02X}{:02X}".format(*mixed))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_is_seen_on_every_ground_and_reading_goes_on(name):
    now = theme.load(name)
    colour = now.colour("watermark")
    for ground in ("#FFFFFF", now.hex("paper"), now.hex("surface")):
        assert 1.25 <= strength(ground, colour) <= 1.8, ground
    share = watermark.STRENGTH
    for paper, ink in (("#FFFFFF", "#000000"), (now.hex("paper"), now.hex("ink"))):
        over = [[round(share * getattr(colour, part)() + (1 - share) * getattr(QColor(at), part)()) for part in ("red", "green", "blue")] for at in (paper, ink)]
        assert theme.contrast(*("#{:02X}{:02X}{:02X}".format(*mixed) for mixed in over)) >= 4.5


def marked(image: QImage, blank: QImage, area: QRectF) -> int:
    """How many points of an area differ."""
    rows = range(int(area.top()), int(area.bottom()), 3)
    return sum(image.pixel(x, y) != blank.pixel(x, y) for y in rows for x in range(int(area.left()), int(area.right()), 3))


def test_no_part_of_the_page_is_without_it(page):
    blank = page.target.grab().toImage()
    page.mark.say(WORDS)
    image = page.grab(page.target.geometry()).toImage()
    across, down = image.width() // 3, image.height() // 3
    for column in range(3):
        for row in range(3):
            assert marked(image, blank, QRectF(column * across, row * down, across, down)) > 100, (column, row)


def test_presses_go_through_it(page, qtbot):
    page.mark.say(WORDS)
    pressed = []
    page.button.clicked.connect(lambda: pressed.append(True))
    page.button.move(200, 200)
    under = page.target.mapTo(page, QPoint(205, 205))
    assert page.childAt(under) is page.button
    qtbot.mouseClick(page.childAt(under), Qt.MouseButton.LeftButton)
    assert pressed == [True]
    assert page.mark.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_it_follows_size_and_theme_and_goes_with_its_words(page, styled):
    page.mark.say(WORDS)
    page.resize(500, 400)
    assert page.mark.geometry() == page.target.geometry()
    light = page.mark.grab().toImage()
    theme.apply(styled, "dark", "xlarge")
    assert page.mark.grab().toImage() != light
    assert page.mark.accessibleName() == f"水印：{WORDS}"
    page.mark.say("")
    assert page.mark.isHidden()


def test_no_tab_that_is_turned_to_rises_above_it(styled, qtbot):
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    for words in ("正文", "附件"):
        tabs.addTab(QTextBrowser(), words)
    mark = Watermark(tabs.findChild(QStackedWidget))
    tabs.resize(800, 500)
    tabs.show()
    mark.say(WORDS)
    for at in (1, 0, 1):
        tabs.setCurrentIndex(at)
        blank = tabs.currentWidget().grab().toImage()
        shown = tabs.grab(tabs.findChild(QStackedWidget).geometry()).toImage()
        assert marked(shown, blank, QRectF(0, 0, blank.width(), blank.height())) > 300


def ink(image: QImage) -> int:
    return sum(QColor(image.pixel(x, y)).lightness() < 250 for y in range(0, image.height(), 4) for x in range(0, image.width(), 4))


def on_white(page: QImage) -> QImage:
    paper = QImage(page.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, page)
    painter.end()
    return paper


@pytest.mark.parametrize("data", [make_pdf("\n".join(f"第{number}行" for number in range(60))), sample_image], ids=["pdf", "picture"])
def test_every_printed_page_carries_it(styled, tmp_path, data):
    data = data if isinstance(data, bytes) else data()
    pages = {}
    for stamp in ("", WORDS):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"out{len(stamp)}.pdf"))
        count = print_pages(data, printer, stamp)
        document = QPdfDocument()
        document.load(str(tmp_path / f"out{len(stamp)}.pdf"))
        assert document.pageCount() == count
        pages[stamp] = [on_white(document.render(at, document.pagePointSize(at).toSize())) for at in range(count)]
    assert len(pages[WORDS]) == (3 if data.startswith(b"%PDF-") else 1)
    for plain, stamped in zip(pages[""], pages[WORDS], strict=True):
        assert ink(stamped) > ink(plain) + 300


def test_rows_are_shifted_against_each_other(styled):
    image = QImage(1200, 800, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    watermark.draw(painter, QRectF(0, 0, 1200, 800), WORDS, fonts.ui_font(17), theme.load().colour("watermark"))
    painter.end()
    empty = [(x, y) for x in range(0, 1200, 240) for y in range(0, 800, 200)
             if not ink(image.copy(x, y, 240, 200))]
    assert not empty
