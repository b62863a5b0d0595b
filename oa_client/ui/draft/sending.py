"""What the buttons of the drafting window do: save, show the layout, send to review."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from oa_client.domain.errors import Conflict, Invalid, OaError
from oa_client.domain.flow import Command
from oa_client.domain.writing_rules import Finding, blocks
from oa_client.ui.draft.content import DraftContent
from oa_client.ui.draft.unsaved import DraftKeeper
from oa_client.ui.office import Office
from oa_client.ui.widgets import dialog
from oa_client.usecases import acting, drafting, issuing
from oa_client.usecases.acting import Seen
from oa_client.usecases.drafting import DraftSaved

READING = "附件还在读取，请稍候再试。"


class Sending(QObject):
    """`saved`, `sent` and `laid_out(PDF)` after success; `refused(OaError)`, `conflict(Conflict)`, `found(findings)` otherwise.

    `busy` while a write is under way.
    """

    saved = Signal()
    sent = Signal()
    laid_out = Signal(bytes)
    refused = Signal(object)
    conflict = Signal(object)
    found = Signal(tuple)

    def __init__(self, office: Office, content: DraftContent, keeper: DraftKeeper, owner: QWidget) -> None:
        super().__init__(owner)
        self._office, self._content, self._keeper, self._owner = office, content, keeper, owner
        self.busy = False

    def save(self, then: Callable[[DraftSaved], object] | None = None) -> None:
        """Save to the database (保存)."""
        if self.busy or not self._ready():
            return
        self.busy = True
        sent = self._content.values()
        self._office.jobs.write(self, drafting.save, self._office.desk, self._content.form(), doing="正在保存文稿",
                                then=lambda saved: self._was_saved(saved, sent, then), failed=self._refuse)

    def lay_out(self) -> None:
        """Save if needed, then make the issued layout (版式预览)."""
        if self._content.stored.document_id and not self._content.changed():
            self._make_layout()
        else:
            self.save(lambda _saved: self._make_layout())

    def submit(self) -> None:
        """Ask the writing rules, then save and send to review (送审核)."""
        if self.busy or not self._ready():
            return
        self.busy = True
        self._office.jobs.read(self, drafting.findings, self._office.desk, self._content.form(files=False), self._content.attachments.names(),
                               then=self._judge, failed=self._refuse, doing="正在检查文稿")

    def _ready(self) -> bool:
        pending = self._content.properties.pending()
        if pending:
            self.refused.emit(Invalid(pending))
        elif self._content.attachments.reading():
            self.refused.emit(Invalid({"attachments": READING}))
        return not pending and not self._content.attachments.reading()

    def _judge(self, found: tuple[Finding, ...]) -> None:
        self.busy = False
        self.found.emit(found)
        if blocks(found):
            return
        reason = self._ask(found) if found else ""
        if reason is not None:
            self.save(lambda saved: self._send(saved, reason))

    def _ask(self, found: tuple[Finding, ...]) -> str | None:
        """One field for the reason of all warnings; it goes on record with the draft."""
        detail = "\n".join(f"· {finding.sentence}" for finding in found)
        return dialog.ask_reason(self._owner, f"有 {len(found)} 项提示，请说明后送审核", detail, "送审核",
                                 hint="提示事项说明：已核实的情况和理由", text=self._content.stored.explain)

    def _send(self, saved: DraftSaved, reason: str) -> None:
        self.busy = True
        command = Command("submit", self._content.remark.text(), fields={"explain": reason} if reason else {})
        self._office.jobs.write(self, acting.act, self._office.desk, saved.task_id, command, Seen(saved.task_version, saved.version),
                                doing="正在送审核", then=self._was_sent, failed=self._refuse)

    def _was_saved(self, saved: DraftSaved, sent: dict[str, Any], then: Callable[[DraftSaved], object] | None) -> None:
        self.busy = False
        self._keeper.forget()
        self._content.was_saved(saved, sent)
        self._keeper.now()
        self.saved.emit()
        if then is not None:
            then(saved)

    def _was_sent(self, _document_id: int) -> None:
        self.busy = False
        self._keeper.forget()
        self.sent.emit()

    def _make_layout(self) -> None:
        self._office.jobs.read(self, issuing.official_files, self._office.desk, self._content.stored.document_id, "pdf", latest="layout",
                               then=self.laid_out.emit, failed=self._refuse, doing="正在生成版式")

    def _refuse(self, error: OaError) -> None:
        self.busy = False
        self._keeper.now()
        (self.conflict if isinstance(error, Conflict) else self.refused).emit(error)
