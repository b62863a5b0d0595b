"""The system's dialog for a printer really opens, and its answer arrives."""

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from oa_client.ui.widgets.print_dialog import ask_printer


def test_the_dialog_opens_and_the_printer_arrives(qtbot):
    owner, taken = QWidget(), []
    qtbot.addWidget(owner)
    asked = ask_printer(owner, "公文处理单", taken.append)
    assert asked.isVisible()
    asked.accept()
    [printer] = taken
    assert isinstance(printer, QPrinter)
    assert printer.docName() == "公文处理单"


def test_going_back_prints_nothing(qtbot):
    owner, taken = QWidget(), []
    qtbot.addWidget(owner)
    ask_printer(owner, "公文处理单", taken.append).reject()
    assert taken == []
