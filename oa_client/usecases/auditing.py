"""The audit (审计) for its administrator: its lines, verifying it, taking it out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ..domain import anchor as anchor_domain
from ..domain.anchor import Anchor
from ..domain.errors import Refused, Unavailable
from ..domain.faults import Fault
from ..render.table_file import MOST, plain, write_table
from ..store import auditing as store
from ..store.audit_tables import Event
from . import anchors
from .audit_rows import AuditFilter, AuditRow, lines, rows_of
from .auditors import Place, looking, noted
from .desk import Outcome, local

Report = Callable[[int, int, str], None]
PAGE, COUNTED, AT_ONCE = 50, 10_000, 2_000
COLUMNS = (("时间", 20), ("警号", 12), ("姓名", 12), ("单位", 18), ("事项", 14), ("内容", 60), ("对象", 26), ("结果", 8), ("终端", 30))


@dataclass(frozen=True)
class AuditPage:
    """A page of the audit, newest first; `after` asks for the next, None at the end. `total` is that of `total()`, None where it was not asked for."""

    rows: tuple[AuditRow, ...]
    after: int | None
    total: int | None

    @property
    def total_words(self) -> str:
        """How many lines there are."""
        return counted_words(self.total or 0)


@dataclass(frozen=True)
class Verified:
    """What verifying found: of each chain the first fault. `more` counts those beyond the ones listed; `at` is when the anchor used was made."""

    checked: int
    streams: int
    faults: tuple[Fault, ...]
    more: int
    anchor: Anchor | None
    signer_known: bool

    @property
    def good(self) -> bool:
        """Whether everything fits."""
        return not self.faults


def counted_words(total: int) -> str:
    """How many lines there are, as `total()` counted them."""
    return f"超过 {COUNTED} 条" if total > COUNTED else f"共 {total} 条"


def page(place: Place, narrow: AuditFilter = AuditFilter(), after: int | None = None, size: int = PAGE, *, counted: bool = True) -> AuditPage:
    """Lines of the audit, newest first; pass `after` of the last page for the next. Refused for others than the audit administrator.

    Unavailable when somebody made of a time what is no time: then no list can be read, but `verify` names the place.
    """
    with readable(), looking(place) as session:
        query = lines(session, narrow)
        total = _total(session, query) if counted else None
        found = session.execute((query.where(Event.id < after) if after is not None else query).order_by(Event.id.desc()).limit(size + 1)).all()
        rows = rows_of(session, found[:size])
        return AuditPage(rows, rows[-1].id if len(found) > size else None, total)


def total(place: Place, narrow: AuditFilter = AuditFilter()) -> int:
    """How many lines the filter leaves, counted to one more than `COUNTED` and no further."""
    with looking(place) as session:
        return _total(session, lines(session, narrow))


def newest(place: Place) -> int:
    """The number of the newest event, by which a screen knows that there is something new."""
    with looking(place) as session:
        return session.scalar(select(func.max(Event.id))) or 0


@contextmanager
def readable() -> Iterator[None]:
    """Unavailable, in words, where a data file was edited so that lines cannot be read."""
    try:
        yield
    except ValueError as problem:
        raise Unavailable("有留痕的时间被改成了不是时间的内容，读不出来。", "其余留痕都在。请立即校验，校验结果会指出是哪一条。", str(problem)) from problem


def verify(place: Place, anchor: Path | None = None, key: str = "", report: Report | None = None) -> Outcome[Verified]:
    """Verify every chain, and with an anchor that what it holds is still there. `key` is the signer's public key, or a file with it.

    Refused when the anchor was altered or is not signed with the key that is named or known.
    """
    held, known = anchors.read(anchor, key) if anchor else (None, False)
    with looking(place) as session:
        verdict = store.verify(session, report or (lambda _done, _total, _words: None), anchor_domain.unpack(held.packed) if held else None)
    found = Verified(verdict.events, verdict.streams, verdict.faults, verdict.more, held, known)
    count = len(found.faults) + found.more
    written = noted(place, "audit_verify", checked=found.checked, faults=count, **({"root": held.packed.root} if held else {}))
    return Outcome(found, frozenset({"audit"}), _words(found) + ("" if written else "这个库不能写入，本次校验没有记入留痕。"))


def export(place: Place, narrow: AuditFilter, file: Path, report: Report | None = None) -> Outcome[Path]:
    """Write the lines that the filter leaves to a spreadsheet file, or by its name to a .csv, newest first; it is on record before the file is written.

    Unavailable when it cannot be written; Refused when there are more lines than a sheet holds.
    """
    with looking(place) as session:
        count, newest = session.execute(lines(session, narrow).with_only_columns(func.count(), func.max(Event.id))).one()
    if count > MOST and not plain(file):
        raise Refused(f"有 {count} 条，超过一张表能装的 {MOST} 条，没有导出。", "请用时间等条件缩小范围，分几次导出，或存为 .csv。")
    noted(place, "audit_export", count=count)
    try:
        with readable(), looking(place) as session:
            write_table(file, "留痕", COLUMNS, _cells(session, narrow, newest or 0, count, report))
    except OSError as problem:
        raise Unavailable("留痕文件写不进去。", "请换一个文件夹，或关闭正在打开它的程序后再试。", str(problem)) from problem
    return Outcome(file, frozenset({"audit"}), f"已导出留痕 {count} 条到 {file}。")


def _cells(session: Session, narrow: AuditFilter, newest: int, count: int, report: Report | None) -> Iterator[tuple[str, ...]]:
    query, below, done = lines(session, narrow).order_by(Event.id.desc()).limit(AT_ONCE), newest + 1, 0
    while found := session.execute(query.where(Event.id < below)).all():
        if report:
            report(done, count, "导出留痕")
        for row in rows_of(session, found):
            yield (f"{local(row.at):%Y-%m-%d %H:%M:%S}", row.login, row.name, row.unit, row.action, row.words, row.about, row.result, row.terminal)
        below, done = found[-1][0].id, done + len(found)
        session.expunge_all()


def _total(session: Session, query: Select[Any, Any, Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.with_only_columns(Event.id).limit(COUNTED + 1).subquery())) or 0


def _words(found: Verified) -> str:
    said = f"已校验 {found.checked} 条留痕、{found.streams} 条链，"
    said += "全部相符。" if found.good else f"有 {len(found.faults) + found.more} 处不符。"
    if found.anchor is None:
        return said
    said += f"已与 {local(found.anchor.at):%Y-%m-%d %H:%M} 签发的锚点核对。"
    return said if found.signer_known else said + f"签名完好，但没有核对是谁签的（公钥 {found.anchor.key}）。给出签发人的公钥，就能核对。"
