"""A document in words, for the terminal."""

from ..usecases.desk import local
from ..usecases.lists import STATES as DOCUMENT_STATES
from ..usecases.views import DocumentView

STATES = {"done": "已办结", "filed": "已归档", "void": "已作废", "": "已转出"}


def document_words(view: DocumentView) -> str:
    """Fields, files, history and what may be done now."""
    lines = [f"编号：{view.id}", f"标题：{view.title}", *(f"{label}：{value}" for label, value in view.fields)]
    lines.append(f"状态：{view.where or DOCUMENT_STATES.get(view.state, view.state)}")
    if view.due.words:
        lines.append(f"期限：{view.due.words}")
    lines += [f"文件：{file.name}（{file.size} 字节）" for file in view.attachments]
    lines += [f"{local(entry.at):%Y-%m-%d %H:%M}  {entry.name}  {entry.words}{f'：「{entry.opinion}」' if entry.opinion else ''}" for entry in view.timeline]
    for task in view.tasks:
        for choice in task.choices:
            picks = "".join(f"，--pick {pick.key}=…（{pick.title}）" for pick in choice.action.picks)
            fields = "".join(f"，--field {item.key}=…（{item.title}）" for item in choice.action.fields)
            lines.append(f"可办：{choice.key}（{choice.action.title}{picks}{fields}）{choice.blocked}")
    return "\n".join(lines)
