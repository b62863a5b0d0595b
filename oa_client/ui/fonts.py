"""Type faces: the workstation's own first, the bundled ones where a machine has no Chinese."""

from functools import cache

import pylopdf_fonts_zh_cn as bundled
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetrics

UI_FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")
FACES = {
    "fangsong": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "FandolFang", "Noto Serif SC"),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "FandolKai", "Noto Serif SC"),
    "hei": ("黑体", "SimHei", "FandolHei", "Noto Sans SC"),
    "xiaobiaosong": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FandolSong", "Noto Serif SC"),
}
BUNDLED = {"Noto Sans SC": bundled.sans_path(), "Noto Serif SC": bundled.serif_path()}
_WORDS = {"fangsong": "仿宋", "kai": "楷体", "hei": "黑体", "xiaobiaosong": "小标宋"}


@cache
def ui_family() -> str:
    """The family of the interface; a bundled one is loaded when the workstation has none of the wanted."""
    return _first(UI_FAMILIES)


@cache
def document_family(face: str) -> str:
    """The family that shows a document face: fangsong 仿宋, kai 楷体, hei 黑体, xiaobiaosong 小标宋."""
    return _first(FACES[face])


def _first(wanted: tuple[str, ...]) -> str:
    present = set(QFontDatabase.families())
    for family in wanted:
        if family in present:
            return family
        if family in BUNDLED:
            number = QFontDatabase.addApplicationFont(str(BUNDLED[family]))
            loaded = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
            if loaded:
                return loaded[0]
    return QFontInfo(QFont()).family()


def ui_font(pixels: int) -> QFont:
    """The interface font in px, numbers tabular (all digits as wide as each other)."""
    return _tabular(_font(ui_family(), pixels))


def document_font(face: str, pixels: int) -> QFont:
    """The font of a document face in px; see `document_family`."""
    return _font(document_family(face), pixels)


def warm() -> None:
    """Lay out one word in each document face: its first use takes some 80 ms, better before anybody types."""
    for face in FACES:
        QFontMetrics(document_font(face, 16)).horizontalAdvance("公文")


def substituted() -> dict[str, str]:
    """Document faces this workstation lacks: Chinese name of the face → family shown instead."""
    return {_WORDS[face]: document_family(face) for face in FACES if document_family(face).startswith(("Noto", "Fandol"))}


def _font(family: str, pixels: int) -> QFont:
    font = QFont([family, "Segoe UI", "DejaVu Sans"])
    font.setPixelSize(pixels)
    if family in BUNDLED:
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _tabular(font: QFont) -> QFont:
    if hasattr(QFont, "Tag"):
        font.setFeature(QFont.Tag("tnum"), 1)
    return font
