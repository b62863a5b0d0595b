"""Where an officer acts on a to-do: the opinion at the left; at the right to whom, what will happen, and the buttons."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oa_client.domain.flow import Choice as FlowChoice
from oa_client.domain.flow import Command, consequence
from oa_client.ui import theme
from oa_client.ui.document.action_buttons import ActionButtons
from oa_client.ui.document.action_form import ActionForm
from oa_client.ui.document.fitting_area import FittingArea
from oa_client.ui.document.opinion_side import OpinionSide
from oa_client.ui.office import Office
from oa_client.ui.widgets.label import label
from oa_client.usecases.views import DocumentView, MyTask


class TaskPanel(QWidget):
    """Shows one of the officer's tasks. `pressed(Choice, Command)` for a plain action, `dangerous(Choice)` for one that
    is asked about first, `edit_asked()` for 修改文稿, `edited()` whenever something that must be kept was changed."""

    pressed = Signal(object, object)
    dangerous = Signal(object)
    edit_asked = Signal()
    edited = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.view: DocumentView | None = None
        self.task: MyTask | None = None
        self.chosen: FlowChoice | None = None
        self.forms: dict[str, ActionForm] = {}
        space = theme.tokens().space
        self.left = OpinionSide(office, self)
        self.buttons = ActionButtons(self)
        self.sentence = label("", "section", wrap=True, parent=self)
        self._forms = QWidget(self)
        self._places = QVBoxLayout(self._forms)
        self._places.setContentsMargins(0, 0, 0, 0)
        right = QVBoxLayout()
        right.setSpacing(space[1])
        right.addWidget(FittingArea(self._forms))
        right.addStretch(1)
        right.addWidget(self.sentence)
        right.addWidget(self.buttons)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(space[4])
        line.addWidget(self.left, 10)
        line.addLayout(right, 9)
        self._listen()

    def show_view(self, view: DocumentView) -> None:
        """Show the tasks of a fresh reading; what was entered for the same task stays."""
        old, self.view = self.task, view
        task = next((item for item in view.tasks if old is not None and item.id == old.id), view.tasks[0])
        self.left.show_tasks(view, task)
        if old is not None and task.id == old.id and task.choices == old.choices:
            self.task = task
            return
        kept = self.state() if old is not None and task.id == old.id else {}
        self._show_task(task)
        if kept:
            self.restore(kept)

    def choose(self, key: str) -> None:
        """Prepare an action: its fields and its consequence appear, its button stands at the right. Nothing is done yet."""
        assert self.task is not None and self.view is not None
        choice = next(item for item in self.task.choices if item.key == key)
        self.chosen = choice
        if key not in self.forms:
            form = ActionForm(self._office, self.view, choice, self._forms)
            form.edited.connect(lambda _: self._changed())
            form.submitted.connect(self.press)
            self.forms[key] = form
            self._places.addWidget(form)
        for other, form in self.forms.items():
            form.setVisible(other == key and not form.is_empty())
        self.left.show_choice(self.view, self.task, choice)
        self.buttons.show_choices(self.task.choices, choice)
        self._say()

    def press(self) -> None:
        """Do the chosen action, as its button does; nothing while it is blocked."""
        if self.chosen is not None and not self.chosen.blocked and self.isEnabled():
            self.clear_errors()
            self.pressed.emit(self.chosen, self.command())

    def command(self) -> Command:
        """What stands on the panel, as the use case wants it."""
        assert self.chosen is not None
        form = self.forms[self.chosen.key]
        return Command(self.chosen.key, self.left.opinion(), form.picks(), form.fields())

    def state(self) -> dict[str, Any]:
        """What was entered, to be kept on this PC."""
        assert self.task is not None and self.chosen is not None
        entered = {key: form.state() for key, form in self.forms.items()}
        return {"task": self.task.id, "opinion": self.left.box.text(), "action": self.chosen.key, "entered": entered}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Put back what `state` gave; choices only if they were made for this task."""
        assert self.task is not None
        if state.get("opinion"):
            self.left.box.set_text(str(state["opinion"]))
        known = {item.key for item in self.task.choices if not item.action.danger}
        if state.get("task") == self.task.id and state.get("action") in known:
            self.choose(state["action"])
            for key, entered in dict(state.get("entered", {})).items():
                if key in self.forms:
                    self.forms[key].restore(entered)
        self._say()

    def show_errors(self, wrong: Mapping[str, str]) -> tuple[str, ...]:
        """Put sentences under what they are about; gives back those that have no place here."""
        assert self.chosen is not None
        rest = self.forms[self.chosen.key].show_errors({key: words for key, words in wrong.items() if key != "opinion"})
        self.left.show_error(wrong.get("opinion", ""))
        return rest

    def clear_errors(self) -> None:
        """Take the sentences away."""
        self.left.show_error("")
        for form in self.forms.values():
            form.clear_errors()

    def _listen(self) -> None:
        self.left.box.submitted.connect(self.press)
        self.left.box.edited.connect(lambda _: self.edited.emit())
        self.left.task_chosen.connect(self._switch)
        self.left.edit_asked.connect(self.edit_asked)
        self.buttons.act.connect(self.press)
        self.buttons.prepare.connect(self.choose)
        self.buttons.dangerous.connect(self.dangerous)
        self._office.directory_changed.connect(self._say)

    def _switch(self, task_id: int) -> None:
        assert self.view is not None
        task = next((item for item in self.view.tasks if item.id == task_id), None)
        if task is not None and task != self.task:
            self._show_task(task)
            self.edited.emit()

    def _show_task(self, task: MyTask) -> None:
        for form in self.forms.values():
            self._places.removeWidget(form)
            form.hide()
            form.deleteLater()
        self.forms = {}
        self.task = task
        plain = [item for item in task.choices if not item.action.danger]
        self.choose(next((item.key for item in plain if item.action.primary), plain[0].key))

    def _changed(self) -> None:
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        """What will happen, or why it must wait."""
        if self.chosen is None or self.chosen.key not in self.forms:
            return
        blocked = self.chosen.blocked
        words = f"{blocked}。" if blocked else f"将{consequence(self.chosen, self.forms[self.chosen.key].names())}。"
        self.sentence.setText(words)
        theme.mark(self.sentence, "tone", "soon" if blocked else "")
