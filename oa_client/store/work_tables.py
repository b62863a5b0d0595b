"""Tables of work done: groups, tasks, opinions, attachments, filings (待办、意见、附件、归档)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .columns import BigId
from .tables import Base

_OPEN = text("state = 'open'")


class TaskGroup(Base):
    """One activation of a step. `pending` counts the seats still to answer; the join is its reaching zero."""

    __tablename__ = "task_group"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    document_id: Mapped[int] = mapped_column(BigId, ForeignKey("document.id"), index=True)
    step: Mapped[str] = mapped_column(String(20))
    pending: Mapped[int]
    opened_by_task: Mapped[int | None] = mapped_column(BigId)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    __table_args__ = (CheckConstraint("pending >= 0", name="pending"),)


class Task(Base):
    """A to-do (待办): one seat of a group. `holder` is a principal; `actor_id` who really acted."""

    __tablename__ = "task"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    document_id: Mapped[int] = mapped_column(BigId, ForeignKey("document.id"), index=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("task_group.id"), index=True)
    step: Mapped[str] = mapped_column(String(20))
    part: Mapped[str] = mapped_column(String(10), default="sole")
    box: Mapped[str] = mapped_column(String(6), default="todo")
    holder: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="open")
    action: Mapped[str] = mapped_column(String(20), default="")
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    from_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[date | None]
    urged: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("state IN ('open', 'done', 'cancelled')", name="state"),
        Index("ix_task_open", "holder", "box", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_task_actor_id_document_id", "actor_id", "document_id"),
    )


class Opinion(Base):
    """An opinion (意见), append-only, one for each to-do."""

    __tablename__ = "opinion"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    document_id: Mapped[int] = mapped_column(BigId, ForeignKey("document.id"), index=True)
    task_id: Mapped[int] = mapped_column(BigId, ForeignKey("task.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    step: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(20))
    text: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index("uq_opinion_task_id", "task_id", unique=True),)


class Blob(Base):
    """The bytes of a file, kept once under their SHA-256."""

    __tablename__ = "blob"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigId)


class BlobChunk(Base):
    """One piece of a blob."""

    __tablename__ = "blob_chunk"
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Attachment(Base):
    """A file of a document (附件); `role` is original (来文原件), attachment or issued (定稿)."""

    __tablename__ = "attachment"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    document_id: Mapped[int] = mapped_column(BigId, ForeignKey("document.id"), index=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(String(12))
    media: Mapped[str] = mapped_column(String(8))
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)
    size: Mapped[int] = mapped_column(BigId)
    pages: Mapped[int | None]
    text: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    added_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[datetime]


class ArchiveItem(Base):
    """A filed item (归档文件) with its reference (档号; DA/T 22-2015)."""

    __tablename__ = "archive_item"
    document_id: Mapped[int] = mapped_column(BigId, ForeignKey("document.id"), primary_key=True)
    fonds: Mapped[str] = mapped_column(String(4))
    category: Mapped[str] = mapped_column(String(2))
    year: Mapped[int]
    retention: Mapped[str] = mapped_column(String(3))
    unit_code: Mapped[str] = mapped_column(String(8))
    seq: Mapped[int]
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    pages: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    filed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    filed_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("fonds", "category", "year", "retention", "unit_code", "seq"),
        Index("ix_archive_item_year", "year", "document_id"),
    )


class Counter(Base):
    """The last number given in a sequence (顺序号). Taken within the transaction: no gap, no repeat."""

    __tablename__ = "counter"
    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
    last: Mapped[int]


class CalendarDay(Base):
    """A day off or a working weekend, from the yearly notice (放假安排)."""

    __tablename__ = "calendar_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(4))
    name: Mapped[str] = mapped_column(default="")


class Fact(Base):
    """A single fact of the database, such as its being a demonstration."""

    __tablename__ = "fact"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[dict[str, Any]]


class SearchText(Base):
    """The normalised text that search rechecks; the index itself differs by database."""

    __tablename__ = "search_text"
    document_id: Mapped[int] = mapped_column(BigId, ForeignKey("document.id"), primary_key=True)
    head: Mapped[str]
    text: Mapped[str]
    filters: Mapped[str] = mapped_column(default="")
