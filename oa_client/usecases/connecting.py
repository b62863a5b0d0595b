"""Connecting (连接数据库): addresses without their passwords, opening what is ready, and plain words for what is not."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Engine

from ..domain.errors import Invalid, Refused, Unavailable
from ..store.engine import parse
from . import setting_up
from .signing_in import Gate, gate

PORT = 5432
CAUTION = "单机模式：权限与留痕由本程序执行，能读写数据文件的人可绕过；仅限演示或单人使用。多人办公请用 PostgreSQL 模式，由数据库强制执行。"


class PasswordWanted(Unavailable):
    """The server asks for a password, or does not take the one given."""


@dataclass(frozen=True)
class Server:
    """A shared database (共享库) as its form holds it. `verify`: the server's certificate must be good."""

    host: str = ""
    port: str = str(PORT)
    database: str = ""
    user: str = ""
    verify: bool = False


@dataclass(frozen=True)
class Opened:
    """A database that can be worked with. `url` holds no password."""

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


def split_password(url: str) -> tuple[str, str]:
    """An address without its password, and the password; Unavailable when it is no address."""
    parsed = parse(url)
    plain = parsed._replace(drivername=parsed.get_backend_name(), password=None)
    return plain.render_as_string(hide_password=False), parsed.password or ""


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
    wrong = {key: f"请填写{words}。" for key, words in (("host", "服务器"), ("database", "库名"), ("user", "用户名")) if not getattr(server, key).strip()}
    if not (server.port.isascii() and server.port.isdecimal() and 0 < int(server.port) < 65536):
        wrong["port"] = "端口应为 1 至 65535 的数字。"
    if wrong:
        raise Invalid(wrong)
    query = {"sslmode": "verify-full"} if server.verify else {}
    if "," in server.host:
        query["target_session_attrs"] = "read-write"  # several servers: the one that may be written to
    made = URL.create("postgresql", server.user.strip(), None, server.host.strip(), int(server.port), server.database.strip(), query)
    return made.render_as_string(hide_password=False)


def read_server(url: str) -> tuple[Server, str]:
    """The form of an address and the password in it; Unavailable when it is no address of a shared database."""
    parsed = parse(url.strip())
    if parsed.get_backend_name() != "postgresql":
        raise Unavailable("这不是共享库的地址。", "请按 postgresql://用户@主机:端口/库名 填写。")
    return Server(parsed.host or "", str(parsed.port or PORT), parsed.database or "", parsed.username or "",
                  parsed.query.get("sslmode") == "verify-full"), parsed.password or ""


def open_up(url: str, password: str = "") -> Opened:
    """Open a database that is ready to work with; Unavailable or Refused says in plain words why not."""
    target, own = split_password(url)
    engine = _connect(target, password or own)
    try:
        found = setting_up.state(engine)
        if not found.ready:
            hint = "请系统管理员先建库，再从这里连接。" if found.empty else ""
            raise Refused(found.words, hint)
        return Opened(engine, target, gate(engine))
    except BaseException:
        engine.dispose()
        raise


def probe(url: str, password: str = "") -> str:
    """Try a connection and leave again; the sentence says what is there."""
    opened = open_up(url, password)
    opened.engine.dispose()
    return f"连接成功：{opened.gate.bureau}，{opened.kind}可以使用。"


def _connect(url: str, password: str) -> Engine:
    if is_single(url) and not Path(parse(url).database or "").is_file():
        raise Unavailable(f"找不到数据文件：{place_words(url)}。", "请确认文件没有被移走，移动硬盘或网络盘已接好，然后重试。")
    full = parse(url).set(password=password) if password else parse(url)
    try:
        return setting_up.open_database(full.render_as_string(hide_password=False))
    except Unavailable as problem:
        text = problem.details.lower()
        if any(sign in text for sign in ("password authentication failed", "no password supplied")):
            raise PasswordWanted("用户名或密码不对。" if password else "连接共享库需要密码。", "请填写后再连接。", problem.details) from problem
        if "root certificate" in text:
            raise Unavailable("这台电脑上没有核对服务器用的根证书。", "请向系统管理员索取根证书，或先不核对服务器证书。", problem.details) from problem
        raise
