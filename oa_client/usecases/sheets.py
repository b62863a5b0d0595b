"""The handling sheet (公文处理单) as plain values."""

from collections.abc import Sequence

from ..domain.flow import ENDED
from ..render.sheet import Sheet
from ..store.tables import Document, Unit
from ..store.work_tables import ArchiveItem
from .desk import local
from .views import AddresseeRow, TimelineEntry

RECEIVE = (("初审意见", ("初审",)), ("拟办意见", ("拟办",)), ("领导批示", ("批示",)), ("承办结果", ("承办",)), ("传阅", ("传阅",)), ("办结", ("办结", "归档")))
SEND = (("签发", ("签发",)), ("会签", ("会签",)), ("审核", ("审核",)), ("复核", ("复核",)), ("拟稿", ("拟稿",)), ("登记分发", ("登记", "分发", "归档")))


def sheet_of(document: Document, organ: Unit, item: ArchiveItem | None, timeline: Sequence[TimelineEntry],
             addressees: Sequence[AddresseeRow], drafter: str) -> Sheet:
    """The sheet's fields and opinion boxes, ready for the screen and for a PDF."""
    rows = RECEIVE if document.kind == "receive" else SEND
    sections = [(label, [_line(entry) for entry in timeline if entry.step in steps and _worth(entry)]) for label, steps in rows]
    return {"kind": document.kind, "organ": organ.name, "title": document.title, "fields": _fields(document, organ, item, addressees, drafter),
            "sections": sections}


def _fields(document: Document, organ: Unit, item: ArchiveItem | None, addressees: Sequence[AddresseeRow], drafter: str) -> list[tuple[str, str]]:
    day = f"{document.doc_date:%Y-%m-%d}" if document.doc_date else ""
    due = f"{document.due_on:%Y-%m-%d}" if document.due_on else ""
    state = ENDED.get(document.state, document.where or "办理中")
    filed = item.reference if item else ""
    if document.kind == "receive":
        received = f"{document.received_on:%Y-%m-%d}" if document.received_on else ""
        return [("来文单位", document.from_organ), ("来文字号", document.number), ("成文日期", day), ("收文日期", received), ("紧急程度", document.urgency),
                ("份数", str(document.copies)), ("文种", document.doc_type), ("办理期限", due), ("登记人", drafter), ("档号", filed), ("当前状态", state)]
    main = "、".join(row.name for row in addressees if row.main) or document.main_to
    copies = "、".join(row.name for row in addressees if not row.main) or document.copy_to
    return [("发文机关", organ.name), ("发文字号", document.number), ("文种", document.doc_type), ("紧急程度", document.urgency),
            ("公开属性", document.openness), ("印发份数", str(document.copies)), ("拟稿人", drafter), ("成文日期", day), ("主送", main), ("抄送", copies),
            ("档号", filed), ("当前状态", state)]


def _worth(entry: TimelineEntry) -> bool:
    return bool(entry.opinion) or entry.step in ("传阅", "登记", "分发", "归档", "拟稿")


def _line(entry: TimelineEntry) -> tuple[str, str, str, str]:
    return entry.opinion or entry.action, entry.name, f"{entry.unit} {entry.post}".strip(), f"{local(entry.at):%Y-%m-%d %H:%M}"
