"""Text out of a PDF by PDFium, one page at a time so that several readers can take turns."""

from threading import Lock

import pypdfium2
from pypdfium2 import PdfiumError

from oa_client.domain.errors import OaError

PDFIUM_LOCK = Lock()
MAX_PAGES = 3000
_PASSWORD = 4


def pdf_text(data: bytes) -> tuple[str, int]:
    """The text in reading order, pages parted by a blank line, and the number of pages.

    PDFium is not thread-safe: `PDFIUM_LOCK` is held page by page, and whoever else uses PDFium holds it too. The library
    lets go of the interpreter while it works. Raises OaError for damaged, protected and oversized files.
    """
    document = _open(data)
    try:
        with PDFIUM_LOCK:
            count = len(document)
        if count > MAX_PAGES:
            raise OaError(f"PDF 共 {count} 页，超过 {MAX_PAGES} 页，不能读取文字。", "请拆分后再试。")
        return "\n\n".join(_page_text(document, index) for index in range(count)), count
    finally:
        with PDFIUM_LOCK:
            document.close()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        with PDFIUM_LOCK:
            return pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise OaError("PDF 设有打开密码，不能读取。", "请取消密码后重新选择。") from error
        raise OaError("PDF 文件已经损坏，不能打开。", "请检查原文件后重新选择。", str(error)) from error


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    with PDFIUM_LOCK:
        try:
            page = document[index]
            text_page = page.get_textpage()
            text = text_page.get_text_bounded()
            text_page.close()
            page.close()
        except PdfiumError as error:
            raise OaError(f"PDF 第 {index + 1} 页已经损坏，不能读取。", "请检查原文件后重新选择。", str(error)) from error
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").replace("\x00", "").rstrip()
