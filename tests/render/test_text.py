"""Text out of files: every kind, every damage, every bomb."""

import io
import struct
import threading
import time
import zipfile

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oa_client.domain.errors import OaError
from oa_client.render import image_text as image_module
from oa_client.render import zip_guard
from oa_client.render.plain_files import make_docx, make_ofd, make_pdf
from oa_client.render.text import media_of, read_text

TEXT = "云岚市公安局文件\n云公发〔2026〕12号\n\n关于做好春运安保工作的通知\n各分局：\n    一、提高认识。截至2026年1月5日，共检查车辆1286台次。\n" + "反复演练处置流程，确保万无一失。\n" * 40
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("make", "name", "media", "pages"), [
    (make_docx, "a.docx", "docx", None), (make_pdf, "a.pdf", "pdf", 3), (make_ofd, "a.ofd", "ofd", 3),
])
def test_text_comes_back_whole(make, name, media, pages):
    data = make(TEXT)
    for called in (name, "没有扩展名", "wrong.txt"):
        result = read_text(data, called)
        assert (squeezed(result.text), result.media, result.pages, result.note) == (squeezed(TEXT), media, pages, "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_text_files_in_office_encodings(encoding):
    text = "关于值班的通知 ABC 123\r\n各单位：\r\n请遵照执行。" + "abc " * 20
    result = read_text(text.encode(encoding), "a.txt")
    assert (result.text, result.media) == (text.replace("\r\n", "\n"), "txt")


def test_docx_keeps_the_order_of_paragraphs_tables_and_revisions():
    from docx import Document
    from docx.oxml import parse_xml
    document = Document()
    document.add_paragraph("前文")
    table = document.add_table(2, 2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ("姓名", "单位", "甲某", "办公室"), strict=True):
        cell.text = text
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document.add_paragraph("后文")._p.append(parse_xml(f"<w:ins {space}><w:r><w:t>新增</w:t></w:r></w:ins>"))
    document.add_paragraph()._p.append(parse_xml(f"<w:del {space}><w:r><w:delText>删去</w:delText></w:r></w:del>"))
    out = io.BytesIO()
    document.save(out)
    assert read_text(out.getvalue(), "a.docx").text == "前文\n姓名\t单位\n甲某\t办公室\n后文新增\n"


def packed(parts: dict[str, bytes], level=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def encrypted_zip() -> bytes:
    data = bytearray(packed({"word/document.xml": b"<x/>"}, zipfile.ZIP_STORED))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        data[at: at + 2] = struct.pack("<H", 1)
    return bytes(data)


def encrypted_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf("内容"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


REFUSED = [
    ("empty", b"", "a.pdf", "空的"),
    ("text called PDF", "这不是版式文件".encode(), "a.pdf", "不是有效的 PDF"),
    ("text called DOCX", b"hello", "a.docx", "不是有效的 DOCX"),
    ("text called OFD", b"hello", "a.ofd", "不是有效的 OFD"),
    ("text called picture", b"hello", "a.png", "不是有效的图片"),
    ("binary called text", bytes(range(256)) * 20, "a.txt", "不是文本文件"),
    ("cut PDF", make_pdf(TEXT)[:300], "a.pdf", "损坏"),
    ("locked PDF", encrypted_pdf(), "a.pdf", "密码"),
    ("cut DOCX", make_docx(TEXT)[:3000], "a.docx", "损坏"),
    ("DOCX without its parts", packed({"word/document.xml": b"<w/>"}), "a.docx", "损坏"),
    ("DOCX of broken XML", packed({"[Content_Types].xml": b"<Types", "word/document.xml": b"<w:document"}), "a.docx", "损坏"),
    ("locked package", encrypted_zip(), "a.docx", "密码"),
    ("locked office file", OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "密码"),
    ("cut OFD", make_ofd(TEXT)[:500], "a.ofd", "损坏"),
    ("OFD without a document", packed({"OFD.xml": b"<OFD/>"}), "a.ofd", "损坏"),
    ("encrypted OFD", packed({"OFD.xml": b"<OFD/>", "Doc_0/Encryptions.xml": b"<x/>"}), "a.ofd", "加密"),
    ("bomb", packed({"word/document.xml": b" " * (zip_guard.MAX_PART + 2)}), "a.docx", "过大"),
]


@pytest.mark.parametrize(("data", "name", "says"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_bad_files_are_refused_in_a_sentence(data, name, says):
    with pytest.raises(OaError) as caught:
        read_text(data, name)
    assert says in caught.value.sentence and caught.value.hint


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(zip_guard, "MAX_ENTRIES", 2)
    with pytest.raises(OaError, match="过大"):
        read_text(make_ofd(TEXT), "a.ofd")


def test_a_damaged_part_is_refused():
    data = bytearray(make_ofd(TEXT))
    at = data.index(b"PK\x03\x04", 200) + 60
    data[at: at + 8] = b"\xff" * 8
    with pytest.raises(OaError, match="损坏"):
        read_text(bytes(data), "a.ofd")


@pytest.mark.parametrize(("data", "name"), [(OLE, "a.doc"), (b"{\\rtf1 x}", "a.rtf"), (packed({"xl/workbook.xml": b"<x/>"}), "a.xlsx")])
def test_sound_files_of_other_kinds_have_a_note(data, name):
    result = read_text(data, name)
    assert (result.media, result.text) == ("other", "") and result.note


def test_picture_without_recognition_says_so(monkeypatch):
    monkeypatch.setattr(image_module, "find_spec", lambda name: None)
    assert read_text(PNG, "a.png").note == "图片未识别文字。"
    assert media_of(PNG, "a.txt") == "image"


def test_recognition_that_fails_is_told(monkeypatch):
    monkeypatch.setattr(image_module, "find_spec", lambda name: object())
    monkeypatch.setattr(image_module.sys, "executable", "/bin/false")
    assert "没有成功" in read_text(PNG, "a.png").note


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xfe"]), st.sampled_from(["a.pdf", "a.docx", "a.ofd", "a.txt", "a"]))
def test_any_bytes_give_text_or_a_sentence(data, lead, name):
    try:
        assert isinstance(read_text(lead + data, name).text, str)
    except OaError as refused:
        assert refused.sentence.endswith("。")


def test_readers_in_parallel_do_not_disturb_each_other():
    data, wrong = {"a.pdf": make_pdf(TEXT), "a.ofd": make_ofd(TEXT), "a.docx": make_docx(TEXT)}, []

    def read(name: str) -> None:
        if squeezed(read_text(data[name], name).text) != squeezed(TEXT):
            wrong.append(name)

    threads = [threading.Thread(target=read, args=(name,)) for name in [*data] * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_long_file_leaves_the_interpreter_to_others():
    data, longest = make_pdf(TEXT * 20), [0.0]
    worker = threading.Thread(target=read_text, args=(data, "a.pdf"))
    worker.start()
    last = time.perf_counter()
    while worker.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        longest[0], last = max(longest[0], now - last), now
    assert longest[0] < 0.25
