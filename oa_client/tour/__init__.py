"""The tour (巡览): the real windows walked through both flows on a fresh demonstration, with a picture and a check at each step."""

import json
import os
import sys
import tempfile
from pathlib import Path

from oa_client import system_check


def run(out: Path, files: tuple[Path, ...] = ()) -> int:
    """Walk the whole tour into `out`: numbered PNGs and `tour.json`. 0 only if every check held.

    `files` are the papers to register and to send along; without them the tour makes its own.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wenshu-tour") as home:
        os.environ["OA_HOME"] = home
        os.environ["QT_QPA_PLATFORM"] = _platform(Path(home))
        os.environ.setdefault("XDG_RUNTIME_DIR", _private(Path(home) / "run"))
        if missing := system_check.missing_libraries("offscreen"):
            print(system_check.explain(missing), file=sys.stderr)
            return 1
        from oa_client.tour.walk import walk

        return walk(out, files, Path(home))


def _platform(home: Path) -> str:
    """An offscreen screen of the size most desks have."""
    config = home / "screen.json"
    screen = {"name": "desk", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    config.write_text(json.dumps({"screens": [screen]}))
    return f"offscreen:configfile={config}"


def _private(folder: Path) -> str:
    folder.mkdir(mode=0o700)
    return str(folder)
