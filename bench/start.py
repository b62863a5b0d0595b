"""From nothing to the first window, against a bare Qt window with the same fonts."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from _measuring import compare, given, show

ROOT = Path(__file__).parent.parent
BARE = "from PySide6.QtWidgets import QApplication, QLabel; a = QApplication([]); w = QLabel('文枢'); w.show(); a.processEvents()"
OURS = ("from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication; from oa_client.settings import Settings; from oa_client.ui import theme; "
        "a = QApplication([]); s = Settings(); theme.apply(a, s.theme, s.text_size); from oa_client.ui.entrance import Entrance; w = Entrance(); "
        "w.wait('…'); w.show(); a.processEvents()")


def pairs() -> Iterator[tuple]:
    """What is measured."""
    yield "process start to first window (floor: bare Qt window)", _run(OURS), _run(BARE)


def _run(code: str) -> Callable[[], object]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "OA_HOME": tempfile.mkdtemp(prefix="wenshu-bench")}
    return lambda: subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True)

if __name__ == "__main__":
    asked = given(__doc__)
    show(__doc__, (compare(*pair, 2 if asked.quick else 7) for pair in pairs()), asked)
