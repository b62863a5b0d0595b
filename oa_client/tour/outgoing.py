"""发文 through the windows: draft, 审核, 会签, 签发, 复核, 登记编号, 分发, the receiver signs, 归档."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from oa_client.tour.acting import choose, close, pick, press, say
from oa_client.tour.answering import answer
from oa_client.tour.cast import Cast, number_of
from oa_client.tour.guide import Guide
from oa_client.ui.draft.window import DraftWindow
from oa_client.ui.widgets.choice import Choice
from oa_client.usecases import lists

TITLE = "云岚市公安局关于加强寒潮天气道路交通安全管理工作的通知"
BODY = ("近期我市将出现大范围寒潮天气，部分路段可能结冰。为做好道路交通安全管理工作，现通知如下。", "一、加强组织领导", "各单位要提高认识，主要负责同志靠前指挥，提前研判重点路段。",
        "二、强化路面管控", "（一）加密巡逻频次。对桥梁、隧道口、长下坡等路段定点守护。", "（二）严管重点车辆。对“两客一危”车辆逐车检查。",
        "三、及时报送信息", "请各单位于12月1日前将落实情况报市局办公室。", "附件：重点路段排查整治清单", "特此通知。")
TO, COUNTER = ("交警支队", "治安支队", "特警支队"), ("交警支队", "法制支队")


def walk(guide: Guide, cast: Cast, attachment: Path) -> int:
    """Walk one outgoing paper to its receipt and to the archive; gives its id."""
    document = _draft(guide, cast, attachment)
    _review(guide, cast, document)
    _sign(guide, cast, document)
    _send(guide, cast, document)
    _receive(guide, cast, document)
    return document


def _write(guide: Guide, window: DraftWindow, attachment: Path) -> None:
    paper, properties = window.face.paper, window.face.properties
    guide.type(paper.title, TITLE)
    for line in BODY:
        guide.type(paper.body, line)
        guide.key(paper.body, Qt.Key.Key_Return)
    properties.field("organ_id", Choice).set_value(next(key for key, name in properties.organs().items() if name == "云岚市公安局"))
    for unit in TO:
        guide.type(properties.main_to.input, unit)
        guide.breathe(30)
        guide.key(properties.main_to.input, Qt.Key.Key_Return)
    properties.field("openness", Choice).set_value("主动公开")
    window.content.attachments.take([attachment])
    guide.settle()


def _draft(guide: Guide, cast: Cast, attachment: Path) -> int:
    drafter = number_of(cast.holder("", cast.unit("交警支队")))
    with guide.step("发文拟稿：正文层级、主送、公开属性、附件，行文规则随写随查"):
        cast.enter(drafter)
        window = cast.draft()
        guide.wait(lambda: window.pages.currentWidget() is window.face, "拟稿窗口")
        window.resize(1366, 768)
        _write(guide, window, attachment)
        guide.breathe(1000)
        guide.settle()
        guide.check("三个主送单位", len(window.face.properties.main_to.chosen()) == len(TO), window.face.properties.main_to.names())
        guide.picture("发文拟稿", window)
        guide.press(window.face.save)
        page = guide.look(lambda: lists.page(cast.desk, "send", size=1))
        guide.check("文稿已存入库", page.rows[0].title == TITLE, page.rows[0].title)
        document = page.rows[0].id
    with guide.step("送审核"):
        _submit(guide, window)
        where = cast.view(document).where
        guide.check("到了审核", where.startswith("审核"), where)
        close(guide)
    return document


def _submit(guide: Guide, window: DraftWindow) -> None:
    answer(guide, "已核实，按实际需要行文。")
    guide.press(window.face.submit)


def _review(guide: Guide, cast: Cast, document: int) -> None:
    root = cast.unit("市局")
    with guide.step("审核：核稿人送会签"):
        cast.enter(number_of(cast.holder("reviewer", root)))
        window = cast.document(document)
        choose(guide, window, "to_countersign")
        for unit in COUNTER:
            pick(guide, window, "countersigners", unit)
        pick(guide, window, "signer", cast.holder("chief", root).name)
        say(guide, window, "经审核，符合发文规定，请会签后送签发。")
        guide.picture("审核送会签", window)
        press(guide, cast, window, document, "会签")
        close(guide)
    with guide.step("会签：两个单位的领导并行会签"):
        for place, unit in enumerate(COUNTER):
            cast.enter(number_of(cast.holder("chief", cast.unit(unit))))
            window = cast.document(document)
            say(guide, window, "会签同意。")
            if place == 0:
                guide.picture("会签", window)
            press(guide, cast, window, document, "会签" if place == 0 else "签发")
            close(guide)


def _sign(guide: Guide, cast: Cast, document: int) -> None:
    root = cast.unit("市局")
    with guide.step("签发：局长签发"):
        cast.enter(number_of(cast.holder("chief", root)))
        window = cast.document(document)
        say(guide, window, "同意签发。")
        guide.picture("签发", window)
        press(guide, cast, window, document, "复核")
        close(guide)
    with guide.step("复核：核稿人复核"):
        cast.enter(number_of(cast.holder("reviewer", root)))
        press(guide, cast, cast.document(document), document, "登记")
        close(guide)


def _send(guide: Guide, cast: Cast, document: int) -> None:
    with guide.step("登记：确定发文字号和份数"):
        cast.enter(cast.persona("收发"))
        window = cast.document(document)
        window.bar.work.forms["number"].field("copies", QLineEdit).setText("40")
        guide.picture("登记编号", window)
        press(guide, cast, window, document, "分发")
        view = cast.view(document)
        guide.check("有了发文字号", view.number.endswith("号") and "〔" in view.number, view.number)
    with guide.step("分发：各单位收到定稿"):
        window = cast.document(document)
        press(guide, cast, window, document, "归档")
        view = cast.view(document)
        guide.check("三个单位都已发出", [bool(row.sent_at) for row in view.addressees] == [True] * len(TO))
        window = cast.document(document)
        window.tabs.tabs.setCurrentWidget(window.tabs.text)
        guide.settle()
        guide.picture("红头定稿", window)
        close(guide)


def _receive(guide: Guide, cast: Cast, document: int) -> None:
    with guide.step("收文单位签收"):
        cast.enter(number_of(cast.holder("clerk", cast.unit(TO[0]))))
        rows = guide.look(lambda: lists.page(cast.desk, "todo").rows)
        copy = next(row.id for row in rows if row.title == TITLE)
        window = cast.document(copy)
        guide.check("看不到发文单位的会签意见", not any(entry.step == "会签" for entry in cast.view(copy).timeline))
        guide.picture("收文单位签收", window)
        press(guide, cast, window, copy, "登记")
        close(guide)
    with guide.step("发文单位看到签收情况，归档"):
        cast.enter(number_of(cast.holder("archivist", cast.unit("市局"))))
        window = cast.document(document)
        window.tabs.tabs.setCurrentWidget(window.tabs.related)
        guide.settle()
        received = [row.name for row in cast.view(document).addressees if row.received_at]
        guide.check("签收情况里有该单位", len(received) == 1, received)
        guide.picture("签收情况", window)
        guide.press(window.bar.work.buttons.primary)
        view = cast.view(document)
        guide.check("已归档并有档号", view.state == "filed" and bool(view.reference), view.reference)
        guide.check("库里数据完好", cast.sound() == [], cast.sound())
        close(guide)
