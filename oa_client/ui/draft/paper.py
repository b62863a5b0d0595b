"""The sheet on which a draft is written: title above, body below, the count of characters at its foot."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oa_client.ui import fonts, theme
from oa_client.ui.draft.editor import BodyEditor, body_pixels
from oa_client.ui.draft.title_edit import TitleEdit
from oa_client.ui.widgets.label import label, rule

TITLE_SCALE = 1.375
COUNT_MS = 200


class DraftPaper(QWidget):
    """`edited(key)` with title or body at every change."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme.tokens().space
        self.title = TitleEdit(most=3, parent=self)
        self.title.centre("标题：发文机关＋事由＋文种")
        self.title.setAccessibleName("标题（必填）")
        self.wrong = label("", "error", wrap=True, parent=self)
        self.wrong.hide()
        self.body = BodyEditor(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space[1])
        column.addWidget(self.title)
        column.addWidget(self.wrong)
        column.addWidget(self.body, 1)
        column.addWidget(rule(parent=self))
        column.addLayout(self._foot())
        self._counting = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._counting.timeout.connect(self._count)
        self.title.textChanged.connect(lambda: self._changed("title"))
        self.body.textChanged.connect(lambda: self._changed("body"))
        theme.changed.connect(self._dress)
        self._dress()

    def show_text(self, title: str, body: str) -> None:
        """Show a draft's text; `edited` is not emitted."""
        for field, put, words in ((self.title, self.title.setPlainText, title), (self.body, self.body.set_text, body)):
            before = field.blockSignals(True)
            put(words)
            field.blockSignals(before)
        self.say_wrong("")
        self._count()

    def say_wrong(self, sentence: str) -> None:
        """Tell under the title what is wrong with it; an empty sentence takes the remark away."""
        theme.mark(self.title, "wrong", "true" if sentence else "false")
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def _foot(self) -> QHBoxLayout:
        self.count = label("", "small", parent=self)
        self.count.setToolTip("不计空格和换行；一、（一）1.（1）开头的段落识别为各级标题")
        missing = "、".join(fonts.substituted())
        self.faces = label(f"本机缺少{missing}字体，以相近字体显示" if missing else "", "small", parent=self)
        line = QHBoxLayout()
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.faces)
        return line

    def _changed(self, key: str) -> None:
        if key == "title" and not self.wrong.isHidden():
            self.say_wrong("")
        self._counting.start()
        self.edited.emit(key)

    def _count(self) -> None:
        self.count.setText(f"正文 {self.body.count():,} 字")

    def _dress(self) -> None:
        self.title.wear(fonts.document_font("xiaobiaosong", round(body_pixels() * TITLE_SCALE)))
