"""Tables of the audit (审计留痕): what happened, and the hash chain that holds each stream of events together."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .columns import BigId
from .tables import Base


class Event(Base):
    """What happened, when, by whom, from where (留痕), append-only. `detail` is JSON text; `stream` the chain it belongs to."""

    __tablename__ = "audit_event"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    stream: Mapped[str] = mapped_column(String(24))
    document_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("document.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("task.id"))
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    login: Mapped[str] = mapped_column(default="")
    terminal: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(String(30))
    result: Mapped[str] = mapped_column(String(8), default="done")
    detail: Mapped[str] = mapped_column(default="{}")
    __table_args__ = (Index("ix_audit_event_account_id_id", "account_id", "id"), Index("ix_audit_event_action_id", "action", "id"))


class Link(Base):
    """The link of one event in the chain of its stream: `hash` is over the event and `prev`. `era` orders commits (see `chain`)."""

    __tablename__ = "audit_link"
    event_id: Mapped[int] = mapped_column(BigId, ForeignKey("audit_event.id"), primary_key=True)
    stream: Mapped[str] = mapped_column(String(24))
    seq: Mapped[int]
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    era: Mapped[int] = mapped_column(BigId)
    __table_args__ = (UniqueConstraint("stream", "seq"),)


class Head(Base):
    """The newest link of each stream."""

    __tablename__ = "audit_head"
    stream: Mapped[str] = mapped_column(String(24), primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
