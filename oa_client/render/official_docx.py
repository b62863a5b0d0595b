"""The issued document (发文) as an editable DOCX by GB/T 9704-2012, with the same elements as the PDF."""

import io

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from .docx_parts import add_run, chars_indent, element, exact_lines, frame, page_field, rules
from .fonts import faces
from .official import layout, official_parts

_PT_PER_MM = 72 / 25.4
_RULE_ROOM = 7.0


def official_docx(doc: dict) -> bytes:
    """The document as DOCX bytes; `doc` has the keys of `official_pdf`.

    Faces are named as the standard names them (仿宋_GB2312 and so on), so the file looks right where they are installed.
    """
    writer = _Writer(official_parts(doc))
    writer.head()
    writer.main()
    writer.close()
    writer.imprint()
    return writer.data()


class _Writer:
    """One document being written, from top to bottom."""

    def __init__(self, parts: dict) -> None:
        self.parts, self.rules = parts, layout()
        self.face = {name: face.docx_family for name, face in faces().items()}
        self.size = float(self.rules["sizes_pt"]["body"])
        self.pitch = self.rules["docx"]["line_pitch_twentieths"] / 20
        self.spacing = self.rules["docx"]["run_spacing_pt"]
        self.cell = self.size + self.spacing
        self.docx: DocumentType = Document()
        self._page()
        self._page_numbers()

    def data(self) -> bytes:
        """The finished file."""
        self.docx.core_properties.title = "".join(self.parts["title"])
        self.docx.core_properties.author = "、".join(self.parts["organs"])
        out = io.BytesIO()
        self.docx.save(out)
        return out.getvalue()

    def line(self, text: str = "", face: str = "仿宋", align: WD_ALIGN_PARAGRAPH | None = None, **style) -> Paragraph:
        """One paragraph on the grid; without text it is a blank line."""
        paragraph = self.docx.add_paragraph()
        if align is not None:
            paragraph.alignment = align
        exact_lines(paragraph, self.pitch)
        if text:
            self.put(paragraph, text, face, **style)
        return paragraph

    def put(self, paragraph: Paragraph, text: str, face: str = "仿宋", **style) -> None:
        """Text at the end of a paragraph in one face, at body size unless told otherwise."""
        add_run(paragraph, text, self.face[face], style.get("size", self.size), style.get("spacing", self.spacing), style.get("colour", ""))

    def head(self) -> None:
        """版头: 份号, 紧急程度, 发文机关标志, 发文字号 and 签发人, the red rule."""
        parts, marks = self.parts, [item for item in (self.parts["copy_no"], self.parts["urgency"]) if item]
        room = self.rules["mark"]["below_text_top_mm"] * _PT_PER_MM
        for item in marks:
            self.line(item, "黑体" if item == parts["urgency"] else "仿宋")
        longest = max(len(mark) for mark in parts["marks"]) + 2
        sizes, width = self.rules["sizes_pt"], self.rules["page"]["text_width_mm"] * _PT_PER_MM
        size = int(min(sizes["mark_max"], width * 0.94 / longest))
        spacer = self.docx.add_paragraph()
        exact_lines(spacer, 1)
        # A fixed line sets its glyphs low, so the line's own slack counts as part of the distance.
        spacer.paragraph_format.space_before = Pt(max(room - self.pitch * len(marks) - 0.12 * size - 1, 0))
        if len(parts["marks"]) == 1:
            self._mark(self.docx.add_paragraph(), parts["marks"][0] + "文件", size)
        else:
            self._joint_mark(parts["marks"], size)
        for _ in range(self.rules["number"]["blank_lines_above"]):
            self.line()
        self._number()

    def _mark(self, paragraph: Paragraph, text: str, size: int, align=WD_ALIGN_PARAGRAPH.CENTER) -> None:
        """One line of the red 发文机关标志."""
        paragraph.alignment = align
        exact_lines(paragraph, size * 1.25)
        self.put(paragraph, text, "小标宋", size=size, spacing=0, colour=self.rules["mark"]["colour"])

    def _joint_mark(self, marks: list[str], size: int) -> None:
        """Joint organs spread to one width, the lead first; 文件 at the right, centred by height."""
        table = self.docx.add_table(1, 2)
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        names, word = table.rows[0].cells
        for column, chars in zip(table.columns, (max(map(len, marks)) + 0.5, 2.4), strict=True):
            column.width = Pt(chars * size)
            column.cells[0].width = Pt(chars * size)
        word.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        for index, mark in enumerate(marks):
            line = names.paragraphs[0] if index == 0 else names.add_paragraph()
            self._mark(line, mark, size, WD_ALIGN_PARAGRAPH.DISTRIBUTE)
        self._mark(word.paragraphs[0], "文件", size)

    def _number(self) -> None:
        """发文字号, centred, or at the left with 签发人 at the right in an upward document; the red rule below."""
        parts, red = self.parts, self.rules["red_rule"]
        if parts["signers"]:
            line = self.line()
            width = self.rules["page"]["text_width_mm"] - self.size / _PT_PER_MM
            line.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
            self.put(line, "　" + parts["number"] + "\t签发人：")
            self.put(line, "　".join(parts["signers"]), "楷体")
        else:
            line = self.line(parts["number"], align=WD_ALIGN_PARAGRAPH.CENTER)
        rules(line, red["colour"], round(red["below_number_mm"] * _PT_PER_MM), bottom=red["thickness_pt"])

    def main(self) -> None:
        """标题, 主送机关, 正文 and 附件说明."""
        parts, sizes = self.parts, self.rules["sizes_pt"]
        for _ in range(self.rules["title"]["blank_lines_above"]):
            self.line()
        for text in parts["title"]:
            line = self.line(text, "小标宋", WD_ALIGN_PARAGRAPH.CENTER, size=sizes["title"], spacing=0)
            exact_lines(line, self.pitch * 1.25)
        self.line()
        if parts["main_to"]:
            self.line(parts["main_to"] + "：")
        for level, heading, text in parts["body"]:
            line = self.line(align=WD_ALIGN_PARAGRAPH.JUSTIFY)
            chars_indent(line, self.cell, firstLine=self.rules["body"]["indent_chars"])
            if heading:
                self.put(line, heading, "黑体" if level == 1 else "楷体")
            if text:
                self.put(line, text)
        self._attachments()

    def _attachments(self) -> None:
        names = self.parts["attachments"]
        if names:
            self.line()
        for index, name in enumerate(names):
            lead = "附件：" if index == 0 else ""
            counted = f"{index + 1}." if len(names) > 1 else ""
            line = self.line(lead + counted + name)
            hang = 3 if len(names) == 1 else 4
            chars_indent(line, self.cell, left=2 + hang, hanging=hang if index == 0 else hang - 3)

    def close(self) -> None:
        """署名, 成文日期 and 附注."""
        rules, parts = self.rules["close"], self.parts
        blank = rules["blank_lines_sealed"] if parts["sealed"] else rules["blank_lines_unsealed"]
        for _ in range(blank):
            self.line()
        date_chars = _width(parts["date"])
        for organ in parts["organs"]:
            line = self.line(organ, align=WD_ALIGN_PARAGRAPH.RIGHT)
            chars_indent(line, self.cell, right=self._name_indent(_width(organ), date_chars))
            line.paragraph_format.keep_with_next = True
        longest = max(map(_width, parts["organs"]), default=0)
        line = self.line(parts["date"], align=WD_ALIGN_PARAGRAPH.RIGHT)
        chars_indent(line, self.cell, right=self._date_indent(longest, date_chars))
        if parts["note"]:
            chars_indent(self.line(f"（{parts['note']}）"), self.cell, left=self.rules["note"]["indent_chars"])

    def _name_indent(self, name: float, date: float) -> float:
        """Characters right of the name: centred over the date when sealed, else two or as the longer date asks."""
        rules = self.rules["close"]
        if self.parts["sealed"]:
            return max(0.0, rules["date_indent_chars_sealed"] + (date - name) / 2)
        return max(rules["name_indent_chars_unsealed"], rules["name_indent_chars_unsealed"] + rules["date_shift_chars_unsealed"] + date - name)

    def _date_indent(self, name: float, date: float) -> float:
        rules = self.rules["close"]
        if self.parts["sealed"]:
            return rules["date_indent_chars_sealed"]
        return max(rules["name_indent_chars_unsealed"], self._name_indent(name, date) + name - rules["date_shift_chars_unsealed"] - date)

    def imprint(self) -> None:
        """版记 at the foot of the last page: a frame of 抄送 above a frame of 印发, with the three rules."""
        parts, numbers = self.parts, self.rules["imprint"]
        thick, thin = (numbers[key] * _PT_PER_MM for key in ("thick_mm", "thin_mm"))
        printed = f"{parts['print_organ']}\t{parts['print_date']}印发" if parts["print_organ"] else ""
        if parts["copy_to"]:
            text = f"抄送：{parts['copy_to']}。"
            line = self._imprint_line(text, self._above_print(text) if printed else None)
            chars_indent(line, self.rules["sizes_pt"]["imprint"], left=4, right=1, hanging=3)
            rules(line, top=thick, **({} if printed else {"bottom": thick}))
        if printed:
            rules(self._imprint_line(printed, None), top=thin if parts["copy_to"] else thick, bottom=thick)
        exact_lines(self.docx.add_paragraph(), 1)

    def _imprint_line(self, text: str, top: float | None) -> Paragraph:
        size, width = self.rules["sizes_pt"]["imprint"], self.rules["page"]["text_width_mm"]
        line = self.line(text, size=size, spacing=0)
        frame(line, width * _PT_PER_MM, top)
        chars_indent(line, size, left=1, right=1)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(width - size / _PT_PER_MM), WD_TAB_ALIGNMENT.RIGHT)
        return line

    def _above_print(self, text: str) -> float:
        """Where the frame of 抄送 begins, in points below the text area's top, so that it stands on the row of 印发."""
        page, size = self.rules["page"], self.rules["sizes_pt"]["imprint"]
        per_line = int(page["text_width_mm"] * _PT_PER_MM / size) - 5
        lines = 1 + max(0, -(-int(_width(text) - per_line - 3) // per_line))
        return page["text_height_mm"] * _PT_PER_MM - (lines + 1) * self.pitch - _RULE_ROOM

    def _page(self) -> None:
        page, section = self.rules["page"], self.docx.sections[0]
        section.page_width, section.page_height = Mm(page["width_mm"]), Mm(page["height_mm"])
        section.top_margin, section.left_margin = Mm(page["top_mm"]), Mm(page["left_mm"])
        section.right_margin = Mm(page["width_mm"] - page["left_mm"] - page["text_width_mm"])
        section.bottom_margin = Mm(page["height_mm"] - page["top_mm"] - page["text_height_mm"])
        section.header_distance = Mm(15)
        below = self.rules["page_number"]["below_text_mm"] + self.rules["sizes_pt"]["page_number"] / _PT_PER_MM
        section.footer_distance = Mm(page["height_mm"] - page["top_mm"] - page["text_height_mm"] - below)
        for grid in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(grid)
        element("w:docGrid", section._sectPr, type="lines", linePitch=self.rules["docx"]["line_pitch_twentieths"])

    def _page_numbers(self) -> None:
        """— 1 — at the right on odd pages and at the left on even ones."""
        self.docx.settings.odd_and_even_pages_header_footer = True
        section, size = self.docx.sections[0], self.rules["sizes_pt"]["page_number"]
        for footer, align, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
        ):
            line = footer.paragraphs[0]
            line.alignment = align
            chars_indent(line, size, **{side: self.rules["page_number"]["indent_chars"]})
            add_run(line, "— ", self.face["宋体"], size)
            page_field(line, self.face["宋体"], size)
            add_run(line, " —", self.face["宋体"], size)


def _width(text: str) -> float:
    """Width in characters of the grid; figures and Latin letters take half."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)
