"""Text out of a picture, where the optional recognition package is installed; in a process of its own."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

TIME_LIMIT = 120.0
_PRODUCT = Path(__file__).resolve().parents[2]


def image_text(data: bytes) -> tuple[str, str]:
    """The recognised text and a note for the user; without the package the text is empty and the note says so.

    Recognition takes seconds of all cores, so it runs outside this process and is given up after `TIME_LIMIT` seconds.
    """
    if find_spec("rapidocr") is None:
        return "", "图片未识别文字。"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "oa_client.render.ocr_worker"],
            input=data, capture_output=True, timeout=TIME_LIMIT, check=False, cwd=_PRODUCT,
        )
    except (subprocess.TimeoutExpired, OSError):
        return "", "图片文字识别没有完成，请对照图片填写。"
    if done.returncode != 0:
        return "", "图片文字识别没有成功，请对照图片填写。"
    text = "\n".join(json.loads(done.stdout)["lines"])
    return text, "文字由图片识别得到，请对照图片核对。" if text else "图片中没有识别到文字。"
