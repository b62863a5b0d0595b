"""The left half of the acting panel: whose step this is, the opinion, what was restored."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oa_client.domain.flow import Choice as FlowChoice
from oa_client.ui import theme
from oa_client.ui.document.timeline import PARTS
from oa_client.ui.office import Office
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.label import label, section
from oa_client.ui.widgets.opinion_box import OpinionBox
from oa_client.usecases.phrases import phrases
from oa_client.usecases.views import DocumentView, MyTask

MOST_PHRASES = 50


class OpinionSide(QWidget):
    """`task_chosen(id)` when the officer holds several tasks and turns to another; `edit_asked()` for 修改文稿."""

    task_chosen = Signal(int)
    edit_asked = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.step = section("")
        self.switch = Choice()
        self.switch.setAccessibleName("您的待办")
        self.switch.activated.connect(lambda _: self.task_chosen.emit(self.switch.value()))
        self.edit = button("修改文稿", "plain", "edit", shortcut="Ctrl+M", pressed=self.edit_asked.emit)
        self.note = label("", "small")
        self.forget = button("清除", "link", tip="清除恢复的意见", pressed=self._forget)
        self.box = OpinionBox()
        self.box.phrase_added.connect(self._keep_phrase)
        self.error = label("", "error", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(theme.tokens().space[1])
        for part in (self.step, self.switch, self.edit):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.note)
        head.addWidget(self.forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens().space[0])
        column.addLayout(head)
        column.addWidget(self.box)
        column.addWidget(self.error)
        column.addStretch(1)
        self._place: tuple[str, str, str] = ("", "", "")
        self.box.changed.connect(self._typed)
        self.say_restored(False)
        self.show_error("")

    def show_tasks(self, view: DocumentView, task: MyTask) -> None:
        """Name the step, or offer the choice between several tasks."""
        self._name(view, task)
        self.switch.setVisible(len(view.tasks) > 1)
        self.switch.set_options([(item.id, task_words(item) + (f"，代 {item.on_behalf}" if item.on_behalf else "")) for item in view.tasks])
        self.switch.set_value(task.id)
        self.edit.setVisible(task.edit and view.kind == "send")

    def show_choice(self, view: DocumentView, task: MyTask, choice: FlowChoice) -> None:
        """Fit hint and phrases to the prepared action; an action without opinion needs no box."""
        self._name(view, task)
        action = choice.action
        needless = action.opinion == "none" and not self.box.text()
        self.box.setVisible(not needless)
        default = f"不填写即为「{action.default}」" if action.default else "必填" if action.opinion == "required" else "可不填写"
        self.box.field.setPlaceholderText(f"填写{'处理意见' if view.kind == 'receive' else '意见'}，{default}")
        self.box.field.setAccessibleName("意见")
        self.edit.setVisible(task.edit and view.kind == "send")
        self._place = (view.kind, task.step, action.key)
        self._offer()

    def _name(self, view: DocumentView, task: MyTask) -> None:
        self.step.setText(whose_words(task) if len(view.tasks) > 1 else f"{whose_words(task)}：{task_words(task)}")

    def opinion(self) -> str:
        """The opinion typed."""
        return self.box.text()

    def show_error(self, sentence: str) -> None:
        """Say under the box what is wrong with the opinion."""
        theme.mark(self.box.field, "wrong", "true" if sentence else "false")
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if sentence:
            self.box.show()
            self.box.setFocus()

    def say_restored(self, restored: bool) -> None:
        """Say that the words come from the last time, with a way to drop them."""
        self.note.setText("已恢复上次未提交的意见" if restored else "")
        self.note.setVisible(restored)
        self.forget.setVisible(restored)

    def _typed(self) -> None:
        if not self.error.isHidden():
            self.show_error("")

    def _forget(self) -> None:
        self.box.clear()
        self.say_restored(False)
        self.box.setFocus()

    def _offer(self) -> None:
        own = self._office.settings.phrases
        self.box.set_phrases((*own, *(phrase for phrase in phrases(*self._place) if phrase not in own)))

    def _keep_phrase(self, phrase: str) -> None:
        if phrase and phrase not in self._office.settings.phrases:
            self._office.settings.phrases = [phrase, *self._office.settings.phrases][:MOST_PHRASES]
            self._office.settings.save()
            self._offer()


def task_words(task: MyTask) -> str:
    """A to-do in words: its step, and the part where several act."""
    return task.step_title + (f"（{PARTS[task.part]}）" if task.part in PARTS else "")


def whose_words(task: MyTask) -> str:
    """Whose to-do it is: one's own, or that of somebody for whom one stands in."""
    return f"代 {task.on_behalf} 办理" if task.on_behalf else "您的待办"
