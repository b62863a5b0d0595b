"""What a handover says (移交用语): the columns of what lies with an account, the sentence before, and the one after."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from oa_client.domain.actor import ROLES
from oa_client.ui.models.table import Column
from oa_client.usecases.desk import local
from oa_client.usecases.directory import Candidate
from oa_client.usecases.handing_over import KINDS, Handed, Matter, hindrance

UNSHOWN = "（题名按知悉范围不显示）"
TONES = {"todo": "accent", "read": "accent", "draft": "neutral", "delegation": "neutral", "share": "neutral"}


def title_of(row: Matter) -> str:
    """What a matter is about, as far as the officer at the desk may know."""
    if row.kind == "delegation":
        return f"委托 {row.title} 代办" if row.step == "given" else f"受 {row.title} 委托代办"
    return row.title or UNSHOWN


def ends(row: Matter) -> bool:
    """Whether it ends instead of going over: what was delegated to others."""
    return row.kind == "delegation" and row.step == "given"


def afterwards(row: Matter, heir: Candidate | None) -> str:
    """What will become of a matter with this successor."""
    if heir is None:
        return ""
    why = hindrance(row, heir.holder, heir.roles)
    if why:
        return f"留下，{heir.name}已在办" if why == "there" else f"留下，须{ROLES[row.role]}接办"
    return "随之终止" if ends(row) else f"交给 {heir.name}"


def columns(today: date, heir: Callable[[], Candidate | None]) -> tuple[Column, ...]:
    """For the table; `heir` gives the successor chosen by now."""
    def late(row: Matter) -> bool:
        return row.document_id is not None and row.due is not None and row.due < today and row.kind != "share"

    def stays(row: Matter) -> bool:
        chosen = heir()
        return chosen is not None and bool(hindrance(row, chosen.holder, chosen.roles))
    return (
        Column("kind", "类别", 64, lambda row: KINDS[row.kind], chip=True, tone=lambda row: TONES[row.kind]),
        Column("title", "题名", 260, title_of, tone=lambda row: "secondary" if title_of(row) == UNSHOWN else None, stretch=True, tip=title_of),
        Column("step", "环节", 96, lambda row: "" if row.kind == "delegation" else row.step),
        Column("since", "到达时间", 96, lambda row: f"{local(row.since):%Y-%m-%d}", tip=lambda row: f"{local(row.since):%Y-%m-%d %H:%M}"),
        Column("due", "期限", 128, lambda row: f"{row.due.isoformat()}{' 超期' if late(row) else ''}" if row.due else "", tone=lambda row: "overdue" if late(row) else None),
        Column("after", "移交后", 200, lambda row: afterwards(row, heir()), tone=lambda row: "soon" if stays(row) else None, tip=lambda row: afterwards(row, heir())),
    )


def counted(rows: Iterable[Matter]) -> str:
    """「待办 8 件、文稿 2 件、委托 1 项」."""
    counts = Counter(row.kind for row in rows)
    return "、".join(f"{words} {counts[kind]} {'项' if kind in ('delegation', 'share') else '件'}" for kind, words in KINDS.items() if counts[kind])


def before(name: str, rows: tuple[Matter, ...], heir: Candidate | None) -> str:
    """The sentence above the button."""
    if heir is None:
        return f"{name}名下有{counted(rows)}。请选择接办人。"
    over = [row for row in rows if not hindrance(row, heir.holder, heir.roles)]
    going, ending = [row for row in over if not ends(row)], [row for row in over if ends(row)]
    stay = f"{len(rows) - len(over)} 件留在原处，原因见表；" if len(over) < len(rows) else ""
    if not over:
        return f"没有一件能由 {heir.name} 接办，请另选接办人。"
    goes = f"将把{counted(going)}交给 {heir.name}；" if going else ""
    return f"{goes}{f'给出的委托 {len(ending)} 项随之终止；' if ending else ''}{stay}一次完成，记入留痕。"


def after(heir: str, done: Handed) -> tuple[str, str]:
    """What went over, and what stayed."""
    parts = (("待办、待阅", done.tasks, "件"), ("文稿", done.drafts, "件"), ("委托", done.delegations, "项"), ("借阅", done.shares, "项"))
    went = "，".join(f"{words} {count} {unit}" for words, count, unit in parts if count)
    stayed = f"{done.left} 件 {heir} 不能接办（职责不符或已在办），仍在原处，见下表；可另选接办人再移交。" if done.left else "没有留下的事项。"
    return f"已移交给 {heir}：{went}。" if went else f"没有可以移交给 {heir} 的事项。", stayed
