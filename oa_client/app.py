"""The composition root: the command line when there are words, else the windows. Qt is loaded for the windows alone."""

import logging
import os
import re
import sys
from logging.handlers import RotatingFileHandler
from typing import Any

from oa_client import system_check
from oa_client.settings import Settings, home

NO_SCREEN = "这台电脑没有可用的显示器，窗口无法打开。可执行 python main.py tour 目录 ，离屏走一遍主要流程并留下截图。"
BROKEN = "程序的组件不完整，无法打开，数据没有变动。请系统管理员重新安装本程序。"
SWITCH_SECONDS = 0.001
LOG_BYTES, LOG_FILES = 1_000_000, 5
_SECRETS = (
    (re.compile(r"(://[^/\s:@]*):[^@\s/]+@"), r"\1:***@"), (re.compile(r"(?i)(password|passwd|pwd|口令|密码)(\W{1,3})[^\s,;'\"})]+"), r"\1\2***"),
    (re.compile(r"\$argon2\S+"), "***"), (re.compile(r"\[parameters: .*?\](?=\n|$)", re.DOTALL), "[parameters left out]"),
)


def main(argv: list[str] | None = None) -> int:
    """Run the program; gives the exit status. Without arguments the windows open, otherwise a command runs."""
    words = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # names are read letter by letter; its phrases would hold the screen for 0.2 s
    keep_log()
    if words:
        from oa_client import cli

        return cli.main(words)
    return open_windows()


def open_windows() -> int:
    """Open the client; 1 with a sentence on stderr when this PC cannot show windows."""
    problem = "" if system_check.has_display() else NO_SCREEN
    problem = problem or system_check.explain(system_check.missing_libraries())
    if problem:
        print(problem, file=sys.stderr)
        return 1
    from PySide6.QtWidgets import QApplication

    from oa_client.ui import theme
    from oa_client.ui.entrance import Entrance
    from oa_client.ui.garbage import Collector
    from oa_client.ui.loading import FIRST, FIRST_WINDOWS, Loading

    sys.setswitchinterval(SWITCH_SECONDS)  # the screen's thread does not wait long for a thread that computes
    app = QApplication(sys.argv[:1])
    app.setApplicationName("wenshu")
    app.setQuitOnLastWindowClosed(False)
    settings = Settings.load()
    theme.apply(app, settings.theme, settings.text_size)
    Collector(app)
    entrance = Entrance()
    entrance.wait("正在打开…")
    entrance.closed.connect(app.quit)
    entrance.show()
    loading = Loading(FIRST, FIRST_WINDOWS)
    running: list[Any] = []
    loading.done.connect(lambda: running.append(begin(entrance, settings)))
    loading.failed.connect(lambda problem: tell_broken(entrance, problem))
    status = app.exec()
    loading.stop()
    return status


def begin(entrance: Any, settings: Settings) -> Any:
    """Start the program behind its first window, once what it stands on is loaded."""
    structure_log()
    from oa_client.ui import errors, fonts, icons
    from oa_client.ui.program import Program

    errors.catch_all()
    icons.warm()
    fonts.warm()
    program = Program(entrance, settings, doors())
    program.start()
    return program


def tell_broken(entrance: Any, problem: Exception) -> None:
    """Say in the first window that a part of the installation is missing or damaged; the log has the details."""
    from PySide6.QtWidgets import QApplication

    logging.getLogger(__name__).error("loading failed", exc_info=problem)
    print(BROKEN, file=sys.stderr)
    entrance.closed.connect(lambda: QApplication.exit(1))
    entrance.wait(BROKEN, "关闭", entrance.close)
    entrance.view().bar.hide()


def doors() -> Any:
    """How windows open each other: each module is loaded when its window is first wanted."""
    from oa_client.ui.office import Doors

    def document(office: Any, document_id: int) -> Any:
        from oa_client.ui.document.window import DocumentWindow

        return DocumentWindow(office, document_id)

    def intake(office: Any) -> Any:
        from oa_client.ui.intake.window import IntakeWindow

        return IntakeWindow(office)

    def draft(office: Any, document_id: int) -> Any:
        from oa_client.ui.draft.window import DraftWindow

        return DraftWindow(office, document_id)

    return Doors(document, intake, draft)


class Discreet(logging.Formatter):
    """A log line without passwords, password hashes or the contents of statements."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, made discreet."""
        return discreet(super().format(record))


def discreet(words: str) -> str:
    """Words fit for the log: passwords in addresses and fields, hashes and statement parameters are left out."""
    for pattern, instead in _SECRETS:
        words = pattern.sub(instead, words)
    return words


def keep_log() -> None:
    """Keep a log in this PC's folder, five files of a megabyte at most."""
    folder = home() / "logs"
    folder.mkdir(exist_ok=True)
    root = logging.getLogger()
    if any(isinstance(each, RotatingFileHandler) for each in root.handlers):
        return
    file = RotatingFileHandler(folder / "wenshu.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8", delay=True)
    file.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(file)
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def structure_log() -> None:
    """Send structlog's events the same way."""
    import structlog

    structlog.configure(
        processors=[structlog.stdlib.add_log_level, structlog.processors.format_exc_info,
                    structlog.processors.KeyValueRenderer(key_order=["event"])],
        logger_factory=structlog.stdlib.LoggerFactory(), wrapper_class=structlog.stdlib.BoundLogger, cache_logger_on_first_use=True)
