"""Setting a database up (建库): its schema, the flows, the working calendar, the first facts; and checking it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import chinese_calendar
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from ..domain.calendar import rows_from_holidays
from ..domain.errors import Invalid, Refused, Unavailable
from ..domain.flow_definition import Flow
from ..settings import resource
from ..store import enforcing, schema
from ..store import unit as transactions
from ..store.guard import guarded
from ..store.tables import FlowDefinition, Unit
from ..store.work_tables import CalendarDay, Fact
from . import people
from .desk import now
from .limits import LINE, NAME, too_long
from .papers import clean
from .policy import login_fits
from .proving import access_findings, flow_findings
from .rule_rows import edition, rule_rows

FLOWS = ("receive", "send")
OTHER_EDITION = "服务器是用另一版程序设置的，把关的规则与本程序不同；库里的数据没有变化，暂时不能办理。请系统管理员用新版程序运行 db upgrade，本机程序较旧的请更新。"


@dataclass(frozen=True)
class State:
    """What was found at a database address. `ready` means that the client can work with it."""

    ready: bool
    empty: bool
    words: str


def state(engine: Engine) -> State:
    """Whether the database is set up for this program."""
    tables = _tables(engine)
    return State(False, False, OTHER_EDITION) if tables.ready and not _same_edition(engine) else tables


def _tables(engine: Engine) -> State:
    """The same of the tables alone."""
    found, wanted = schema.current(engine), schema.head()
    if not found:
        return State(False, True, "这个库还没有建表。")
    if found != wanted:
        return State(False, False, "数据库版本与本程序不一致，请系统管理员运行 db upgrade，或更新本程序。")
    if not _founded(engine):
        return State(False, True, "这个库上次没有建完。")
    return State(True, False, "数据库可以使用。")


def _same_edition(engine: Engine) -> bool:
    """Whether a server's guards were put in place by a program with the same rules; nothing guards a data file."""
    if not guarded(engine):
        return True
    with transactions.look(engine) as session:
        return enforcing.edition_in(session.connection()) == edition()


def create(engine: Engine, bureau: str, login: str, name: str) -> str:
    """Set up an empty database with the bureau and its first system administrator; gives the one-time password.

    On a server this puts the enforced access in place as well. A founding that was broken off is completed.
    """
    bureau = named(bureau, login, name)
    if schema.current(engine) and (schema.current(engine) != schema.head() or _founded(engine)):
        raise Refused("这个库已经建过表，没有改动。", "如需升级请用 db upgrade。")
    schema.upgrade(engine)
    prepare(engine)
    with transactions.unit(engine) as session:
        if session.get(Fact, "bureau") is None:
            session.add(Fact(key="bureau", value={"fonds": "Z001", "superiors": [], "direct_superiors": []}))
        root = Unit(key="root", code="BGS", name=bureau, short=bureau, kind="bureau", number_codes="", position=0)
        session.add(root)
        session.flush()
        return people.found(session, root.id, login.strip(), clean(name).strip(), "sys_admin")


def named(bureau: str, login: str, name: str) -> str:
    """The bureau's name without stray signs; Invalid says what is wrong with it or with its first administrator."""
    bureau = clean(bureau).strip()
    wrong = too_long({"bureau": ("机关名称", bureau, LINE)}) | wrong_person(login, name)
    if not bureau:
        wrong["bureau"] = "请填写机关名称。"
    if wrong:
        raise Invalid(wrong)
    return bureau


def prepare(engine: Engine) -> None:
    """Publish the flows, fill the calendar, and on a server put the enforced access in place."""
    with transactions.unit(engine) as session:
        publish_flows(session)
        seed_calendar(session)
    if guarded(engine):
        with transactions.look(engine) as session:
            rows = rule_rows(session)
        enforcing.enforce(engine, rows, edition())


def wrong_person(login: str, name: str) -> dict[str, str]:
    """What is wrong with a police number and a name, by field."""
    wrong = too_long({"name": ("姓名", clean(name).strip(), NAME)})
    if not login_fits(login.strip()):
        wrong["login"] = "警号应为 4 至 8 位数字。"
    if not clean(name).strip():
        wrong["name"] = "请填写姓名。"
    return wrong


def upgrade(engine: Engine) -> str:
    """Bring an older database up to date; gives what was done, in words."""
    before = schema.current(engine)
    if not before:
        raise Refused("这个库还没有建表。", "请先用 db create 建库，或用 db demo 建演示库。")
    if not schema.known(before):
        raise Refused(f"数据库的版本 {before} 比本程序新，没有改动。", "请改用新版程序。")
    schema.upgrade(engine)
    prepare(engine)
    with transactions.unit(engine) as session:
        fresh = people.missing_logins(session)
    after = schema.head()
    done = "数据库已是最新版本。" if before == after else f"数据库已从版本 {before} 升级到 {after}。"
    return done + (f"为 {fresh} 个账号新建了数据库登录，须由管理员重置密码后才能登录。" if fresh else "")


def check(engine: Engine) -> list[str]:
    """What is wrong with a database, in words; an empty list when all is well."""
    wrong: list[str] = []
    try:
        wrong.extend(_findings(engine))
    except Unavailable as problem:
        wrong.append(problem.sentence.replace("，本次未写入", ""))
    except DBAPIError:
        if not wrong:
            raise
        wrong.append("库里缺少表或列，其余各项没有核对。")
    return wrong


def _findings(engine: Engine) -> Iterator[str]:
    tables = _tables(engine)
    if not tables.ready:
        yield tables.words
        return
    if not _same_edition(engine):
        yield OTHER_EDITION
    yield from (f"库结构与程序不一致：{item}" for item in schema.differences(engine))
    yield from access_findings(engine) if guarded(engine) else ()
    with transactions.look(engine) as session:
        yield from flow_findings(session, FLOWS)
        yield from (line for query, line in _INVARIANTS if session.scalar(text(query)))
        if engine.dialect.name == "sqlite":
            yield from (f"数据文件损坏：{row[0]}" for row in session.execute(text("PRAGMA integrity_check")) if row[0] != "ok")


_INVARIANTS = (
    ("SELECT count(*) FROM document d WHERE state = 'running' AND NOT EXISTS (SELECT 1 FROM task t WHERE t.document_id = d.id AND t.state = 'open')",
     "有办理中的公文没有任何待办人。"),
    ("SELECT count(*) FROM document d WHERE state <> 'running' AND EXISTS (SELECT 1 FROM task t WHERE t.document_id = d.id AND t.state = 'open')",
     "有已结束的公文还留着待办。"),
    ("SELECT count(*) FROM task_group g WHERE pending <> (SELECT count(*) FROM task t WHERE t.group_id = g.id AND t.state = 'open')",
     "有环节的待办计数与待办不符。"),
    ("SELECT count(*) FROM document d WHERE state = 'filed' AND NOT EXISTS (SELECT 1 FROM archive_item a WHERE a.document_id = d.id)",
     "有已归档的公文没有档号。"),
    ("SELECT count(*) FROM document d WHERE NOT EXISTS (SELECT 1 FROM reader r WHERE r.document_id = d.id)", "有公文没有任何人可以阅看。"),
    ("SELECT count(*) FROM attachment a WHERE (SELECT coalesce(sum(length(c.data)), 0) FROM blob_chunk c WHERE c.sha256 = a.sha256) <> a.size",
     "有附件的内容不完整。"),
    ("SELECT count(*) FROM document d WHERE NOT EXISTS (SELECT 1 FROM search_text s WHERE s.document_id = d.id)", "有公文没有进入全文索引。"),
)


def _founded(engine: Engine) -> bool:
    """Whether the bureau stands in it: tables alone are left by a founding that was broken off."""
    with transactions.look(engine) as session:
        return session.scalar(select(Unit.id).limit(1)) is not None


def publish_flows(session: Session) -> None:
    """Publish the product's flow definitions, each version once; a published version is never changed."""
    for key in FLOWS:
        body = json.loads(resource(f"flows/{key}.json").read_text("utf-8"))
        flow = Flow.from_data(body)
        known = session.scalar(select(FlowDefinition).where(FlowDefinition.key == key, FlowDefinition.version == flow.version,
                                                            FlowDefinition.unit_id.is_(None)))
        if known is None:
            session.add(FlowDefinition(key=key, version=flow.version, body=body, published_at=now()))
    session.flush()


def seed_calendar(session: Session) -> None:
    """Fill the working calendar with every published year; days that stand there already stay as they are."""
    off = {day: detail.chinese if detail else "" for day, detail in _named(chinese_calendar.holidays).items()}
    work = {day: detail.chinese if detail else "" for day, detail in _named(chinese_calendar.workdays).items()}
    known = set(session.scalars(select(CalendarDay.day)))
    for row in rows_from_holidays(off, work):
        if row.day not in known:
            session.add(CalendarDay(day=row.day, kind=row.kind, name=row.name))
    session.flush()


def _named(days: dict[date, str]) -> dict[date, chinese_calendar.Holiday | None]:
    by_name = {item.value: item for item in chinese_calendar.Holiday}
    return {day: by_name.get(name) for day, name in days.items()}
