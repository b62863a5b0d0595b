"""What the preview says of a document: title and chips, who has it, key facts, last opinions, files, the beginning of the text."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.document.header import DUE_TONES
from oa_client.ui.document.timeline import PARTS, moment, since
from oa_client.ui.document.timeline_entry import EntryWords
from oa_client.ui.pages.excerpt import Excerpt
from oa_client.ui.pages.preview_parts import Facts, Lines, LineWords, Opinions, Part
from oa_client.ui.pages.row_columns import STATE_TONES
from oa_client.ui.widgets.chip import URGENCY_TONES, Chip
from oa_client.ui.widgets.flow_layout import FlowLayout
from oa_client.ui.widgets.label import label
from oa_client.usecases.glimpse import Glimpse
from oa_client.usecases.lists import STATES
from oa_client.usecases.views import DocumentView, TimelineEntry, Waiting

KEY_FIELDS = ("来文单位", "发文机关", "文种", "成文日期", "收文日期", "办理期限", "主送", "拟稿人", "签发人", "保管期限")
OPINIONS, HOLDERS, FILES = 3, 3, 6
_TONES = {"warn": "overdue", "good": "ontime"}
_BELOW_CHIPS = 2


class PreviewSheet(QWidget):
    """`show_glimpse` fills it anew. Parts without content are not shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "surface", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        space = theme.tokens().space
        self.title = label("", "title", wrap=True)
        self.number = label("", "secondary")
        for words in (self.title, self.number):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.urgency, self.state, self.due, self.reference = (Chip(parent=self) for _ in range(4))
        chips = QWidget(self)
        flow = FlowLayout(chips, space[1])
        for chip in (self.number, self.urgency, self.state, self.due, self.reference):
            flow.addWidget(chip)
        self.holders, self.facts = Lines("当前办理", HOLDERS, "人（单位）"), Facts("基本情况")
        self.opinions, self.files = Opinions("最近意见"), Lines("附件", FILES, "个文件")
        self.text, self.excerpt = Part("正文"), Excerpt()
        self.text.column.addWidget(self.excerpt)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(space[3], space[3], space[3], space[2])
        column.setSpacing(space[1])
        for part in (self.title, chips, self.holders, self.facts, self.opinions, self.files, self.text):
            column.addWidget(part)
        column.addStretch(1)

    def show_glimpse(self, found: Glimpse, now: datetime) -> None:
        """Show a document as of a moment."""
        view = found.view
        self.setUpdatesEnabled(False)
        self.title.setText(view.title)
        self.number.setText(view.number or ("未编号" if view.kind == "send" else "无字号"))
        self._say_chips(view)
        known = dict(view.fields)
        self.holders.say([_holder(item, now) for item in view.waiting])
        self.facts.say([(key, known[key]) for key in KEY_FIELDS if key in known])
        self.opinions.say([_opinion(entry, now) for entry in view.timeline if entry.opinion][-OPINIONS:])
        self.files.say([LineWords(icons.for_file(file.name), file.name, f"{file.pages} 页" if file.pages else "") for file in view.attachments])
        self._say_text(found)
        self.setUpdatesEnabled(True)

    def _say_text(self, found: Glimpse) -> None:
        """The words searched for stand above everything else, the mere beginning of the text below it."""
        place = _BELOW_CHIPS if found.marks else self._column.count() - 2
        if self._column.indexOf(self.text) != place:
            self._column.removeWidget(self.text)
            self._column.insertWidget(place, self.text)
        self.text.heading.setText(f"摘自附件 {found.source}" if found.source else "正文")
        self.text.setVisible(bool(found.words))
        reads_only = Qt.TextInteractionFlag.NoTextInteraction if found.view.watermark else Qt.TextInteractionFlag.TextBrowserInteraction
        self.excerpt.setTextInteractionFlags(reads_only)
        self.excerpt.show_part(found.words, found.marks, found.left_out)

    def _say_chips(self, view: DocumentView) -> None:
        self.urgency.say("" if view.urgency == "平件" else view.urgency, URGENCY_TONES.get(view.urgency, "neutral"))
        running = view.state == "running"
        step = view.where.partition("：")[0] or STATES["running"]
        self.state.say(step if running else STATES.get(view.state, ""), "accent" if running else STATE_TONES.get(view.state, "neutral"), view.where)
        tone = DUE_TONES.get(view.due.tone)
        self.due.say(view.due.words, tone or "neutral", view.due.tooltip)
        self.reference.say(f"档号 {view.reference}" if view.reference else "", "neutral")


def _holder(item: Waiting, now: datetime) -> LineWords:
    part = f"（{PARTS[item.part]}）" if item.part in PARTS else ""
    return LineWords("person", f"{item.holder}{part}　{item.step}", f"{since(item.since, now)}，{'已打开' if item.seen else '未打开'}")


def _opinion(entry: TimelineEntry, now: datetime) -> EntryWords:
    place = f"{entry.unit} {entry.post}".strip()
    return EntryWords(entry.name, place, entry.words, moment(entry.at, now), entry.opinion, _TONES.get(entry.tone, "accent"))
