"""收文 through the windows: register a file, 初审, 拟办, 批示, 承办 with 协办, 传阅, 办结, 归档, and find it again."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from oa_client.domain.intake_reading import read_fields
from oa_client.tour.acting import choose, close, pick, prepared, press, say
from oa_client.tour.cast import Cast, number_of
from oa_client.tour.guide import Guide
from oa_client.ui.widgets.date_edit import DateEdit
from oa_client.usecases import library, lists
from oa_client.usecases.rules import reading_rules

LEAD, ASSIST = "交警支队", "治安支队"


def walk(guide: Guide, cast: Cast, paper: Path) -> int:
    """Walk one incoming paper to the archive; gives its number in the register."""
    document = _register(guide, cast, paper)
    _decide(guide, cast, document)
    _handle(guide, cast, document)
    _circulate(guide, cast, document)
    _file(guide, cast, document)
    return document


def _register(guide: Guide, cast: Cast, paper: Path) -> int:
    with guide.step("收发员登录：待办"):
        window = cast.enter(cast.persona("收发"))
        counts = guide.look(lambda: lists.counts(cast.desk))
        shown = window.pages["todo"].list.model.rowCount()
        guide.check("待办数与列表一致", counts["todo"] == min(shown, counts["todo"]) and shown > 0, f"{counts['todo']} / {shown}")
        guide.picture("待办", window)
    with guide.step("收文登记：拖入文件，读出各字段"):
        before = guide.look(lambda: lists.counts(cast.desk))["receive"]
        register = cast.intake()
        guide.settle()
        register.files.drop.take([paper])
        guide.wait(lambda: register.fields.values()["title"], "读出标题", 60)
        guide.settle()
        values = register.fields.values()
        guide.check("读出了标题", len(values["title"]) >= 4, values["title"])
        text = register.pile.files()[0].text
        reading = guide.look(lambda: read_fields(text, paper.name, reading_rules()))
        guide.check("所读与规则所得一致", values["title"] == reading.title.value, reading.title.value)
        guide.picture("收文登记", register)
        if not values["from_organ"]:
            guide.type(register.fields.field("from_organ"), "江北省公安厅")
        if values["urgency"] != "平件":
            register.fields.field("due_on", DateEdit).set_value(cast.desk.today() + timedelta(days=3))
        guide.press(register.register_one)
        after = guide.look(lambda: lists.page(cast.desk, "receive", size=1))
        document = after.rows[0].id
        guide.check("登记簿多了一件", after.total == before + 1, f"{before} → {after.total}")
        guide.check("转到初审", after.rows[0].where.startswith("初审"), after.rows[0].where)
    with guide.step("重复来文有提醒和链接"):
        register = cast.intake()
        guide.settle()
        register.files.drop.take([paper])
        guide.wait(lambda: register.duplicates.found(), "重复提醒", 60)
        guide.settle()
        guide.check("指出先前登记的那一件", document in [item.document_id for item in register.duplicates.found()])
        guide.picture("重复来文提醒", register)
        register.clear()
        close(guide)
    return document


def _decide(guide: Guide, cast: Cast, document: int) -> None:
    root = cast.unit("市局")
    with guide.step("初审：送拟办"):
        window = cast.document(document)
        guide.picture("公文窗口-初审", window)
        press(guide, cast, window, document, "拟办")
        close(guide)
    with guide.step("拟办：选批示领导和建议承办单位"):
        cast.enter(number_of(cast.holder("reviewer", root)))
        window = cast.document(document)
        choose(guide, window, "to_leader")
        pick(guide, window, "leader", cast.holder("deputy", root).name)
        pick(guide, window, "lead", LEAD)
        pick(guide, window, "assist", ASSIST)
        say(guide, window, f"拟请{LEAD}牵头，{ASSIST}配合，于三个工作日内报办理情况。请局领导批示。")
        guide.picture("拟办", window)
        press(guide, cast, window, document, "批示")
        close(guide)
    with guide.step("批示：领导批示交办"):
        cast.enter(number_of(cast.holder("deputy", root)))
        window = cast.document(document)
        say(guide, window, "同意。请交警支队抓紧部署，确保道路安全畅通。")
        due = window.bar.work.forms["to_handle"].field("due_on", DateEdit)
        if due.value() is None:
            due.set_value(cast.desk.today() + timedelta(days=3))
        guide.check("沿用拟办建议的承办单位", LEAD in window.bar.work.sentence.text() and ASSIST in window.bar.work.sentence.text(), window.bar.work.sentence.text())
        guide.picture("领导批示", window)
        press(guide, cast, window, document, "承办")
        close(guide)


def _handle(guide: Guide, cast: Cast, document: int) -> None:
    lead, assist = cast.unit(LEAD), cast.unit(ASSIST)
    officer = cast.holder("", lead)
    with guide.step("承办：主办单位收发员转办给民警"):
        cast.enter(number_of(cast.holder("clerk", lead)))
        window = cast.document(document)
        guide.check("协办未答复，主办还不能报结果", bool(prepared(window).blocked), prepared(window).blocked)
        choose(guide, window, "transfer")
        pick(guide, window, "person", number_of(officer))
        press(guide, cast, window, document, "承办")
        close(guide)
    with guide.step("承办：协办单位答复"):
        cast.enter(number_of(cast.holder("clerk", assist)))
        window = cast.document(document)
        say(guide, window, "已安排警力配合路面管控，无其他意见。")
        guide.picture("协办答复", window)
        press(guide, cast, window, document, "承办")
        close(guide)
    with guide.step("承办：主办民警报结果并送传阅"):
        cast.enter(number_of(officer))
        window = cast.document(document)
        choose(guide, window, "to_read")
        for reader in _readers(cast):
            pick(guide, window, "readers", reader)
        say(guide, window, "已部署警力一百二十人次，管控重点路段六处，未发生较大事故。")
        guide.picture("报办理结果", window)
        press(guide, cast, window, document, "传阅")
        close(guide)


def _readers(cast: Cast) -> list[str]:
    root = cast.unit("市局")
    return [number_of(cast.holder("chief", root)), number_of(cast.holder("deputy", root, 1))]


def _circulate(guide: Guide, cast: Cast, document: int) -> None:
    first, second = _readers(cast)
    with guide.step("传阅：在待阅里看到并签阅"):
        window = cast.enter(first)
        window.go("read")
        guide.settle()
        guide.check("列在待阅里", document in [row.id for row in window.pages["read"].list.model.rows()])
        guide.picture("待阅", window)
        opened = cast.document(document)
        press(guide, cast, opened, document, "传阅")
        close(guide)
        cast.enter(second)
        press(guide, cast, cast.document(document), document, "办结")
        close(guide)


def _file(guide: Guide, cast: Cast, document: int) -> None:
    root = cast.unit("市局")
    with guide.step("办结：收发员办结送归档"):
        cast.enter(cast.persona("收发"))
        window = cast.document(document)
        window.bar.work.forms["close"].field("answered", QLineEdit).setText("已书面报送省厅交通管理部门")
        press(guide, cast, window, document, "归档")
        close(guide)
    with guide.step("归档：档案员定保管期限"):
        cast.enter(number_of(cast.holder("archivist", root)))
        window = cast.document(document)
        guide.picture("归档", window)
        guide.press(window.bar.work.buttons.primary)
        view = cast.view(document)
        guide.check("已归档并有档号", view.state == "filed" and view.reference.startswith("Z109-WS·"), view.reference)
        guide.check("库里数据完好", cast.sound() == [], cast.sound())
        window.tabs.tabs.setCurrentWidget(window.tabs.sheet)
        guide.settle()
        guide.picture("公文处理单", window)
        close(guide)
    with guide.step("公文库：按正文里的字检索"):
        main = cast.enter(number_of(cast.holder("archivist", root)))
        page = main.go("library")
        guide.settle()
        words = _words(cast, guide, document)
        guide.type(page.list.search, words)
        guide.breathe(500)
        guide.settle()
        guide.check(f"用「{words}」找到", document in [row.id for row in page.list.model.rows()])
        page.list.table.select(document)
        guide.settle()
        guide.picture("公文库", main)


def _words(cast: Cast, guide: Guide, document: int) -> str:
    """Four characters out of the middle of the document's text, that find it."""
    view = cast.view(document)
    title = "".join(char for char in view.title if "\u4e00" <= char <= "\u9fff")
    found = guide.look(lambda: library.search(cast.desk, library.LibraryFilter(title[-8:-4])))
    return title[-8:-4] if found.total else title[:4]
