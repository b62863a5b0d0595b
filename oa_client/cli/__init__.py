"""The same use cases as verbs, for administrators and scripts. No Qt is loaded for them."""

import io
import logging
import os
import re
import sys

import typer

from ..domain.errors import OaError
from .opening import close_all
from .program import program

EXIT_REFUSED = 1
EXIT_USAGE = 2
_ENGLISH = "Invalid value: "
_TYPED = re.compile("^已?填写的内容[^，。]*[，。]")  # in a window what was typed stays; a command has nothing to keep
_USAGE = {
    "MissingParameter": "缺少必填的参数或选项", "NoSuchOption": "没有这个选项", "NoSuchCommand": "没有这个命令",
    "BadParameter": "参数的值不对", "BadOptionUsage": "选项用法不对", "BadArgumentUsage": "参数用法不对",
}


def main(arguments: list[str]) -> int:
    """Run a command; 0 done, 1 refused by a rule (the sentence is on stderr), 2 wrongly used."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if "--json" in arguments else None, errors="backslashreplace")
    try:
        result = program(arguments, prog_name="main.py", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except typer.Exit as leaving:
        return leaving.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return _say("已取消，没有改动。", EXIT_REFUSED)
    except typer.TyperException as problem:
        kind = _USAGE.get(type(problem).__name__, "用法不对")
        return _say(f"{kind}：{problem.format_message().removeprefix(_ENGLISH)}\n加 --help 查看说明。", EXIT_USAGE)
    except OaError as problem:
        return _say(problem.sentence + _TYPED.sub("", problem.hint), EXIT_REFUSED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read the output has left
        return 0
    except Exception:
        logging.getLogger(__name__).exception("command failed: %s", arguments[:2])
        return _say("程序内部出错，本次没有完成，已写入的数据不受影响。详情见日志，请交系统管理员。", EXIT_REFUSED)
    finally:
        close_all()


def _say(words: str, status: int) -> int:
    print(words, file=sys.stderr)
    return status
