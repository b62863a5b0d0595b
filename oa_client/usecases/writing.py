"""The writing rules (行文规则) asked about a draft: what stops it, what needs a recorded reason."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import writing_draft
from ..domain.document_kinds import DocumentKinds
from ..domain.errors import Refused
from ..domain.writing_rules import Finding, WritingRules, blocks, check
from ..store.tables import Addressee, Document, Unit
from ..store.work_tables import Attachment, Fact
from .rules import table


@dataclass(frozen=True)
class Target:
    """A receiver as the form holds it: a unit of the bureau, or an outside organ by name."""

    name: str
    unit_id: int | None = None
    main: bool = True


@cache
def kinds() -> DocumentKinds:
    """The choices of 文种, 公开属性 and urgency."""
    return DocumentKinds.from_data(table("document_types"), table("openness"), table("urgency"))


@cache
def writing_rules() -> WritingRules:
    """The rules with their wording."""
    return WritingRules.from_data(table("writing_rules"), kinds())


def direction(session: Session, doc_type: str, organ_id: int, targets: tuple[Target, ...]) -> str:
    """The direction of writing (行文方向): up when a superior is addressed by a kind that may go up, else the usual one."""
    seen = {_kind(session, organ_id, target) for target in targets if target.main}
    usual, found = kinds().usual_direction(doc_type), kinds().type(doc_type)
    possible = found.directions if found else ()
    if "superior" in seen and "up" in possible:
        return "up"
    if seen & {"internal", "subordinate"} and "down" in possible:
        return "down"
    return usual


def findings(session: Session, document: Document, stage: str = "draft") -> tuple[Finding, ...]:
    """What the rules say about a document as it stands."""
    rows = session.scalars(select(Addressee).where(Addressee.document_id == document.id).order_by(Addressee.position))
    targets = tuple(Target(row.name, row.unit_id, row.main) for row in rows)
    names = tuple(session.scalars(select(Attachment.name).where(Attachment.document_id == document.id)))
    return about(session, document, targets, names, stage)


def about(session: Session, document: Document, targets: tuple[Target, ...], files: tuple[str, ...], stage: str = "draft") -> tuple[Finding, ...]:
    """What the rules say about a document with these receivers and files, saved or not."""
    draft = writing_draft.Draft(
        doc_type=document.doc_type, title=document.title, body=document.body, stage=stage, organ=_organ(session, document.organ_id),
        direction=direction(session, document.doc_type, document.organ_id, targets),
        addressees=tuple(writing_draft.Addressee(item.name, _kind(session, document.organ_id, item), item.main,
                                             inside=item.unit_id is not None) for item in targets),
        attachments=files, urgency=document.urgency, openness=document.openness, openness_reason=document.openness_reason)
    return check(draft, writing_rules())


def judge_draft(session: Session, document: Document, explain: str) -> None:
    """Refuse a draft that a rule stops; warnings pass with a reason, which is kept with the document."""
    found = findings(session, document)
    stopped = blocks(found)
    if stopped:
        raise Refused("文稿有必须改正的问题：" + "；".join(item.sentence.rstrip("。") for item in stopped) + "。", "文稿已保存，请改正后再提交。")
    said = explain.strip() or str(document.details.get("explain", ""))
    if found and not said:
        raise Refused("文稿有需要核实的提示：" + "；".join(item.sentence.rstrip("。") for item in found) + "。",
                      "请修改文稿，或在「提示事项说明」中写明理由后再提交。")
    if found:
        document.details = {**document.details, "explain": said}


def _organ(session: Session, organ_id: int) -> writing_draft.Organ:
    unit = session.get_one(Unit, organ_id)
    fact = session.get(Fact, "bureau")
    superiors = tuple(fact.value.get("direct_superiors", [])) if fact else ()
    is_root = unit.parent_id is None
    return writing_draft.Organ((unit.name, unit.short), bool(unit.number_codes), not is_root and unit.kind != "branch", unit.kind == "office", unit.kind,
                               superiors if is_root else ())


def _kind(session: Session, organ_id: int, target: Target) -> str:
    if target.unit_id is not None:
        unit = session.get_one(Unit, target.unit_id)
        organ = session.get_one(Unit, organ_id)
        if unit.parent_id is None:
            return "superior"
        return "subordinate" if unit.kind == "branch" and organ.parent_id is None else "internal"
    fact = session.get(Fact, "bureau")
    return "superior" if fact and target.name in fact.value.get("superiors", []) else "peer"
