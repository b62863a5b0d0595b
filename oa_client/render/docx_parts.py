"""Small pieces of WordprocessingML that python-docx has no call for."""

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_ORDER = tuple(
    f"w:{name}" for name in (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr",
        "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN",
        "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "jc", "textDirection",
        "textAlignment", "outlineLvl", "rPr", "sectPr",
    )
)


def element(tag: str, parent=None, **attributes: object):
    """A new element such as w:jc with its w: attributes, put under `parent` when one is given."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    if parent is not None:
        parent.append(made)
    return made


def put_property(paragraph: Paragraph, tag: str, made) -> None:
    """Set a paragraph's property where the schema wants it among the others."""
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn(tag)):
        properties.remove(old)
    properties.insert_element_before(made, *_ORDER[_ORDER.index(tag) + 1:])


def add_run(paragraph: Paragraph, text: str, family: str, size: float, spacing: float = 0.0, colour: str = "") -> Run:
    """Text in one face: `size` and `spacing` in points, `colour` as #RRGGBB."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = family
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), family)
    if spacing:
        _ordered(run._r.rPr, element("w:spacing", val=round(spacing * 20)))
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    return run


def _ordered(properties, spacing) -> None:
    """w:spacing must stand before w:sz in the schema's order."""
    size = properties.find(qn("w:sz"))
    properties.insert(list(properties).index(size) if size is not None else len(properties), spacing)


def exact_lines(paragraph: Paragraph, points: float) -> None:
    """Fixed line height off the page's grid, no room before or after."""
    shape = paragraph.paragraph_format
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(points)
    shape.space_before = shape.space_after = Pt(0)
    put_property(paragraph, "w:snapToGrid", element("w:snapToGrid", val=0))


def chars_indent(paragraph: Paragraph, width: float, **chars: float) -> None:
    """Indents in characters of `width` points, as firstLine=2; written both ways, since some programs know only lengths."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for name, count in chars.items():
        indent.set(qn(f"w:{name}Chars"), str(round(count * 100)))
        indent.set(qn(f"w:{name}"), str(round(count * width * 20)))


def frame(paragraph: Paragraph, width: float, top: float | None = None) -> None:
    """Put a paragraph into a frame of `width` points, `top` points below the text area's top, or at its foot."""
    where = {"y": round(top * 20)} if top is not None else {"yAlign": "bottom"}
    put_property(paragraph, "w:framePr", element(
        "w:framePr", w=round(width * 20), hSpace=0, wrap="notBeside", hAnchor="margin", vAnchor="margin", xAlign="left", **where,
    ))


def rules(paragraph: Paragraph, colour: str = "#000000", space: int = 1, **points: float) -> None:
    """Rules at the sides named (top, bottom), each of its thickness in points, `space` points off the text."""
    borders = element("w:pBdr")
    for side, thickness in points.items():
        element(f"w:{side}", borders, val="single", sz=round(thickness * 8), space=space, color=colour.lstrip("#"))
    put_property(paragraph, "w:pBdr", borders)


def page_field(paragraph: Paragraph, family: str, size: float) -> None:
    """The page's number as a field."""
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = add_run(paragraph, "", family, size)
        if kind:
            element("w:fldChar", run._r, fldCharType=kind)
        else:
            code = element("w:instrText", run._r)
            code.text = text
            code.set(qn("xml:space"), "preserve")
