"""The bar at the bottom of the document window: the acting panel, or what comes after it, or nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from oa_client.ui import icons, theme
from oa_client.ui.document.after_panel import AfterPanel
from oa_client.ui.document.opinion_side import task_words, whose_words
from oa_client.ui.document.task_panel import TaskPanel
from oa_client.ui.office import Office
from oa_client.ui.widgets.button import tool
from oa_client.ui.widgets.label import label


class ActionBar(QFrame):
    """Parts `work` and `after`; hidden when the officer has nothing to do here. The acting panel can be folded for reading."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "surface", "card")
        self.work = TaskPanel(office)
        self.after = AfterPanel(office.settings)
        self.folded_words = label("", "secondary")
        self.fold = tool("down", "收起办理栏", shortcut="F9", pressed=lambda: self.set_folded(not self.folded()))
        self._page: QWidget | None = None
        space = theme.tokens().space
        pages = QVBoxLayout()
        for page in (self.work, self.after, self.folded_words):
            pages.addWidget(page)
            page.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(space[3], space[2], space[1], space[2])
        line.setSpacing(space[0])
        line.addLayout(pages, 1)
        line.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def acting(self) -> bool:
        """Whether there is a task on the bar, folded or not."""
        return not self.isHidden() and self._page is self.work

    def folded(self) -> bool:
        """Whether only one line of the acting panel is shown."""
        return not self.folded_words.isHidden()

    def set_folded(self, folded: bool) -> None:
        """Make room for reading, or show the whole panel again."""
        folded = folded and self._page is self.work
        task = self.work.task
        self.folded_words.setText(f"{whose_words(task)}：{task_words(task)}　{self.work.sentence.text()}" if task else "")
        self.folded_words.setVisible(folded)
        self.work.setVisible(self._page is self.work and not folded)
        words = "展开办理栏" if folded else "收起办理栏"
        self.fold.setIcon(icons.icon("up" if folded else "down"))
        self.fold.setToolTip(f"{words}（F9）")
        self.fold.setAccessibleName(words)

    def show_work(self) -> None:
        """Turn to the acting panel."""
        self._turn(self.work)

    def show_after(self) -> None:
        """Turn to what comes after acting."""
        self._turn(self.after)

    def _turn(self, page: QWidget) -> None:
        if self._page is not page:
            self._page = page
            self.after.setVisible(page is self.after)
            self.fold.setVisible(page is self.work)
            self.set_folded(False)
        self.show()
