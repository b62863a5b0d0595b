"""The handling sheet and the issued document, read back from the PDF and the DOCX."""

import io
from itertools import pairwise
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from oa_client.domain.errors import OaError
from oa_client.render import fonts
from oa_client.render.official import official_pdf
from oa_client.render.official_docx import official_docx
from oa_client.render.sheet import handling_sheet, sheet_rows
from oa_client.render.text import read_text

SHEET = {
    "kind": "receive", "organ": "云岚市公安局", "title": "关于开展春运道路交通安全专项整治行动的通知",
    "subline": [("收文编号", "收〔2026〕132号"), ("收文日期", "2026年1月7日")],
    "fields": [("来文单位", "江北省公安厅"), ("来文字号", "江公通〔2026〕3号"), ("紧急程度", "加急")],
    "sections": [("拟办意见", [("请交警支队办理。", "林知远", "办公室主任", "2026年1月7日")]), ("领导批示", []),
                 ("传阅签名", [("已阅", "陆行舟", "支队长", "2026年1月9日"), ("", "沈听澜", "", "2026年1月9日")])],
}
DOC = {
    "mark": "云岚市公安局", "organs": ["云岚市公安局"], "number": "云公发〔2026〕12号", "title": "云岚市公安局关于做好春运安保工作的通知",
    "main_to": "各分局：", "body": "现将有关事项通知如下。\n一、提高认识\n（一）落实责任。各单位要抓好落实。\n1.登记\n（1）核对", "date": "2026年1月5日",
    "attachments": ["任务分工表", "联络表"], "note": "此件公开发布", "copy_to": "省公安厅。", "print_organ": "云岚市公安局办公室", "print_date": "2026年1月6日",
}


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("kind", "heading"), [("receive", "收文处理单"), ("send", "发文稿纸")])
def test_sheet_holds_everything_in_order(kind, heading):
    text = flat(read_text(handling_sheet({**SHEET, "kind": kind}), "a.pdf").text)
    places = [text.find(flat(word)) for word in ("云岚市公安局", heading, SHEET["title"], "江公通〔2026〕3号", "请交警支队办理。", "林知远", "领导批示", "陆行舟")]
    assert -1 not in places and places == sorted(places)


def test_many_opinions_take_more_pages_and_none_is_lost():
    opinions = [(f"第{index}条意见，请按规定办理。" * 4, "林知远", "办公室主任", "2026年1月7日") for index in range(60)]
    result = read_text(handling_sheet({**SHEET, "sections": [("领导批示", opinions)]}), "a.pdf")
    assert result.pages > 3 and all(f"第{index}条意见" in flat(result.text) for index in range(60))


def test_short_fields_share_a_row():
    fields = [("甲", "一"), ("乙", "二"), ("丙", "三"), ("标题", "短"), ("丁", "很长的内容" * 5), ("戊", "五")]
    assert [[label for label, _ in row] for row in sheet_rows(fields)] == [["甲", "乙"], ["丙"], ["标题"], ["丁"], ["戊"]]


MARKUP = '#panic("x") *粗* $x^2$ <标签> @引 \\ // `代码` #sys.inputs'


def test_data_are_never_markup():
    for data in (handling_sheet({**SHEET, "title": MARKUP}), official_pdf({**DOC, "body": MARKUP})):
        assert flat(MARKUP) in flat(read_text(data, "a.pdf").text)


def test_a_character_no_font_holds_is_refused_by_name():
    for make in (lambda: handling_sheet({**SHEET, "title": "通知😀"}), lambda: official_pdf({**DOC, "title": "通知😀"})):
        with pytest.raises(OaError, match="😀"):
            make()


def chars_of(page) -> list[tuple[str, float, float, float, float]]:
    text = page.get_textpage()
    return [(text.get_text_range(i, 1), *text.get_charbox(i)) for i in range(text.count_chars())]


def test_pdf_layout_follows_the_standard():
    body = "\n".join(["各单位要抓好落实并按时报送情况不得迟报漏报瞒报各单位要抓好落实并按时报送情况"] * 30)
    document, point = pypdfium2.PdfDocument(official_pdf({**DOC, "body": body})), 72 / 25.4
    width, height = document[0].get_size()
    assert (round(width / point), round(height / point)) == (210, 297)
    chars = [item for item in chars_of(document[1]) if item[0].strip()]
    first = next(item for item in chars if item[0] == "各" and item[1] > 33 * point)
    line = [item for item in chars if abs(item[2] - first[2]) < 6]
    assert len(line) == 26 and line[0][1] == pytest.approx((28 + 2 * 156 / 28) * point, abs=3)
    assert line[-1][3] == pytest.approx((28 + 156) * point, abs=3)
    below = [item[2] for item in chars if item[0] == "各" and abs(item[1] - first[1]) < 1]
    steps = {round((high - low) / 2, 1) for high, low in pairwise(below)}
    assert steps == {round(225 / 22 * point, 1)}


def test_pdf_has_every_element_and_page_numbers():
    text = flat(read_text(official_pdf(DOC), "a.pdf").text)
    words = ("云岚市公安局文件", "云公发〔2026〕12号", DOC["title"], "各分局：", "一、提高认识", "附件：1.任务分工表", "2.联络表", "2026年1月5日",
             "（此件公开发布）", "抄送：省公安厅。", "2026年1月6日印发", "—2—")
    places = [text.find(flat(word)) for word in words]
    assert -1 not in places and places == sorted(places)
    assert "各分局：：" not in text and "省公安厅。。" not in text


def test_red_is_the_head_and_the_rule_only():
    image = pypdfium2.PdfDocument(official_pdf(DOC))[0].render(scale=1).to_pil().convert("RGB")
    red = [y for y in range(image.height) for x in range(0, image.width, 2) if image.getpixel((x, y))[0] > 180 and image.getpixel((x, y))[1] < 80]
    millimetre = 72 / 25.4
    assert 68 < min(red) / millimetre < 76 and max(red) / millimetre < 130


def test_imprint_ends_on_the_text_area_s_edge():
    last = pypdfium2.PdfDocument(official_pdf(DOC))
    image = last[len(last) - 1].render(scale=4).to_pil().convert("L")
    x = image.width // 2 + 200
    dark = [y for y in range(image.height) if image.getpixel((x, y)) < 120]
    rules = [y / 4 / (72 / 25.4) for y in dark if 240 < y / 4 / (72 / 25.4) < 266]
    assert max(rules) == pytest.approx(262, abs=0.5)


def test_upward_and_joint_documents():
    upward = {**DOC, "signers": ["贺临江", "周明川", "陆行舟"], "marks": ["云岚市公安局", "云岚市交通运输局"], "organs": ["云岚市公安局", "云岚市交通运输局"], "sealed": False}
    text = flat(read_text(official_pdf(upward), "a.pdf").text)
    assert "签发人：贺临江周明川" in text and "陆行舟" in text and text.count("云岚市交通运输局") == 2


def test_docx_has_the_same_elements_and_the_grid():
    data = official_docx({**DOC, "signers": ["贺临江"], "urgency": "加急"})
    document = docx.Document(io.BytesIO(data))
    text = flat(read_text(data, "a.docx").text)
    for word in ("加急", "云岚市公安局文件", "云公发〔2026〕12号", "签发人：贺临江", DOC["title"], "一、提高认识", "附件：1.任务分工表", "抄送：省公安厅。", "2026年1月6日印发"):
        assert flat(word) in text
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    body = next(p for p in document.paragraphs if p.text.startswith("一、"))
    assert body.runs[0].font.name == "黑体" and body.runs[0]._r.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    order = ["framePr", "pBdr", "tabs", "snapToGrid", "spacing", "ind", "jc", "rPr"]
    for paragraph in document.paragraphs:
        names = [child.tag.split("}")[1] for child in paragraph._p.pPr if child.tag.split("}")[1] in order]
        assert names == sorted(names, key=order.index)
    assert document.settings.odd_and_even_pages_header_footer


def test_fonts_are_chosen_in_order_and_substitution_is_said(monkeypatch):
    wish = {"standard": ["FangSong"], "substitute": ["FandolFang"], "bundled": "serif", "docx": "仿宋_GB2312"}
    shown = {"Noto Serif SC": "思源宋体", "FandolFang": "Fandol 仿宋"}
    here = {"FangSong": Path("a.ttf"), "FandolFang": Path("b.otf")}
    best = fonts._choose("仿宋", wish, here, shown)
    assert (best.family, best.standard, best.sentence()) == ("FangSong", True, "")
    second = fonts._choose("仿宋", wish, {"FandolFang": Path("b.otf")}, shown)
    assert (second.family, second.sentence()) == ("FandolFang", "本机没有仿宋字体，以Fandol 仿宋代替")
    last = fonts._choose("仿宋", wish, {}, shown)
    assert last.family == "Noto Serif SC" and last.file.is_file() and "思源宋体" in last.sentence()
    assert set(fonts.faces()) == {"仿宋", "楷体", "黑体", "小标宋", "宋体", "界面"}
    missing = {name for name, face in fonts.faces().items() if not face.standard and name != "界面"}
    assert len(fonts.substitutions()) == len(missing)
