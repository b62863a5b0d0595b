"""The demonstration made in a process of its own (演示库): the screen of this one stays free, and breaking off is ending that one."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ..domain.errors import OaError, Refused, Unavailable

Report = Callable[[int, int, str], None]
_PRODUCT = Path(__file__).resolve().parents[2]
_QUIET = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def create_demo(url: str, report: Report | None = None) -> None:
    """Make a demo bureau at an empty address in another process. Whatever `report` raises ends that process; its refusals are raised here."""
    command = [sys.executable, "-m", "oa_client.usecases.demo_apart", url]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    with subprocess.Popen(command, cwd=_PRODUCT, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8", creationflags=_QUIET) as making:
        try:
            told = _follow(making, report)
        except BaseException:
            making.kill()
            raise
    if making.returncode:
        raise _failure(told)


def _follow(making: subprocess.Popen[str], report: Report | None) -> dict[str, str]:
    """Pass progress on; gives what the other process said of a refusal."""
    assert making.stdout is not None
    told: dict[str, str] = {}
    for line in making.stdout:
        said = json.loads(line)
        if isinstance(said, dict):
            told = said
        elif report is not None:
            report(*said)
    return told


def _failure(told: dict[str, str]) -> OaError:
    if told:
        return Refused(told["sentence"], told["hint"])
    return Unavailable("演示库没有建成。", "没有留下数据。请检查磁盘空间后再试；仍不成功请把日志交给管理员。")


def _say(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


def main(url: str) -> int:
    """Make it, telling progress as lines of JSON on standard output."""
    from .demo import create_demo as create

    try:
        create(url, report=lambda done, total, words: _say([done, total, words]))
    except OaError as problem:
        _say({"sentence": problem.sentence, "hint": problem.hint})
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
