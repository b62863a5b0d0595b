"""Results on the terminal: plain lines for people, JSON for machines."""

import json as formats
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any

from ..usecases.desk import local
from ..usecases.lists import STATES
from ..usecases.views import DocumentRow


def show(value: Any, as_json: bool, words: str) -> None:
    """Print a result: the sentence, or the value as JSON."""
    print(formats.dumps(plain(value), ensure_ascii=False, indent=1) if as_json else words)


def show_rows(rows: Sequence[DocumentRow], total: int) -> None:
    """Print documents, one a line."""
    for row in rows:
        state = row.where or STATES.get(row.state, "")
        print(f"{row.id:>6}  {pad(row.number or '无字号', 24)}  {pad(row.title, 44)}  {pad(row.organ, 16)}  {state}")
    print(f"共 {total} 件" + (f"，列出 {len(rows)} 件。" if len(rows) < total else "。"))


def table(lines: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """Print columns, aligned by the width that characters take on a terminal."""
    for line in lines:
        print("  ".join(pad(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip())


def pad(text: str, width: int) -> str:
    """Text cut or filled to a width in terminal columns; a Chinese character takes two."""
    taken, kept = 0, []
    for char in text:
        wide = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if taken + wide > width:
            break
        kept.append(char)
        taken += wide
    return "".join(kept) + " " * (width - taken)


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return local(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
