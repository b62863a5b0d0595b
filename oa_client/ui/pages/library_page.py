"""The library of documents (公文库): find by any words, narrow, look, open, take out."""

from collections.abc import Callable, Hashable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oa_client.domain.errors import OaError
from oa_client.ui.office import Office
from oa_client.ui.pages.fresh import Fresh
from oa_client.ui.pages.library_exports import LibraryExports
from oa_client.ui.pages.library_list import KEY, LibraryList
from oa_client.ui.pages.preview import DocumentPreview
from oa_client.ui.pages.preview_switch import PreviewSwitch
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button
from oa_client.usecases import library, lists
from oa_client.usecases.views import ListPage as Page

EMPTY = "公文库里还没有您可以阅看的公文，归档后自动列在这里。"
LOOK_FURTHER = "归档的公文里没有找到。勾选“含未归档”，可以连同办理中的公文一起找。"


class LibraryPage(QWidget):
    """`list` holds search, choices and table, `preview` the document with the words found marked."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self._after: tuple[int, ...] | None = None
        self._fresh = False
        self.list = LibraryList(office.settings)
        self.preview = DocumentPreview(office)
        self.preview_switch = PreviewSwitch(self.list, self.preview, office.settings, KEY)
        self.trouble = Banner(self)
        self.list.column.insertWidget(3, self.trouble)
        self.exports = LibraryExports(office, self.list, self.trouble)
        self.export_button = button("导出", icon="export", shortcut="Ctrl+E", pressed=self.exports.ask_folder)
        self.catalogue_button = button("导出目录", icon="excel", tip="把查到的全部公文列成归档文件目录，可用表格软件打开", pressed=self.exports.ask_file)
        for part in (self.export_button, self.catalogue_button):
            self.list.add_tool(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.setFocusProxy(self.list.search)
        self._listen()
        self._read_facets()
        self.load()

    def load(self) -> None:
        """Read the list again as far as it is shown; selection and place stay."""
        shown = 0 if self._fresh else self.list.model.rowCount() + (lists.PAGE if self._after is None else 0)
        size = max(lists.PAGE, shown)
        self._read(self._show, None, size)

    def open(self, key: Hashable) -> QWidget | None:
        """Open a row's document: an own draft in the editor, anything else in its window."""
        at = self.list.model.position(key)
        if at < 0:
            return None
        row = self.list.model.row(at)
        return self.office.draft_paper(row.id) if row.draft else self.office.open_document(row.id)

    def _listen(self) -> None:
        Fresh(self, self.office.jobs, lambda topics: topics & ({"library"} if self.list.narrowed().filed_only else {"library", "document"}), self._read_all)
        self.list.filtered.connect(self._filtered)
        self.list.need_more.connect(lambda: self._read(self._show_more, self._after, lists.PAGE))
        self.list.opened.connect(self.open)
        self.list.selected.connect(self._selected)
        self._selected(())

    def _read(self, then: Callable[[Page], object], after: tuple[int, ...] | None, size: int) -> None:
        self.office.jobs.read(self, library.search, self.office.desk, self.list.narrowed(), after, size, then=then, failed=self._failed,
                              latest="list", doing="正在查找")

    def _read_facets(self) -> None:
        self.office.jobs.read(self, library.facets, self.office.desk, then=self.list.offer, failed=self._failed, latest="facets")

    def _read_all(self) -> None:
        self._read_facets()
        self.load()

    def _filtered(self) -> None:
        self._fresh = True
        self.load()

    def _show(self, page: Page) -> None:
        self._after = page.after
        self.trouble.hide()
        self.list.say_empty(EMPTY, "library")
        self.list.set_rows(page.rows, more=page.after is not None, total=page.total)
        now = self.list.narrowed()
        if not page.rows and now.text and now.filed_only:
            self.list.nothing.say(LOOK_FURTHER, "search")
        self.catalogue_button.setEnabled(bool(page.rows))
        if self._fresh:
            self._fresh = False
            self.list.table.scrollToTop()
        self._selected(self.list.table.selected_ids())

    def _show_more(self, page: Page) -> None:
        self._after = page.after
        self.list.append_rows(page.rows, more=page.after is not None)

    def _failed(self, error: OaError) -> None:
        self.list.more_failed()
        self.trouble.tell(error, verb="重新读取", pressed=self._read_all)

    def _selected(self, ids: tuple[Hashable, ...]) -> None:
        self.preview.follow([int(str(key)) for key in ids], self.list.narrowed().text)
        self.export_button.setEnabled(bool(ids))
        self.export_button.setToolTip("把选中的公文连同附件、处理单导出到文件夹（Ctrl+E）" if ids else "先选中要导出的公文")
