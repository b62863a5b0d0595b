"""Sharing across units (共享、借阅): a finished document lent to persons or units to read until a day, logged and revocable."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain.actor import ADMIN_ROLES, split
from ..domain.errors import Conflict, Invalid, NotFound, Refused
from ..domain.permissions import may_end_share, may_share
from ..store.access_tables import Share
from ..store.guard import guarded
from ..store.tables import Account, Document, Reader, RoleGrant, Unit
from ..store.winning import met
from .desk import Desk, Outcome
from .directory import labels
from .limits import LINE, too_long
from .noting import note
from .papers import clean, find, is_guest, name_of
from .rules import access
from .views import ShareRow

GUEST = "借阅的公文只能阅看，不能再共享、导出或带出。"
TOPICS = frozenset({"document", "lent", "library"})


def longest(desk: Desk) -> date:
    """The last day to which something may be shared from today."""
    return desk.today() + timedelta(days=access()["share_days"])


def share(desk: Desk, document_id: int, principals: Sequence[str], until: date, reason: str) -> Outcome[int]:
    """Let persons and units read a finished document until a day. Refused or Invalid says why not."""
    reason = clean(reason).strip()
    with desk.unit() as session:
        document = find(session, desk, document_id)
        refusal = refusal_of(session, desk, document)
        if refusal:
            raise Refused(refusal)
        wanted = _wanted(session, desk, document, principals, until, reason)
        words = labels(session, set(wanted))
        for principal in wanted:
            session.add(Share(document_id=document.id, principal=principal, given_by=desk.actor.id, given_at=desk.clock(), ends_on=until, reason=reason))
            note(session, desk, document.id, "share", to=words[principal], until=until.isoformat(), reason=reason)
        session.flush()
        said = "、".join(_called(words[principal]) for principal in wanted)
        return Outcome(document.id, TOPICS, f"已共享给{said}，至 {until:%Y-%m-%d}。")


def end(desk: Desk, share_id: int) -> Outcome[int]:
    """Take a share back; it ends at once."""
    with desk.unit() as session:
        row = session.get(Share, share_id)
        if row is None:
            raise NotFound("没有找到这项共享。")
        document = find(session, desk, row.document_id)
        if not may_end_share(desk.actor, row.given_by, document.organ_id):
            raise Refused("这项共享不能由您收回。", "共享人、本机关领导和档案员可以收回。")
        ended = met(session, update(Share).where(Share.id == row.id, Share.ended_at.is_(None)).values(
            {"ended_at": desk.clock()} if guarded(session) else {"ended_at": desk.clock(), "ended_by": desk.actor.id}))
        if ended != 1:
            raise Conflict("这项共享已经收回。", "请刷新后查看。")
        to = labels(session, {row.principal})[row.principal]
        note(session, desk, document.id, "share_end", to=to)
        return Outcome(document.id, TOPICS, f"已收回对{_called(to)}的共享。")


def loan(session: Session, desk: Desk, document: Document) -> tuple[date | None, str]:
    """Until when the document is lent to the officer at the desk, and who lent it."""
    row = session.scalar(select(Share).where(Share.document_id == document.id, Share.principal.in_(desk.actor.principals), Share.ended_at.is_(None),
                                             Share.ends_on >= desk.today()).order_by(Share.ends_on.desc(), Share.id.desc()).limit(1))
    return (row.ends_on, name_of(session, row.given_by)) if row else (None, "")


def refusal_of(session: Session, desk: Desk, document: Document) -> str:
    """Why this officer may not share the document; empty when it may be shared."""
    return may_share(desk.actor, frozenset() if is_guest(session, desk, document) else desk.actor.principals, document.state)


def shares_of(session: Session, desk: Desk, document: Document) -> tuple[ShareRow, ...]:
    """The shares of a document that this officer may see, the newest first."""
    rows = session.scalars(select(Share).where(Share.document_id == document.id).order_by(Share.id.desc())).all()
    words = labels(session, {row.principal for row in rows})
    return tuple(ShareRow(row.id, _called(words[row.principal]), name_of(session, row.given_by), row.given_at, row.ends_on, row.reason,
                          row.ended_at is None and row.ends_on >= desk.today(),
                          row.ended_at is None and may_end_share(desk.actor, row.given_by, document.organ_id)) for row in rows)


def _wanted(session: Session, desk: Desk, document: Document, principals: Sequence[str], until: date, reason: str) -> list[str]:
    wrong = too_long({"reason": ("理由", reason, LINE)})
    if not reason:
        wrong["reason"] = "请写明共享的理由。"
    if not desk.today() <= until <= longest(desk):
        wrong["until"] = f"共享期限应在今天至 {longest(desk):%Y-%m-%d} 之间。"
    wanted = list(dict.fromkeys(principals))
    if not wanted or len(wanted) > 50:
        wrong["to"] = "请选择共享给谁，一次不超过 50 个。"
    if wrong:
        raise Invalid(wrong)
    for principal in wanted:
        problem = _nobody(session, document, principal)
        if problem:
            raise Invalid({"to": problem})
    return wanted


def _nobody(session: Session, document: Document, principal: str) -> str:
    """Why somebody cannot be shared with: gone, an administrator of the system, or reading it already."""
    kind, number = split(principal)
    if kind == "unit":
        return "" if session.get(Unit, number) else "所选单位已不在名录中。"
    account = session.get(Account, number) if kind == "person" else None
    guardian = session.scalar(select(RoleGrant.role).where(RoleGrant.account_id == number, RoleGrant.role.in_(ADMIN_ROLES)).limit(1))
    if account is None or not account.active or guardian:
        return "所选人员不能作为共享对象，请另选。"
    own = guarded(session) or session.get(Reader, (document.id, principal)) is None
    return "" if own else f"{account.name}办理过本件，本来就能看到。"


def _called(label: str) -> str:
    """A unit is called by its name alone."""
    return label.removesuffix("全体人员")
