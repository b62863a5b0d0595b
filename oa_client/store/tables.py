"""Tables of people, flows and documents (单位、账号、公文、待办、意见)."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, MetaData, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from .columns import BigId, Instant

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


_ISSUED = text("kind = 'send' AND number <> ''")


class Base(DeclarativeBase):
    """Every mapped table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant, dict[str, Any]: JSON, str: Text}


class Unit(Base):
    """A unit of the bureau (单位); the root is the bureau itself."""

    __tablename__ = "unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    key: Mapped[str] = mapped_column(String(40), unique=True)
    code: Mapped[str] = mapped_column(String(8))
    name: Mapped[str]
    short: Mapped[str]
    kind: Mapped[str] = mapped_column(String(20))
    number_codes: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class Account(Base):
    """An officer's account (账号). On PostgreSQL the server keeps the password, `password_hash` stays empty."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    post: Mapped[str] = mapped_column(default="")
    keys: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str] = mapped_column(default="", deferred=True)
    active: Mapped[bool] = mapped_column(default=True)
    must_change: Mapped[bool] = mapped_column(default=True)
    failed: Mapped[int] = mapped_column(default=0, deferred=True)
    locked_until: Mapped[datetime | None]
    closes_on: Mapped[date | None]
    password_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class RoleGrant(Base):
    """A role held within a unit (角色)."""

    __tablename__ = "role_grant"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    __table_args__ = (Index("ix_role_grant_role_unit_id", "role", "unit_id"),)


class FlowDefinition(Base):
    """A published flow (流程定义); never changed, only followed by a newer version."""

    __tablename__ = "flow_definition"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    body: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("key", "version", "unit_id"),)


class Document(Base):
    """A document (公文), incoming or outgoing, with what lists and the handling sheet show of it."""

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    flow_id: Mapped[int] = mapped_column(ForeignKey("flow_definition.id"))
    organ_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    drafter_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    source_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("document.id"))
    title: Mapped[str]
    doc_type: Mapped[str] = mapped_column(String(10), default="")
    urgency: Mapped[str] = mapped_column(String(4), default="平件")
    openness: Mapped[str] = mapped_column(String(10), default="")
    openness_reason: Mapped[str] = mapped_column(default="")
    from_organ: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(String(80), default="")
    doc_date: Mapped[date | None]
    received_on: Mapped[date | None]
    main_to: Mapped[str] = mapped_column(default="")
    copy_to: Mapped[str] = mapped_column(default="")
    nature: Mapped[str] = mapped_column(String(6), default="handle")
    copies: Mapped[int] = mapped_column(default=1)
    due_on: Mapped[date | None]
    body: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    memo: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(10), default="running")
    step: Mapped[str] = mapped_column(String(20), default="")
    where: Mapped[str] = mapped_column("where_now", default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("kind IN ('receive', 'send')", name="kind"),
        CheckConstraint("state IN ('running', 'filed', 'closed', 'returned', 'void')", name="state"),
        Index("ix_document_kind_state_id", "kind", "state", "id"),
        Index("ix_document_organ_id_id", "organ_id", "id"),
        Index("ix_document_number", "number"),
        Index("ix_document_drafter_id_id", "drafter_id", "id"),
        Index("uq_document_sent_number", "number", unique=True, sqlite_where=_ISSUED, postgresql_where=_ISSUED),
    )


class Addressee(Base):
    """A unit or outside organ that a document goes to (主送、抄送), and its receipt (签收)."""

    __tablename__ = "addressee"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    document_id: Mapped[int] = mapped_column(BigId, ForeignKey("document.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    main: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    copy_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("document.id"), index=True)
    received_at: Mapped[datetime | None]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Reader(Base):
    """Who may read a document: a principal such as person:7, clerk:3, leader:3 (知悉范围)."""

    __tablename__ = "reader"
    document_id: Mapped[int] = mapped_column(BigId, ForeignKey("document.id"), primary_key=True)
    principal: Mapped[str] = mapped_column(String(30), primary_key=True)
    __table_args__ = (Index("ix_reader_principal_document_id", "principal", "document_id"),)
