"""The checks of a draft's elements (公文要素): 文种, 标题, 正文, 主送, 附件, 紧急程度, 公开属性, 密级.

Source: 《党政机关公文处理工作条例》第八条、第九条、第二十六条; 保密法; each rule's article stands with its wording in the data.
"""

import re
from collections.abc import Callable, Mapping

from .document_kinds import DocumentType
from .writing_checks import Asked, Hits, plain_lines, without_quotes
from .writing_draft import Draft


def known_type(draft: Draft, asked: Asked) -> Hits:
    """T1 文种须为条例所列, 部门能否使用."""
    found = asked.kinds.type(draft.doc_type)
    if found is None:
        yield "unknown", {"type": draft.doc_type or "空白", "count": len(asked.kinds.types)}
    elif found.limit:
        yield found.limit, {"type": found.name, "why": found.limit_why}


def fitting_direction(draft: Draft, asked: Asked) -> Hits:
    """T2 文种与行文方向相符."""
    found = asked.kinds.type(draft.doc_type)
    if found and draft.direction not in found.directions:
        names = asked.kinds.directions
        yield "direction", {"type": found.name, "direction": names.get(draft.direction, draft.direction),
                            "allowed": "或".join(names[item] for item in found.directions)}


def fitting_addressees(draft: Draft, asked: Asked) -> Hits:
    """T3 主送机关与行文方向相符."""
    allowed = asked.kinds.addressee_kinds.get(draft.direction)
    wrong = [item.name for item in draft.to() if allowed and item.kind not in allowed]
    if wrong:
        yield "kind", {"names": "、".join(wrong), "direction": asked.kinds.directions[draft.direction]}


def whole_title(draft: Draft, asked: Asked) -> Hits:
    """E1 标题由发文机关名称、事由和文种组成."""
    title = draft.title.strip()
    if not title:
        yield "empty", {}
        return
    if draft.organ.names and not any(name in title for name in draft.organ.names):
        yield "organ", {"organ": draft.organ.names[0]}
    bare = re.sub(r"[（(][^（()）]*[)）]$", "", title).rstrip()
    own = asked.kinds.type(draft.doc_type)
    if found := asked.find(bare):
        yield "mixed", {"found": found}
    elif own and not bare.endswith(own.endings):
        other = _ending_type(bare, asked.kinds.types)
        yield ("other", {"type": own.name, "other": other}) if other else ("type", {"type": own.name})


def written_body(draft: Draft, asked: Asked) -> Hits:
    """E2 正文不得空白."""
    if not draft.body.strip():
        yield "empty", {}


def main_addressee(draft: Draft, asked: Asked) -> Hits:
    """E3 主送机关."""
    found = asked.kinds.type(draft.doc_type)
    if found and found.needs_main and not draft.to():
        yield "missing", {"type": found.name}


def mentioned_attachments(draft: Draft, asked: Asked) -> Hits:
    """E4 正文提到的附件应当附上; quoted titles do not count."""
    body = plain_lines(without_quotes(draft.body))
    found = asked.find(body)
    if not found:
        return
    if not draft.attachments:
        yield "none", {"found": found}
        return
    numbered = [pattern for pattern in asked.patterns if "n" in pattern.groupindex]
    needed = max((int(hit["n"]) for pattern in numbered for hit in pattern.finditer(body)), default=0)
    if needed > len(draft.attachments):
        yield "fewer", {"needed": needed, "present": len(draft.attachments)}


def known_urgency(draft: Draft, asked: Asked) -> Hits:
    """E5 紧急程度."""
    if asked.kinds.urgency_grade(draft.urgency) is None:
        names = "、".join(item.name for item in asked.kinds.urgency)
        yield "unknown", {"urgency": draft.urgency, "allowed": names}


def named_contact(draft: Draft, asked: Asked) -> Hits:
    """E6 请示附注联系人和电话."""
    if draft.doc_type in asked.words and not draft.contact.strip() and not asked.find(draft.body):
        yield "missing", {"type": draft.doc_type}


def settled_openness(draft: Draft, asked: Asked) -> Hits:
    """O1 公开属性."""
    chosen = asked.kinds.openness_value(draft.openness)
    if not draft.openness:
        yield "missing", {"allowed": "、".join(item.name for item in asked.kinds.openness)}
        return
    if chosen is None:
        yield "unknown", {"openness": draft.openness, "allowed": "、".join(item.name for item in asked.kinds.openness)}
        return
    if chosen.needs_reason and not draft.openness_reason.strip():
        yield "reason", {"openness": chosen.name}
    closed = [item for item in dict.fromkeys(draft.carried_openness) if item not in asked.words]
    if chosen.name in asked.words and closed:
        yield "carried", {"openness": chosen.name, "names": "、".join(closed)}
    if draft.direction == "public" and chosen.name not in asked.words:
        yield "public", {"type": draft.doc_type, "openness": chosen.name}


def unclassified(draft: Draft, asked: Asked) -> Hits:
    """S1 非涉密系统不得处理国家秘密: a declared grade, or a mark of one in the text."""
    if draft.secrecy.strip() not in ("", *asked.words):
        yield "declared", {"secrecy": draft.secrecy.strip()}
        return
    for place, text in (("标题", draft.title), ("正文", draft.body), ("附件名称", "\n".join(draft.attachments))):
        if found := asked.find(text):
            yield "mark", {"place": place, "found": found}


def _ending_type(title: str, types: tuple[DocumentType, ...]) -> str:
    return next((item.name for item in types if title.endswith(item.endings)), "")


ELEMENT_CHECKS: Mapping[str, Callable[[Draft, Asked], Hits]] = {
    "T1": known_type, "T2": fitting_direction, "T3": fitting_addressees, "E1": whole_title, "E2": written_body,
    "E3": main_addressee, "E4": mentioned_attachments, "E5": known_urgency, "E6": named_contact,
    "O1": settled_openness, "S1": unclassified,
}
