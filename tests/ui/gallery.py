"""Every part of the kit on four sheets, as pictures: python -m tests.ui.gallery FOLDER [THEME SIZE]."""

import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QFont, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QProgressBar,
    QRadioButton,
    QTabWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from oa_client.domain.errors import Refused
from oa_client.settings import Settings
from oa_client.ui import errors, fonts, theme
from oa_client.ui.models.table import Column
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button, tool
from oa_client.ui.widgets.chip import URGENCY_TONES, Chip, ChipGroup, FilterChips
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.date_edit import DateEdit
from oa_client.ui.widgets.dialog import Question
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.file_drop import Attached, FileDrop
from oa_client.ui.widgets.form import FormGrid
from oa_client.ui.widgets.growing_text import GrowingText
from oa_client.ui.widgets.label import label, rule, section
from oa_client.ui.widgets.list_page import ListPage
from oa_client.ui.widgets.number import Number
from oa_client.ui.widgets.opinion_box import OpinionBox
from oa_client.ui.widgets.people_picker import PeoplePicker, Pick
from oa_client.ui.widgets.preview_file import FilePreview
from oa_client.ui.widgets.toast import notice
from oa_client.ui.widgets.tree import Tree

SIZE = (1366, 768)
PEOPLE = (
    Pick("p1", "李明远", "办公室 · 副主任"),
    Pick("p2", "王思齐", "治安管理支队 · 支队长", note="请假至 7 月 9 日", available=False),
    Pick("p3", "赵若兰", "法制支队 · 民警"),
    Pick("p4", "单雄", "交通警察支队 · 副支队长", note="已委托 李明远"),
    Pick("u1", "指挥中心", "单位", is_unit=True),
    Pick("u2", "警务保障处", "单位", is_unit=True),
)
PARAGRAPHS = (
    ("关于开展夏季治安打击整治行动的通知", "title"), ("各县（市、区）公安局，市局各支队、处室：", "flush"),
    ("为切实维护夏季社会治安秩序，经市局党委研究，决定自 2026 年 7 月 1 日起开展夏季治安打击整治行动。现将有关事项通知如下：", "body"),
    ("一、提高思想认识", "h1"), ("（一）明确职责分工", "h2"), ("1．治安管理支队牵头组织实施。", "h3"),
    ("各单位要结合实际细化措施，重点整治夜间娱乐场所、烧烤摊点等部位，做到有警必接、有难必帮。", "body"),
    ("云州市公安局", "right"), ("2026 年 6 月 28 日", "right"),
)


@dataclass(frozen=True)
class Paper:
    """One line of the sample list."""

    id: int
    title: str
    source: str
    urgency: str
    due: str
    tone: str
    holder: str
    pages: int
    unread: bool


def papers(count: int) -> list[Paper]:
    """Sample lines for a list."""
    titles = ("关于开展夏季治安打击整治行动的通知", "关于进一步加强全市道路交通安全管理和严厉查处严重交通违法行为的实施意见", "关于报送 2026 年上半年工作总结的函")
    dues = (("超期 1 个工作日", "overdue"), ("剩 2 个工作日", "soon"), ("剩 9 个工作日", "ontime"))
    return [Paper(at, titles[at % 3], f"云公治〔2026〕{at}号 · 省公安厅 · 拟办", ("特急", "加急", "")[at % 3], *dues[at % 3], "李明远、赵若兰",
                  at * 3 % 47, at % 4 == 1) for at in range(1, count + 1)]


COLUMNS = (
    Column("title", "标题", 400, lambda row: row.title, two_line=lambda row: row.source, bold=lambda row: row.unread, stretch=True),
    Column("urgency", "紧急程度", 84, lambda row: row.urgency, chip=True, tone=lambda row: URGENCY_TONES.get(row.urgency)),
    Column("due", "办理期限", 124, lambda row: row.due, tone=lambda row: row.tone, tip=lambda row: f"自登记之日起算：{row.due}"),
    Column("holder", "当前办理人", 120, lambda row: row.holder),
    Column("pages", "页数", 56, lambda row: str(row.pages), align="right", sort=True),
)


def sample_pdf() -> bytes:
    """A PDF of two pages with Chinese words."""
    bytes_ = QByteArray()
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    for page in (1, 2):
        if page == 2:
            writer.newPage()
        font = QFont(fonts.document_family("fangsong"))
        font.setPointSize(16)
        painter.setFont(font)
        for at, (words, _) in enumerate(PARAGRAPHS):
            painter.drawText(600, 1200 + 500 * at, words[:26])
    painter.end()
    buffer.close()
    return bytes(bytes_.data())


def sample_image() -> bytes:
    """A PNG of two colours of the theme."""
    image = QImage(900, 500, QImage.Format.Format_RGB32)
    image.fill(theme.tokens().colour("accent_soft"))
    painter = QPainter(image)
    painter.fillRect(100, 100, 300, 300, theme.tokens().colour("accent_fill"))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def _card(words: str, *parts: QWidget) -> QFrame:
    card = QFrame()
    theme.mark(card, "surface", "card")
    column = QVBoxLayout(card)
    column.addWidget(section(words))
    for part in parts:
        column.addWidget(part)
    if not any(isinstance(part, (FilePreview, Tree)) for part in parts):
        column.addStretch(1)
    return card


def _line(*parts: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        line.addWidget(part)
    line.addStretch(1)
    return holder


def _off(widget: QWidget) -> QWidget:
    widget.setEnabled(False)
    return widget


def parts() -> QWidget:
    """Buttons, chips, fields, boxes, tree, tabs, banner."""
    sheet = QWidget()
    grid = QGridLayout(sheet)
    tick, radio, half = QCheckBox("依申请公开"), QRadioButton("主办"), QCheckBox("部分选中")
    tick.setChecked(True)
    radio.setChecked(True)
    half.setCheckState(Qt.CheckState.PartiallyChecked)
    chosen = FilterChips([ChipGroup("u", "紧急程度", (("a", "特急"), ("b", "加急"), ("c", "平急")))])
    chosen.choose("u", "a")
    navigation = button("待办　12", "nav", "todo")
    navigation.setCheckable(True)
    navigation.setChecked(True)
    menu = button("更多", "plain", "more")
    menu.setMenu(QMenu(menu))
    theme.mark(menu, "menu", "true")
    grid.addWidget(_card("按钮", _line(button("送签发", "primary", "send"), button("存草稿", "plain", "save"), button("作废", "danger", "void")),
                         _line(button("查看流程", "link"), button("常用语", "quiet", "phrases"), tool("refresh", "刷新"), menu),
                         _line(_off(button("送签发", "primary", "send")), _off(button("存草稿")), _off(button("作废", "danger"))), navigation,
                         button("收文", "nav", "incoming")), 0, 0)
    progress = QProgressBar()
    progress.setValue(60)
    progress.setTextVisible(False)
    banner, warned = Banner(), Banner()
    banner.say("发现未提交的收文登记，保存于 7 月 1 日 09:12。", verb="继续填写")
    warned.tell(Refused("此文已由 赵若兰 办理。", "您填写的意见已保留，请刷新后再看。"))
    grid.addWidget(_card("状态", _line(Chip.urgency("特急"), Chip.urgency("加急"), Chip("剩 9 个工作日", "ontime"), Chip("已归档"), Chip("主办", "accent")),
                         chosen, rule(), banner, warned, progress), 0, 1)
    spin, combo = Number(1, 500, 30, "份"), Choice([("tz", "通知"), ("h", "函")], "请选择")
    wrong, empty_line = QLineEdit("公治"), QLineEdit()
    combo.setAccessibleName("文种")
    theme.mark(wrong, "wrong", "true")
    empty_line.setPlaceholderText("请输入来文字号")
    grid.addWidget(_card("字段", empty_line, wrong, _off(QLineEdit("不可修改")), combo, DateEdit(date(2026, 7, 1)), spin, _line(tick, half),
                         _line(radio, QRadioButton("协办"), _off(QCheckBox("停用")))), 0, 2, 2, 1)
    tree = Tree(["单位", "人数"], "单位")
    top = QTreeWidgetItem(tree, ["云州市公安局", "412"])
    for name in ("办公室", "治安管理支队", "法制支队"):
        QTreeWidgetItem(top, [name, "18"])
    tree.expandAll()
    tree.setCurrentItem(top.child(1))
    tabs = QTabWidget()
    for name in ("正文", "附件", "办理单", "关联"):
        tabs.addTab(label(f"{name}的内容", "secondary"), name)
    grid.addWidget(_card("单位", tree), 1, 0)
    grid.addWidget(_card("页签与空态", tabs, EmptyState("今天没有待办公文。", "done", "查看已办")), 1, 1)
    return sheet


def form() -> QWidget:
    """A form with a guess, an error and every kind of field; a document's text and a file beside it."""
    sheet = QWidget()
    line = QHBoxLayout(sheet)
    grid = FormGrid()
    grid.add_section("基本信息")
    grid.add("title", "标题", QLineEdit("关于开展夏季治安打击整治行动的通知"), required=True)
    grid.add("organ", "来文单位", QLineEdit(), required=True)
    grid.add("kind", "文种", Choice([("tz", "通知"), ("h", "函")], "请选择"))
    grid.add("on", "收文日期", DateEdit(date(2026, 7, 1)))
    grid.add("due", "办理期限", DateEdit())
    picker = PeoplePicker("both")
    picker.set_choices(PEOPLE, recent=("p3",))
    picker.set_chosen(["p1"])
    grid.add("who", "承办人", picker, required=True, hint="可选多人，第一位为主办")
    grid.add("open", "公开属性", QCheckBox("依申请公开"))
    grid.add("note", "备注", GrowingText(1, 4, "可不填"))
    grid.add_section("意见与附件")
    grid.add("opinion", "拟办意见", OpinionBox(phrases=["同意。", "请办公室阅处。"]))
    files = FileDrop()
    files.set_files([Attached("a", "关于开展夏季行动的通知.pdf", 233456), Attached("b", "附件1：任务分工表.docx", 23345, "未识别出文字")])
    grid.add("files", "附件", files)
    grid.set_values({"title": "关于开展夏季治安打击整治行动的通知"}, unsure=["title"])
    grid.show_errors({"organ": "请填写来文单位。"})
    preview = FilePreview()
    preview.show_file("正文.docx", b"PK", paragraphs=PARAGRAPHS)
    line.addWidget(_card("收文登记", grid), 1)
    line.addWidget(_card("文件", preview), 1)
    sheet.picker = picker
    return sheet


def page() -> QWidget:
    """A list page with a preview."""
    made = ListPage("gallery", "待办", COLUMNS, Settings(), primary=button("收文登记", "primary", "add", shortcut="Ctrl+N"),
                    search="搜索标题、文号、来文单位", empty="今天没有待办公文。",
                    groups=[ChipGroup("urgency", "紧急程度", (("a", "特急"), ("b", "加急"))),
                            ChipGroup("due", "期限", (("o", "已超期"), ("w", "本周到期")), single=True)])
    made.chips.choose("urgency", "a")
    made.set_rows(papers(40), more=True, total=326)
    preview = FilePreview()
    preview.show_file("正文.pdf", sample_pdf())
    made.set_preview(_card("预览", preview))
    return made


SHEETS = {"parts": parts, "form": form, "page": page}


def _window(made: QWidget) -> QWidget:
    theme.mark(made, "surface", "window")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.resize(*SIZE)
    made.show()
    return made


def draw(folder: Path, name: str, size: str) -> list[Path]:
    """Draw every sheet and dialog in one theme and size; the files written."""
    app = QApplication.instance()
    theme.apply(app, name, size)
    written = []

    def keep(widget: QWidget, what: str) -> None:
        for _ in range(6):
            app.processEvents()
        file = folder / f"{what}-{name}-{size}.png"
        assert widget.grab().save(str(file))
        written.append(file)
    for what, make in SHEETS.items():
        made = _window(make())
        if what == "page":
            made.table.selectRow(2)
            made.table.setFocus()
            notice(made, "已送 李明远 审核。", "撤销")
        if what == "form":
            keep(made, "form-errors")
            made.picker.input.setFocus()
            made.picker._offer()
        keep(made, what)
        made.close()
        made.deleteLater()
    for what, dialog in _dialogs().items():
        dialog.show()
        keep(dialog, what)
        dialog.close()
        dialog.deleteLater()
    return written


def _dialogs() -> dict[str, QWidget]:
    refused = errors.FailureDialog(None, "此文已由 赵若兰 办理，您看到的是旧画面。", "您填写的意见已保留在本机。请刷新后再办理。", "Conflict: task 41", False)
    refused.fold.click()
    asked = Question(None, "确定作废这份发文吗？", "作废后文号〔2026〕12号不再使用，办理记录保留。", "作废", danger=True)
    calendar = DateEdit(date(2026, 7, 1)).calendarWidget()
    calendar.setParent(None)
    return {"dialog-failure": refused, "dialog-danger": asked, "calendar": calendar}


def main(arguments: list[str]) -> int:
    """Draw into a folder; all themes and sizes unless one is named."""
    app = QApplication.instance() or QApplication(["gallery"])
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [tuple(arguments[1:3])] if len(arguments) > 2 else [(name, size) for name in ("light", "dark") for size in ("normal", "xlarge")]
    for name, size in chosen:
        for file in draw(folder, name, size):
            print(file)
    app.closeAllWindows()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
