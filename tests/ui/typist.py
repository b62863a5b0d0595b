"""A client in which somebody types and types, until it is killed: python -m tests.ui.typist URL LOGIN PLACE NUMBER WORDS."""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from oa_client.app import doors
from oa_client.scratch import Scratch
from oa_client.settings import Settings
from oa_client.store.engine import connect
from oa_client.ui import icons, theme
from oa_client.ui.jobs import Jobs
from oa_client.ui.office import Office
from tests.usecases.pressing import desk

BEAT_MS = 40


def main() -> None:
    """Open the window, type one sign a beat, tell each."""
    url, login, place, number, words = sys.argv[1:]
    app = QApplication(["wenshu"])
    theme.apply(app, "light", "normal")
    icons.warm()
    assert connect(url)
    office = Office(desk(url, login), Jobs(app), Settings.load(), Scratch(f"{url}|{login}"), doors(), url=url)
    window = {"opinion": lambda: office.open_document(int(number)), "intake": office.register_paper, "draft": lambda: office.draft_paper(int(number))}[place]()
    signs = iter(words)

    def beat() -> None:
        field = _field(window, place)
        sign = next(signs, None) if field is not None and field.isEnabled() else ""
        if sign is None:
            print("all", flush=True)
            timer.stop()
        elif sign:
            _type(field, sign)
            print(sign, flush=True)

    timer = QTimer(app, interval=BEAT_MS)
    timer.timeout.connect(beat)
    timer.start()
    app.exec()


def _field(window: QWidget, place: str) -> QWidget | None:
    if place == "opinion":
        return window.bar.work.left.box.field if window.opened is not None and window.bar.work.task is not None else None
    if place == "intake":
        return window.fields.field("title")
    return window.face.paper.body if window.pages.currentWidget() is window.face else None


def _type(field: QWidget, sign: str) -> None:
    field.insertPlainText(sign) if hasattr(field, "insertPlainText") else field.insert(sign)


if __name__ == "__main__":
    main()
