"""Setting a database up (建库): its schema, the flows, the working calendar, the first facts; and checking it."""

import json
from dataclasses import dataclass
from datetime import date

import chinese_calendar
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from ..domain.calendar import rows_from_holidays
from ..domain.errors import Invalid, Refused, Unavailable
from ..domain.flow_definition import Flow
from ..settings import resource
from ..store import engine as engines
from ..store import schema
from ..store import unit as transactions
from ..store.tables import Account, FlowDefinition, RoleGrant, Unit
from ..store.work_tables import CalendarDay, Fact
from .desk import now
from .directory import reading_keys
from .limits import LINE, NAME, too_long
from .papers import clean
from .policy import login_fits, random_password
from .signing_in import HASHER

FLOWS = ("receive", "send")


@dataclass(frozen=True)
class State:
    """What was found at a database address. `ready` means that the client can work with it."""

    ready: bool
    empty: bool
    words: str


def open_database(url: str, *, new: bool = True) -> Engine:
    """An engine that answers; Unavailable says in plain words what is wrong with the address or the server.

    With `new` false a data file that is not there is said to be missing instead of being made.
    """
    if not new and not engines.exists(url):
        raise Unavailable("没有找到这个数据文件。", "请核对路径，或先用 db create、db demo 建库。", url)
    engine = engines.connect(url)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except Exception as problem:
        engine.dispose()
        raise Unavailable(_plainly(str(problem)), "请核对地址后再试，或联系系统管理员。", str(problem)) from problem
    return engine


def state(engine: Engine) -> State:
    """Whether the database is set up for this program."""
    found, wanted = schema.current(engine), schema.head()
    if not found:
        return State(False, True, "这个库还没有建表。")
    if found != wanted:
        return State(False, False, "数据库版本与本程序不一致，请系统管理员运行 db upgrade，或更新本程序。")
    if not _founded(engine):
        return State(False, True, "这个库上次没有建完。")
    return State(True, False, "数据库可以使用。")


def create(engine: Engine, bureau: str, login: str, name: str) -> str:
    """Set up an empty database with the bureau and its first system administrator; gives the one-time password.

    A founding that was broken off is completed.
    """
    bureau, login, name = clean(bureau).strip(), login.strip(), clean(name).strip()
    wrong = too_long({"bureau": ("机关名称", bureau, LINE), "name": ("姓名", name, NAME)})
    if not bureau:
        wrong["bureau"] = "请填写机关名称。"
    if not login_fits(login):
        wrong["login"] = "警号应为 4 至 8 位数字。"
    if not name:
        wrong["name"] = "请填写姓名。"
    if wrong:
        raise Invalid(wrong)
    if schema.current(engine) and (schema.current(engine) != schema.head() or _founded(engine)):
        raise Refused("这个库已经建过表，没有改动。", "如需升级请用 db upgrade。")
    schema.upgrade(engine)
    password = random_password()
    with transactions.unit(engine) as session:
        publish_flows(session)
        seed_calendar(session)
        session.add(Fact(key="bureau", value={"fonds": "Z001", "superiors": [], "direct_superiors": []}))
        root = Unit(key="root", code="BGS", name=bureau, short=bureau, kind="bureau", number_codes="", position=0)
        session.add(root)
        session.flush()
        account = Account(login=login, name=name, unit_id=root.id, post="系统管理员", keys=reading_keys(name), password_hash=HASHER.hash(password),
                          created_at=now())
        session.add(account)
        session.flush()
        session.add(RoleGrant(account_id=account.id, role="sys_admin", unit_id=root.id))
    return password


def upgrade(engine: Engine) -> str:
    """Bring an older database up to date; gives what was done, in words."""
    before = schema.current(engine)
    if not before:
        raise Refused("这个库还没有建表。", "请先用 db create 建库，或用 db demo 建演示库。")
    if not schema.known(before):
        raise Refused(f"数据库的版本 {before} 比本程序新，没有改动。", "请改用新版程序。")
    schema.upgrade(engine)
    with transactions.unit(engine) as session:
        publish_flows(session)
        seed_calendar(session)
    after = schema.head()
    return "数据库已是最新版本。" if before == after else f"数据库已从版本 {before} 升级到 {after}。"


def check(engine: Engine) -> list[str]:
    """What is wrong with a database, in words; an empty list when all is well."""
    try:
        return _findings(engine)
    except Unavailable as problem:
        return [problem.sentence.replace("，本次未写入", "")]


def _findings(engine: Engine) -> list[str]:
    if not state(engine).ready:
        return [state(engine).words]
    wrong = [f"库结构与程序不一致：{item}" for item in schema.differences(engine)]
    with transactions.look(engine) as session:
        wrong += [f"缺少流程定义：{key}" for key in FLOWS if session.scalar(select(FlowDefinition.id).where(FlowDefinition.key == key)) is None]
        wrong += [line for query, line in _INVARIANTS if session.scalar(text(query))]
        if engine.dialect.name == "sqlite":
            wrong += [f"数据文件损坏：{row[0]}" for row in session.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
    return wrong


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


def _plainly(problem: str) -> str:
    """A driver's message in plain words."""
    low = problem.lower()
    for signs, words in (
        (("password authentication failed", "no password supplied", "fe_sendauth"), "用户名或密码不对。"),
        (("does not exist",), "服务器上没有这个库或用户。"),
        (("could not translate host", "name or service not known", "getaddrinfo", "nodename nor servname"), "找不到这台服务器，主机名可能写错了。"),
        (("connection refused",), "服务器没有应答，可能没有启动，或端口不对。"),
        (("timeout", "timed out"), "连接超时，网络可能不通。"),
        (("ssl", "certificate"), "安全连接没有建立，请核对服务器证书。"),
        (("pg_hba",), "服务器不接受从这台电脑连接。"),
        (("unable to open database file", "readonly", "permission denied"), "数据文件打不开，请检查路径和权限。"),
        (("not a database", "malformed"), "这个文件不是本系统的数据库，或已损坏。"),
    ):
        if any(sign in low for sign in signs):
            return words
    return "连接不上数据库。"
