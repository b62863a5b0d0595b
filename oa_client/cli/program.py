"""The command tree (命令行): db, user, unit, consent, doc, audit, search, export, tour."""

from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from . import account_changes, answers, audits, consents, databases, documents, lending, rosters, units, users
from .opening import AsLogin, Json, Url, desk_for
from .printing import show, show_rows

application = typer.Typer(help="文枢命令行。不带命令运行则打开窗口。", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
                          rich_markup_mode=None)
application.add_typer(databases.commands, name="db")
application.add_typer(users.commands, name="user")
application.add_typer(units.commands, name="unit")
application.add_typer(consents.commands, name="consent")
application.add_typer(documents.commands, name="doc")
application.add_typer(audits.commands, name="audit")
assert account_changes.commands is rosters.commands is users.commands and lending.commands is documents.commands  # their verbs join the groups of those


@application.command()
def search(query: Annotated[str, typer.Argument(help="要找的词，多个词用空格隔开")], url: Url = "", login: AsLogin = "", json: Json = False,
           filed: Annotated[bool, typer.Option("--filed", help="只找已归档的")] = False,
           most: Annotated[int, typer.Option(help="最多列出多少件", min=1, max=1000)] = 50) -> None:
    """在可阅看的公文中全文检索。"""
    from ..usecases import library

    desk = desk_for(url, login)
    found = library.search(desk, library.LibraryFilter(text=query, filed_only=filed), size=most)
    if json:
        show({"total": found.total, "facets": library.facets(desk), "hits": answers.hits(desk, found, query)}, True, "")
        return
    show_rows(found.rows, found.total)


@application.command()
def export(document_id: documents.Document, out: Path, url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """把一件公文的处理单、正文和附件导出到文件夹。"""
    from ..usecases import exporting

    done = exporting.export(desk_for(url, login), document_id, out)
    show({"folder": str(done.value)}, json, done.notice)


@application.command()
def tour(out: Path, file: Annotated[list[Path] | None, typer.Option("--file", help="走流程用的真实文件，可给两个")] = None) -> None:
    """在新建的演示库上用真实窗口走完收文和发文，留下图片和 tour.json。"""
    from ..tour import run

    raise typer.Exit(run(out, tuple(file or ())))


program = get_command(application)
