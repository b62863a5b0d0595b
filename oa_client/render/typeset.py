"""Setting a template to PDF: one compiler per template, data as JSON, a missing glyph is an error."""

import json
import re
from datetime import UTC, datetime
from functools import cache
from threading import Lock

import typst

from oa_client.domain.errors import OaError
from oa_client.settings import resource

from .fonts import families, installed

_LOCK = Lock()
_MISSING = re.compile(r'the text [`"]+(.*?)[`"]+ could not be displayed')
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff]")


@cache
def _compiler(template: str) -> typst.Compiler:
    path = resource(f"templates/{template}.typ")
    return typst.Compiler(path, root=path.parent, font_paths=installed())


def set_pdf(template: str, data: dict, made: datetime | None = None) -> bytes:
    """Set `resources/templates/<template>.typ` with `data` to PDF/A-2b.

    The data reach the template as JSON text, so nothing in them acts as markup; font families by face are added under
    "fonts". `made` is the PDF's time of creation (default now). Raises OaError naming the characters that no font of
    this workstation holds.
    """
    stamp = (made or datetime.now(UTC)).replace(microsecond=0)
    body = json.dumps({**_clean(data), "fonts": families()}, ensure_ascii=False)
    with _LOCK:
        try:
            pdf = _compiler(template).compile(
                format="pdf", sys_inputs={"data": body}, pdf_standards="a-2b", timestamp=int(stamp.timestamp()),
            )
        except typst.TypstError as error:
            raise _explained(error) from error
    assert isinstance(pdf, bytes)
    return pdf


def _explained(error: typst.TypstError) -> Exception:
    """A missing glyph is told to the user; any other complaint is a bug in a template."""
    missing = _MISSING.search(str(error))
    if not missing:
        return RuntimeError(str(error))
    return OaError(f"“{missing[1]}”中有本机字体没有的字，不能生成版式文件。", "请改用常用字或安装大字库字体后再试。", str(error))


def _clean(value):
    """The data without control characters, which no font shows and XML forbids."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value
