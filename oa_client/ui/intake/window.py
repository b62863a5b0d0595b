"""收文登记: drop a paper, check what was read out of it, register it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from oa_client.domain.errors import Invalid, OaError
from oa_client.ui import theme
from oa_client.ui.intake.cards import card, line_of, scrolled
from oa_client.ui.intake.duplicates_bar import DuplicatesBar
from oa_client.ui.intake.fields import IntakeFields
from oa_client.ui.intake.files_pane import FilesPane
from oa_client.ui.intake.paper import Paper
from oa_client.ui.intake.paper_pile import PaperPile
from oa_client.ui.intake.sizes import recall_size, remember_size
from oa_client.ui.intake.unsaved import Keeper, Unsaved, load
from oa_client.ui.office import Office
from oa_client.ui.widgets import toast
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label, title
from oa_client.usecases import intake
from oa_client.usecases.desk import local

LOOK_UP_MS = 400
USUAL = (1320, 800)
KEPT = "未登记的内容已保留在本机，再次打开收文登记即可继续。"


class IntakeWindow(QWidget):
    """One registration after another. What is typed or dropped is on this PC's disk within half a second."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self._writing = office, False
        self.setWindowTitle("收文登记")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.mark(self, "surface", "window")
        self.pile = PaperPile(office, self)
        self._look_up_timer = QTimer(self, singleShot=True, interval=LOOK_UP_MS)
        self._lay_out()
        self.keeper = Keeper(office.scratch, self.fields, self.pile, self.duplicates)
        self._listen()
        recall_size(self, self.body, office.settings, "intake", USUAL, (9, 5))
        self.files.setFocus()
        office.jobs.read(self, intake.organs, office.desk, then=self._take_organs)
        office.jobs.read(self, load, office.scratch, then=self._offer_kept, busy=self.body)

    def register(self, go_on: bool = False) -> None:
        """Register what stands in the window; with `go_on` the window is empty for the next paper afterwards."""
        if not self.register_one.isEnabled():
            return
        form = self.fields.form(self.pile.files(), self.duplicates.known.isChecked())
        busy = (self.body, self.register_one, self.register_next)
        self._writing = True
        self._office.jobs.write(self, intake.register, self._office.desk, form, doing="正在登记", busy=busy,
                                then=lambda _id: self._registered(form.title, go_on), failed=self._refused)

    def clear(self) -> None:
        """Begin anew; what stood here can be brought back for some seconds."""
        old = self.fields.snapshot(), [(file.name, file.role, file.data) for file in self.pile.files()]
        self._empty()
        toast.notice(self, "已清空。", "撤销", lambda: self._put_back(*old))

    def _registered(self, words: str, go_on: bool) -> None:
        self._writing = False
        self._empty()
        if go_on:
            toast.notice(self, f"已登记「{words}」，转初审。")
        else:
            self.close()

    def _empty(self) -> None:
        self.pile.clear()
        self.fields.reset()
        self.duplicates.say(())
        self.banner.hide()
        self.keeper.forget()
        self._look_up_timer.stop()
        self._allow()
        self.files.setFocus()

    def _put_back(self, fields: dict, papers: list[tuple[str, str, bytes]]) -> None:
        self.fields.restore(fields)
        self.pile.restore(papers)
        self.keeper.soon()
        self._look_up()

    def _refused(self, error: OaError) -> None:
        self._writing = False
        if not isinstance(error, Invalid):
            self.banner.tell(error)
            return
        others = self.fields.show_errors(error.fields)
        if others:
            self.banner.say("".join(others), "overdue", hint=error.hint)
        if "number" in error.fields:
            self._look_up()

    def _take_organs(self, organs: tuple[tuple[int, str], ...]) -> None:
        self.fields.set_organs(organs)
        if len(organs) == 1:
            self.registrar.setText(f"登记人 {self._office.desk.actor.name} · {organs[0][1]}")
        elif not organs:
            self.banner.say("您不是收发员，不能登记来文。", "overdue", hint="如确需登记，请联系本单位管理员授予收发员角色。")

    def _offer_kept(self, kept: Unsaved | None) -> None:
        self.files.setFocus()
        if kept is None:
            return
        self._put_back(kept.fields, list(kept.papers))
        self.duplicates.known.setChecked(kept.repeat_known)
        self.banner.say(f"已恢复上次未登记的内容（{local(kept.saved_at):%m月%d日 %H:%M} 保留）。", verb="清空重来", pressed=self.clear)

    def _offered(self, paper: Paper) -> None:
        assert paper.read is not None
        reading = paper.read.inspection.reading
        self.fields.offer(reading)
        if not self.fields.isAncestorOf(self.focusWidget()):
            self.fields.field((*self.fields.unsure(), "title")[0]).setFocus()
        if reading.secrecy.value:
            self.banner.say(f"{reading.secrecy.why}「{reading.secrecy.value}」，请核对是否涉密。", "soon", hint="确属涉密的，请移除文件，改由机要渠道登记。")

    def _edited(self, key: str) -> None:
        if key == "number":
            self._look_up_timer.start()
        elif key == "secrecy":
            self._judge_secrecy(self.fields.values()["secrecy"])

    def _judge_secrecy(self, mark: str) -> None:
        """A classified paper is refused at once: its files leave the window and this PC (《条例》第二十六条)."""
        self.banner.hide()
        if mark:
            self.pile.clear()
            self.keeper.forget()
            self.fields.show_errors({"secrecy": "涉密公文不得在本系统登记。"})
            self.banner.say(f"密级为「{mark}」。{intake.CLASSIFIED}", "overdue", hint=f"拖入的文件已移除，本机没有保留。{intake.CLASSIFIED_HINT}", verb="清空重来", pressed=self.clear)
        self._allow()

    def _papers_changed(self) -> None:
        self._look_up()
        self._allow()

    def _look_up(self) -> None:
        self._look_up_timer.stop()
        self._office.jobs.read(self, intake.duplicates, self._office.desk, self.fields.values()["number"], self.pile.digests(),
                               then=self.duplicates.say, latest="duplicates")

    def _allow(self) -> None:
        """No registering while a file is still being examined, or while a 密级 is chosen."""
        reading = self.pile.reading()
        self.state.setText(f"正在识别 {reading} 份文件，完成后即可登记。" if reading else "")
        for each in (self.register_one, self.register_next):
            each.setEnabled(not reading and not self.fields.values()["secrecy"])

    def _tell_kept(self, there: bool) -> None:
        if not self.pile.reading():
            self.state.setText("已填内容保留在本机，关闭窗口不会丢失。" if there else "")

    def _listen(self) -> None:
        self.fields.edited.connect(self._edited)
        self.fields.submitted.connect(self.register)
        self.pile.offered.connect(self._offered)
        self.pile.withdrawn.connect(self.fields.withdraw)
        self.pile.changed.connect(self._papers_changed)
        self.pile.refused.connect(self.banner.tell)
        self.pile.repeated.connect(lambda name: self.banner.say(f"文件「{name}」与已加入的文件内容相同，没有重复加入。", "neutral"))
        self.files.unsuited.connect(lambda sentence: self.banner.say(sentence, "neutral"))
        self.duplicates.opened.connect(self._office.open_document)
        self.keeper.kept.connect(self._tell_kept)
        self._look_up_timer.timeout.connect(self._look_up)

    def _lay_out(self) -> None:
        space = theme.tokens().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space[3], space[2], space[3], space[2])
        column.setSpacing(space[2])
        self.registrar = label(f"登记人 {self._office.desk.actor.name}", "secondary", parent=self)
        column.addLayout(line_of(title("收文登记", self), None, self.registrar))
        self.banner, self.duplicates = Banner(self), DuplicatesBar(self)
        column.addWidget(self.banner)
        column.addWidget(self.duplicates)
        self.body = QSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False)
        column.addWidget(self.body, 1)
        left, pane = card(self.body, space[2])
        self.files = FilesPane(self.pile, left)
        pane.addWidget(self.files)
        right, form = scrolled(self.body)
        self.fields = IntakeFields(self._office.desk.today(), right)
        form.addWidget(self.fields)
        form.addStretch(1)
        column.addLayout(self._bar())

    def _bar(self) -> QHBoxLayout:
        self.state = label("", "small", parent=self)
        self.register_next = button("登记并继续登记下一件", shortcut="Ctrl+Shift+Return", pressed=lambda: self.register(go_on=True), parent=self)
        self.register_one = button("登记", "primary", "check", shortcut="Ctrl+Return", pressed=self.register, parent=self)
        return line_of(self.state, None, self.register_next, self.register_one)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed is kept; while a registration is under way the window stays, so that its result is known."""
        if self._writing:
            toast.notice(self, "正在登记，请稍候再关闭。")
            event.ignore()
            return
        self.keeper.now()
        if self.keeper.has_content():
            self._office.jobs.notice.emit(KEPT)
        remember_size(self, self.body, self._office.settings, "intake")
        super().closeEvent(event)

