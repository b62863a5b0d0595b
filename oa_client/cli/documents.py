"""`doc register|list|show|act|file`: documents and their flow."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ..domain.errors import Invalid, Unavailable
from ..usecases.papers import LIMIT_MB
from . import answers
from .choosing import chosen
from .fields import intake_form, pairs, registered, unsure
from .opening import AsLogin, Json, Url, desk_for
from .printing import show, show_rows
from .telling import STATES, document_words

commands = typer.Typer(help="公文。", no_args_is_help=True)
Fields = Annotated[list[str] | None, typer.Option("--field", help="字段=值，可多次给出")]
Document = Annotated[int, typer.Argument(help="公文的编号（doc list 的第一列）", min=1, max=2**63 - 1)]


@commands.command()
def register(file: Path, url: Url = "", login: AsLogin = "", json: Json = False, field: Fields = None) -> None:
    """登记一件来文：从文件里读出各字段，可用 --field 改正。"""
    from ..usecases import intake, viewing

    desk = desk_for(url, login)
    try:
        if file.stat().st_size > LIMIT_MB * 1024 * 1024:
            raise Invalid({"files": f"文件「{file.name}」超过 {LIMIT_MB} MB，请拆分后再登记。"}, "")
        data = file.read_bytes()
    except OSError as problem:
        raise Unavailable(f"文件「{file.name}」读不出来。", "请核对路径和权限。", str(problem)) from problem
    seen, given = intake.inspect(desk, file.name, data), pairs(field)
    form = intake_form(desk, seen, given)
    done = intake.register(desk, form)
    view = viewing.show(desk, done.value)
    show(registered(done.value, form, unsure(seen, given)), json, f"{done.notice}\n{document_words(view)}")


@commands.command("list")
def list_(url: Url = "", login: AsLogin = "", json: Json = False, box: Annotated[str, typer.Option(help="todo read doing done receive send")] = "todo",
          text: Annotated[str, typer.Option(help="标题、文号、单位中的词")] = "", most: Annotated[int, typer.Option(min=1, max=1000)] = 50) -> None:
    """列出待办、待阅、在办、已办、收文或发文。"""
    from ..usecases import lists
    from ..usecases.views import ListFilter

    if box not in lists.BOXES:
        raise Invalid({"box": f"没有「{box}」这一类，可用：{'、'.join(lists.BOXES)}。"}, "")
    desk = desk_for(url, login)
    page = lists.page(desk, box, ListFilter(text=text), size=most)
    if json:
        show(answers.lines(desk, page.rows), True, "")
        return
    show_rows(page.rows, page.total)


@commands.command("show")
def show_(document_id: Document, url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """显示一件公文：字段、办理过程、当前可用的操作。"""
    from ..usecases import viewing

    desk = desk_for(url, login)
    view = viewing.show(desk, document_id)
    show(answers.whole(desk, view) if json else None, json, document_words(view))


@commands.command()
def act(document_id: Document, action: Annotated[str, typer.Argument(help="操作（doc show 会列出）；用 --next 时不写")] = "", url: Url = "", login: AsLogin = "",
        json: Json = False, opinion: Annotated[str, typer.Option(help="意见")] = "", field: Fields = None,
        pick: Annotated[list[str] | None, typer.Option("--pick", help="选人：项=警号或单位，可多次给出")] = None,
        target: Annotated[str, typer.Option(help="退回到哪个环节")] = "",
        forward: Annotated[bool, typer.Option("--next", help="办理第一个可用的往下环节，人选和填写项用默认值")] = False) -> None:
    """办理一步。被别人抢先时退出码为 1。"""
    from ..usecases import acting, directory, viewing

    if bool(action) == forward:
        raise typer.BadParameter("请写明操作，或只用 --next")
    desk = desk_for(url, login)
    view = viewing.show(desk, document_id)
    task, command = chosen(desk, view, "" if forward else action)
    picks: dict[str, tuple[str, ...]] = {}
    for slot, word in pairs(pick, repeated=True):
        picks[slot] = (*picks.get(slot, ()), directory.find_holder(desk, word))
    command = replace(command, opinion=opinion or command.opinion, picks=command.picks | picks, fields=command.fields | dict(pairs(field)), target=target)
    done = acting.act(desk, task.id, command, acting.Seen(task.version, view.version))
    now = answers.state(desk, document_id)
    where = f"{now['step']}：{'、'.join(now['holders'])}" if now["holders"] else now["reference"] or STATES[now["status"]]
    show(now, json, f"{done.notice}。现在：{where}")


@commands.command()
def file(document_id: Document, url: Url = "", login: AsLogin = "", json: Json = False,
         retention: Annotated[str, typer.Option(help="保管期限：永久、30年、10年；不给则用建议值")] = "",
         year: Annotated[str, typer.Option(help="归档年度；不给则用建议值")] = "", note: Annotated[str, typer.Option(help="备注")] = "") -> None:
    """归档一件已办结的公文，给出档号。"""
    from ..usecases import filing

    desk = desk_for(url, login)
    offered = filing.propose(desk, document_id)
    values = [f"retention={retention or offered.retention}", f"year={year or offered.year}", f"note={note}"]
    act(document_id, "file", url, login, json, "", values, None, "", False)
