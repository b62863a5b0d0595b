"""Founding a database (新建单机库、演示库) on this PC: complete, or no file at all."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..domain.errors import Invalid
from ..settings import home
from ..store.engine import sqlite_url
from . import demo_apart, setting_up
from .policy import login_fits
from .reaching import open_database

Report = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Created:
    """A new single-desk database and the one-time password of its first administrator."""

    url: str
    bureau: str
    login: str
    password: str


def create_single(file: str, bureau: str, login: str, name: str) -> Created:
    """Make a single-desk database with its first administrator; Invalid says why not.

    It is made beside its place and moved there when whole: a break leaves nothing.
    """
    path = Path(file.strip()).expanduser()
    wrong = _single_problems(path, file, bureau, login, name)
    if wrong:
        raise Invalid(wrong)
    building = path.with_name(f"{path.name}.building")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_file(building)
        password = _found(sqlite_url(building.absolute()), bureau.strip(), login.strip(), name.strip())
        building.rename(path)
    except OSError as problem:
        raise Invalid({"file": "这个位置不能写入，请换一个文件夹。"}) from problem
    finally:
        with contextlib.suppress(OSError):
            remove_file(building)
    return Created(sqlite_url(path.absolute()), bureau.strip(), login.strip(), password)


def _found(url: str, bureau: str, login: str, name: str) -> str:
    engine = open_database(url)
    try:
        return setting_up.create(engine, bureau, login, name)
    finally:
        engine.dispose()


def _single_problems(path: Path, file: str, bureau: str, login: str, name: str) -> dict[str, str]:
    wrong = {}
    if not file.strip():
        wrong["file"] = "请选择数据文件放在哪里。"
    elif path.exists():
        wrong["file"] = "这里已有同名文件。要使用它请打开已有的库，要新建请换一个文件名。"
    if not bureau.strip():
        wrong["bureau"] = "请填写机关名称。"
    if not login_fits(login.strip()):
        wrong["login"] = "警号应为 4 至 8 位数字。"
    if not name.strip():
        wrong["name"] = "请填写姓名。"
    return wrong


def single_place() -> str:
    """Where a new single-desk database is offered to lie: a name that is free."""
    names = ["wenshu.db", *(f"wenshu-{number}.db" for number in range(2, 100))]
    return str(next((home() / name for name in names if not (home() / name).exists()), home() / names[0]))


def demo_file() -> Path:
    """Where this PC's demonstration database lies, if there is one."""
    return home() / "demo.db"


def make_demo(report: Report | None = None) -> str:
    """Make the demonstration (演示库) anew and give its address. It replaces an older one only when it is complete."""
    fresh = demo_file().with_name("demo-new.db")
    building = fresh.with_name(f"{fresh.name}.building")
    remove_file(fresh)
    try:
        demo_apart.create_demo(sqlite_url(fresh), report)
    finally:
        remove_file(building)
    remove_file(demo_file())
    fresh.rename(demo_file())
    return sqlite_url(demo_file())


def remove_file(path: Path) -> None:
    """Take a database file away with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
