"""发文拟稿: write the text as it will look, say to whom it goes, and send it to review."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from oa_client.domain.errors import Conflict, Invalid, OaError
from oa_client.domain.writing_rules import Finding, blocks
from oa_client.ui import theme
from oa_client.ui.draft.comparing import Comparing
from oa_client.ui.draft.content import DraftContent
from oa_client.ui.draft.face import DraftFace
from oa_client.ui.draft.loading import Loaded, Unsaved, load
from oa_client.ui.draft.properties import FIELD_OF
from oa_client.ui.draft.sending import Sending
from oa_client.ui.draft.showing import FileWindow
from oa_client.ui.draft.unsaved import DraftKeeper
from oa_client.ui.intake.sizes import recall_size, remember_size
from oa_client.ui.office import Office
from oa_client.ui.widgets import toast
from oa_client.ui.widgets.empty import EmptyState
from oa_client.usecases import drafting
from oa_client.usecases.desk import local

FINDINGS_MS = 800
USUAL = (1320, 800)
KEPT = "未保存的文稿已保留在本机，再次打开时可以恢复。"
VERIFYING = "复核只作文字校核；确需作实质性修改的，修改后应当送原签发人复审。"
ARTICLE = "《党政机关公文处理工作条例》第二十五条第一项"


class DraftWindow(QWidget):
    """A draft being written, or corrected at 审核 and 复核. `document_id` 0 begins a new one."""

    def __init__(self, office: Office, document_id: int = 0) -> None:
        super().__init__()
        self._office = office
        self._unsaved: Unsaved | None = None
        self.setWindowTitle("发文拟稿")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.mark(self, "surface", "window")
        self._checking = QTimer(self, singleShot=True, interval=FINDINGS_MS)
        self.pages = QStackedWidget(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self.face = DraftFace(office, self.pages)
        self.waiting = EmptyState("正在打开文稿……", "draft", "关闭", self.close, self.pages)
        self.waiting.button.hide()
        for page in (self.waiting, self.face):
            self.pages.addWidget(page)
        self.content = DraftContent(self.face.paper, self.face.properties, self.face.remark)
        self.keeper = DraftKeeper(office.scratch, self.content)
        self.sending = Sending(office, self.content, self.keeper, self)
        self.comparing = Comparing(office, self.content, self)
        self._listen()
        recall_size(self, self.face.body, office.settings, "draft", USUAL, (9, 5))
        office.jobs.read(self, load, office.desk, office.scratch, document_id, then=self._show, failed=self._cannot, doing="正在打开文稿")

    def _show(self, loaded: Loaded) -> None:
        self.content.take(loaded)
        self.face.show_step(self.content.stored.step)
        self.pages.setCurrentWidget(self.face)
        if not loaded.organs:
            self.face.banner.say("本单位没有发文代字，不能拟稿。", "overdue", hint="请联系单位管理员办理发文立户后再拟稿。")
        elif self.content.stored.step == "verify":
            self.face.banner.say(VERIFYING, "neutral", hint=ARTICLE)
        if loaded.unsaved is not None and self.content.differs(loaded.unsaved):
            self._offer(loaded.unsaved)
        else:
            self.keeper.held = False
            self.face.paper.title.setFocus()
        self._tell_state()
        self._check()

    def _cannot(self, error: OaError) -> None:
        self.waiting.say(str(error), "warning")
        self.waiting.button.show()
        self.waiting.button.setFocus()

    def _offer(self, unsaved: Unsaved) -> None:
        """Let the officer choose; until then nothing can be typed, for it would be lost by either answer."""
        self._unsaved = unsaved
        kept, stored = f"{local(unsaved.saved_at):%m月%d日 %H:%M}", self.content.stored.saved_at
        saved = f"已保存的文稿为 {local(stored):%m月%d日 %H:%M} 所存。" if stored else "该文稿没有保存过。"
        self._lock(True)
        self.face.restore.say(f"本机有一份 {kept} 未保存的内容。", f"{saved}恢复后可继续修改；丢弃后不能找回。")

    def _restore(self) -> None:
        self._lock(False)
        self.keeper.held = False
        if self._unsaved is not None:
            self.content.restore(self._unsaved)
        self.face.paper.body.setFocus()

    def _discard(self) -> None:
        self._lock(False)
        self.keeper.held = False
        self.keeper.forget()
        self.face.paper.title.setFocus()

    def _lock(self, locked: bool) -> None:
        for part in (self.face.body, self.face.remark, self.face.layout_button, self.face.save, self.face.submit):
            part.setEnabled(not locked)

    def _edited(self) -> None:
        self._checking.start()
        self.face.state.setText("有改动未保存")

    def _check(self) -> None:
        self._checking.stop()
        form = self.content.form(files=False)
        self.face.say_after(self.face.properties.organs().get(form.organ_id, ""))
        self._tell_state()
        if form.organ_id and (form.document_id or self.content.changed()):
            self._office.jobs.read(self, drafting.findings, self._office.desk, form, self.content.attachments.names(), then=self.face.findings.say,
                                   latest="findings", failed=lambda _error: self.face.findings.cannot())

    def _tell_state(self) -> None:
        stored = self.content.stored.saved_at
        if not self.content.changed():
            self.face.state.setText(f"{local(stored):%m月%d日 %H:%M} 已保存" if stored else "")
        name = self.face.paper.title.toPlainText().strip()
        self.setWindowTitle(f"{name} — 发文拟稿" if name else "发文拟稿")

    def _found(self, found: tuple[Finding, ...]) -> None:
        self.face.findings.say(found)
        stopping = blocks(found)
        if stopping:
            self.face.banner.say(f"有 {len(stopping)} 项必须改正，暂不能送审核。", "overdue", hint="".join(item.sentence for item in stopping[:2]))
            self._go_to(stopping[0].field)

    def _go_to(self, field: str) -> None:
        """Put the cursor where a finding points."""
        key = FIELD_OF.get(field, field)
        places = {"title": self.face.paper.title, "body": self.face.paper.body}
        place = places.get(key) or self.face.properties.place(key) or self.face.paper.body
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _refused(self, error: OaError) -> None:
        if not isinstance(error, Invalid):
            self.face.banner.tell(error)
            return
        others = self.face.properties.show_errors({key: words for key, words in error.fields.items() if key != "title"})
        self.face.paper.say_wrong(error.fields.get("title", ""))
        if "title" in error.fields:
            self.face.paper.title.setFocus()
        if others:
            self.face.banner.say("".join(others), "overdue", hint=error.hint)

    def _conflict(self, error: Conflict) -> None:
        self.face.banner.tell(error, verb="打开最新稿对照", pressed=self.comparing.start)

    def _settled(self) -> None:
        """The officer chose one of two texts."""
        self.face.banner.hide()
        self.keeper.now()
        self._check()

    def _saved(self) -> None:
        self._office.now_shows(self, "draft", self.content.stored.document_id)
        self.face.banner.hide()
        self.face.paper.say_wrong("")
        self._tell_state()
        toast.notice(self, "文稿已保存。")

    def _listen(self) -> None:
        face, sending = self.face, self.sending
        self._checking.timeout.connect(self._check)
        self.content.edited.connect(self._edited)
        self.content.attachments.failed.connect(face.banner.tell)
        self.content.attachments.refused.connect(lambda sentence: face.banner.say(sentence, "neutral"))
        self.content.attachments.shown.connect(lambda name, data, text: FileWindow(self, "查看附件", name, data, text).open())
        sending.laid_out.connect(lambda data: FileWindow(self, "版式预览", f"{face.paper.title.toPlainText().strip()}.pdf", data).open())
        sending.saved.connect(self._saved)
        sending.sent.connect(self._leave)
        sending.refused.connect(self._refused)
        sending.conflict.connect(self._conflict)
        sending.found.connect(self._found)
        face.findings.asked.connect(self._go_to)
        face.restore.restored.connect(self._restore)
        face.restore.discarded.connect(self._discard)
        face.layout_button.clicked.connect(lambda: sending.lay_out())
        face.save.clicked.connect(lambda: sending.save())
        face.submit.clicked.connect(lambda: sending.submit())
        face.properties.submitted.connect(self._enter)
        self.comparing.settled.connect(self._settled)
        self.comparing.refused.connect(face.banner.tell)
        self.keeper.kept.connect(lambda: face.state.setText("有改动未保存，已保留在本机"))
        face.shut.clicked.connect(lambda: self.close())

    def _enter(self) -> None:
        """Ctrl+Enter in a field; a reviewer has nothing to send from here."""
        if self.face.submit.isVisible():
            self.face.submit.click()

    def _leave(self) -> None:
        self.keeper.held = True
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.content.changed() and not self.keeper.held:
            toast.notice(self, "有改动未保存。按 Ctrl+S 保存，或者直接关闭窗口，内容会保留在本机。")
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is unsaved is kept; while a write is under way the window stays, so that its result is known."""
        if self.sending.busy:
            toast.notice(self, "正在保存，请稍候再关闭。")
            event.ignore()
            return
        if self.keeper.now():
            self._office.jobs.notice.emit(KEPT)
        remember_size(self, self.face.body, self._office.settings, "draft")
        super().closeEvent(event)
