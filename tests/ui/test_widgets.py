"""The small parts: what they say, what they answer, what the keyboard does."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from oa_client.domain.errors import Refused
from oa_client.ui import errors, theme
from oa_client.ui.widgets import dialog
from oa_client.ui.widgets.banner import Banner
from oa_client.ui.widgets.button import button, tool
from oa_client.ui.widgets.chip import Chip, ChipGroup, FilterChips
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.date_edit import DateEdit
from oa_client.ui.widgets.empty import EmptyState
from oa_client.ui.widgets.file_drop import Attached, FileDrop, size_words
from oa_client.ui.widgets.growing_text import GrowingText
from oa_client.ui.widgets.label import label
from oa_client.ui.widgets.number import Number
from oa_client.ui.widgets.opinion_box import OpinionBox
from oa_client.ui.widgets.toast import Toast, notice


@pytest.fixture
def show(styled, qtbot):
    def put(widget, width=600, height=300):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget
    return put


def spoken(widget):
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def turn_wheel(widget):
    event = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(widget, event)


def test_a_button_tells_its_shortcut_and_its_name(show):
    pressed = []
    made = show(button("收文登记", "primary", "add", shortcut="Ctrl+N", pressed=lambda: pressed.append(1)))
    assert (made.toolTip(), spoken(made)) == ("收文登记（Ctrl+N）", "收文登记")
    made.setText("发文拟稿")
    assert spoken(made) == "发文拟稿"
    made.click()
    assert pressed == [1]
    picture = tool("refresh", "刷新", shortcut="F5")
    show(picture)
    assert (picture.toolTip(), picture.accessibleName(), picture.text()) == ("刷新（F5）", "刷新", "")


def test_icons_of_buttons_follow_the_text_size(show, styled):
    made = show(button("送审", icon="send"))
    theme.apply(styled, "light", "xlarge")
    assert made.iconSize().height() == theme.tokens().icon == 24


def test_labels_never_read_markup(show):
    made = show(label("<b>粗</b>&lt;"))
    assert made.text() == "<b>粗</b>&lt;" and made.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize(("words", "tone"), [("特急", "overdue"), ("加急", "soon"), ("平急", "soon"), ("特提", "overdue"), ("一般", "neutral")])
def test_urgency_has_words_and_colour(show, words, tone):
    made = show(Chip.urgency(words))
    assert (made.text(), made.property("chip"), made.accessibleName()) == (words, tone, words)


def test_a_chip_without_words_is_not_seen(show):
    holder = QWidget()
    made = Chip("新", parent=holder)
    show(holder)
    made.say("")
    assert made.isHidden()
    made.say("已归档", "ontime", tip="2026 年 7 月 1 日")
    assert (made.isVisible(), made.property("chip"), made.toolTip()) == (True, "ontime", "2026 年 7 月 1 日")


def test_filter_chips(show, qtbot):
    made = show(FilterChips([ChipGroup("u", "紧急程度", ((1, "特急"), (2, "加急"))), ChipGroup("p", "期限", (("o", "已超期"), ("w", "本周")), single=True)]))
    heard = []
    made.changed.connect(lambda: heard.append(made.chosen()))
    for words in ("特急", "加急", "已超期", "本周", "特急"):
        next(chip for chip in made.findChildren(QPushButton) if chip.text() == words).click()
    assert heard == [{"u": (1,)}, {"u": (1, 2)}, {"u": (1, 2), "p": ("o",)}, {"u": (1, 2), "p": ("w",)}, {"u": (2,), "p": ("w",)}]
    made.clear()
    assert made.chosen() == {} and len(heard) == 5
    made.choose("u", 1)
    assert made.chosen() == {"u": (1,)}


def test_an_empty_state_offers_one_button(show):
    pressed = []
    made = show(EmptyState("今天没有待办公文。", "done", "查看已办", lambda: pressed.append(1)))
    made.button.click()
    assert pressed == [1]
    made.say("没有符合条件的公文。")
    assert [found.text() for found in made.findChildren(QLabel) if found.text()] == ["没有符合条件的公文。"]
    assert show(EmptyState("空")).button.isHidden()


def test_a_banner_tells_and_goes(show):
    holder = QWidget()
    made = Banner(holder)
    show(holder)
    assert made.isHidden()
    pressed = []
    made.tell(Refused("不能退回。", "意见已保留。"), verb="刷新", pressed=lambda: pressed.append(1))
    assert (made.sentence.text(), made.hint.text(), made.property("banner")) == ("不能退回。", "意见已保留。", "overdue")
    assert made.accessibleName() == "不能退回。意见已保留。"
    made.button.click()
    made.cross.click()
    assert pressed == [1] and made.isHidden()
    made.say("已自动保存。", "ontime")
    assert made.isVisible() and made.button.isHidden() and made.hint.isHidden()


def test_a_notice_stands_over_the_window_and_can_undo(show, qtbot):
    window = QWidget()
    page = QWidget(window)
    show(window)
    undone = []
    notice(page, "旧的")
    second = notice(page, "已送 李明远 审核。", "撤销", lambda: undone.append(1))
    qtbot.waitUntil(lambda: len(window.findChildren(Toast)) == 1)
    assert second.parentWidget() is window and window.rect().contains(second.geometry())
    second.findChild(QPushButton).click()
    assert undone == [1] and second.isHidden()


def test_a_choice_keeps_values_and_ignores_the_wheel(show):
    made = show(Choice([("tz", "通知"), ("h", "函")], "请选择"))
    heard = []
    made.changed.connect(lambda: heard.append(made.value()))
    assert made.value() is None
    made.set_value("h")
    made.set_options([("h", "函"), ("qs", "请示")])
    assert (made.value(), heard) == ("h", ["h"])
    made.clearFocus()
    turn_wheel(made)
    assert made.value() == "h"
    made.set_value("没有的")
    assert made.value() is None
    assert Choice([("a", "甲"), ("b", "乙")]).value() == "a"


def test_a_number_has_its_unit_and_ignores_the_wheel(show):
    made = show(Number(1, 500, 30, "份"))
    made.clearFocus()
    turn_wheel(made)
    assert (made.value(), made.text()) == (30, "30 份")


def test_a_date_may_be_empty(show, qtbot):
    made = show(DateEdit())
    heard = []
    made.changed.connect(lambda: heard.append(made.value()))
    assert (made.value(), made.text()) == (None, "未填写")
    made.set_value(date(2026, 7, 1))
    assert (made.value(), made.text()) == (date(2026, 7, 1), "2026-07-01")
    made.setFocus()
    made.selectAll()
    qtbot.keyClick(made, Qt.Key.Key_Delete)
    assert (made.value(), made.text(), heard) == (None, "未填写", [date(2026, 7, 1), None])
    turn_wheel(made)
    assert made.value() is None


def test_typing_into_an_empty_date_begins_with_today(show, qtbot):
    made = show(DateEdit())
    made.setFocus()
    qtbot.keyClicks(made, "2027")
    assert made.value() == date.today().replace(year=2027) or made.value().year == 2027


def test_the_calendar_is_chinese_and_opens_at_today(show, qtbot):
    made = show(DateEdit())
    calendar = made.calendarWidget()
    assert calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    assert calendar.locale().standaloneMonthName(7) == "七月"
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(made.width() - 10, made.height() // 2))
    qtbot.waitUntil(calendar.isVisible)
    assert (calendar.yearShown(), calendar.monthShown()) == (date.today().year, date.today().month)
    calendar.window().close()


def test_a_text_field_grows_and_stops_growing(show):
    made = GrowingText(2, 5)
    show(made)
    heights = []
    for lines in (1, 2, 3, 5, 9):
        made.setPlainText("\n".join(["字"] * lines))
        heights.append(made.height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]
    made.clear()
    assert made.height() == heights[0]


def test_a_text_field_grows_with_wrapped_lines_and_text_size(show, styled):
    made = show(GrowingText(1, 8), 300)
    low = made.height()
    made.setPlainText("关于开展夏季治安打击整治行动的通知" * 4)
    assert made.height() > low
    tall = made.height()
    theme.apply(styled, "light", "xlarge")
    assert made.height() > tall


def test_an_opinion(show, qtbot, type_words):
    made = show(OpinionBox(phrases=["同意。", "请办公室阅处。"]))
    submitted, edited, added = [], [], []
    made.submitted.connect(lambda: submitted.append(made.text()))
    made.edited.connect(edited.append)
    made.phrase_added.connect(added.append)
    made.setFocus()
    made.menu.actions()[0].trigger()
    type_words(made.field, "拟送法制支队")
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    qtbot.keyClick(made.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert submitted == ["同意。拟送法制支队"]
    qtbot.waitUntil(lambda: edited == ["同意。拟送法制支队\n"])
    made.menu.actions()[-1].trigger()
    assert added == ["同意。拟送法制支队"]
    made.set_phrases([])
    assert [action.text() for action in made.menu.actions()] == ["把当前意见存为常用语"]
    made.clear()
    assert made.text() == ""


def test_tab_leaves_the_opinion(show, qtbot):
    holder = QWidget()
    column = QVBoxLayout(holder)
    made, after = OpinionBox(), QPushButton("送审")
    column.addWidget(made)
    column.addWidget(after)
    show(holder)
    made.setFocus()
    qtbot.keyClick(made.field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is made.phrases_button
    qtbot.keyClick(made.phrases_button, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


@pytest.mark.parametrize(("size", "words"), [(0, "1 KB"), (900, "1 KB"), (20480, "20 KB"), (1048576, "1.0 MB"), (5_500_000, "5.2 MB")])
def test_sizes_are_said_in_office_words(size, words):
    assert size_words(size) == words


def test_files_come_in_and_go(show, qtbot, tmp_path):
    good, bad = tmp_path / "通知.PDF", tmp_path / "表格.exe"
    good.write_bytes(b"%PDF-")
    bad.write_bytes(b"MZ")
    made = show(FileDrop(suffixes=(".pdf", ".docx")))
    dropped, refused, removed, opened = [], [], [], []
    for signal, heard in ((made.dropped, dropped), (made.refused, refused), (made.removed, removed), (made.opened, opened)):
        signal.connect(heard.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (good, bad, tmp_path)])
    made.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    assert dropped == [[good]]
    assert refused == ["有 2 个文件未加入：只接受 PDF、DOCX 文件。"]
    assert made.files() == (Attached(str(good), "通知.PDF", 5),)
    next(found for found in made.findChildren(QPushButton) if found.text() == "通知.PDF").click()
    next(found for found in made.findChildren(QWidget) if found.accessibleName() == "移除 通知.PDF").click()
    assert (opened, removed, made.files()) == ([str(good)], [str(good)], ())


def test_only_one_file_where_one_is_wanted(show, tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("x")
    made = show(FileDrop(many=False))
    made.take([tmp_path / "a.txt"])
    made.take([tmp_path / "b.txt"])
    assert [file.name for file in made.files()] == ["b.txt"]
    quiet = show(FileDrop(adds=False))
    with_signal = []
    quiet.dropped.connect(with_signal.extend)
    quiet.take([Path(tmp_path / "a.txt")])
    assert (quiet.files(), with_signal) == ((), [tmp_path / "a.txt"])


def test_asking(show, answer):
    page = show(QWidget())
    answer("退回给拟稿人")
    assert dialog.ask(page, "退回给拟稿人吗？", "意见会一并送达。", "退回给拟稿人")
    answer("返回")
    assert not dialog.ask(page, "退回给拟稿人吗？", "", "退回给拟稿人")


def test_a_dangerous_verb_is_never_the_default_and_escape_is_safe(show, qtbot):
    page = show(QWidget())
    made = dialog.Question(page, "作废这份发文吗？", "", "作废", danger=True)
    made.show()
    assert made.back.isDefault() and not made.verb.isDefault() and made.verb.property("kind") == "danger"
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert made.result() == dialog.Question.DialogCode.Rejected
    made.deleteLater()


def test_a_reason_must_be_given(show, answer, qtbot, type_words):
    page = show(QWidget())
    states = []

    def write(asked):
        box = asked.findChild(OpinionBox)
        states.append(asked.verb.isEnabled())
        type_words(box.field, "缺少附件。")
        states.append(asked.verb.isEnabled())
    answer("退回", write)
    assert dialog.ask_reason(page, "退回给拟稿人", "请写明理由。", "退回") == "缺少附件。"
    assert states == [False, True]
    answer("返回")
    assert dialog.ask_reason(page, "退回给拟稿人", "请写明理由。", "退回", text="旧的理由") is None


def test_choosing_one_of_several(show, answer, qtbot):
    page = show(QWidget())
    options = [("draft", "拟稿"), ("review", "审核")]
    answer("退回", lambda asked: qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_Down))
    assert dialog.choose(page, "退回到哪一步？", "", "退回", options) == "review"
    answer("返回")
    assert dialog.choose(page, "退回到哪一步？", "", "退回", options) is None


def test_a_question_ends_when_its_window_is_closed_by_the_program(styled, qtbot):
    import shiboken6
    from PySide6.QtCore import QTimer
    owner = QWidget()
    owner.show()
    QTimer.singleShot(20, lambda: shiboken6.delete(owner))
    assert dialog.ask(owner, "退回吗？", "", "退回") is False


def test_a_failure_says_what_happened_what_was_kept_and_hides_details(show):
    page = show(QWidget())
    told = errors.show(page, Refused("不能退回。", "意见已保留，请刷新。", "task=41"))
    words = [found.text() for found in told.findChildren(QLabel) if found.text()]
    assert words == ["不能退回。", "意见已保留，请刷新。"]
    assert told.details.isHidden() and told.parentWidget() is page
    told.fold.click()
    told.copy.click()
    assert QApplication.clipboard().text() == "task=41"
    told.understood.click()
    assert errors.shown() == ()
    plain = errors.show(page, Refused("不能退回。"))
    assert plain.fold.isHidden() and plain.copy.isHidden()
    plain.accept()


def test_an_uncaught_failure_is_shown(show, monkeypatch):
    import sys
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    errors.catch_all()
    for _ in range(3):
        try:
            raise ValueError("lost")
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)
    [told] = errors.shown()
    assert "ValueError: lost" in told.details.toPlainText() and "lost" not in told.findChildren(QLabel)[1].text()
    told.accept()
