"""An anchor that was made (锚点单): what to keep of it, on paper or copied, and what to do with it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError, Unavailable
from oa_client.ui import errors, theme
from oa_client.ui.document.paper_print import check_printers, print_pages
from oa_client.ui.office import Office
from oa_client.ui.widgets import toast
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.dialog import Question
from oa_client.ui.widgets.label import label
from oa_client.ui.widgets.print_dialog import ask_printer
from oa_client.ui.widgets.tall_area import TallArea
from oa_client.usecases import printing
from oa_client.usecases.anchors import Issued

NAME, WIDTH_IN_LETTERS = "留痕锚点单", 44
SIGNS = ("根", "公钥", "签名")
TO_DO = ("打印这张锚点单，签字后存档。", "把锚点文件复制到光盘等介质另处保管，不要只留在这台服务器上。", "下次校验时选“与锚点比对”，用这个文件核对；它记下的链少了、短了、改了，都会指出来。")
KEPT = "锚点已经生成，没有受影响；可以复制内容，到其他电脑打印。"


class AnchorMade(Question):
    """Tells of an anchor; the verb prints it."""

    def __init__(self, office: Office, owner: QWidget, made: Issued) -> None:
        super().__init__(owner, "锚点已生成", "", "打印锚点单", back="关闭")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.tokens().font * WIDTH_IN_LETTERS)
        self._office, self._made = office, made
        told, grid = QWidget(), QGridLayout()
        grid.setHorizontalSpacing(theme.tokens().space[3])
        grid.setVerticalSpacing(theme.tokens().space[1])
        grid.setColumnStretch(1, 1)
        for at, (name, value) in enumerate(facts(made)):
            words = label(spaced(value) if name in SIGNS else value, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setAccessibleName(f"{name} {value}")
            grid.addWidget(label(name, "label"), at, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
            grid.addWidget(words, at, 1)
        column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens().space[2])
        column.addLayout(grid)
        column.addWidget(label("接下来", "section"))
        column.addWidget(label("\n".join(f"{at}. {sentence}" for at, sentence in enumerate(TO_DO, 1)), wrap=True))
        self.content.addWidget(TallArea(told))
        self.copy = button("复制内容", icon="copy", shortcut="Ctrl+Shift+C", pressed=self._copy)
        self.folder = button("打开文件夹", icon="folder", pressed=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(made.file.parent))))
        last = self.column.itemAt(self.column.count() - 1)
        foot = last.layout() if last is not None else None
        assert isinstance(foot, QHBoxLayout)
        for at, each in enumerate((self.copy, self.folder)):
            foot.insertWidget(at, each)

    def accept(self) -> None:
        """Print; the sheet stays until it is closed."""
        try:
            check_printers()
        except OaError as problem:
            self._failed(problem)
            return
        self._office.jobs.read(self, printing.words_pdf, NAME, sheet(self._made), then=self._ask_printer, failed=self._failed, busy=self.verb, doing="正在生成打印页")

    def _ask_printer(self, data: bytes) -> None:
        ask_printer(self, NAME, lambda printer: self.send(data, printer))

    def send(self, data: bytes, printer: QPrinter, then: Callable[[], object] | None = None) -> None:
        """Hand the pages to the printer."""
        told = then or (lambda: toast.notice(self, "锚点单已送打印机。"))
        self._office.jobs.read(self, partial(print_pages, data, printer), then=lambda _: told(), failed=self._failed, doing="正在打印")

    def _copy(self) -> None:
        QApplication.clipboard().setText(sheet(self._made))
        self.copy.setText("已复制")

    def _failed(self, problem: OaError) -> None:
        errors.show(self, Unavailable(problem.sentence, KEPT, problem.details))


def facts(made: Issued) -> tuple[tuple[str, str], ...]:
    """What stands on the sheet."""
    return (("时间", made.at.replace("T", " ")[:19]), ("范围", f"{made.streams} 条链，{made.events} 条留痕"), ("锚点文件", str(made.file)), ("根", made.root), ("公钥", made.key),
            ("签名", made.signature))


def spaced(value: str) -> str:
    """Signs in groups that can be read aloud and compared."""
    return " ".join(value[at:at + 8] for at in range(0, len(value), 8))


def sheet(made: Issued) -> str:
    """The sheet as words, for the printer and the clipboard."""
    told = [f"{name}：{value}" for name, value in facts(made)]
    return "\n".join([*told, "", *(f"{at}. {sentence}" for at, sentence in enumerate(TO_DO, 1)), "", "签发人：　　　　　　　　　　日期："])
