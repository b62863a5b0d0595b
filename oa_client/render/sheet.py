"""公文处理单 as PDF: the sheet that travels with a document, as officers know it on paper."""

from datetime import datetime
from typing import TypedDict

from .typeset import set_pdf

HEADINGS = {"receive": "收文处理单", "send": "发文稿纸"}
_SHORT = 11


class Sheet(TypedDict, total=False):
    """What `handling_sheet` prints, as plain values; see there."""

    kind: str
    organ: str
    title: str
    subline: list[tuple[str, str]]
    fields: list[tuple[str, str]]
    sections: list[tuple[str, list[tuple[str, str, str, str]]]]
    footer: str


def handling_sheet(view: Sheet, made: datetime | None = None) -> bytes:
    """The 收文处理单 or 发文稿纸 as a PDF/A-2b on A4; it grows over several pages when the opinions are many.

    `view` holds plain values: "kind" receive or send; "organ" the unit whose sheet it is; "title" the document's 标题;
    "subline" [(label, value)] up to three items above the table, as 编号 and 收文日期 (optional); "fields"
    [(label, value)] in order, short ones two to a row; "sections" [(label, [(text, name, post, date)])] with opinions in
    order of time, where an empty section keeps room for the pen and one of nothing but 已阅 becomes a row of
    signatures; "footer" a line at the foot (optional). Dates are texts as they shall be read. Raises OaError when a
    character cannot be printed on this workstation.
    """
    fields = [(str(label), str(value)) for label, value in view["fields"]]
    if not any(label == "标题" for label, _ in fields):
        fields.insert(0, ("标题", view["title"]))
    data = {
        "kind": view["kind"], "organ": view["organ"], "heading": HEADINGS[view["kind"]], "title": view["title"],
        "subline": view.get("subline", []), "footer": view.get("footer", ""), "rows": sheet_rows(fields),
        "sections": [(label, list(opinions)) for label, opinions in view["sections"]],
    }
    return set_pdf("handling_sheet", data, made)


def sheet_rows(fields: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Fields in rows of the table: two short values side by side, a long one (and 标题) across the sheet."""
    rows: list[list[tuple[str, str]]] = []
    waiting: list[tuple[str, str]] = []
    for label, value in fields:
        if label == "标题" or len(value) > _SHORT:
            rows.extend([waiting] if waiting else [])
            rows.append([(label, value)])
            waiting = []
        else:
            waiting = [*waiting, (label, value)]
            if len(waiting) == 2:
                rows.append(waiting)
                waiting = []
    return rows + ([waiting] if waiting else [])
