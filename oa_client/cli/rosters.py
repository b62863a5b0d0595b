"""`user import|export|template`: accounts by workbook."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..domain.errors import Unavailable
from .opening import AsLogin, Json, Url, desk_for
from .printing import show, table
from .users import commands

if TYPE_CHECKING:
    from ..usecases.rosters import Preview, RosterResult

Out = Annotated[Path, typer.Argument(help="存到哪个文件（.xlsx）", show_default=False)]


@commands.command("import")
def import_(file: Annotated[Path, typer.Argument(help="账号名单（.xlsx、.xls、.ods）", show_default=False)], url: Url = "", login: AsLogin = "", json: Json = False,
            dry: Annotated[bool, typer.Option("--dry-run", help="只显示每行的结果，不写入")] = False,
            passwords: Annotated[Path | None, typer.Option(help="新账号的一次性密码存到这个表格，不在屏幕上显示")] = None) -> None:
    """按名单新建、修改、启用、停用账号；先显示每一行的结果。有错误或没办成的行时退出码为 1。"""
    from ..usecases import roster_files, rosters

    desk = desk_for(url, login)
    shown = rosters.preview(desk, rosters.open_roster(desk, file))
    if not json:
        _tell_rows(shown)
    if passwords and not dry:
        roster_files.write_passwords(rosters.RosterResult(), passwords)  # a place that cannot be written is told before anything is done
    result = rosters.RosterResult() if dry else rosters.carry_out(desk, shown, shown.good).value
    kept = passwords is not None and not dry and _kept(result, passwords)
    if json:
        show(_answer(shown, result, kept), True, "")
    elif not dry:
        _tell_result(result, kept)
    if shown.bad or result.failed or result.left:
        raise typer.Exit(1)


@commands.command()
def export(file: Out, url: Url = "", login: AsLogin = "", json: Json = False, unit: Annotated[str, typer.Option(help="只导出这个单位")] = "") -> None:
    """把账号导出为表格；改后可再导入。"""
    from ..usecases import directory, roster_files

    desk = desk_for(url, login)
    done = roster_files.export(desk, file, directory.find_unit(desk, unit) if unit else None)
    show({"file": str(done.value)}, json, done.notice)


@commands.command()
def template(file: Out, url: Url = "", login: AsLogin = "", json: Json = False) -> None:
    """存一份空白的账号名单模板。"""
    from ..usecases import roster_files

    done = roster_files.template(desk_for(url, login), file)
    show({"file": str(done.value)}, json, done.notice)


def _kept(result: "RosterResult", passwords: Path) -> bool:
    """Whether the list of passwords could be written; if not, they are shown instead."""
    from ..usecases import roster_files

    try:
        roster_files.write_passwords(result, passwords)
    except Unavailable as problem:
        print(f"{problem}一次性密码改为直接列出。", file=sys.stderr)
        return False
    return True


def _tell_rows(shown: "Preview") -> None:
    lines = [(str(row.line), row.outcome, row.fields["login"], row.fields["name"], row.sentence) for row in shown.rows]
    table([("行", "结果", "警号", "姓名", "说明"), *lines], (5, 6, 10, 10, 200))
    print(shown.words)


def _tell_result(result: "RosterResult", kept: bool) -> None:
    for row, said in result.failed:
        print(f"第 {row.line} 行 {row.fields['login']} {row.fields['name']} 没有办成：{said}")
    for slip in () if kept else result.slips:
        print(f"{slip.issued.login} {slip.issued.name}（{slip.unit}）一次性密码：{slip.issued.password}")
    print(result.words)


def _answer(shown: "Preview", result: "RosterResult", kept: bool) -> dict[str, Any]:
    failed = {row.line: said for row, said in result.failed}
    done = {row.line for row in result.done}
    rows = [{"line": row.line, "login": row.fields["login"], "name": row.fields["name"], "outcome": row.outcome, "sentence": row.sentence,
             "done": row.line in done, "failed": failed.get(row.line, "")} for row in shown.rows]
    new = [] if kept else [{"login": slip.issued.login, "password": slip.issued.password} for slip in result.slips]
    return {"counts": shown.counts, "rows": rows, "passwords": new}
