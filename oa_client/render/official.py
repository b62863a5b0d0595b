"""The issued document (发文) as a red-headed PDF by GB/T 9704-2012."""

import json
from datetime import datetime
from functools import cache

from oa_client.settings import resource

from .body import heading_and_rest, paragraphs
from .title_lines import title_lines
from .typeset import set_pdf


@cache
def layout() -> dict:
    """The layout's numbers with their articles; see `resources/rules/layout_gbt9704.json`."""
    return json.loads(resource("rules/layout_gbt9704.json").read_text("utf-8"))


def official_pdf(doc: dict, made: datetime | None = None) -> bytes:
    """The document as PDF/A-2b. Keys of `doc`, plain values, all optional but the first five:

    "mark" 发文机关标志 without 文件, or "marks" a list for a joint document; "organs" 署名, a list; "number" 发文字号;
    "title" 标题; "body" plain text; "main_to" 主送机关; "date" 成文日期 as it shall be read; "attachments" names;
    "note" 附注 without brackets; "copy_to" 抄送机关; "print_organ" and "print_date" of the 版记; "urgency" 加急 or 特急;
    "copy_no" 份号; "signers" 签发人 of an upward document; "sealed" whether room is kept for a seal (default true);
    "draft" true prints 送审稿 in place of a number. Raises OaError when a character cannot be printed here.
    """
    return set_pdf("official", {**official_parts(doc), "layout": layout()}, made)


def official_parts(doc: dict) -> dict:
    """The document's elements as both renderings set them: broken title, levelled paragraphs, defaults filled in."""
    rules = layout()
    marks = list(doc.get("marks") or [doc["mark"]])
    return {
        "marks": marks, "number": doc["number"], "organs": list(doc["organs"]),
        "title": title_lines(doc["title"], rules["title"]["chars_per_line"], tuple(rules["title_words"])),
        "main_to": doc.get("main_to", "").rstrip("：:"),
        "body": [(level, *heading_and_rest(level, text)) for level, text in paragraphs(doc["body"])],
        "attachments": list(doc.get("attachments", [])),
        "date": doc.get("date", ""), "note": doc.get("note", "").strip("（）()"),
        "copy_to": doc.get("copy_to", "").rstrip("。"),
        "print_organ": doc.get("print_organ", ""), "print_date": doc.get("print_date", ""),
        "urgency": doc.get("urgency", "") if doc.get("urgency") in ("加急", "特急") else "",
        "copy_no": doc.get("copy_no", ""), "signers": list(doc.get("signers", [])), "sealed": doc.get("sealed", True),
    }
