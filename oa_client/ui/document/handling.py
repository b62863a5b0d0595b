"""From a press to its result: acting, returning, withdrawing, urging, and what the window says about each."""

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from oa_client.domain.errors import Conflict, Invalid, OaError
from oa_client.domain.flow import Choice, Command, consequence
from oa_client.ui.document.action_bar import ActionBar
from oa_client.ui.document.opinion_keeper import OpinionKeeper
from oa_client.ui.document.refusal import ask_refusal
from oa_client.ui.document.timeline import moment
from oa_client.ui.office import Office
from oa_client.ui.widgets import dialog
from oa_client.ui.widgets.banner import Banner
from oa_client.usecases import acting, lists, recalling
from oa_client.usecases.phrases import phrases, phrases_for
from oa_client.usecases.views import DocumentRow, DocumentView, Waiting


class Handling(QObject):
    """Binds the bar to the use cases. `refresh_asked()` wants the document read again, `over()` that the window closes,
    `settled(bool)` tells that an act was carried out or refused."""

    refresh_asked = Signal()
    settled = Signal(bool)
    over = Signal()

    def __init__(self, office: Office, document_id: int, bar: ActionBar, banner: Banner, window: QWidget) -> None:
        super().__init__(window)
        self._office, self._id, self._window = office, document_id, window
        self._bar, self._banner = bar, banner
        self._view: DocumentView | None = None
        self._words = self._done = ""
        self._asked = False
        self._marked: set[int] = set()
        self.busy = False
        self.keeper = OpinionKeeper(office, document_id, self)
        bar.work.pressed.connect(self.act)
        bar.work.dangerous.connect(self.refuse)
        bar.work.edited.connect(self.keep)
        bar.work.edit_asked.connect(lambda: office.draft_paper(document_id))
        bar.after.withdraw_asked.connect(self.withdraw)
        bar.after.next_asked.connect(self._go_on)
        bar.after.close_asked.connect(self.over)

    def take(self, view: DocumentView) -> None:
        """Fit the bar to a fresh reading of the document."""
        old, self._view = self._view, view
        if view.tasks:
            self._take_tasks(old, view)
            return
        if self._bar.acting() and not self._done:
            self._tell_vanished(view)
        elif not self._asked:
            self._asked = True
            self.keeper.ask(self._tell_unsubmitted)
        if self._done:
            self._bar.after.show_done(self._done, view.may_withdraw)
            self._bar.show_after()
            self._office.jobs.read(self, lists.following, self._office.desk, self._id, then=self._offer_next, latest="next")
        elif view.may_withdraw:
            self._bar.after.show_withdrawable()
            self._bar.show_after()
        else:
            self._bar.hide()

    def act(self, choice: Choice, command: Command) -> None:
        """Carry out an action with what stands on the panel."""
        work, view = self._bar.work, self._view
        if self.busy or work.task is None or view is None:
            return
        self.busy = True
        self.keep()
        self._banner.hide()
        names = {key: self._office.names(holders) for key, holders in command.picks.items()}
        self._words = consequence(choice, names, command.target)
        self._office.jobs.write(
            self._window, acting.act, self._office.desk, work.task.id, command, acting.Seen(work.task.version, view.version),
            then=lambda _id: self._acted(command), failed=self._failed, busy=self._bar, doing=f"正在办理：{choice.action.title}")

    def refuse(self, choice: Choice) -> None:
        """Ask for the step and the reason, then act."""
        work = self._bar.work
        if work.task is None or self._view is None:
            return
        command = ask_refusal(self._window, self._office, choice, work.left.opinion(), phrases(self._view.kind, work.task.step, choice.key))
        if command is not None:
            work.left.box.set_text(command.opinion)
            self.act(choice, command)

    def withdraw(self) -> None:
        """Take the document back (撤回)."""
        reason = dialog.ask_reason(self._window, "撤回这份公文？", "公文回到您手上，对方的待办随即撤下。", "撤回", hint="撤回原因（可不填写）",
                                   required=False, phrases=phrases_for("withdraw"))
        if reason is not None:
            self._done = ""
            self._office.jobs.write(self._window, recalling.withdraw, self._office.desk, self._id, reason, failed=self._failed, busy=self._bar,
                                    doing="正在撤回")

    def urge(self, waiting: Waiting) -> None:
        """Press somebody for a to-do (催办)."""
        words = dialog.ask_reason(self._window, f"催办{waiting.holder}？", f"对方的「{waiting.step}」待办将标为已催办，并记入办理过程。", "催办",
                                  hint="催办要求（可不填写）", required=False, phrases=phrases_for("urge"))
        if words is not None:
            self._office.jobs.write(self._window, recalling.urge, self._office.desk, waiting.task_id, words, failed=self._failed, doing="正在催办")

    def keep(self) -> None:
        """Keep what is typed on this PC."""
        if self._bar.work.task is not None and self._asked:
            self.keeper.keep(self._bar.work.state())

    def press(self) -> None:
        """The prepared action, from the keyboard; a folded panel is unfolded first, to be read."""
        if self._bar.acting() and self._bar.folded():
            self._bar.set_folded(False)
        elif self._bar.acting() and self._bar.isEnabled():
            self._bar.work.press()

    def _take_tasks(self, old: DocumentView | None, view: DocumentView) -> None:
        work = self._bar.work
        if old is not None and old.version != view.version and work.task is not None and not self._done:
            self._banner.say("文稿内容已更新，请重新阅看后再办理。", "soon", hint="您填写的意见仍保留。")
        if self._done:
            self._banner.say(f"已办理：{self._done}。您在这份公文上还有待办。", "ontime")
            self._done = ""
        work.show_view(view)
        self._bar.show_work()
        self._mark_seen(view)
        if not self._asked:
            self._asked = True
            self.keeper.ask(self._restore)

    def _mark_seen(self, view: DocumentView) -> None:
        mine = {task.id for task in view.tasks}
        for item in view.waiting:
            if item.task_id in mine and not item.seen and item.task_id not in self._marked:
                self._marked.add(item.task_id)
                self._office.jobs.write(self, acting.mark_seen, self._office.desk, item.task_id, failed=self._banner.tell)

    def _restore(self, state: dict[str, Any]) -> None:
        work = self._bar.work
        if self._view is None or work.task is None or work.left.box.text():
            return
        if state.get("opinion") and self.keeper.submitted(state, self._view):
            self.keeper.drop()
            return
        work.restore(state)
        work.left.say_restored(bool(work.left.box.text()))

    def _acted(self, command: Command) -> None:
        self.busy = False
        self._done = self._words
        self.keeper.drop()
        work = self._bar.work
        work.left.box.clear()
        work.left.say_restored(False)
        work.task = None
        chosen = tuple(holder for holders in command.picks.values() for holder in holders)
        if chosen:
            self._office.remember(chosen)
        self.settled.emit(True)

    def _failed(self, error: OaError) -> None:
        """Tell a failure in place; nothing that was typed is touched."""
        self.busy = False
        if isinstance(error, Invalid):
            rest = self._bar.work.show_errors(error.fields)
            if rest:
                self._banner.say("".join(rest), "overdue", hint=error.hint)
        elif isinstance(error, Conflict):
            self._banner.tell(error, verb="刷新", pressed=self._refresh)
        else:
            self._banner.tell(error)
        self.settled.emit(False)

    def _refresh(self) -> None:
        self._banner.hide()
        self.refresh_asked.emit()

    def _tell_vanished(self, view: DocumentView) -> None:
        """Somebody else acted first, or the task was taken back: say who, and keep the words within reach."""
        last = view.timeline[-1] if view.timeline else None
        who = f"：{last.name}于{moment(last.at, self._office.desk.clock())}办理（{last.words}）" if last else ""
        self._banner.say(f"您在这份公文上的待办已不在了{who}。", "soon", **self._way_out(self._bar.work.left.box.text()))
        self._bar.work.task = None

    def _tell_unsubmitted(self, state: dict[str, Any]) -> None:
        """Words kept from the last time for a paper that is no longer here to act on."""
        typed = str(state.get("opinion", ""))
        if self._view is None or not typed or self.keeper.submitted(state, self._view):
            self.keeper.drop()
        elif not self._view.tasks:
            self._banner.say("您上次填写的意见没有提交，这份公文现已不在您手上。", "soon", **self._way_out(typed))

    def _way_out(self, typed: str) -> dict[str, Any]:
        """For the banner: the words that were not submitted, to be copied; then they are forgotten here."""
        def take() -> None:
            QApplication.clipboard().setText(typed)
            self.keeper.drop()
            self._banner.hide()
        return {"hint": f"您填写的意见仍保留：{typed}", "verb": "复制后清除", "pressed": take} if typed else {}

    def _offer_next(self, row: DocumentRow | None) -> None:
        self._bar.after.show_next(row)
        if row is not None and self._office.settings.open_next and self._done:
            self._go_on(row.id)

    def _go_on(self, document_id: int) -> None:
        self._office.open_document(document_id)
        self.over.emit()
