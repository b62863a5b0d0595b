"""Which font stands for each face (字体) on this workstation; a substitution is said aloud, never silent."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn as bundled
import typst

from oa_client.domain.errors import Unavailable
from oa_client.settings import resource

_BUNDLED = {"serif": ("Noto Serif SC", bundled.serif_path), "sans": ("Noto Sans SC", bundled.sans_path)}
_SCREEN = "界面"


@dataclass(frozen=True)
class Face:
    """The font chosen for one face: typesetting family, file, and whether it is another than the standard asks for."""

    name: str
    family: str
    file: Path
    standard: bool
    docx_family: str
    shown_as: str

    def sentence(self) -> str:
        """What the user is told about the substitution, "" when there is none."""
        return "" if self.standard else f"本机没有{self.name}字体，以{self.shown_as}代替"


@cache
def faces() -> dict[str, Face]:
    """The face of each of 仿宋, 楷体, 黑体, 小标宋, 宋体 and 界面: this workstation's, else Fandol, else the fonts shipped.

    Looked up once a run. Raises Unavailable when even the shipped fonts are gone.
    """
    rules = json.loads(resource("rules/fonts.json").read_text("utf-8"))
    here = {font.family: Path(font.path) for font in installed().fonts() if font.path}
    return {name: _choose(name, wish, here, rules["names"]) for name, wish in rules["faces"].items()}


@cache
def installed() -> typst.Fonts:
    """This workstation's fonts and the shipped ones, as the typesetter takes them."""
    missing = [str(path()) for _, path in _BUNDLED.values() if not path().is_file()]
    if missing:
        raise Unavailable("随附的中文字体缺失，不能生成版式文件。", "请重新安装本系统。", "、".join(missing))
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[bundled.serif_path().parent])


def _choose(name: str, wish: dict, here: dict[str, Path], shown: dict[str, str]) -> Face:
    for family in wish["standard"]:
        if family in here:
            return Face(name, family, here[family], True, wish["docx"], shown.get(family, name))
    for family in wish["substitute"]:
        if family in here:
            return Face(name, family, here[family], False, wish["docx"], shown.get(family, family))
    family, path = _BUNDLED[wish["bundled"]]
    return Face(name, family, path(), False, wish["docx"], shown[family])


def families() -> dict[str, list[str]]:
    """Font families by face for a template, the shipped font of the same kind behind each for rare characters."""
    return {name: list(dict.fromkeys([face.family, _BUNDLED["serif"][0], _BUNDLED["sans"][0]])) for name, face in faces().items()}


def substitutions() -> list[str]:
    """Sentences on the faces of paper that this workstation lacks; empty when every standard font is installed."""
    said = [face.sentence() for name, face in faces().items() if name != _SCREEN and not face.standard]
    return [f"{text}；正式印制前请安装标准字体。" for text in said]


def screen_font_files() -> list[Path]:
    """The font file to load for the screen when the workstation has no Chinese screen font; empty when it has one."""
    face = faces()[_SCREEN]
    return [] if face.file != _BUNDLED["sans"][1]() else [face.file]
