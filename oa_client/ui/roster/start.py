"""The beginning of an import: where the sheet is dropped, and the template for those who have none yet."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.invitation import Invitation

HEADING = "把账号名单拖到这里"
KINDS = "可用 .xlsx、.xls、.ods 表格；还没有名单的，先下载模板填写，或把「导出」的名单改好再导入"
NOT_YET = "读取后先逐行显示结果，按「导入」之前不写入任何账号"


class RosterStart(Invitation):
    """An invitation with 选择文件 and 下载模板."""

    def __init__(self, choose: Callable[[], object], template: Callable[[], object], parent: QWidget | None = None) -> None:
        chooses, gives = button("选择文件", "primary", "folder", shortcut="Ctrl+O", pressed=choose), button("下载模板", icon="download", pressed=template)
        super().__init__("excel", HEADING, KINDS, (chooses, gives), NOT_YET, parent)
        self.choose, self.template = chooses, gives
