"""Opening a compressed package (DOCX、OFD) only when it is sound, not encrypted and not a decompression bomb."""

import io
import lzma
import zipfile
import zlib

from oa_client.domain.errors import OaError

MAX_ENTRIES = 20_000
MAX_PART = 64 * 1024 * 1024
MAX_TOTAL = 300 * 1024 * 1024
_ENCRYPTED = 0x1
_HINT = "请检查原文件后重新选择。"


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The package, checked by its directory; the caller closes it. Raises OaError with a sentence for the user.

    The directory may lie about sizes, so parts are read through `read_part`, never without a bound.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
        raise OaError("文件已经损坏，不能打开。", _HINT, str(error)) from error
    infos = archive.infolist()
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise OaError("文件设有打开密码，不能读取。", "请取消密码后重新选择。")
    if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_TOTAL:
        raise OaError("文件展开后过大，可能是有害文件，未予读取。", "请向来文单位核实。")
    return archive


def check_parts(data: bytes) -> None:
    """Expand every XML part once within the bound: damaged parts and bombs are refused before a library reads them."""
    with open_zip(data) as archive:
        for info in archive.infolist():
            if info.filename.lower().endswith((".xml", ".rels")):
                _expand(archive, info)


def _expand(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    size = 0
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(1 << 20):
                size += len(chunk)
                if size > MAX_PART:
                    raise OaError("文件展开后过大，可能是有害文件，未予读取。", "请向来文单位核实。")
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, ValueError, EOFError, OSError, RuntimeError) as error:
        raise OaError("文件已经损坏，部分内容读不出来。", _HINT, str(error)) from error
