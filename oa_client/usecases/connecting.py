"""Connecting (连接数据库): addresses, opening what is ready, and plain words for what is not."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Engine

from ..domain.errors import Invalid, Refused, Unavailable
from ..store import engine as engines
from ..store.engine import parse
from . import setting_up
from .gates import Gate, gate, known_gate
from .reaching import answers, open_database

PORT = 5432
NOBODY = "0000"
ANSWERED = "服务器有应答，可以用警号和密码登录。"
ANSWERED_MEMBERS = "服务器有应答。它的登录规则（pg_hba.conf）只放行指定的登录，不放行测试用的空号；从这台电脑能否登录，请用自己的警号试一次。"
CAUTION = "单机模式：权限与留痕由本程序执行，能读写数据文件的人可绕过；仅限演示或单人使用。多人办公请用 PostgreSQL 模式，由数据库强制执行。"


@dataclass(frozen=True)
class Server:
    """A shared database (共享库) as its form holds it. `verify`: the server's certificate must be good."""

    host: str = ""
    port: str = str(PORT)
    database: str = ""
    verify: bool = True


@dataclass(frozen=True)
class Opened:
    """A database at which one can sign in. `url` holds neither user nor password; nobody is connected to a shared one yet."""

    engine: Engine
    url: str
    gate: Gate

    @property
    def single(self) -> bool:
        """Whether it is a file on this PC (单机库)."""
        return self.engine.dialect.name == "sqlite"

    @property
    def kind(self) -> str:
        """What it is called on screen."""
        return "演示库" if self.gate.demo else "单机库" if self.single else "共享库"


def plain(url: str) -> str:
    """An address without user and password; Unavailable when it is no address."""
    parsed = parse(url)
    bare = parsed._replace(drivername=parsed.get_backend_name(), username=None, password=None)
    return bare.render_as_string(hide_password=False)


def place_words(url: str) -> str:
    """Where a database lies, for people: the file, or the database and its server."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        return str(Path(parsed.database or ""))
    return f"{parsed.host or '本机'} 上的 {parsed.database or ''}"


def is_single(url: str) -> bool:
    """Whether the address is a file on this PC."""
    return parse(url).get_backend_name() == "sqlite"


def server_url(server: Server) -> str:
    """The address of a filled-in form; Invalid says which field is wrong."""
    wrong = {key: f"请填写{words}。" for key, words in (("host", "服务器"), ("database", "库名")) if not getattr(server, key).strip()}
    if not (server.port.isascii() and server.port.isdecimal() and 0 < int(server.port) < 65536):
        wrong["port"] = "端口应为 1 至 65535 的数字。"
    if wrong:
        raise Invalid(wrong)
    query = {"sslmode": "verify-full"} if server.verify else {}
    if "," in server.host:
        query["target_session_attrs"] = "read-write"  # several servers: the one that may be written to
    made = URL.create("postgresql", None, None, server.host.strip(), int(server.port), server.database.strip(), query)
    return made.render_as_string(hide_password=False)


def read_server(url: str) -> Server:
    """The form of an address; Unavailable when it is no address of a shared database. A user in it is left out: everybody has their own."""
    parsed = parse(url.strip())
    if parsed.get_backend_name() != "postgresql":
        raise Unavailable("这不是共享库的地址。", "请按 postgresql://主机:端口/库名 填写。")
    return Server(parsed.host or "", str(parsed.port or PORT), parsed.database or "", parsed.query.get("sslmode") == "verify-full")


def open_up(url: str) -> Opened:
    """Open a single-desk database that is ready, or find that a server answers; Unavailable or Refused says in plain words why not."""
    target = plain(url)
    if not is_single(target):
        knock(target)
        return Opened(engines.connect(target), target, known_gate(target))
    if not Path(parse(target).database or "").is_file():
        raise Unavailable(f"找不到数据文件：{place_words(target)}。", "请确认文件没有被移走，移动硬盘或网络盘已接好，然后重试。")
    engine = open_database(target)
    try:
        found = setting_up.state(engine)
        if not found.ready:
            raise Refused(found.words, "请系统管理员先建库，再从这里连接。" if found.empty else "")
        return Opened(engine, target, gate(engine))
    except BaseException:
        engine.dispose()
        raise


def probe(url: str) -> str:
    """Try a connection and leave again; the sentence says what is there."""
    target = plain(url)
    if not is_single(target):
        return ANSWERED if knock(target) else ANSWERED_MEMBERS
    opened = open_up(target)
    opened.engine.dispose()
    return f"连接成功：{opened.gate.bureau}，{opened.kind}可以使用。"


def knock(url: str) -> bool:
    """Whether a server answers: it must refuse somebody whom it cannot know. Unavailable says what is wrong instead.

    False where its rules of entry (pg_hba.conf) name its own officers alone: over an encrypted connection that is an answer too.
    """
    engine = engines.officers(engines.connect(url), NOBODY, "-")
    try:
        answers(engine)
    except Unavailable as problem:
        text = problem.details.lower()
        if "password authentication failed" in text or ("role" in text and "does not exist" in text):
            return True
        if "no pg_hba.conf entry" in text and "ssl encryption" in text:
            return False
        if "root certificate" in text:
            raise Unavailable("这台电脑上没有核对服务器用的根证书。", "请向系统管理员索取根证书，或先不核对服务器证书。", problem.details) from problem
        raise
    finally:
        engine.dispose()
    return True
