"""What a draft's form must hold before it is saved (文稿检查), and what may still change after it was signed."""

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain.errors import Invalid, Refused
from ..domain.happenings import PARTS
from ..store.tables import Addressee, Document, Unit
from ..store.work_tables import Attachment
from .limits import BODY, LINE, WORDS, too_long
from .papers import clean

if TYPE_CHECKING:
    from .drafting import DraftForm

MOST_RECEIVERS = 500


def wrong_lengths(form: "DraftForm") -> dict[str, str]:
    """The fields that are too long, with their sentences."""
    longest = max((target.name for target in form.targets), key=len, default="")
    return too_long({"title": ("标题", form.title, LINE), "body": ("正文", form.body, BODY), "openness_reason": ("不予公开理由", form.openness_reason, WORDS),
                     "targets": ("收文单位名称", longest, LINE)})


def check_receivers(session: Session, form: "DraftForm", organ_id: int) -> None:
    """Every receiver once, by name, and not the issuing organ itself; Invalid names who is wrong."""
    units = select(Unit.id, Unit.name, Unit.short).where(Unit.id.in_([target.unit_id for target in form.targets if target.unit_id is not None]))
    known = {unit_id: names for unit_id, *names in session.execute(units)}
    seen: set[int | str] = set()
    for target in form.targets:
        name = clean(target.name).strip()
        key = target.unit_id if target.unit_id is not None else name
        if not name or len(form.targets) > MOST_RECEIVERS:
            raise Invalid({"targets": f"收文单位要有名称，且不超过 {MOST_RECEIVERS} 个。"})
        if target.unit_id is not None and name not in known.get(target.unit_id, ()):
            raise Invalid({"targets": f"「{name}」不在单位名录中，或名称与名录不符，请重新选择。"})
        if key in seen:
            raise Invalid({"targets": f"「{name}」在主送、抄送中只能出现一次。"})
        if key == organ_id:
            raise Invalid({"targets": f"「{name}」就是发文机关，不能再作为收文单位。"})
        seen.add(key)


def receivers(session: Session, document_id: int) -> list[tuple[str, int | None, bool]]:
    """The receivers of a saved draft: name, unit, whether 主送."""
    rows = session.execute(select(Addressee.name, Addressee.unit_id, Addressee.main).where(Addressee.document_id == document_id).order_by(Addressee.position))
    return [(name, unit_id, main) for name, unit_id, main in rows]


def changes(session: Session, document: Document, form: "DraftForm") -> tuple[str, ...]:
    """What the form changes of the saved document, by the keys of its parts (see `happenings.PARTS`); wording comes first."""
    files = set(session.scalars(select(Attachment.id).where(Attachment.document_id == document.id, Attachment.role == "attachment")))
    pairs = {
        "title": (document.title, " ".join(clean(form.title).split())), "body": (document.body, clean(form.body)), "doc_type": (document.doc_type, form.doc_type),
        "urgency": (document.urgency, form.urgency), "openness": (document.openness, form.openness),
        "openness_reason": (document.openness_reason, clean(form.openness_reason).strip()), "due_on": (document.due_on, form.due_on),
        "targets": (receivers(session, document.id), [(clean(target.name), target.unit_id, target.main) for target in form.targets]),
        "files": (files, files & set(form.kept) if not form.files else None),
    }
    return tuple(name for name, (before, after) in pairs.items() if before != after)


def check_wording(changed: tuple[str, ...]) -> None:
    """At 复核 only the wording may change; a change of substance goes back to the signer (条例第二十五条第一项)."""
    beyond = [PARTS[part] for part in changed if part not in ("title", "body")]
    if beyond:
        raise Refused(f"文稿已经签发，复核时只能改动文字，不能改动{'、'.join(beyond)}。", "您的改动仍在本机；确需改动的，请退回拟稿人重新审核、签发。")
