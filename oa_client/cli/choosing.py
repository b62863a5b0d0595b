"""Which of an officer's to-dos an action on the command line means."""

from ..domain.errors import Refused
from ..domain.flow import Command
from ..usecases.desk import Desk
from ..usecases.stepping import usual
from ..usecases.views import DocumentView, MyTask


def chosen(desk: Desk, view: DocumentView, action: str) -> tuple[MyTask, Command]:
    """The to-do that offers the action, and the bare command; without an action the usual next step with its defaults."""
    if not action:
        return usual(desk, view)
    task = next((item for item in view.tasks if any(choice.key == action for choice in item.choices)), None)
    if task is None:
        may = "、".join(f"{choice.key}（{choice.action.title}）" for item in view.tasks for choice in item.choices)
        raise Refused(f"现在没有「{action}」这项操作。", f"可用：{may}。" if may else "这件公文现在不在您手上。")
    return task, Command(action)
