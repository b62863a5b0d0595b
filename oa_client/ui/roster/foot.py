"""The line at the bottom of the import: what will happen and the press for it, the progress while it lasts, the way out afterwards."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from oa_client.ui import theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label

KEYS, KEYS_IN_WORDS = "Ctrl+Return", "Ctrl+Enter"
NOTHING_TICKED = "请先勾选要导入的行"
STOPPING = "办完手上这一行就停……"


class RosterFoot(QWidget):
    """`import_asked()`, `stop_asked()`, `close_asked()`, `all_asked(bool)`; one of three faces at a time."""

    import_asked = Signal()
    stop_asked = Signal()
    close_asked = Signal()
    all_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.ticks, self.will, self.also = label("", "small"), _open(label("", wrap=True)), _open(label("", "small", wrap=True))
        self.every = button("全选", "link", tip="勾选显示出来的、可以导入的行", pressed=lambda: self.all_asked.emit(True))
        self.none = button("全不选", "link", tip="取消显示出来的行的勾选", pressed=lambda: self.all_asked.emit(False))
        self.verb = button("导入", "primary", "upload", pressed=self.import_asked.emit)
        self.doing, self.bar = _open(label("")), QProgressBar()
        self.stop = button("停止", icon="stop", pressed=self._stop)
        self.over, self.leave = _open(label("", "small", wrap=True)), button("关闭", pressed=self.close_asked.emit)
        self.bar.setTextVisible(False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._ready, self._busy, self._after = self._face(self._words(), self.verb), self._face(self._progress(), self.stop), self._face(self.over, self.leave)
        theme.changed.connect(self._fit)
        self._fit()
        self._turn(self._after)

    def offer(self, ticked: int, good: int, will: str, also: str) -> None:
        """Before the import: how many rows are ticked, and what the press will do."""
        self.ticks.setText(f"已勾选 {ticked} 行，可导入的共 {good} 行")
        self.will.setText(will)
        self.also.setText(also)
        self.verb.setText(f"导入 {ticked} 行" if ticked else "导入")
        self.verb.setEnabled(bool(ticked))
        self.verb.setShortcut(KEYS)  # new words take it away
        self.verb.setToolTip(f"导入勾选的行（{KEYS_IN_WORDS}）" if ticked else NOTHING_TICKED)
        self._turn(self._ready)

    def begin(self, doing: str, stop: str) -> None:
        """Work has begun; `stop` is the tooltip of the button that ends it."""
        self.doing.setText(f"{doing}……")
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(doing)
        self.stop.setEnabled(True)
        self.stop.setToolTip(stop)
        self._turn(self._busy)
        self.stop.setFocus()

    def progress(self, done: int, total: int, words: str) -> None:
        """How far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if self.stop.isEnabled():
            self.doing.setText(f"{words}（{done}/{total}）")

    def end(self, words: str) -> None:
        """Nothing to press but the way out."""
        self.over.setText(words)
        self._turn(self._after)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.doing.setText(STOPPING)
        self.stop_asked.emit()

    def _words(self) -> QWidget:
        """What will happen above; below the ticks, and what is left out."""
        made, line = QWidget(), QHBoxLayout()
        line.setSpacing(theme.tokens().space[1])
        for each in (self.ticks, self.every, self.none):
            line.addWidget(each)
        line.addWidget(self.also, 1)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.will)
        column.addLayout(line)
        return made

    def _progress(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.tokens().space[1])
        column.addStretch(1)
        column.addWidget(self.doing)
        column.addWidget(self.bar)
        column.addStretch(1)
        return made

    def _face(self, words: QWidget, verb: QWidget) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.tokens().space[3])
        line.addWidget(words, 1)
        line.addWidget(verb, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column.addWidget(made)
        return made

    def _turn(self, face: QWidget) -> None:
        """A stack would be as high as its highest face, also one whose words are wrapped while it is hidden."""
        for each in (self._ready, self._busy, self._after):
            each.setVisible(each is face)

    def _fit(self) -> None:
        """As high for every face, so that nothing above moves."""
        now = theme.tokens()
        self.setMinimumHeight(now.control + now.font + now.space[1])


def _open(made: QLabel) -> QLabel:
    """Words give way: they never widen the window."""
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
