"""The checks of 行文规则 R1 to R21: each yields the cases that hold, with the words its sentence needs.

Source: 《党政机关公文处理工作条例》第十四条至第二十二条、第三十七条; each rule's article stands with its wording in the data.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from .document_kinds import DocumentKinds
from .writing_draft import Addressee, Draft

Hits = Iterator[tuple[str, Mapping[str, object]]]


@dataclass(frozen=True)
class Asked:
    """What a check may ask besides the draft: the choices of documents, and the rule's own patterns and words.

    Patterns see text as `plain_lines` gives it and must not backtrack over unbounded spans: bodies are long and pasted.
    """

    kinds: DocumentKinds
    patterns: tuple[re.Pattern[str], ...] = ()
    words: tuple[str, ...] = ()

    def find(self, text: str) -> str:
        """The first text that one of the rule's patterns finds, '' if none does."""
        lines = plain_lines(text)
        return next((found[0].strip() for pattern in self.patterns if (found := pattern.search(lines))), "")


def plain_lines(text: str) -> str:
    """The text without blank lines, with every run of spaces inside a line (full-width ones too) as one space."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def without_quotes(text: str) -> str:
    """The text without quoted titles (《…》), whose words are not the draft's own."""
    return re.sub(r"《[^《》]*》", "", text)


def skipped_level(draft: Draft, asked: Asked) -> Hits:
    """R1 越级行文."""
    copied = [name for name in draft.skipped_organs if draft.reaches(name)]
    missing = [name for name in draft.skipped_organs if not draft.reaches(name)]
    if missing:
        yield "not_copied", {"names": _list(missing)}
    elif copied:
        yield "copied", {"names": _list(copied)}


def one_superior(draft: Draft, asked: Asked) -> Hits:
    """R2 原则上主送一个上级机关."""
    names = _names(draft.to("superior"))
    if draft.direction == "up" and len(names) > 1:
        yield ("request" if draft.doc_type in asked.words else "other"), {"names": _list(names), "count": len(names)}


def no_subordinate_copy(draft: Draft, asked: Asked) -> Hits:
    """R3 上行文不抄送下级机关."""
    names = _names(draft.copied("subordinate", "government"))
    if draft.direction == "up" and names:
        yield "copied", {"names": _list(names)}


def one_matter(draft: Draft, asked: Asked) -> Hits:
    """R4 请示一文一事."""
    if draft.doc_type not in asked.words:
        return
    if draft.matters > 1:
        yield "declared", {"count": draft.matters}
        return
    listed, heading = asked.patterns
    body = plain_lines(draft.body)
    headings = [hit[0] for hit in heading.finditer(body)]
    if counted := listed.search(body):
        yield "text", {"found": counted[0]}
    elif len(headings) > 1:
        yield "text", {"found": "；".join(headings[:2])}


def no_carried_request(draft: Draft, asked: Asked) -> Hits:
    """R5 非请示性公文不夹带请示事项; quoted titles do not count."""
    if draft.doc_type in asked.words:
        return
    found = asked.find(without_quotes(draft.body))
    if draft.request_confirmed:
        yield "confirmed", {"type": draft.doc_type}
    elif found:
        yield "text", {"type": draft.doc_type, "found": found}


def not_to_person(draft: Draft, asked: Asked) -> Hits:
    """R6 不得向上级机关负责人报送，不得以本机关负责人名义向上级机关报送."""
    persons = _names(draft.to("person") + draft.copied("person"))
    if persons and not draft.assigned:
        yield "person", {"names": _list(persons)}
    if draft.in_leaders_name and (draft.to("superior") or draft.copied("superior")) and not draft.assigned:
        yield "leader", {}


def own_opinion(draft: Draft, asked: Asked) -> Hits:
    """R7 转报下级请示须提出倾向性意见，不得原文转报."""
    if draft.relayed_request is None or draft.direction != "up":
        return
    if not draft.tendency_opinion.strip():
        yield "missing", {}
    if draft.relayed_request.strip() and _bare(draft.body) == _bare(draft.relayed_request):
        yield "verbatim", {}


def consent_for_major(draft: Draft, asked: Asked) -> Hits:
    """R8 向上级主管部门请示、报告重大事项."""
    names = [item.name for item in draft.to("superior") if item.upper_department]
    if draft.direction == "up" and draft.major and names and not draft.consent:
        yield "missing", {"names": _list(names)}


def both_superiors(draft: Draft, asked: Asked) -> Hits:
    """R9 双重领导机关向一个上级行文，必要时抄送另一个."""
    if draft.direction != "up" or len(draft.organ.superiors) < 2:
        return
    missing = [name for name in draft.organ.superiors if not draft.reaches(name)]
    if missing and len(missing) < len(draft.organ.superiors):
        yield "missing", {"names": _list(missing)}


def copy_to_superior(draft: Draft, asked: Asked) -> Hits:
    """R10 重要下行文抄送直接上级机关."""
    superiors = draft.organ.superiors
    if draft.direction == "down" and draft.important and superiors and not any(map(draft.reaches, superiors)):
        yield "missing", {"names": "或".join(superiors)}


def no_orders_to_government(draft: Draft, asked: Asked) -> Hits:
    """R11 部门不得向下级党委、政府发指令；经政府同意的须注明."""
    names = _names(draft.to("government") + draft.copied("government"))
    if draft.direction != "down" or not names:
        return
    if not draft.consent:
        yield "order", {"names": _list(names)}
    elif not asked.find(draft.body):
        yield "unsaid", {"names": _list(names)}


def agreed_before_down(draft: Draft, asked: Asked) -> Hits:
    """R13 部门之间未协商一致不得向下行文."""
    if draft.direction == "down" and draft.touches_other_units and not draft.countersign_done:
        yield "open", {}


def joint_equals(draft: Draft, asked: Asked) -> Hits:
    """R14 联合行文限于同级机关；党委、政府各自职权内的工作不联合."""
    own = draft.organ.level
    unequal = [item.name for item in draft.co_issuers if own and item.level and item.level != own]
    if unequal:
        yield "level", {"names": _list(unequal)}
    party = [item.name for item in draft.co_issuers if item.side == "party"]
    if party:
        yield "sides", {"names": _list(party)}


def divisions_stay_inside(draft: Draft, asked: Asked) -> Hits:
    """R15 内设机构除办公室外不得对外正式行文."""
    outside = draft.direction == "public" or any(item.kind != "internal" and not item.inside for item in draft.addressees)
    if draft.organ.is_division and not draft.organ.is_office and outside:
        yield "outside", {"organ": _organ(draft)}


def organ_may_issue(draft: Draft, asked: Asked) -> Hits:
    """R16 发文立户."""
    if not draft.organ.may_issue and not draft.is_internal():
        yield "missing", {"organ": _organ(draft)}


def reviewed_by_office(draft: Draft, asked: Asked) -> Hits:
    """R17 签发前由办公室审核."""
    if not draft.office_reviewed:
        yield "missing", {}


def chief_signs(draft: Draft, asked: Asked) -> Hits:
    """R18 重要公文和上行文由主要负责人签发."""
    if not draft.signer_is_chief and (draft.direction == "up" or draft.important):
        yield "up" if draft.direction == "up" else "important", {}


def signature_complete(draft: Draft, asked: Asked) -> Hits:
    """R19 签署姓名和完整日期；圈阅视为同意."""
    if not draft.signature.name.strip():
        yield "name", {}
    elif draft.signature.signed_on is None:
        yield "date", {"name": draft.signature.name}


def all_countersign(draft: Draft, asked: Asked) -> Hits:
    """R20 联合发文由所有联署机关负责人会签."""
    missing = [item.name for item in draft.co_issuers if not item.signed]
    if missing:
        yield "missing", {"names": _list(missing)}


def consulted_others(draft: Draft, asked: Asked) -> Hits:
    """R21 涉及其他部门职权须征求意见."""
    if draft.touches_other_units and not (draft.consulted or draft.countersign_done):
        yield "missing", {}


def _list(names: Iterable[str]) -> str:
    return "、".join(names)


def _names(addressees: Iterable[Addressee]) -> list[str]:
    return [item.name for item in addressees]


def _organ(draft: Draft) -> str:
    return draft.organ.names[0] if draft.organ.names else "本单位"


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


RELATION_CHECKS: Mapping[str, Callable[[Draft, Asked], Hits]] = {
    "R1": skipped_level, "R2": one_superior, "R3": no_subordinate_copy, "R4": one_matter, "R5": no_carried_request,
    "R6": not_to_person, "R7": own_opinion, "R8": consent_for_major, "R9": both_superiors, "R10": copy_to_superior,
    "R11": no_orders_to_government, "R13": agreed_before_down, "R14": joint_equals, "R15": divisions_stay_inside,
    "R16": organ_may_issue, "R17": reviewed_by_office, "R18": chief_signs, "R19": signature_complete,
    "R20": all_countersign, "R21": consulted_others,
}
