"""The seven lists of documents (待办、待阅、在办、已办、收文、发文、共享给我): newest first, filtered at once, read page by page."""

from collections.abc import Callable, Hashable
from datetime import date, timedelta

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.ui.office import Office
from oa_client.ui.pages.box_words import EMPTY, Verb, verb_of
from oa_client.ui.pages.fresh import Fresh
from oa_client.ui.pages.preview import DocumentPreview
from oa_client.ui.pages.preview_switch import PreviewSwitch
from oa_client.ui.pages.row_columns import box_columns
from oa_client.ui.widgets import dialog
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.ui.widgets.chip import ChipGroup
from oa_client.ui.widgets.list_page import Filter, ListPage
from oa_client.usecases import batch, lists
from oa_client.usecases.batch import Tally
from oa_client.usecases.views import DocumentRow, ListFilter
from oa_client.usecases.views import ListPage as Page

AGAIN_MS = 60
READING = "正在读取……"
TOPICS = {"todo": {"todo"}, "read": {"todo"}, "doing": {"todo"}, "done": {"todo"}, "receive": {"receive"}, "send": {"send"},
          "lent": {"lent"}}
PERIODS = (("today", "今天"), ("week", "近一周"), ("month", "近一月"), ("year", "今年"))
_ENDS = {"done": ("filed", "closed", "returned", "void"), "receive": ("running", "filed", "closed", "returned"),
         "send": ("running", "filed", "closed", "void")}


class BoxPage(QWidget):
    """One of `lists.BOXES`. `list` holds table and filters, `preview` the document beside them."""

    def __init__(self, office: Office, box: str) -> None:
        super().__init__()
        self.office, self.box = office, box
        self._today = office.desk.today()
        self._after: tuple[int, ...] | None = None
        self._fresh = False
        self._verb: Verb = verb_of(box, office.desk.actor)
        primary = self._make_primary()
        self.list = ListPage(
            f"box/{box}", lists.BOXES[box], box_columns(box, lambda: self._today), office.settings, primary=primary,
            search="搜索标题、字号、单位、环节", groups=_groups(box), row_id=lambda row: row.key, empty=READING,
            empty_verb=self._verb.words if self._verb.begins else "")
        self.preview = DocumentPreview(office)
        self.preview_switch = PreviewSwitch(self.list, self.preview, office.settings, f"box/{box}")
        self.trouble = Banner(self)
        self.list.column.insertWidget(2, self.trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.setFocusProxy(self.list.table)
        self._listen()
        self.load()

    def load(self) -> None:
        """Read the list again as far as it is shown; selection and place stay."""
        shown = 0 if self._fresh else self.list.model.rowCount() + (lists.PAGE if self._after is None else 0)
        size = max(lists.PAGE, shown)
        self._today = self.office.desk.today()
        self._read(self._show, None, size)

    def open(self, key: Hashable) -> QWidget | None:
        """Open the row: an own draft in the editor, anything else in its window."""
        at = self.list.model.position(key)
        if at < 0:
            return None
        row: DocumentRow = self.list.model.row(at)
        return self.office.draft_paper(row.id) if row.draft else self.office.open_document(row.id)

    def press(self) -> None:
        """What the primary button does."""
        match self._verb.key:
            case "open":
                self.open_selected()
            case "read":
                self.sign_read()
            case "register":
                self.office.register_paper()
            case "draft":
                self.office.draft_paper()

    def open_selected(self) -> None:
        """Open the selected row, the topmost without a selection."""
        chosen = self.list.table.selected_ids() or tuple(row.key for row in self.list.model.rows()[:1])
        if chosen:
            self.list.table.select(chosen[0])
            self.open(chosen[0])

    def sign_read(self) -> None:
        """Sign the selected papers as read (已阅); asked first when some were never opened."""
        rows = self.list.table.selected_rows()
        unopened = sum(row.unread for row in rows)
        if not rows or (unopened and not dialog.ask(
                self, f"将所选 {len(rows)} 件标为已阅？", f"其中 {unopened} 件还没有打开看过。标为已阅后，办理单上记下您的签阅时间，不能撤回。", "标为已阅")):
            return
        self.office.jobs.write(self, batch.mark_read, self.office.desk, rows, then=self._signed, busy=self.list.primary, doing="正在标为已阅")

    def _make_primary(self) -> QPushButton | None:
        if not self._verb.words:
            return None
        return button(self._verb.words, "primary", self._verb.icon, shortcut=self._verb.shortcut, tip=self._verb.tip, pressed=self.press)

    def _listen(self) -> None:
        Fresh(self, self.office.jobs, lambda topics: topics & (TOPICS[self.box] | {"document"}), self.load, AGAIN_MS)
        self.list.filtered.connect(self._filtered)
        self.list.need_more.connect(self._load_more)
        self.list.opened.connect(self.open)
        self.list.selected.connect(self._selected)
        self.list.empty_pressed.connect(self.press)
        self._selected(())

    def _filtered(self, _filter: Filter) -> None:
        self._fresh = True
        self.load()

    def _load_more(self) -> None:
        self._read(self._show_more, self._after, lists.PAGE)

    def _read(self, then: Callable[[Page], object], after: tuple[int, ...] | None, size: int) -> None:
        self.office.jobs.read(self, lists.page, self.office.desk, self.box, list_filter(self.list.filter(), self._today), after, size,
                              then=then, failed=self._failed, latest="list")

    def _show(self, page: Page) -> None:
        self._after = page.after
        self.trouble.hide()
        self.list.say_empty(*EMPTY[self.box, bool(self._verb.words)])
        self.list.set_rows(page.rows, more=page.after is not None, total=page.total)
        if self._fresh:
            self._fresh = False
            self.list.table.scrollToTop()
        self._selected(self.list.table.selected_ids())

    def _show_more(self, page: Page) -> None:
        self._after = page.after
        self.list.append_rows(page.rows, more=page.after is not None)

    def _failed(self, error: OaError) -> None:
        self.list.more_failed()
        self.trouble.tell(error, verb="重新读取", pressed=self.load)

    def _selected(self, keys: tuple[Hashable, ...]) -> None:
        rows = self.list.table.selected_rows()
        self.preview.follow([row.id for row in rows])
        if self.list.primary is None or self._verb.key not in ("open", "read"):
            return
        if self._verb.key == "read":
            self.list.primary.setText(f"所选 {len(keys)} 件标为已阅" if len(keys) > 1 else self._verb.words)
            self.list.primary.setEnabled(bool(keys))
        else:
            self.list.primary.setEnabled(self.list.model.rowCount() > 0)

    def _signed(self, tally: Tally) -> None:
        if tally.failed:
            title, why = tally.failed[0]
            self.trouble.say(f"有 {len(tally.failed)} 件没有标为已阅，其余 {len(tally.results)} 件已完成。", "soon", hint=f"「{title}」：{why}")


def list_filter(chosen: Filter, today: date) -> ListFilter:
    """What the list was narrowed to, as the use case wants it."""
    period = next(iter(chosen.of("period", str)), "")
    starts = {"today": today, "week": today - timedelta(days=6), "month": today - timedelta(days=29), "year": date(today.year, 1, 1)}
    return ListFilter(chosen.text, frozenset(chosen.of("urgency", str)), frozenset(chosen.of("state", str)), starts.get(period))


def _groups(box: str) -> tuple[ChipGroup, ...]:
    urgency = ChipGroup("urgency", "紧急程度", (("特急", "特急"), ("加急", "加急")))
    period = ChipGroup("period", "时间", PERIODS, single=True)
    states = tuple((key, lists.STATES[key]) for key in _ENDS.get(box, ()))
    if box == "lent":
        return (period,)
    return (urgency, ChipGroup("state", "办理情况", states), period) if states else (urgency, period)
