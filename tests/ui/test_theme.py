"""Colours can be read, the style sheet is complete, icons and faces are there at once."""

import re
import time

import pytest
from PySide6.QtGui import QFontDatabase, QFontMetrics, QIcon, QImage
from PySide6.QtWidgets import QCheckBox, QPushButton

from oa_client.settings import resource
from oa_client.ui import fonts, icons, theme

GROUNDS = ("window", "surface", "raised", "hover", "selection", "accent_soft")
WORDS = ("text", "secondary", "accent", "overdue", "soon", "ontime", "neutral")
PAIRS = [
    *[(word, ground) for word in WORDS for ground in GROUNDS],
    *[(tone, f"{tone}_soft") for tone in theme.TONES], *[("text", f"{tone}_soft") for tone in theme.TONES],
    *[("secondary", f"{tone}_soft") for tone in theme.TONES],
    ("placeholder", "window"), ("placeholder", "surface"), ("placeholder", "raised"), ("placeholder", "guess_soft"),
    ("text", "guess_soft"), ("soon", "guess_soft"), ("on_accent", "accent_fill"), ("on_accent", "accent_strong"),
    ("surface", "text"), ("ink", "paper"), ("ink", "mark"), ("red_head", "paper"), ("red_head", "surface"),
]
EDGES = [*[(edge, ground) for edge in ("edge", "focus") for ground in ("window", "surface")], ("focus_on_fill", "accent_fill")]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), PAIRS)
def test_every_text_has_a_contrast_of_at_least_four_and_a_half(name, front, ground):
    now = theme.load(name)
    assert theme.contrast(now.hex(front), now.hex(ground)) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), EDGES)
def test_every_edge_of_a_control_has_a_contrast_of_at_least_three(name, front, ground):
    now = theme.load(name)
    assert theme.contrast(now.hex(front), now.hex(ground)) >= 3.0


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#FFFFFF", 21.0), ("#FFFFFF", "#FFFFFF", 1.0), ("#767676", "#FFFFFF", 4.54)])
def test_contrast_is_the_published_measure(one, other, ratio):
    assert theme.contrast(one, other) == theme.contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_both_themes_and_all_sizes_name_the_same_tokens():
    light, dark = theme.load("light"), theme.load("dark")
    assert [name for name, _ in light.colours] == [name for name, _ in dark.colours]
    assert (light.font, theme.load("light", "large").font, theme.load("light", "xlarge").font) == (14, 17, 20)
    assert (light.row, theme.load("light", "large").row, theme.load("light", "xlarge").row) == (36, 42, 50)


def test_an_unknown_token_is_a_mistake():
    with pytest.raises(KeyError):
        theme.load().colour("pink")


def test_no_colour_stands_outside_the_tokens():
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b", re.sub(r"#qt_\w+", "", resource("styles/app.qss").read_text("utf-8")))
    for file in resource("../oa_client/ui").rglob("*.py"):
        assert not re.findall(r"[\"']#[0-9A-Fa-f]{6}[\"']|QColor\(\d|GlobalColor\.(?!transparent)", file.read_text("utf-8")), file


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("size", ["normal", "large", "xlarge"])
def test_the_style_sheet_fills_every_place_and_every_drawing_exists(styled, name, size):
    sheet = theme.style_sheet(theme.load(name, size))
    assert "$" not in sheet
    drawings = re.findall(r"url\((.+?)\)", sheet)
    assert len(drawings) > 15
    assert all(QImage(path).width() > 0 for path in drawings)


def test_applying_changes_size_and_colours_and_tells(styled, qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.apply(styled, "dark", "xlarge")
    assert (theme.tokens().theme, styled.font().pixelSize()) == ("dark", 20)
    assert styled.palette().window().color() == theme.tokens().colour("window")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_tick_is_seen(styled, qtbot, name):
    theme.apply(styled, name)
    box = QCheckBox("已阅")
    qtbot.addWidget(box)
    box.setFixedSize(90, 34)
    empty = box.grab().toImage()
    box.setChecked(True)
    ticked = box.grab().toImage()
    inside = [(x, y) for x in range(4, 14) for y in range(11, 23)]
    ground, mark = theme.tokens().colour("accent_fill"), theme.tokens().colour("on_accent")
    found = [ticked.pixelColor(x, y) for x, y in inside]
    assert sum(_near(colour, ground) for colour in found) > 40
    assert sum(_near(colour, mark) for colour in found) >= 5
    assert not any(_near(empty.pixelColor(x, y), ground) for x, y in inside)


def _near(one, other):
    return all(abs(a - b) < 40 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


def test_the_focus_is_seen(styled, qtbot):
    pressed = QPushButton("送审")
    qtbot.addWidget(pressed)
    pressed.show()
    ring = theme.tokens().colour("focus")
    middle = pressed.height() // 2
    assert not _near(pressed.grab().toImage().pixelColor(0, middle), ring)
    pressed.setFocus()
    qtbot.waitUntil(pressed.hasFocus)
    assert _near(pressed.grab().toImage().pixelColor(0, middle), ring)
    assert pressed.grab().height() == pressed.height()


def test_the_interface_has_chinese_and_tabular_numbers(styled):
    font = fonts.ui_font(14)
    metrics = QFontMetrics(font)
    assert all(metrics.inFontUcs4(ord(letter)) for letter in "公文收发归档〔〕《》密级★①㎡")
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
    bold = fonts.ui_font(14)
    bold.setBold(True)
    assert QFontMetrics(bold).height() == metrics.height()


@pytest.mark.parametrize("face", fonts.FACES)
def test_every_document_face_shows_chinese(styled, face):
    assert QFontMetrics(fonts.document_font(face, 16)).inFontUcs4(ord("鑫"))
    assert fonts.document_family(face) in QFontDatabase.families()


def test_a_missing_face_is_said(styled):
    for name, family in fonts.substituted().items():
        assert name in ("仿宋", "楷体", "黑体", "小标宋") and family in QFontDatabase.families()


@pytest.mark.parametrize("meaning", icons.NAMES)
def test_every_icon_is_drawn(styled, meaning):
    image = icons.icon(meaning).pixmap(24, 24).toImage()
    assert any(image.pixelColor(x, y).alpha() > 100 for x in range(24) for y in range(24))


def test_icons_follow_theme_and_state(styled):
    def colour(drawn, mode=QIcon.Mode.Normal, state=QIcon.State.Off):
        image = drawn.pixmap(32, 32, mode, state).toImage()
        return max((image.pixelColor(x, y) for x in range(32) for y in range(32)), key=lambda found: found.alpha())
    assert icons.icon("check") is icons.icon("check")
    for name in ("light", "dark"):
        theme.apply(styled, name)
        now = theme.tokens()
        assert _near(colour(icons.icon("check")), now.colour("secondary"))
        assert _near(colour(icons.icon("check"), QIcon.Mode.Disabled), now.colour("disabled"))
        assert _near(colour(icons.icon("check"), state=QIcon.State.On), now.colour("accent"))
        assert _near(colour(icons.icon("check", "overdue")), now.colour("overdue"))


def test_icons_do_not_stall(styled):
    icons._font.cache_clear()
    icons.icon.cache_clear()
    started = time.perf_counter()
    icons.warm()
    assert time.perf_counter() - started < 0.05


def test_the_icon_of_a_file_follows_its_name():
    assert [icons.for_file(name) for name in ("甲.PDF", "乙.docx", "丙", "丁.jpeg")] == ["pdf", "word", "file", "image"]
