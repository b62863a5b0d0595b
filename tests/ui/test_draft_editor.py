"""The draft's editor shows faces and indents without touching the text; the receivers' field takes units and outside organs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa_client.domain.names import PersonKeys
from oa_client.ui import fonts, theme
from oa_client.ui.draft.addressee_field import AddresseeField
from oa_client.ui.draft.editor import BodyEditor, body_pixels, plain
from oa_client.ui.widgets.people_picker import Pick
from oa_client.usecases.issuing import heading_of
from oa_client.usecases.writing import Target

LINES = [
    ("一、提高认识", 1, 6), ("十二、强化保障。各单位要抓好落实。", 1, 8), ("（一）加强巡查。对重点路段增派警力。", 2, 8), ("(二)严格执法", 2, 7),
    ("1.严查酒驾", 3, 0), ("（1）源头管理", 4, 0), ("各单位要抓好落实。", 0, 0), ("　　一、手工空格", 1, 8), ("2026年工作安排", 0, 0), ("", 0, 0),
]
PICKS = (
    Pick("unit:1", "市局", "云岚市公安局", PersonKeys("市局", (("shi",), ("ju",)), "云岚市公安局"), True),
    Pick("unit:2", "办公室", "云岚市公安局办公室", PersonKeys("办公室", (("ban",), ("gong",), ("shi",)), "云岚市公安局办公室"), True),
    Pick("unit:3", "刑侦支队", "云岚市公安局刑侦支队", PersonKeys("刑侦支队", (("xing",), ("zhen",), ("zhi",), ("dui",)), "云岚市公安局刑侦支队"), True),
)


@pytest.fixture
def editor(styled, qtbot):
    made = BodyEditor()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def field(styled, qtbot):
    made = AddresseeField("主送")
    qtbot.addWidget(made)
    made.set_units(PICKS, ("unit:1",), ("江北省公安厅",))
    return made


def take(field, words):
    """Type and take the first that is offered."""
    field.input.setText(words)
    field._offer()
    field._take(field._list.current())


@pytest.mark.parametrize(("line", "level", "length"), LINES)
def test_headings_are_read_as_in_the_issued_text(line, level, length):
    assert heading_of(line) == (level, length)


@pytest.mark.parametrize(("line", "face", "length"), [("一、提高认识", "hei", 6), ("（一）加强巡查。对重点路段增派警力。", "kai", 8)])
def test_a_heading_is_shown_in_its_face(editor, line, face, length):
    editor.set_text(line)
    [shown] = editor.document().firstBlock().layout().formats()
    assert (shown.start, shown.length) == (0, length)
    assert shown.format.font().families() == fonts.document_font(face, body_pixels()).families()
    editor.set_text("普通的一段。")
    assert editor.document().firstBlock().layout().formats() == []


def test_every_paragraph_is_indented_and_the_text_is_not(editor):
    editor.set_text("第一段。\n第二段。")
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    editor.insertPlainText("\n第三段。")
    blocks = [editor.document().findBlockByNumber(at) for at in range(3)]
    assert [block.blockFormat().textIndent() for block in blocks] == [2 * body_pixels()] * 3
    assert editor.text() == "第一段。\n第二段。\n第三段。"
    assert editor.count() == 12


def test_another_theme_or_text_size_keeps_the_words(editor, styled):
    editor.set_text("第一段。")
    editor.insertPlainText("前言。")
    theme.apply(styled, "dark", "normal")
    editor.undo()
    assert editor.text() == "第一段。"
    theme.apply(styled, "dark", "xlarge")
    assert editor.font().pixelSize() == body_pixels() > 19
    assert editor.document().firstBlock().blockFormat().textIndent() == 2 * body_pixels()
    assert editor.text() == "第一段。"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_pasting_twice_changes_nothing_more(text):
    once = plain(text)
    assert plain(once) == once
    assert all(line == line.strip() and line for line in once.splitlines())


@pytest.mark.parametrize(("typed", "expected"), [
    ("xzzd", Target("刑侦支队", 3)), ("刑侦支队", Target("刑侦支队", 3)), ("shiju", Target("云岚市公安局", 1)), ("江北省公安厅", Target("江北省公安厅")),
    ("公安厅", Target("江北省公安厅")), ("云岚市应急管理局", Target("云岚市应急管理局")),
])
def test_a_receiver_is_found_or_taken_as_typed(field, typed, expected):
    take(field, typed)
    assert field.targets(True) == (expected,)


def test_several_receivers_are_taken_at_once_and_none_twice(field):
    take(field, "办公室、云岚市财政局，刑侦支队;办公室")
    take(field, "云岚市财政局、刑侦支队")
    assert field.names() == ("办公室", "云岚市财政局", "刑侦支队")
    assert field.pending() == ""


def test_chosen_receivers_stay_when_the_directory_is_read_again(field):
    field.set_targets([Target("法制支队", 9), Target("云岚市司法局"), Target("办公室", 2)])
    field.set_units(PICKS[:1], (), ())
    assert field.targets(False) == (Target("法制支队", 9, False), Target("云岚市司法局", None, False), Target("办公室", 2, False))
    field.set_chosen(())
    assert field.targets(False) == ()
