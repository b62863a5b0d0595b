"""A plain text as a real file of each kind: DOCX, PDF and OFD."""

import io
import zipfile
from xml.sax.saxutils import escape

from docx import Document

from .docx_parts import add_run, exact_lines
from .fonts import faces
from .typeset import set_pdf

_SIZE_MM, _PITCH_MM, _COLUMNS, _LINES = 5.64, 10.2, 28, 22
_LEFT_MM, _TOP_MM = 28.0, 37.0
_OFD_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_ZIP_DATE = (2026, 1, 1, 0, 0, 0)


def make_docx(text: str) -> bytes:
    """The text as DOCX, one paragraph a line, 3号仿宋; equal texts give documents of equal content."""
    document = Document()
    family = faces()["仿宋"].docx_family
    for line in text.splitlines():
        paragraph = document.add_paragraph()
        exact_lines(paragraph, 28.95)
        add_run(paragraph, line, family, 16)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_pdf(text: str) -> bytes:
    """The text as PDF/A-2b on A4 pages. Raises OaError when a character cannot be printed on this workstation."""
    return set_pdf("plain_text", {"lines": text.splitlines()})


def make_ofd(text: str) -> bytes:
    """The text as a text OFD (GB/T 33190-2016) on A4 pages, fonts by name; equal texts give equal bytes."""
    pages = _pages(text)
    parts = {
        "OFD.xml": _xml("OFD", 'Version="1.0" DocType="OFD"', (
            "<ofd:DocBody><ofd:DocInfo><ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>")),
        "Doc_0/Document.xml": _document(len(pages)),
        "Doc_0/PublicRes.xml": _xml("Res", 'BaseLoc="Res"', '<ofd:Fonts><ofd:Font ID="1" FontName="仿宋" FamilyName="FangSong"/></ofd:Fonts>'),
    }
    for index, lines in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{index}/Content.xml"] = _page(lines, 1000 + index * (_LINES + 2))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _xml(root: str, attributes: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:{root} {_OFD_NS} {attributes}>{content}</ofd:{root}>'


def _document(pages: int) -> str:
    listed = "".join(f'<ofd:Page ID="{100 + i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(pages))
    return _xml("Document", "", (
        f"<ofd:CommonData><ofd:MaxUnitID>{1000 + pages * (_LINES + 2)}</ofd:MaxUnitID>"
        "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>"))


def _pages(text: str) -> list[list[str]]:
    """Lines wrapped to the page's width and cut into pages; at least one page."""
    lines = [piece for line in text.splitlines() for piece in _wrapped(line)]
    return [lines[at: at + _LINES] for at in range(0, len(lines), _LINES)] or [[]]


def _wrapped(line: str) -> list[str]:
    clean = "".join(char for char in line if char == "\t" or char >= " ").replace("\t", "　")
    return [clean[at: at + _COLUMNS] for at in range(0, len(clean), _COLUMNS)] or [""]


def _page(lines: list[str], first_id: int) -> str:
    objects = "".join(_text_object(line, row, first_id + row + 2) for row, line in enumerate(lines) if line.strip())
    return _xml("Page", "", f'<ofd:Content><ofd:Layer ID="{first_id}" Type="Body">{objects}</ofd:Layer></ofd:Content>')


def _text_object(line: str, row: int, unit: int) -> str:
    lead = len(line) - len(line.lstrip())
    shown = line.strip()
    steps = " ".join(f"{_SIZE_MM / 2 if char.isascii() else _SIZE_MM:.2f}" for char in shown[:-1])
    delta = f' DeltaX="{steps}"' if steps else ""
    return (
        f'<ofd:TextObject ID="{unit}" Boundary="{_LEFT_MM + lead * _SIZE_MM:.2f} {_TOP_MM + row * _PITCH_MM:.2f} 156 {_PITCH_MM}" '
        f'Font="1" Size="{_SIZE_MM}"><ofd:TextCode X="0" Y="{_SIZE_MM}"{delta}>{escape(shown)}</ofd:TextCode></ofd:TextObject>'
    )
