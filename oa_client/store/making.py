"""Making a shared database on a server, and telling what stands in it (建库)."""

import re

import psycopg
from sqlalchemy import Connection, Engine, text

from ..domain.errors import Invalid, Refused, Unavailable
from . import engine as engines
from .enforcing import Names, guarded_tables

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def make_missing(url: str) -> bool:
    """Make the database that the address names when the server has none of that name; whether it was made.

    Invalid when the name will not do, Refused when this login may not make databases. An unreachable server is left to be told of later.
    """
    parsed = engines.parse(url)
    name = parsed.database or ""
    if not NAME.fullmatch(name):
        raise Invalid({"url": f"库名「{name}」不合规则：应以小写字母开头，只含小写字母、数字和下划线，不超过 40 个字。"}, "")
    keeping = engines.connect(parsed.set(database="postgres").render_as_string(hide_password=False))
    try:
        with psycopg.connect(**engines.login_arguments(keeping), connect_timeout=8, autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
                return False
            connection.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
            return True
    except psycopg.errors.InsufficientPrivilege as problem:
        raise Refused(f"服务器上没有库 {name}，这个登录也不能新建。", "请用服务器管理员（如 postgres）的地址运行，没有改动。", str(problem)) from problem
    except psycopg.errors.DuplicateDatabase:
        return False
    except psycopg.OperationalError:
        return False
    except psycopg.Error as problem:
        raise Unavailable(f"库 {name} 没有建成。", "请按下面的原因处理后再试。", str(problem)) from problem
    finally:
        keeping.dispose()


def standing(engine: Engine) -> tuple[str, ...]:
    """What stands in a shared database to enforce access, a line each, counted on the server itself."""
    names = Names(engine.url.database or "")
    with engine.connect() as connection:
        return (
            f"数据库角色：{names.owner}（拥有表）、{names.keeper}（管理登录）、{names.officer}（民警共有的权限）",
            f"民警的登录：{_count(connection, _LOGINS, start=f'{names.database}_', officer=names.officer)} 个，每人一个，名称为「{names.database}_警号」",
            f"表：{_count(connection, _TABLES)} 张，其中 {len(guarded_tables())} 张按行控制阅看，行规则 {_count(connection, _POLICIES)} 条",
            f"授权：民警可用函数 {_count(connection, _FUNCTIONS, officer=names.officer)} 个，可写的列 {_count(connection, _COLUMNS, officer=names.officer)} 个",
            f"把关：写入前后的触发器 {_count(connection, _TRIGGERS)} 个，规则行 {sum(_count(connection, f'SELECT count(*) FROM oa.{table}') for table in _rule_tables(connection))} 条",
        )


_TABLES = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_POLICIES = "SELECT count(*) FROM pg_policies WHERE schemaname = 'public'"
_TRIGGERS = "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal AND c.relnamespace = 'public'::regnamespace"
_FUNCTIONS = "SELECT count(*) FROM pg_proc WHERE pronamespace = 'oa'::regnamespace AND has_function_privilege(CAST(:officer AS name), oid, 'EXECUTE')"
_COLUMNS = ("SELECT count(*) FROM information_schema.column_privileges WHERE grantee = :officer AND table_schema = 'public' AND privilege_type IN ('INSERT', 'UPDATE')")
_LOGINS = "SELECT count(*) FROM pg_roles WHERE rolcanlogin AND starts_with(rolname, :start) AND pg_has_role(oid, CAST(:officer AS name), 'MEMBER')"


def _count(connection: Connection, query: str, **values: str) -> int:
    return connection.execute(text(query), values).scalar_one()


def _rule_tables(connection: Connection) -> list[str]:
    return list(connection.scalars(text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'oa'::regnamespace AND starts_with(relname, 'rule_')")))
