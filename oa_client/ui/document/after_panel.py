"""What the bar shows when nothing is left to do here: that it is done, how to take it back, what comes next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from oa_client.settings import Settings
from oa_client.ui import theme
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.label import label, section
from oa_client.usecases.views import DocumentRow


class AfterPanel(QWidget):
    """`withdraw_asked()`, `next_asked(document id)` and `close_asked()`."""

    withdraw_asked = Signal()
    next_asked = Signal(int)
    close_asked = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._next_id = 0
        self.words = section("")
        self.hint = label("", "secondary", wrap=True)
        self.next = button("", "link", pressed=lambda: self.next_asked.emit(self._next_id))
        self.at_once = QCheckBox("办完后自动打开下一件")
        self.at_once.setChecked(settings.open_next)
        self.at_once.toggled.connect(self._remember)
        self.withdraw = button("撤回", "plain", "withdraw", pressed=self.withdraw_asked.emit)
        self.leave = button("关闭窗口", "plain", pressed=self.close_asked.emit)
        self.leave.setToolTip("关闭窗口（Esc）")
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.words)
        said.addWidget(self.hint)
        said.addWidget(self.next)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.tokens().space[2])
        line.addLayout(said, 1)
        for part in (self.at_once, self.withdraw, self.leave):
            line.addWidget(part)

    def show_done(self, words: str, may_withdraw: bool) -> None:
        """The officer's own act has just been carried out."""
        self._show(f"办理完毕：{words}", "", may_withdraw, True)

    def show_withdrawable(self) -> None:
        """The paper was handed on earlier and nobody has opened it yet."""
        self._show("已送出，对方尚未打开", "如有差错，现在可以撤回。", True, False)

    def show_next(self, row: DocumentRow | None) -> None:
        """Offer the next to-do, or say that there is none."""
        self._next_id = row.id if row else 0
        title = row.title if row else ""
        short = title if len(title) <= 40 else f"{title[:39]}…"
        self.next.setText(f"下一件待办：{short}")
        self.next.setToolTip(title)
        self.next.setAccessibleName(f"下一件待办：{title}")
        self.next.setVisible(row is not None)
        self.hint.setText("" if row else "待办已全部办完。")
        self.hint.setVisible(row is None)

    def _show(self, words: str, hint: str, may_withdraw: bool, done: bool) -> None:
        self.words.setText(words)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.next.hide()
        self.withdraw.setVisible(may_withdraw)
        self.at_once.setVisible(done)
        self.leave.setVisible(done)

    def _remember(self, on: bool) -> None:
        self._settings.open_next = on
        self._settings.save()
