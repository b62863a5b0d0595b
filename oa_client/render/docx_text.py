"""Text out of a DOCX in the order of the page: paragraphs, tables, text boxes, insertions under revision."""

import io

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from oa_client.domain.errors import OaError

from .zip_guard import check_parts

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _ROW, _CELL, _DELETED = qn("w:p"), qn("w:tr"), qn("w:tc"), qn("w:del")
_PIECES = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def docx_text(data: bytes) -> str:
    """One line a paragraph; cells of a table row are parted by a tab. Raises OaError for a damaged or protected file."""
    check_parts(data)
    try:
        body = Document(io.BytesIO(data)).element.body
    except (ValueError, KeyError, AttributeError, etree.XMLSyntaxError, OSError, IndexError) as error:
        raise OaError("DOCX 文件已经损坏，不能打开。", "请检查原文件后重新选择。", str(error)) from error
    lines: list[str] = []
    _blocks(body, lines)
    return "\n".join(lines)


def _blocks(parent: etree._Element, lines: list[str]) -> None:
    for child in parent:
        if child.tag == _PARAGRAPH:
            _paragraph(child, lines)
        elif child.tag == _ROW:
            lines.append("\t".join(_cell(cell) for cell in child.iter(_CELL) if _row_of(cell) is child))
        elif child.tag not in (_DELETED, _FALLBACK) and isinstance(child.tag, str):
            _blocks(child, lines)


def _row_of(cell: etree._Element) -> etree._Element:
    return next(cell.iterancestors(_ROW))


def _cell(cell: etree._Element) -> str:
    inner: list[str] = []
    _blocks(cell, inner)
    return " ".join(line.replace("\t", " ") for line in inner if line.strip())


def _paragraph(paragraph: etree._Element, lines: list[str]) -> None:
    """The paragraph's own text, then the paragraphs of text boxes anchored in it."""
    pieces: list[str] = []
    boxes: list[etree._Element] = []
    _runs(paragraph, pieces, boxes)
    lines.append("".join(pieces))
    for box in boxes:
        _blocks(box, lines)


def _runs(parent: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    for child in parent:
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag == qn("w:txbxContent"):
            boxes.append(child)
        elif child.tag in _PIECES:
            pieces.append(_PIECES[child.tag])
        elif child.tag not in (_DELETED, _FALLBACK, qn("w:pPr")):
            _runs(child, pieces, boxes)
