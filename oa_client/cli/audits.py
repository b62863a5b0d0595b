"""`audit verify|anchor|list|export`: the chains of the audit, their anchors, and what stands in them."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ..domain.errors import Refused
from ..usecases.auditors import Place
from .opening import AsLogin, Json, Url, address, desk_for
from .printing import show, table

commands = typer.Typer(help="留痕：校验、锚点、查询。用 --as 以安全审计员办理；不写 --as 时直接用数据库的地址（数据文件，或服务器管理员的地址）。", no_args_is_help=True)
Key = Annotated[str, typer.Option(help="签发人的公钥，或存有它的文件")]
Person = Annotated[str, typer.Option(help="警号或姓名")]
Document = Annotated[str, typer.Option(help="公文的编号或字号")]
Action = Annotated[str, typer.Option(help="事项，如 登录、编号、办理公文")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="日期，如 2026-01-31", show_default=False)]
Terminal = Annotated[str, typer.Option(help="终端")]
Result = Annotated[str, typer.Option(help="结果：成功、未成功")]
Text = Annotated[str, typer.Option(help="内容中的词")]


@commands.command()
def verify(url: Url = "", login: AsLogin = "", json: Json = False, anchor: Annotated[Path | None, typer.Option(help="锚点文件")] = None, key: Key = "") -> None:
    """校验全部留痕；有不符逐条列出，退出码为 1。"""
    from ..usecases import auditing
    from ..usecases.desk import local

    done = auditing.verify(_place(url, login), anchor, key, _progress(json))
    found = done.value
    faults = [{"stream": item.stream, "seq": item.seq, "event": item.event_id, "at": item.at, "kind": item.kind, "words": item.words} for item in found.faults]
    answer: dict[str, Any] = {"ok": found.good, "checked": found.checked, "streams": found.streams, "faults": faults, "more": found.more}
    if found.anchor:
        answer["anchor"] = {"at": found.anchor.at, "root": found.anchor.packed.root, "key": found.anchor.key, "signer_known": found.signer_known}
    told = [f"{local(item.at):%Y-%m-%d %H:%M:%S}  {item.words}" if item.at else item.words for item in found.faults]
    show(answer, json, "\n".join([*told, done.notice]))
    if not found.good:
        raise typer.Exit(1)


@commands.command()
def anchor(out: Annotated[Path, typer.Argument(help="锚点文件")], url: Url = "", login: AsLogin = "", json: Json = False,
           key: Annotated[Path | None, typer.Option(help="密钥文件，没有就新建；口令取自 OA_KEY_PASSPHRASE 或现场输入。不写则用本机钥匙串")] = None,
           fresh: Annotated[bool, typer.Option("--new-key", help="换用新的密钥（本机钥匙串）")] = False,
           anyway: Annotated[bool, typer.Option("--anyway", help="有不符也签发（须已查明原因）")] = False) -> None:
    """校验以后签发锚点，请打印或另处保存。"""
    from ..usecases import anchor_keys, anchors

    place = _place(url, login)
    done = anchors.issue(place, out, anchor_keys.file_key(key, _passphrase) if key else anchor_keys.own_key(fresh=fresh), _progress(json), anyway=anyway)
    made = done.value
    show({"file": str(made.file), "at": made.at, "streams": made.streams, "events": made.events, "root": made.root, "key": made.key, "signature": made.signature}, json,
         f"{done.notice}\n时间：{made.at}\n根：{made.root}\n公钥：{made.key}\n签名：{made.signature}\n请把以上几行打印存档，锚点文件另处保存，不要只留在这台服务器上。")


@commands.command("list")
def list_(url: Url = "", login: AsLogin = "", json: Json = False, person: Person = "", document: Document = "", action: Action = "", since: Day = None, until: Day = None,
          terminal: Terminal = "", result: Result = "", text: Text = "", most: Annotated[int, typer.Option(min=1, max=1000, help="最多列出多少条")] = 50) -> None:
    """列出留痕，新的在前。"""
    from ..usecases import auditing
    from ..usecases.desk import local

    narrow = _narrowed(person, document, action, since, until, terminal, result, text)
    page = auditing.page(_place(url, login), narrow, size=most)
    if json:
        show({"total": page.total, "rows": page.rows}, True, "")
        return
    told = [(f"{local(row.at):%Y-%m-%d %H:%M:%S}", row.login, row.name, row.unit, row.words, row.about, row.result, row.terminal) for row in page.rows]
    table([("时间", "警号", "姓名", "单位", "内容", "对象", "结果", "终端"), *told], (19, 8, 12, 14, 44, 24, 6, 24))
    print(f"{page.total_words}，列出 {len(page.rows)} 条。")


@commands.command()
def export(out: Annotated[Path, typer.Argument(help="表格文件，如 留痕.xlsx")], url: Url = "", login: AsLogin = "", json: Json = False, person: Person = "",
           document: Document = "", action: Action = "", since: Day = None, until: Day = None, terminal: Terminal = "", result: Result = "", text: Text = "") -> None:
    """把留痕导出为表格文件。"""
    from ..usecases import auditing

    done = auditing.export(_place(url, login), _narrowed(person, document, action, since, until, terminal, result, text), out, _progress(json))
    show({"file": str(done.value)}, json, done.notice)


def _place(url: str, login: str) -> Place:
    """The audit administrator's desk, or the database itself."""
    if login or os.environ.get("OA_LOGIN"):
        return desk_for(url, login)
    from ..usecases import reaching, setting_up

    engine = reaching.open_database(address(url), new=False)
    found = setting_up.state(engine)
    if not found.ready:
        raise Refused(found.words)
    return engine


def _narrowed(person: str, document: str, action: str, since: datetime | None, until: datetime | None, terminal: str, result: str, text: str) -> Any:
    from ..usecases.audit_rows import RESULTS, AuditFilter, actions

    return AuditFilter(person, document, _key(actions(), action, "事项"), since.date() if since else None, until.date() if until else None, terminal,
                       _key(RESULTS, result, "结果"), text)


def _key(known: dict[str, str], given: str, what: str) -> str:
    """What a caption stands for; a key may be given as it is."""
    found = {caption: key for key, caption in known.items()}.get(given, given)
    if found and found not in known:
        raise Refused(f"没有「{given}」这种{what}。", f"可用：{'、'.join(known.values())}。")
    return found


def _passphrase(new: bool) -> str:
    given = os.environ.get("OA_KEY_PASSPHRASE")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Refused("没有密钥文件的口令。", "请用环境变量 OA_KEY_PASSPHRASE 给出，或在终端里运行。")
    return typer.prompt("新密钥文件的口令" if new else "密钥文件的口令", hide_input=True, confirmation_prompt=new)


def _progress(quiet: bool) -> Any:
    """Tell how far it is on a terminal; a script is told nothing."""
    if quiet or not sys.stderr.isatty():
        return None
    return lambda done, total, words: print(f"\r{words} {done}/{total}", end="\n" if done >= total else "", file=sys.stderr, flush=True)
