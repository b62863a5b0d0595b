"""Before the window closes over one-time passwords that are not saved yet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from oa_client.ui.widgets.dialog import Question

LOST = "关闭后不能再查看，只能逐个重置密码。请先「存为文件」或「打印」。"


class LeaveUnsaved(Question):
    """Accepted when the passwords may be lost; Esc goes back to save them."""

    def __init__(self, owner: QWidget, count: int, copied: bool) -> None:
        how = "只复制过，还没有存为文件或打印" if copied else "还没有保存"
        super().__init__(owner, f"{count} 个一次性密码{how}，要关闭吗？", LOST, "不保存，关闭", danger=True, back="返回保存")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
