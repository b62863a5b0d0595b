"""`doc share|shares|unshare`: lending a finished document to persons and units (共享、借阅)."""

from datetime import date, timedelta
from typing import Annotated

import typer

from ..domain.errors import Invalid
from .documents import Document, commands
from .opening import AsLogin, Json, Url, desk_for
from .printing import show, table


@commands.command()
def share(document_id: Document, to: Annotated[list[str], typer.Argument(help="警号或单位，可多个")], reason: Annotated[str, typer.Option(help="理由")], url: Url = "",
          login: AsLogin = "", json: Json = False, until: Annotated[str, typer.Option(help="到哪天，写作 2026-12-31；默认 30 天")] = "") -> None:
    """把办结或归档的公文共享给人员或单位，到期自动收回。"""
    from ..usecases import directory, sharing

    desk = desk_for(url, login)
    try:
        last = date.fromisoformat(until) if until else desk.today() + timedelta(days=30)
    except ValueError as problem:
        raise Invalid({"until": f"日期「{until}」应写成 2026-12-31 的样子。"}, "") from problem
    done = sharing.share(desk, document_id, [directory.find_holder(desk, word) for word in to], last, reason)
    show({"document": done.value}, json, done.notice)


@commands.command()
def shares(document_id: Document, url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """列出一件公文的共享情况。"""
    from ..usecases import viewing

    rows = viewing.show(desk_for(url, login), document_id).shares
    if json:
        show(list(rows), True, "")
        return
    table([("编号", "共享给", "共享人", "到期", "状态"), *((str(row.id), row.to, row.by, f"{row.until}", "有效" if row.active else "已止") for row in rows)], (6, 20, 10, 12, 6))
    print(f"共 {len(rows)} 项。")


@commands.command()
def unshare(share_id: Annotated[int, typer.Argument(help="共享的编号（doc shares 的第一列）")], url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """收回一项共享。"""
    from ..usecases import sharing

    done = sharing.end(desk_for(url, login), share_id)
    show({"document": done.value}, json, done.notice)
