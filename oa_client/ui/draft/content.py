"""The draft on the screen, as a form for the use cases and as plain values that can be kept and compared."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from oa_client.ui.draft.attachments import DraftAttachments
from oa_client.ui.draft.loading import Loaded, Unsaved
from oa_client.ui.draft.paper import DraftPaper
from oa_client.ui.draft.properties import DraftProperties
from oa_client.usecases.drafting import DraftForm, DraftOpened, DraftSaved
from oa_client.usecases.writing import Target


@dataclass
class Stored:
    """What is known of the draft in the database; `document_id` 0 is one that was never saved."""

    document_id: int = 0
    version: int = 0
    step: str = "draft"
    explain: str = ""
    saved_at: datetime | None = None
    form: DraftForm = field(default_factory=DraftForm)


class DraftContent(QObject):
    """Brings paper, properties and remark together; `edited` at every change."""

    edited = Signal()

    def __init__(self, paper: DraftPaper, properties: DraftProperties, remark: QLineEdit) -> None:
        super().__init__(paper)
        self.paper, self.properties, self.remark = paper, properties, remark
        self.stored = Stored()
        self._base: dict[str, Any] = {}
        paper.edited.connect(lambda _key: self.edited.emit())
        properties.edited.connect(lambda _key: self.edited.emit())
        remark.textChanged.connect(lambda _words: self.edited.emit())
        for receivers in (properties.main_to, properties.copy_to):
            receivers.input.textEdited.connect(lambda _words: self.edited.emit())

    @property
    def attachments(self) -> DraftAttachments:
        """The list of files."""
        return self.properties.attachments

    def take(self, loaded: Loaded) -> None:
        """Show the saved draft, or an empty one."""
        self.properties.take(loaded)
        self.show_opened(loaded.opened, loaded.organs[0][0] if loaded.organs else 0)

    def show_opened(self, opened: DraftOpened | None, organ_id: int = 0) -> None:
        """Show a draft as it is in the database; what was on the screen gives way."""
        if opened is not None:
            self.stored = Stored(opened.form.document_id, opened.form.version, opened.step, opened.explain, opened.saved_at, opened.form)
        form = opened.form if opened else DraftForm(organ_id=organ_id)
        self.attachments.set_saved(opened.attachments if opened else ())
        self._show(form)
        self._base = self.values()

    def form(self, files: bool = True) -> DraftForm:
        """The draft for the use cases; without `files` the added ones are left out, as the writing rules need no bytes."""
        return DraftForm(
            document_id=self.stored.document_id, version=self.stored.version, title=self.paper.title.toPlainText(), body=self.paper.body.text(),
            due_on=self.stored.form.due_on, kept=self.attachments.kept(), files=self.attachments.added() if files else (),
            **self.properties.form_values())

    def values(self) -> dict[str, Any]:
        """Everything typed, chosen and added, as plain values."""
        form = self.form(files=False)
        files = [{"digest": digest, "name": file.name} for digest, file in zip(self.attachments.digests(), self.attachments.added(), strict=True)]
        kept = {key: getattr(form, key) for key in ("organ_id", "doc_type", "title", "body", "urgency", "openness")}
        return {**kept, "openness_reason": self.properties.values()["openness_reason"], "kept": list(form.kept), "files": files,
                "targets": [[target.name, target.unit_id, target.main] for target in form.targets], "remark": self.remark.text(),
                "typed": [self.properties.main_to.pending(), self.properties.copy_to.pending()]}

    def changed(self) -> bool:
        """Whether anything differs from what is saved."""
        return self.values() != self._base

    def differs(self, unsaved: Unsaved) -> bool:
        """Whether what was kept says anything else than the saved draft."""
        return {key: unsaved.content.get(key) for key in self._base} != self._base

    def restore(self, unsaved: Unsaved) -> None:
        """Put back what was kept; it was based on the version of that time, so a newer one in the database is not overwritten."""
        kept = unsaved.content
        plain = {key: kept[key] for key in ("organ_id", "doc_type", "title", "body", "urgency", "openness", "openness_reason")}
        self._show(DraftForm(**plain, targets=tuple(Target(*item) for item in kept["targets"])))
        self.attachments.restore(kept["kept"], unsaved.files)
        self.remark.setText(kept["remark"])
        for receivers, words in zip((self.properties.main_to, self.properties.copy_to), kept["typed"], strict=True):
            receivers.input.setText(words)
        self.stored.version = kept["version"]

    def was_saved(self, saved: DraftSaved, sent: dict[str, Any]) -> None:
        """Note what was saved; what was typed meanwhile stays and is still unsaved."""
        self.stored = replace(self.stored, document_id=saved.document_id, version=saved.version, saved_at=saved.saved_at)
        sent_files = {item["digest"] for item in sent["files"]}
        self.attachments.set_saved(saved.attachments, [digest for digest in self.attachments.digests() if digest not in sent_files])
        self.properties.fix_organ()
        self._base = {**sent, "kept": list(self.attachments.kept()), "files": []}

    def go_on_with_mine(self, latest: DraftOpened) -> None:
        """After a conflict: keep the own text, on top of the newest version; files that others added stay."""
        removed = set(self._base["kept"]) - set(self.attachments.kept())
        self.stored.version = latest.form.version
        self.attachments.set_saved([row for row in latest.attachments if row.id not in removed], self.attachments.digests())

    def _show(self, form: DraftForm) -> None:
        self.paper.show_text(form.title, form.body)
        self.properties.show_form(form)
        self.edited.emit()
