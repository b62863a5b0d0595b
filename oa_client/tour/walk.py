"""The whole way of the tour: set-up, both flows, finding again, looks."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from oa_client.app import doors, structure_log
from oa_client.settings import Settings
from oa_client.tour import accounts, appointing, auditing, desk, importing, incoming, looks, outgoing, setup
from oa_client.tour.cast import Cast
from oa_client.tour.guide import Guide
from oa_client.ui import errors, fonts, icons, theme
from oa_client.ui.entrance import Entrance
from oa_client.ui.garbage import Collector
from oa_client.ui.program import Program
from oa_client.usecases.demo_files import sample_files


def walk(out: Path, files: tuple[Path, ...], home: Path) -> int:
    """Walk; prints each step and where the pictures lie."""
    begun = time.monotonic()
    qInstallMessageHandler(_say)
    app = QApplication.instance() or QApplication(["wenshu"])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    settings = Settings()
    theme.apply(app, settings.theme, settings.text_size)
    entrance = Entrance()
    structure_log()
    errors.catch_all()
    icons.warm()
    fonts.warm()
    program = Program(entrance, settings, doors())
    collector = Collector(program)
    entrance.show()
    papers = (*files, *sample_files(home)[len(files):])
    guide = Guide(program, out)
    try:
        setup.begin(guide)
        cast = Cast(guide)
        paper = incoming.walk(guide, cast, papers[0])
        outgoing.walk(guide, cast, papers[1])
        desk.walk(guide, cast, paper)
        accounts.walk(guide, cast)
        importing.walk(guide, cast, home)
        appointing.walk(guide, cast)
        auditing.walk(guide, cast, paper, home)
        looks.walk(guide, cast, paper)
    except Exception as problem:
        print(f"巡览没有走完：{problem}", flush=True)
    finally:
        guide.stall.stop()
        program.leave()
        collector.stop()
    held = guide.report(time.monotonic() - begun)
    print(f"图片和 tour.json 在 {out.resolve()}", flush=True)
    return 0 if held else 1


def _say(_kind: QtMsgType, _place: QMessageLogContext, words: str) -> None:
    """What a screen that is not there cannot do (raise a window) needs no telling."""
    if not words.startswith("This plugin does not support"):
        print(f"Qt：{words}", file=sys.stderr)
