"""The dialogs before a dangerous action: to which step a paper goes back, and the reason."""

from PySide6.QtWidgets import QDialog, QRadioButton, QWidget

from oa_client.domain.flow import Choice, Command, Target, consequence
from oa_client.ui.office import Office
from oa_client.ui.widgets import dialog
from oa_client.ui.widgets.label import label
from oa_client.ui.widgets.opinion_box import OpinionBox


def ask_refusal(owner: QWidget, office: Office, choice: Choice, opinion: str, phrases: tuple[str, ...]) -> Command | None:
    """Ask what a dangerous action needs; None when the officer went back. `opinion` is what stands on the panel."""
    if choice.targets:
        return _ask_return(owner, office, choice, opinion, phrases)
    title = choice.action.title
    reason = dialog.ask_reason(owner, f"{title}？", f"{consequence(choice, {})}。", title, hint="请写明理由", text=opinion, danger=True,
                               phrases=phrases, required=choice.action.opinion == "required")
    return None if reason is None else Command(choice.key, reason)


def _ask_return(owner: QWidget, office: Office, choice: Choice, opinion: str, phrases: tuple[str, ...]) -> Command | None:
    question = ReturnQuestion(owner, office, choice, opinion, phrases)
    done = question.exec() == QDialog.DialogCode.Accepted
    question.deleteLater()
    return Command(choice.key, question.box.text(), target=question.target()) if done else None


class ReturnQuestion(dialog.Question):
    """退回：the step and the reason in one dialog; the verb names the step."""

    def __init__(self, owner: QWidget, office: Office, choice: Choice, opinion: str, phrases: tuple[str, ...]) -> None:
        super().__init__(owner, "退回到哪一步？" if len(choice.targets) > 1 else "退回这份公文？", "", "退回", danger=True)
        self._choice = choice
        self.steps: dict[str, QRadioButton] = {}
        self.box = OpinionBox(hint="请写明退回理由", phrases=phrases, least_lines=3)
        self.box.set_text(opinion)
        for target in choice.targets:
            self.content.addWidget(self._place(office, target))
        if self.steps:
            next(iter(self.steps.values())).setChecked(True)
        self.content.addWidget(label("退回理由", "label"))
        self.box.changed.connect(self._judge)
        self.box.submitted.connect(self.verb.click)
        self.content.addWidget(self.box)
        self._judge()
        self.box.setFocus()

    def target(self) -> str:
        """The step chosen."""
        return next((step for step, radio in self.steps.items() if radio.isChecked()), self._choice.targets[0].step)

    def _place(self, office: Office, target: Target) -> QWidget:
        """One step with the officer to whom the paper would go."""
        name = "、".join(office.names((target.holder,)))
        words = f"{target.title}（{name}）" if name else target.title
        if len(self._choice.targets) == 1:
            return label(f"退回到：{words}", "secondary")
        self.steps[target.step] = QRadioButton(words)
        self.steps[target.step].toggled.connect(lambda _: self._judge())
        return self.steps[target.step]

    def _judge(self) -> None:
        words = consequence(self._choice, {}, self.target())
        self.verb.setText(words)
        self.verb.setAccessibleName(words)
        self.verb.setEnabled(bool(self.box.text()) or self._choice.action.opinion != "required")
