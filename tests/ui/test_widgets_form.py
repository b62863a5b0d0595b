"""Forms and the people picker, driven by the keyboard alone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from oa_client.domain.errors import Conflict, Invalid
from oa_client.domain.names import PersonKeys
from oa_client.ui import errors
from oa_client.ui.widgets.choice import Choice
from oa_client.ui.widgets.date_edit import DateEdit
from oa_client.ui.widgets.file_drop import Attached, FileDrop
from oa_client.ui.widgets.form import GUESS, FormGrid
from oa_client.ui.widgets.growing_text import GrowingText
from oa_client.ui.widgets.number import Number
from oa_client.ui.widgets.opinion_box import OpinionBox
from oa_client.ui.widgets.people_picker import PeoplePicker, Pick


def person(holder, name, readings, unit, number, **more):
    keys = PersonKeys(name, tuple(tuple(sound.split("|")) for sound in readings.split()), unit, "民警", number)
    return Pick(holder, name, f"{unit} · 民警", keys, **more)


PEOPLE = (
    person("p1", "李明远", "li ming yuan", "办公室", "010021"),
    person("p2", "李明", "li ming", "治安管理支队", "010108", available=False, note="请假"),
    person("p3", "赵若兰", "zhao ruo lan", "法制支队", "010233"),
    person("p4", "单雄", "shan|dan xiong", "交通警察支队", "020310"),
    Pick("u1", "法制支队", "单位", is_unit=True),
)


@pytest.fixture
def window(styled, qtbot):
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(700, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def form(window):
    made = FormGrid()
    made.add("title", "标题", QLineEdit(), required=True)
    made.add("kind", "文种", Choice([("tz", "通知"), ("h", "函")], "请选择"))
    made.add("due", "办理期限", DateEdit(), hint="可不填")
    made.add("open", "公开", QCheckBox("依申请公开"))
    made.add("copies", "份数", Number(1, 99, 1, "份"))
    made.add("note", "备注", GrowingText(1, 4))
    window.layout().addWidget(made)
    QApplication.processEvents()
    made.field("title").setFocus()
    return made


@pytest.fixture
def picker(window):
    made = PeoplePicker("person")
    made.set_choices(PEOPLE)
    window.layout().addWidget(made)
    made.setFocus()
    return made


def remark(form, key):
    return next(row.remark for name, row in form._rows.items() if name == key)


def test_values_of_every_kind_of_field_come_and_go(window):
    form = FormGrid()
    window.layout().addWidget(form)
    picker = PeoplePicker("both")
    picker.set_choices(PEOPLE)
    files = (Attached("k", "a.pdf", 3),)
    kinds = {"line": (QLineEdit(), "甲"), "choice": (Choice([("a", "甲"), ("b", "乙")]), "b"), "date": (DateEdit(), date(2026, 7, 1)),
             "tick": (QCheckBox("是"), True), "number": (Number(0, 99), 7), "text": (QPlainTextEdit(), "一\n二"), "grow": (GrowingText(), "三"),
             "opinion": (OpinionBox(), "同意。"), "who": (picker, ("p3", "u1")), "files": (FileDrop(), files), "fixed": (QLabel(), "〔2026〕1号")}
    for key, (widget, _) in kinds.items():
        form.add(key, key, widget)
    heard = []
    form.edited.connect(heard.append)
    wanted = {key: value for key, (_, value) in kinds.items()}
    form.set_values(wanted)
    assert (form.values(), heard) == (wanted, [])
    form.set_values(dict.fromkeys(kinds))
    empty = form.values()
    assert (empty["line"], empty["date"], empty["who"], empty["tick"], empty["files"]) == ("", None, (), False, ())
    with pytest.raises(TypeError):
        form.add("x", "x", QWidget())


def test_blanks_around_a_text_do_not_count(form):
    form.field("title").setText("  通知 \t")
    assert form.values()["title"] == "通知"


def test_errors_stand_under_their_fields_and_the_focus_goes_to_the_first(form):
    left = form.show_errors({"note": "备注太长。", "kind": "请选择文种。", "other": "文号已被使用。"})
    assert left == ("文号已被使用。",)
    assert QApplication.focusWidget() is form.field("kind")
    assert remark(form, "kind").text() == "请选择文种。" and remark(form, "kind").isVisible()
    assert form.field("kind").accessibleDescription() == "请选择文种。"
    assert not remark(form, "title").isVisible()
    form.field("kind").set_value("h")
    assert not remark(form, "kind").isVisible() and remark(form, "note").isVisible()
    form.clear_errors()
    assert not remark(form, "note").isVisible()


def test_a_refusal_is_told_where_it_belongs(form):
    form.refuse(Invalid({"title": "请填写标题。"}))
    assert remark(form, "title").text() == "请填写标题。" and errors.shown() == ()
    form.refuse(Invalid({"title": "请填写标题。", "number": "文号重复。"}))
    [told] = errors.shown()
    told.accept()
    form.refuse(Conflict("已由他人办理。"))
    [told] = errors.shown()
    told.accept()


def test_guessed_values_are_marked_until_touched(form, qtbot, type_words):
    form.set_values({"title": "关于防汛的通知", "kind": "tz"}, unsure=["title"])
    assert form.unsure() == ("title",)
    assert (form.field("title").property("guess"), remark(form, "title").text()) == ("true", GUESS)
    type_words(form.field("title"), "书")
    assert form.unsure() == () and not remark(form, "title").isVisible()
    assert form.field("title").property("guess") == "false"


def test_a_hint_comes_back_after_an_error(form):
    form.show_errors({"due": "期限早于今天。"})
    form.field("due").set_value(date(2026, 7, 1))
    assert remark(form, "due").text() == "可不填" and remark(form, "due").isVisible()


def test_enter_moves_on_and_control_enter_submits(form, qtbot):
    heard = []
    form.submitted.connect(lambda: heard.append(1))
    names = []
    for _ in range(5):
        names.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert names == ["标题（必填）", "文种", "办理期限", "公开", "份数"]
    assert QApplication.focusWidget() is form.field("note")
    qtbot.keyClick(form.field("note"), Qt.Key.Key_Return)
    assert form.field("note").toPlainText() == "\n" and heard == []
    qtbot.keyClick(form.field("note"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    form.field("title").setFocus()
    qtbot.keyClick(form.field("title"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == [1, 1]


def test_a_row_can_be_hidden(form):
    form.show_row("due", False)
    assert form.field("due").isHidden() and not remark(form, "due").isVisible()
    form.show_row("due", True)
    assert form.field("due").isVisible() and remark(form, "due").isVisible()


def test_labels_end_at_one_edge_and_fields_begin_at_one(form, window):
    QApplication.processEvents()
    fields = [row.widget.mapTo(window, row.widget.rect().topLeft()).x() for row in form._rows.values()]
    labels = [row.words.mapTo(window, row.words.rect().topRight()).x() for row in form._rows.values()]
    assert len(set(fields)) == len(set(labels)) == 1 and labels[0] < fields[0]
    heights = {form.field(key).height() for key in ("title", "kind", "due", "copies")}
    assert heights == {32}


def test_an_error_out_of_sight_is_brought_into_view(window, qtbot):
    area, form = QScrollArea(), FormGrid()
    for number in range(30):
        form.add(f"f{number}", f"字段{number}", QLineEdit())
    area.setWidget(form)
    area.setWidgetResizable(True)
    window.layout().addWidget(area)
    qtbot.wait(10)
    form.show_errors({"f29": "请填写。"})
    assert area.verticalScrollBar().value() > 300
    assert QApplication.focusWidget() is form.field("f29")


@pytest.mark.parametrize(("typed", "found"), [
    ("李明", ["p2", "p1"]), ("lmy", ["p1"]), ("LM", ["p1", "p2"]), ("dx", ["p4"]), ("sx", ["p4"]), ("0102", ["p3"]), ("法制", ["p3"]),
    ("zhaoruo", ["p3"]), ("没有", []),
])
def test_people_are_found_by_name_initials_unit_and_number(picker, typed, found):
    assert [pick.holder for pick in picker.matches(typed)] == found


def test_recent_people_stand_first(picker):
    picker.set_choices(PEOPLE, recent=("p4", "p1"))
    assert [pick.holder for pick in picker.matches("")] == ["p4", "p1", "p2", "p3"]
    assert [pick.holder for pick in picker.matches("01")] == ["p1", "p2", "p3"]


@pytest.mark.parametrize(("mode", "count"), [("person", 4), ("unit", 1), ("both", 5)])
def test_the_mode_limits_the_choices(window, mode, count):
    made = PeoplePicker(mode)
    made.set_choices(PEOPLE)
    window.layout().addWidget(made)
    assert len(made.matches("")) == count


def test_choosing_by_keyboard(picker, qtbot):
    heard = []
    picker.changed.connect(lambda: heard.append(picker.chosen()))
    qtbot.keyClicks(picker.input, "zrl")
    assert picker.is_open()
    qtbot.keyClick(picker.input, Qt.Key.Key_Return)
    assert picker.chosen() == ("p3",) and not picker.is_open() and picker.input.text() == ""
    qtbot.keyClick(picker.input, Qt.Key.Key_Down)
    qtbot.keyClick(picker.input, Qt.Key.Key_Down)
    qtbot.keyClick(picker.input, Qt.Key.Key_Return)
    assert picker.names() == ("赵若兰", "李明")
    qtbot.keyClick(picker.input, Qt.Key.Key_Backspace)
    assert heard == [("p3",), ("p3", "p2"), ("p3",)]
    qtbot.keyClicks(picker.input, "x")
    qtbot.keyClick(picker.input, Qt.Key.Key_Escape)
    assert not picker.is_open() and picker.input.text() == "x"


def test_chips_are_removed_by_pressing(picker, qtbot):
    picker.set_chosen(["p1", "p3", "nobody"])
    assert picker.chosen() == ("p1", "p3")
    chip = next(found for found in picker.findChildren(QPushButton) if found.text() == "李明远")
    assert chip.accessibleName() == "已选 李明远，按下移除"
    chip.click()
    assert picker.chosen() == ("p3",)
    picker.clear()
    assert picker.chosen() == ()


def test_one_choice_replaces_the_other(window, qtbot):
    made = PeoplePicker("person", 1)
    made.set_choices(PEOPLE)
    window.layout().addWidget(made)
    made.setFocus()
    for typed in ("lmy", "zrl"):
        qtbot.keyClicks(made.input, typed)
        qtbot.keyClick(made.input, Qt.Key.Key_Return)
    assert made.chosen() == ("p3",)


def test_no_more_than_the_maximum(window, qtbot):
    made = PeoplePicker("person", 2)
    made.set_choices(PEOPLE)
    window.layout().addWidget(made)
    made.setFocus()
    for typed in ("lmy", "zrl", "dx"):
        qtbot.keyClicks(made.input, typed)
        qtbot.keyClick(made.input, Qt.Key.Key_Return)
        made.input.clear()
    assert made.chosen() == ("p1", "p3")


def test_an_unknown_name_is_said(picker, qtbot, type_words):
    type_words(picker.input, "没有这个人")
    assert picker.is_open() and picker._list._words.text() == "没有符合的人员或单位"
    qtbot.keyClick(picker.input, Qt.Key.Key_Return)
    assert picker.chosen() == ()


def test_the_list_stays_inside_the_window(window, qtbot, picker):
    window.layout().insertStretch(0, 1)
    window.resize(700, 320)
    qtbot.wait(10)
    qtbot.keyClicks(picker.input, "l")
    assert window.rect().contains(picker._list.geometry())
    assert picker._list.geometry().bottom() < picker.y() + 2


def test_many_chips_wrap_and_the_field_grows(window, qtbot):
    made = PeoplePicker("person")
    made.set_choices([Pick(f"p{at}", f"办事人员{at}") for at in range(30)])
    window.layout().addWidget(made)
    window.layout().addStretch(1)
    qtbot.wait(20)
    low = made.height()
    made.set_chosen([f"p{at}" for at in range(20)])
    qtbot.wait(20)
    assert made.height() > 2 * low
    edges = [chip.geometry().right() for chip in made.findChildren(QPushButton)]
    assert max(edges) <= made.width()


def test_enter_in_a_form_chooses_while_the_list_is_open_and_moves_on_when_not(window, qtbot):
    form, made = FormGrid(), PeoplePicker("person")
    made.set_choices(PEOPLE)
    form.add("who", "承办人", made)
    form.add("note", "备注", QLineEdit())
    window.layout().addWidget(form)
    QApplication.processEvents()
    made.setFocus()
    qtbot.keyClicks(made.input, "zrl")
    qtbot.keyClick(made.input, Qt.Key.Key_Return)
    assert made.chosen() == ("p3",) and QApplication.focusWidget() is made.input
    qtbot.keyClick(made.input, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.field("note")


def test_another_ranking_can_be_given(window):
    made = PeoplePicker("person", rank=lambda typed, pick: 0.0 if pick.holder == typed else None)
    made.set_choices(PEOPLE)
    window.layout().addWidget(made)
    assert [pick.holder for pick in made.matches("p2")] == ["p2"]
