"""The plain values that screens and the command line hold (界面取值). Rows never leave the use cases."""

from dataclasses import dataclass, field
from datetime import date, datetime

from ..domain.calendar import DeadlineWords
from ..domain.flow import Choice
from ..render.sheet import Sheet


@dataclass(frozen=True)
class DocumentRow:
    """A line of a list. `task_id` is set where the line is a to-do of the reader, `draft` where it is the reader's own
    draft to go on writing; `year` is the archive year of a filed one (归档年度)."""

    id: int
    kind: str
    title: str
    number: str
    organ: str
    doc_type: str
    urgency: str
    where: str
    state: str
    due: DeadlineWords
    at: datetime
    task_id: int | None = None
    unread: bool = False
    urged: int = 0
    reference: str = ""
    key: int = 0
    draft: bool = False
    year: int | None = None


@dataclass(frozen=True)
class ListFilter:
    """What a list is narrowed to. Empty values narrow nothing."""

    text: str = ""
    urgency: frozenset[str] = frozenset()
    state: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class ListPage:
    """A page of a list; `after` is the key to ask for the next page, None at the end; `total` counts all pages."""

    rows: tuple[DocumentRow, ...]
    after: tuple[int, ...] | None
    total: int


@dataclass(frozen=True)
class AttachmentRow:
    """A file of a document."""

    id: int
    name: str
    role: str
    media: str
    size: int
    pages: int | None


@dataclass(frozen=True)
class TimelineEntry:
    """Who did what, when, with which words (办理过程)."""

    at: datetime
    name: str
    unit: str
    post: str
    step: str
    action: str
    words: str
    opinion: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class Waiting:
    """An open to-do of a document: where it lies, since when, whether it was opened (当前办理人)."""

    task_id: int
    step: str
    holder: str
    part: str
    since: datetime
    seen: bool
    may_urge: bool


@dataclass(frozen=True)
class MyTask:
    """The reader's own to-do on a document, with its buttons. `seen` goes back with the act; `on_behalf` names for whom the reader stands in (代办)."""

    id: int
    version: int
    step: str
    step_title: str
    part: str
    edit: bool
    choices: tuple[Choice, ...]
    on_behalf: str = ""


@dataclass(frozen=True)
class AddresseeRow:
    """A receiver of an issued document and its receipt."""

    name: str
    main: bool
    unit_id: int | None
    sent_at: datetime | None
    received_at: datetime | None
    received_by: str


@dataclass(frozen=True)
class Related:
    """Another document that belongs to this one (关联公文)."""

    id: int
    title: str
    relation: str


@dataclass(frozen=True)
class ShareRow:
    """A share as the document window shows it; `may_end` whether this officer may take it back."""

    id: int
    to: str
    by: str
    at: datetime
    until: date
    reason: str
    active: bool
    may_end: bool


@dataclass(frozen=True)
class DocumentView:
    """Everything that the document window shows. A guest (共享、借阅) has a `watermark` and sees neither handling nor opinions;
    `share_refusal` says why the reader may not share it."""

    id: int
    kind: str
    title: str
    number: str
    organ_id: int
    urgency: str
    openness: str
    state: str
    where: str
    due: DeadlineWords
    version: int
    body: str
    upward: bool
    number_codes: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    attachments: tuple[AttachmentRow, ...]
    timeline: tuple[TimelineEntry, ...]
    tasks: tuple[MyTask, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    addressees: tuple[AddresseeRow, ...] = ()
    related: tuple[Related, ...] = ()
    may_withdraw: bool = False
    reference: str = ""
    watermark: str = ""
    lent_until: date | None = None
    lent_by: str = ""
    share_refusal: str = "　"
    shares: tuple[ShareRow, ...] = ()
    sheet: Sheet = field(default_factory=Sheet)
