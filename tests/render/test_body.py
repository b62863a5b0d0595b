"""Heading levels of plain text and the shape of titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa_client.render.body import heading_and_rest, level_of, paragraphs
from oa_client.render.official import layout
from oa_client.render.title_lines import title_lines

WORDS = tuple(layout()["title_words"])


@pytest.mark.parametrize(("line", "level"), [
    ("一、提高认识", 1), ("十二、附则", 1), ("（一）完善制度", 2), ("(三)抓好落实", 2), ("1.登记", 3), ("2．答复", 3), ("3、归档", 3),
    ("（1）延期的", 4), ("(2)第三方", 4), ("1.5万人参加", 0), ("一是加强领导", 0), ("2026年工作", 0), ("（试行）", 0), ("第一条　为规范", 0), ("12.5%", 0),
])
def test_levels(line, level):
    assert level_of(line) == level


def test_typed_indents_blank_lines_and_half_width_ordinals_are_put_right():
    text = "　　现通知如下。\r\n\n  (一) 完善目录\n 1．登记\n2、 答复\n(1) 延期"
    assert paragraphs(text) == [(0, "现通知如下。"), (2, "（一）完善目录"), (3, "1.登记"), (3, "2.答复"), (4, "（1）延期")]


@pytest.mark.parametrize(("level", "text", "heading", "rest"), [
    (1, "一、提高认识", "一、提高认识", ""), (2, "（一）加强领导。近年来，", "（一）加强领导。", "近年来，"), (2, "（一）完善。", "（一）完善。", ""),
    (2, "（一）" + "很长的一句没有停顿" * 6, "", "（一）" + "很长的一句没有停顿" * 6), (3, "1.登记。其次", "", "1.登记。其次"), (0, "正文。", "", "正文。"),
])
def test_the_heading_of_a_paragraph(level, text, heading, rest):
    assert heading_and_rest(level, text) == (heading, rest)


@pytest.mark.parametrize(("title", "lines"), [
    ("关于值班的通知", ["关于值班的通知"]),
    ("云岚市公安局关于印发《云岚市公安局政务公开工作办法（试行）》的通知", ["云岚市公安局关于印发《云岚市公安局", "政务公开工作办法（试行）》的通知"]),
    ("关于做好值班的\n通知", ["关于做好值班的", "通知"]),
    ("", []),
])
def test_titles_break_between_words(title, lines):
    assert title_lines(title, 19, WORDS) == lines


@given(st.text("云岚市公安局关于印发《》（试行）的通知工作2026年和与、", max_size=120))
def test_no_title_line_is_too_long_and_nothing_is_lost(title):
    lines = title_lines(title, 19, WORDS)
    assert "".join(lines) == title and all(0 < len(line) <= 19 for line in lines)
