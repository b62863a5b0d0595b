"""Reaching a database (连通数据库): an engine that answers, or in plain words why there is none."""

from sqlalchemy import Engine, text

from ..domain.errors import Unavailable
from ..store import engine as engines

NOT_ADMITTED = "服务器有应答，但它的登录规则（pg_hba.conf）不准这个登录从这台电脑连接。"


def open_database(url: str, *, new: bool = True) -> Engine:
    """An engine that answers; Unavailable says in plain words what is wrong with the address or the server.

    With `new` false a data file that is not there is said to be missing instead of being made.
    """
    if not new and not engines.exists(url):
        raise Unavailable("没有找到这个数据文件。", "请核对路径，或先用 db create、db demo 建库。", url)
    engine = engines.connect(url)
    try:
        answers(engine)
    except Unavailable:
        engine.dispose()
        raise
    return engine


def answers(engine: Engine) -> None:
    """Whether the database answers; Unavailable says in plain words why not."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except Exception as problem:
        raise Unavailable(_plainly(str(problem)), "请核对地址后再试，或联系系统管理员。", str(problem)) from problem


def _plainly(problem: str) -> str:
    """A driver's message in plain words."""
    low = problem.lower()
    for signs, words in (
        (("pg_hba",), NOT_ADMITTED),
        (("password authentication failed", "no password supplied", "fe_sendauth"), "用户名或密码不对。"),
        (("does not exist",), "服务器上没有这个库或用户。"),
        (("could not translate host", "name or service not known", "getaddrinfo", "nodename nor servname"), "找不到这台服务器，主机名可能写错了。"),
        (("connection refused",), "服务器没有应答，可能没有启动，或端口不对。"),
        (("timeout", "timed out"), "连接超时，网络可能不通。"),
        (("ssl", "certificate"), "安全连接没有建立，请核对服务器证书。"),
        (("unable to open database file", "readonly", "permission denied"), "数据文件打不开，请检查路径和权限。"),
        (("not a database", "malformed"), "这个文件不是本系统的数据库，或已损坏。"),
    ):
        if any(sign in low for sign in signs):
            return words
    return "连接不上数据库。"
