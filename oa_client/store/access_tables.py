"""Tables of what lets somebody act or read besides the flow: posts, delegations, shares, consents, earlier passwords."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .columns import BigId
from .tables import Base


class PasswordHistory(Base):
    """A password that an account had before (口令历史), as the database keeps it."""

    __tablename__ = "password_history"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    hash: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_password_history_account_id_id", "account_id", "id"),)


class Post(Base):
    """A leading post that a unit has (领导职数): one row for each; accounts are reconciled against them."""

    __tablename__ = "post"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    title: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    __table_args__ = (CheckConstraint("role IN ('chief', 'deputy')", name="role"),)


class Delegation(Base):
    """`to_id` may act on what is addressed to `from_id`, from the first day to the last (委托)."""

    __tablename__ = "delegation"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    __table_args__ = (CheckConstraint("from_id <> to_id", name="persons"), CheckConstraint("starts_on <= ends_on", name="days"))


class Share(Base):
    """A finished document lent to a person or a unit to read until a day (共享、借阅)."""

    __tablename__ = "share"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    document_id: Mapped[int] = mapped_column(BigId, ForeignKey("document.id"), index=True)
    principal: Mapped[str] = mapped_column(String(30))
    given_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    given_at: Mapped[datetime]
    ends_on: Mapped[date]
    reason: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    __table_args__ = (Index("ix_share_principal", "principal", "ends_on"),)


class Consent(Base):
    """What one administrator asks and another must agree to (双人复核): appointing, dismissing, a leader's new password."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    reason: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(String(10), default="")
    used_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("decision IN ('', 'agreed', 'refused', 'taken_back')", name="decision"),
        CheckConstraint("kind IN ('appoint', 'dismiss', 'reset')", name="kind"),
    )
