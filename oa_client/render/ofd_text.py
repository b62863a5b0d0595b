"""Text out of an OFD (GB/T 33190) by ofdkit."""

import ofdkit
from ofdkit.errors import OFDError, OFDLimitError

from oa_client.domain.errors import OaError

from .zip_guard import check_parts, open_zip


def ofd_text(data: bytes) -> tuple[str, int]:
    """The text in reading order, pages parted by a blank line, and the number of pages.

    Raises OaError for damaged, encrypted and oversized files.
    """
    check_parts(data)
    with open_zip(data) as archive:
        if any(name.lower().endswith("encryptions.xml") for name in archive.namelist()):
            raise OaError("OFD 文件已加密，不能读取。", "请向来文单位索取未加密的版式文件。")
    try:
        with ofdkit.open(data) as document:
            return document.text().rstrip(), len(document.pages)
    except OFDLimitError as error:
        raise OaError("OFD 文件展开后过大，可能是有害文件，未予读取。", "请向来文单位核实。", str(error)) from error
    except OFDError as error:
        raise OaError("OFD 文件已经损坏，不能打开。", "请检查原文件后重新选择。", str(error)) from error
