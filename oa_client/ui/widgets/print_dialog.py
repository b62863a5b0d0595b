"""Asking which printer: the system's own dialog, answered later."""

from collections.abc import Callable

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget


def ask_printer(owner: QWidget, name: str, then: Callable[[QPrinter], object]) -> QPrintDialog:
    """Ask for a printer of a document called `name`; `then` gets it when one was chosen."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    asked = QPrintDialog(printer, owner)
    asked.accepted.connect(lambda: then(printer))
    asked.finished.connect(asked.deleteLater)
    QDialog.open(asked)  # its own `open` wants a receiver
    return asked
