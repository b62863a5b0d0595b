"""The text of an attachment, whatever kind of file it is."""

from dataclasses import dataclass

from oa_client.domain.errors import OaError

from .docx_text import docx_text
from .image_text import image_text
from .ofd_text import ofd_text
from .pdf_text import pdf_text
from .plain_text import decode
from .zip_guard import open_zip

MAX_BYTES = 200 * 1024 * 1024
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*")
_IMAGE_NAMES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
_TEXT_NAMES = (".txt", ".text", ".md", ".csv", ".log")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CLAIMS = {".pdf": "PDF", ".docx": "DOCX", ".ofd": "OFD"}


@dataclass(frozen=True)
class FileText:
    """What could be read out of a file.

    `pages` is None where the kind of file does not fix pages; `media` is pdf, docx, ofd, txt, image or other;
    `note` is a sentence for the user when the text is missing or partial, else "".
    """

    text: str
    pages: int | None
    media: str
    note: str = ""


def media_of(data: bytes, name: str) -> str:
    """The kind of file by its first bytes, then by its name: pdf, docx, ofd, txt, image or other."""
    lower = name.lower()
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zip_media(data)
    if data.startswith(_IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "image"
    if data.startswith(_OLE) or data.startswith(b"{\\rtf"):
        return "other"
    if lower.endswith(_TEXT_NAMES):
        return "txt"
    return "txt" if data and not lower.endswith((*_CLAIMS, *_IMAGE_NAMES)) and decode(data) is not None else "other"


def _zip_media(data: bytes) -> str:
    try:
        with open_zip(data) as archive:
            names = {item.lower() for item in archive.namelist()}
    except OaError:
        return "other"
    if "ofd.xml" in names:
        return "ofd"
    return "docx" if "word/document.xml" in names else "other"


def read_text(data: bytes, name: str) -> FileText:
    """Read the text of a file; slow for long files, so never on the UI thread.

    Raises OaError for a file that is empty, too large, damaged, encrypted or not what its name says; a sound file of a
    kind without readable text is no error but has a note.
    """
    _check_size(data, name)
    media = media_of(data, name)
    if media == "pdf":
        text, pages = pdf_text(data)
        return FileText(text, pages, media, "" if text.strip() else "PDF 中没有文字层，可能是扫描件，未识别文字。")
    if media == "docx":
        return FileText(docx_text(data), None, media)
    if media == "ofd":
        text, pages = ofd_text(data)
        return FileText(text, pages, media, "" if text.strip() else "OFD 中没有文字，可能是扫描件，未识别文字。")
    if media == "txt":
        return FileText(_decoded(data, name), None, media)
    if media == "image":
        text, note = image_text(data)
        return FileText(text, 1, media, note)
    return _other(data, name)


def _check_size(data: bytes, name: str) -> None:
    if not data:
        raise OaError(f"文件“{name}”是空的，没有内容。", "请检查原文件后重新选择。")
    if len(data) > MAX_BYTES:
        raise OaError(f"文件“{name}”超过 {MAX_BYTES // 1024 ** 2} 兆字节，不能读取。", "请拆分或压缩后再试。")


def _decoded(data: bytes, name: str) -> str:
    text = decode(data)
    if text is None:
        raise OaError(f"文件“{name}”不是文本文件，或者文字编码无法识别。", "请用原来的软件打开，另存为 UTF-8 编码的文本后再试。")
    return text


def _other(data: bytes, name: str) -> FileText:
    """A kind without readable text: refused when the name promises more than the bytes hold."""
    lower = name.lower()
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise OaError(f"文件“{name}”设有打开密码，不能读取。", "请取消密码后重新选择。")
    if data.startswith(b"PK\x03\x04"):
        open_zip(data).close()
    for ending, kind in _CLAIMS.items():
        if lower.endswith(ending):
            raise OaError(f"文件“{name}”不是有效的 {kind} 文件，可能已经损坏或者改过扩展名。", "请检查原文件后重新选择。")
    if lower.endswith(_IMAGE_NAMES):
        raise OaError(f"文件“{name}”不是有效的图片。", "请检查原文件后重新选择。")
    return FileText("", None, "other", "此类文件不能在本系统内读出文字，可用原来的软件打开查看。")
