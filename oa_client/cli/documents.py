"""`doc register|list|show|act|file`: documents and their flow."""

from pathlib import Path
from typing import Annotated

import typer

from ..domain.errors import Invalid, Refused, Unavailable
from .fields import intake_form, pairs
from .opening import AsLogin, Json, Url, desk_for
from .printing import show, show_rows
from .telling import document_words

commands = typer.Typer(help="公文。", no_args_is_help=True)
Fields = Annotated[list[str] | None, typer.Option("--field", help="字段=值，可多次给出")]
Document = Annotated[int, typer.Argument(help="公文的编号（doc list 的第一列）")]


@commands.command()
def register(file: Path, url: Url = "", login: AsLogin = "", json: Json = False, field: Fields = None) -> None:
    """登记一件来文：从文件里读出各字段，可用 --field 改正。"""
    from ..usecases import intake, viewing

    desk = desk_for(url, login)
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise Unavailable(f"文件「{file.name}」读不出来。", "请核对路径和权限。", str(problem)) from problem
    form = intake_form(desk, intake.inspect(desk, file.name, data), pairs(field))
    done = intake.register(desk, form)
    view = viewing.show(desk, done.value)
    show(view, json, f"{done.notice}\n{document_words(view)}")


@commands.command("list")
def list_(url: Url = "", login: AsLogin = "", json: Json = False, box: Annotated[str, typer.Option(help="todo read doing done receive send")] = "todo",
          text: Annotated[str, typer.Option(help="标题、文号、单位中的词")] = "", most: Annotated[int, typer.Option(min=1, max=1000)] = 50) -> None:
    """列出待办、待阅、在办、已办、收文或发文。"""
    from ..usecases import lists
    from ..usecases.views import ListFilter

    if box not in lists.BOXES:
        raise Invalid({"box": f"没有「{box}」这一类，可用：{'、'.join(lists.BOXES)}。"}, "")
    page = lists.page(desk_for(url, login), box, ListFilter(text=text), size=most)
    show_rows(page.rows, json, page.total)


@commands.command("show")
def show_(document_id: Document, url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """显示一件公文：字段、办理过程、当前可用的操作。"""
    from ..usecases import viewing

    view = viewing.show(desk_for(url, login), document_id)
    show(view, json, document_words(view))


@commands.command()
def act(document_id: Document, action: Annotated[str, typer.Argument(help="操作（doc show 会列出）")], url: Url = "", login: AsLogin = "",
        json: Json = False, opinion: Annotated[str, typer.Option(help="意见")] = "", field: Fields = None,
        pick: Annotated[list[str] | None, typer.Option("--pick", help="选人：项=警号或单位，可多次给出")] = None,
        target: Annotated[str, typer.Option(help="退回到哪个环节")] = "") -> None:
    """办理一步。被别人抢先时退出码为 1。"""
    from ..domain.flow import Command
    from ..usecases import acting, directory, viewing

    desk = desk_for(url, login)
    view = viewing.show(desk, document_id)
    task = next((item for item in view.tasks if any(choice.key == action for choice in item.choices)), None)
    if task is None:
        may = "、".join(f"{choice.key}（{choice.action.title}）" for item in view.tasks for choice in item.choices)
        raise Refused(f"现在没有「{action}」这项操作。", f"可用：{may}。" if may else "这件公文现在不在您手上。")
    picks: dict[str, tuple[str, ...]] = {}
    for slot, word in pairs(pick, repeated=True):
        picks[slot] = (*picks.get(slot, ()), directory.find_holder(desk, word))
    command = Command(action, opinion, picks, dict(pairs(field)), target)
    done = acting.act(desk, task.id, command, acting.Seen(task.version, view.version))
    fresh = viewing.show(desk, document_id)
    show(fresh, json, f"{done.notice}。现在：{fresh.where or fresh.reference or '已结束'}")


@commands.command()
def file(document_id: Document, url: Url = "", login: AsLogin = "", json: Json = False,
         retention: Annotated[str, typer.Option(help="保管期限：永久、30年、10年；不给则用建议值")] = "",
         year: Annotated[str, typer.Option(help="归档年度；不给则用建议值")] = "", note: Annotated[str, typer.Option(help="备注")] = "") -> None:
    """归档一件已办结的公文，给出档号。"""
    from ..usecases import filing

    desk = desk_for(url, login)
    offered = filing.propose(desk, document_id)
    values = [f"retention={retention or offered.retention}", f"year={year or offered.year}", f"note={note}"]
    act(document_id, "file", url, login, json, "", values, None, "")
