"""A draft as the writing rules see it (文稿): plain frozen values gathered by the use case."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Addressee:
    """Where a document goes. `main`: 主送, else 抄送.

    `kind`: superior (上级机关), subordinate (下级机关), peer (不相隶属或同级机关), government (下级党委、政府), internal
    (内设机构), person (上级机关负责人个人). `upper_department`: a superior that is 上级主管部门, not our own 党委、政府.
    `inside`: within our own organ, as the bureau is for its divisions (局内行文).
    """

    name: str
    kind: str
    main: bool = True
    upper_department: bool = False
    inside: bool = False


@dataclass(frozen=True)
class Organ:
    """The issuing organ (发文机关). `names` holds full and short names; `superiors` its direct superiors, two if 双重领导.

    `may_issue`: 已发文立户; `is_division`: 内设机构; `is_office`: 办公室; `level` names its rank (如 市级部门).
    """

    names: tuple[str, ...] = ()
    may_issue: bool = True
    is_division: bool = False
    is_office: bool = False
    level: str = ""
    superiors: tuple[str, ...] = ()


@dataclass(frozen=True)
class CoIssuer:
    """Another organ of a joint document (联合行文). `side`: party (党委系统) or government; `signed`: 其负责人已会签."""

    name: str
    level: str = ""
    side: str = "government"
    signed: bool = False


@dataclass(frozen=True)
class Signature:
    """How the document was signed (签发): name and full date; an opinion is not needed, 圈阅 counts as consent."""

    name: str = ""
    signed_on: date | None = None
    opinion: str = ""


@dataclass(frozen=True)
class Draft:
    """Everything the rules ask about. Only type, title and body are needed; the rest has the harmless value.

    `direction`: up, down, level, public, or '' for what is usual for the type. `stage`: draft (送审), review (审核), sign
    (签发), issue (登记编号); a rule is asked from its own stage on. `request_confirmed`: someone confirmed that a
    non-请示 carries a request. `relayed_request`: text of a subordinate's 请示 passed up, None if this is no relay.
    `skipped_organs`: levels passed over. `major`: 重大事项; `important`: 重要行文. `consent`: 经本级党委、政府同意或授权.
    `touches_other_units`: 涉及其他部门职权; `consulted`: 征求意见有据; `countersign_done`: 会签一致.
    `carried_openness`: 公开属性 of documents forwarded or attached. `assigned`: 上级机关负责人直接交办.
    """

    doc_type: str
    title: str
    body: str
    direction: str = ""
    stage: str = "draft"
    organ: Organ = Organ()
    addressees: tuple[Addressee, ...] = ()
    attachments: tuple[str, ...] = ()
    secrecy: str = ""
    urgency: str = ""
    openness: str = ""
    openness_reason: str = ""
    carried_openness: tuple[str, ...] = ()
    contact: str = ""
    matters: int = 1
    request_confirmed: bool = False
    relayed_request: str | None = None
    tendency_opinion: str = ""
    skipped_organs: tuple[str, ...] = ()
    major: bool = False
    important: bool = False
    consent: bool = False
    assigned: bool = False
    in_leaders_name: bool = False
    touches_other_units: bool = False
    consulted: bool = False
    countersign_done: bool = False
    co_issuers: tuple[CoIssuer, ...] = ()
    office_reviewed: bool = False
    signer_is_chief: bool = False
    signature: Signature = Signature()

    def to(self, *kinds: str) -> tuple[Addressee, ...]:
        """Main addressees (主送) of these kinds, all kinds if none is named."""
        return tuple(item for item in self.addressees if item.main and (not kinds or item.kind in kinds))

    def copied(self, *kinds: str) -> tuple[Addressee, ...]:
        """Addressees of copies (抄送) of these kinds, all kinds if none is named."""
        return tuple(item for item in self.addressees if not item.main and (not kinds or item.kind in kinds))

    def reaches(self, name: str) -> bool:
        """Whether the organ is among all addressees."""
        return any(item.name == name for item in self.addressees)

    def is_internal(self) -> bool:
        """Whether the paper stays inside the organ: it has addressees and all are its own divisions."""
        return bool(self.addressees) and all(item.inside or item.kind == "internal" for item in self.addressees)
