"""Cells out of a spreadsheet (.xlsx、.xls、.ods), read in a process of its own."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from oa_client.domain.errors import OaError

from .zip_guard import check_parts, open_zip

Cell = str | float | bool | date
MAX_BYTES = 20 * 1024 * 1024
TIME_LIMIT = 20.0
_PRODUCT = Path(__file__).resolve().parents[2]
_QUIET = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHAPE = "请选择 .xlsx、.xls 或 .ods 格式的表格；其他格式请先另存为 .xlsx。"
_AGAIN = "请把名单复制到一个新建的工作簿，另存为 .xlsx 后再选择。"


@dataclass(frozen=True)
class SheetCells:
    """A visible sheet: its name, and the rows that are not blank with their numbers."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read_spreadsheet(data: bytes, name: str, most: int) -> tuple[SheetCells, ...]:
    """Every visible sheet, at most `most` rows of each; OaError with a sentence for a file that is none, locked, damaged or has macros."""
    if not data:
        raise OaError(f"文件「{name}」是空的。", _SHAPE)
    if len(data) > MAX_BYTES:
        raise OaError(f"文件「{name}」超过 {MAX_BYTES // 1024 ** 2} MB。", _AGAIN)
    _check_kind(data, name)
    found = _apart(data, name, most)
    return tuple(SheetCells(sheet["name"], tuple((number, tuple(map(_cell, row))) for number, row in sheet["rows"])) for sheet in found)


def _check_kind(data: bytes, name: str) -> None:
    """By its bytes, whatever it is called."""
    if data.startswith(b"PK\x03\x04"):
        _check_package(data, name)
    elif not data.startswith(_OLE):
        raise _no_spreadsheet(name)
    elif _utf16("EncryptedPackage") in data:
        raise _locked(name)
    elif _utf16("_VBA_PROJECT") in data:
        raise _macros(name)
    elif _utf16("Workbook") not in data and _utf16("Book") not in data:
        raise _no_spreadsheet(name)


def _check_package(data: bytes, name: str) -> None:
    with open_zip(data) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names and not ("content.xml" in names and _is_table(archive)):
            raise _no_spreadsheet(name)
    if any(item.endswith("vbaProject.bin") or item.startswith(("xl/macrosheets/", "Basic/", "Scripts/")) for item in names):
        raise _macros(name)
    check_parts(data)


def _is_table(archive: zipfile.ZipFile) -> bool:
    try:
        with archive.open("mimetype") as stream:
            return stream.read(80).startswith(b"application/vnd.oasis.opendocument.spreadsheet")
    except (KeyError, zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError):
        return False


def _apart(data: bytes, name: str, most: int) -> list[dict[str, Any]]:
    """What the reading process found; its death or its silence is a damaged file."""
    try:
        done = subprocess.run([sys.executable, "-m", "oa_client.render.spreadsheet_worker", str(most)], input=data, capture_output=True,
                              timeout=TIME_LIMIT, check=False, cwd=_PRODUCT, creationflags=_QUIET, env={**os.environ, "RUST_BACKTRACE": "0"})
    except (subprocess.TimeoutExpired, OSError) as problem:
        raise _damaged(name, str(problem)) from problem
    if done.returncode:
        raise _damaged(name, done.stderr.decode("utf-8", "replace")[:2000])
    found = json.loads(done.stdout)
    if "refused" in found:
        raise {"password": _locked, "macro": _macros}.get(found["refused"], _damaged)(name)
    return found["sheets"]


def _cell(plain: Any) -> Cell:
    return date.fromisoformat(plain[0]) if isinstance(plain, list) else plain


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _no_spreadsheet(name: str) -> OaError:
    return OaError(f"文件「{name}」不是电子表格。", _SHAPE)


def _locked(name: str) -> OaError:
    return OaError(f"文件「{name}」设有打开密码，不能读取。", "请取消密码后重新选择。")


def _macros(name: str) -> OaError:
    return OaError(f"文件「{name}」带有宏，不予读取。", "请另存为不带宏的 .xlsx 后重新选择。")


def _damaged(name: str, details: str = "") -> OaError:
    return OaError(f"文件「{name}」读不出来，可能已经损坏，或者有内容写在很远的行、列。", _AGAIN, details)
