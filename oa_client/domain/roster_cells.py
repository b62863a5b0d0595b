"""Reading a sheet of accounts (账号名单): which columns it has, and what stands in its cells, however a spreadsheet program kept it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from .errors import Refused

Cell = str | float | bool | date
HEADINGS = {
    "login": ("警号", "警员编号", "民警警号", "账号", "登录名"), "name": ("姓名", "名字", "民警姓名"),
    "unit": ("单位", "部门", "所属单位", "所在单位", "工作单位", "单位名称", "单位简称"), "post": ("职务", "岗位", "职位", "职务职级"),
    "roles": ("角色", "系统角色", "账号角色"), "closes_on": ("有效期", "有效期至", "有效期限", "到期日", "到期日期", "截止日期"),
    "action": ("操作", "操作类型", "处理", "办理"), "state": ("状态", "账号状态"),
}
TITLES = {key: names[0] for key, names in HEADINGS.items()}
EXAMPLE = "示例"
HEADING_ROWS = 20
_KNOWN = {name: key for key, names in HEADINGS.items() for name in names}
_ASIDE = re.compile(r"[(\[【].*?[)\]】]|[\s*:：]")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?|(\d{4})(\d{2})(\d{2})")
_UNTIL_EVER = frozenset({"长期", "永久", "不限", "无", "-", "—", "--"})
_FIRST_SERIAL, _LAST_SERIAL, _DAY_ZERO = 20_000, 80_000, date(1899, 12, 30)
_CJK = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")


@dataclass(frozen=True)
class Line:
    """A line of the sheet: its number there, and by column the cell as it came. `cells` lacks the columns that the sheet has not."""

    number: int
    cells: Mapping[str, Cell] = field(default_factory=lambda: MappingProxyType({}))

    def text(self, column: str) -> str:
        """A cell's words."""
        return words(self.cells.get(column, ""))


@dataclass(frozen=True)
class Table:
    """The lines below the headings, and the headings that mean nothing here (未识别的列)."""

    lines: tuple[Line, ...]
    ignored: tuple[str, ...] = ()


def find_table(rows: Iterable[tuple[int, Sequence[Cell]]]) -> Table | None:
    """The table in a sheet's rows, given with their numbers; None without headings in the first rows. Refused when two columns have one heading."""
    kept = list(rows)
    for at, (number, row) in enumerate(kept):
        columns = [_column(cell) for cell in row]
        if number <= HEADING_ROWS and "login" in columns and {"name", "action"} & set(columns):
            twice = next((key for key in HEADINGS if columns.count(key) > 1), None)
            if twice:
                raise Refused(f"表头第 {number} 行有两列都是「{TITLES[twice]}」。", "请只留一列，再重新选择文件。")
            ignored = tuple(filter(None, (words(cell) for cell, key in zip(row, columns, strict=True) if not key)))
            return Table(tuple(_lines(kept[at + 1:], columns)), ignored)
    return None


def _lines(rows: Iterable[tuple[int, Sequence[Cell]]], columns: Sequence[str]) -> Iterable[Line]:
    """Blank lines, headings that are said again, and the example of the template are no accounts."""
    for number, row in rows:
        given = [*row, *[""] * (len(columns) - len(row))]
        cells = {key: cell for key, cell in zip(columns, given, strict=False) if key}
        login = words(cells["login"])
        if any(map(words, cells.values())) and _column(login) != "login" and not login.startswith(EXAMPLE):
            yield Line(number, cells)


def _column(cell: Cell) -> str:
    return _KNOWN.get(_ASIDE.sub("", folded(words(cell))), "")


def folded(text: str) -> str:
    """Text for comparing: one width of letters and digits, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def words(cell: Cell) -> str:
    """A cell as text: a whole number without its point, a date as 2026-12-31."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    return str(cell).strip()


def number(cell: Cell) -> str:
    """A police number (警号) as it is kept: 120003.0 and １２０００３ are 120003."""
    text = folded(words(cell)).lstrip("'’`")
    return text[:-2] if text.endswith(".0") else text


def person_name(text: str) -> str:
    """A name (姓名) without the blanks that fill it up to three characters; other names keep single ones."""
    parts = text.split()
    return ("" if all(_CJK.match(part) for part in parts) else " ").join(parts)


def day(cell: Cell) -> date | None:
    """A date (有效期) in any way that people write it; None for no end. ValueError for what is no date."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = unicodedata.normalize("NFKC", words(float(int(cell)) if isinstance(cell, float) and abs(cell) < _LAST_SERIAL else cell))
    if not text or text in _UNTIL_EVER:
        return None
    if text.isdecimal() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return _DAY_ZERO + timedelta(days=int(text))
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return date(*(int(part) for part in found.groups() if part is not None))
