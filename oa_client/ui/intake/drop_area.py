"""The large empty place where papers are dropped."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.invitation import Invitation

HEADING = "把来文拖到这里"
KINDS = "可识别 DOCX、PDF、OFD、TXT 和图片，先拖入的文件作正文，其余作附件"
PAPER_ONLY = "只有纸质件的，直接在右侧填写登记"


class DropArea(Invitation):
    """An invitation to drop files, with a button for those who would rather choose them."""

    def __init__(self, choose: Callable[[], object], parent: QWidget | None = None) -> None:
        chooses = button("选择文件", icon="folder", shortcut="Ctrl+O", pressed=choose)
        super().__init__("upload", HEADING, KINDS, (chooses,), PAPER_ONLY, parent)
        self.choose = chooses
