"""The composition root: command line without Qt, no screen told in a sentence, a discreet log, doors to every window."""

import logging
import os
import subprocess
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from oa_client import app

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def own_log():
    """The root logger as it was."""
    root = logging.getLogger()
    before = list(root.handlers)
    level = root.level
    yield
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def run(code: str, tmp_path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment |= {"OA_HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"} | more
    return subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, encoding="utf-8", env=environment,
                          cwd=ROOT, timeout=60, check=False)


def test_a_command_never_loads_qt(tmp_path):
    done = run("import sys\nfrom oa_client.app import main\nstatus = main(['user', 'list', '--url', 'sqlite:///nowhere.db'])\n"
               "assert not any(name.startswith('PySide6') for name in sys.modules), 'Qt'\nraise SystemExit(status)", tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "PySide6" not in done.stderr


def test_without_a_screen_a_sentence_says_what_can_be_done(tmp_path):
    done = run("from oa_client.app import main\nraise SystemExit(main([]))", tmp_path, QT_QPA_PLATFORM="")
    assert done.returncode == 1
    assert done.stderr.strip() == app.NO_SCREEN
    assert "python main.py tour" in done.stderr


def test_a_missing_system_library_is_told_before_qt_is_loaded(tmp_path):
    done = run("import sys\nfrom oa_client import app, system_check\nsystem_check.has_display = lambda: True\n"
               "system_check.missing_libraries = lambda: ['libEGL.so.1']\nstatus = app.main([])\n"
               "assert not any(name.startswith('PySide6') for name in sys.modules), 'Qt'\nraise SystemExit(status)", tmp_path)
    assert done.returncode == 1
    assert "libegl1" in done.stderr
    assert "Traceback" not in done.stderr


WINDOW = """
import sys
from oa_client import app, system_check
from oa_client.ui import entrance
system_check.has_display = lambda: True
heavy = ('typst', 'docx', 'pypinyin', 'lxml', 'alembic', 'sqlalchemy', 'psycopg', 'structlog', 'qtawesome', 'argon2', 'keyring')
show = entrance.Entrance.show
def seen(self):
    if not hasattr(app, 'early'):
        app.early = [name for name in heavy if name in sys.modules]
    show(self)
entrance.Entrance.show = seen
begin = app.begin
def begun(entrance, settings):
    from PySide6.QtCore import QTimer
    program = begin(entrance, settings)
    print(type(entrance.view()).__name__)
    QTimer.singleShot(50, entrance.close)
    return program
app.begin = begun
status = app.main([])
print(app.early)
raise SystemExit(status)
"""


def test_the_first_window_stands_before_anything_heavy_is_loaded_and_closes_cleanly(tmp_path):
    done = run(WINDOW, tmp_path, QT_QPA_PLATFORM="offscreen")
    assert done.stdout.split() == ["StartWindow", "[]"], done.stderr
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_nothing_of_qt_is_loaded_beside_the_screens_thread(tmp_path):
    done = run("import importlib, sys\nfrom oa_client.ui.loading import FIRST, LATER\nbefore = set(sys.modules)\n"
               "for name in FIRST + LATER:\n    importlib.import_module(name)\n"
               "print([name for name in set(sys.modules) - before if name.startswith(('PySide6', 'shiboken6', 'qtpy', 'oa_client.ui'))])", tmp_path)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


BROKEN = """
from oa_client import app, system_check
from oa_client.ui import entrance, loading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton
system_check.has_display = lambda: True
loading.FIRST_WINDOWS = ("oa_client.no_such_module",)
wait = entrance.Entrance.wait
def waiting(self, words, verb="", pressed=None):
    wait(self, words, verb, pressed)
    if verb:
        QTimer.singleShot(50, lambda: self.view().findChild(QPushButton).click())
entrance.Entrance.wait = waiting
raise SystemExit(app.main([]))
"""


def test_a_damaged_installation_is_told_in_the_window(tmp_path):
    done = run(BROKEN, tmp_path, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    assert app.BROKEN in done.stderr
    assert "Traceback" not in done.stderr
    assert "no_such_module" in (tmp_path / "logs" / "wenshu.log").read_text("utf-8")


@pytest.mark.parametrize(("said", "kept"), [
    ("postgresql://amy:geheim@10.1.1.9/oa", "postgresql://amy:***@10.1.1.9/oa"), ("password='geheim'", "password='***'"),
    ("connect(host=h, password=geheim, port=1)", "connect(host=h, password=***, port=1)"), ("hash $argon2id$v=19$m=65536$abc end", "hash *** end"),
    ("(sqlite3.Error) x\n[SQL: UPDATE a]\n[parameters: ('刘某', '要紧内容')]\n(Background", "(sqlite3.Error) x\n[SQL: UPDATE a]\n[parameters left out]\n(Background"),
    ("公文已登记", "公文已登记"),
])
def test_the_log_is_discreet(said, kept):
    assert app.discreet(said) == kept


def test_the_log_is_kept_in_this_pcs_folder_and_turns_over(own_home):
    from oa_client.settings import home

    app.keep_log()
    app.keep_log()
    [handler] = [each for each in logging.getLogger().handlers if isinstance(each, RotatingFileHandler)]
    assert handler.maxBytes > 0 < handler.backupCount
    logging.getLogger("x").error("failed at postgresql://amy:geheim@h/oa")
    [file] = (home() / "logs").iterdir()
    assert "postgresql://amy:***@h/oa" in file.read_text("utf-8")
    assert "geheim" not in file.read_text("utf-8")


def test_events_go_to_the_same_log(own_home):
    import structlog

    from oa_client.settings import home

    app.keep_log()
    app.structure_log()
    try:
        structlog.get_logger("test").error("job failed", doing="登记", url="postgresql://a:geheim@h/oa")
    finally:
        structlog.reset_defaults()
    text = next((home() / "logs").iterdir()).read_text("utf-8")
    assert "job failed" in text
    assert "登记" in text
    assert "geheim" not in text


def test_every_door_opens_its_window(small, jobs, qtbot):
    from tests.ui.entering import office_of, settle

    office = office_of(small, jobs, "110001", doors=app.doors)
    document = small.register()
    for window, kind in ((office.register_paper(), "IntakeWindow"), (office.draft_paper(), "DraftWindow"), (office.open_document(document), "DocumentWindow")):
        assert type(window).__name__ == kind
    settle(jobs)
    assert office.close_windows()
    settle(jobs)
    office.scratch.close()
