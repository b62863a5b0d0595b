"""Functions, triggers, row policies and checks against twins (样本): the same made from the files on temporary tables, and taken back.

A server writes down what it was given in its own words, which differ from version to version; so its words are compared with its words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import psycopg
from sqlalchemy import CheckConstraint, Row

from ..enforcing import quoted, run
from ..schema import METADATA
from .looking import Look, listed
from .statements import matching, ready

_FUNCTIONS = r"""SELECT CASE n.nspname WHEN 'oa' THEN 'real' ELSE 'twin' END AS side, format('oa.%s(%s)', p.proname, oidvectortypes(p.proargtypes)) AS name,
  p.prosrc AS source, p.prosecdef AS definer, coalesce(array_to_string(p.proconfig, ';'), '') AS own, CASE WHEN p.prokind IN ('f', 'p', 'w') THEN regexp_replace(pg_get_functiondef(p.oid), '^(CREATE OR REPLACE \w+) (oa|pg_temp\w*)\.', '\1 ') END AS whole
 FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'oa' OR n.oid = pg_my_temp_schema() ORDER BY 2"""
_TRIGGERS = r"""SELECT CASE WHEN c.relnamespace = pg_my_temp_schema() THEN 'twin' ELSE 'real' END AS side, format('表 %s 的触发器 %s', c.relname, t.tgname) AS name,
  regexp_replace(pg_get_triggerdef(t.oid), ' ON (public|oa|pg_temp\w*)\.', ' ON ') AS whole, t.tgenabled::text AS state FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE NOT t.tgisinternal AND c.relnamespace IN ('public'::regnamespace, 'oa'::regnamespace, pg_my_temp_schema()) ORDER BY 2"""
_POLICIES = """SELECT CASE WHEN c.relnamespace = pg_my_temp_schema() THEN 'twin' ELSE 'real' END AS side, format('表 %s 的行级策略 %s', c.relname, p.polname) AS name,
  p.polcmd::text AS command, p.polpermissive AS permissive, ARRAY(SELECT unnest(p.polroles) ORDER BY 1) AS whom, pg_get_expr(p.polqual, p.polrelid) AS sees, pg_get_expr(p.polwithcheck, p.polrelid) AS writes
 FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace IN ('public'::regnamespace, 'oa'::regnamespace, pg_my_temp_schema()) ORDER BY 2"""
_CHECKS = """SELECT c.relnamespace = pg_my_temp_schema() AS twin, c.relname AS at, k.conname AS name, pg_get_constraintdef(k.oid) AS whole FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
 WHERE k.contype IN ('c', 'p') AND c.relnamespace IN ('public'::regnamespace, pg_my_temp_schema()) ORDER BY 2, 3"""
_IDLE = """SELECT DISTINCT c.oid::regclass::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE t.tgisinternal AND t.tgenabled <> 'O' AND c.relnamespace IN ('public'::regnamespace, 'oa'::regnamespace) ORDER BY 1"""
_FUNCTION, _TRIGGER, _POLICY = r"CREATE FUNCTION oa\.(\w+)", r"CREATE (?:CONSTRAINT )?TRIGGER (\w+) .*? ON (\w+) ", r"CREATE POLICY (\w+) ON (\w+) "
_PARTS = {"source": "内容", "definer": "以谁的身份执行", "own": "自带的 search_path 等设置", "whole": "写法", "state": "启用状态", "command": "对应的操作", "permissive": "放行或限制", "whom": "适用的角色",
          "sees": "可见条件", "writes": "写入条件"}


@dataclass(frozen=True)
class Twin:
    """What is made from the files: its name in a finding, and the statement that makes it."""

    name: str
    sql: str


def differences(look: Look) -> list[str]:
    """What was changed, is missing or was added."""
    run(look.connection, "SET LOCAL search_path = public, oa, pg_temp; SET LOCAL check_function_bodies = off; SET LOCAL client_min_messages = warning")
    failed = [name for group in (_tables(look), _functions(look), _triggers(look), _policies(look), _checks()) for name in _made(look, list(group))]
    run(look.connection, "SET LOCAL search_path = pg_catalog, pg_temp")
    found = _compared(look, _FUNCTIONS, "函数 ") + _compared(look, _TRIGGERS) + _compared(look, _POLICIES) + _checked(look)
    found = [line for line in found if not line.startswith(tuple(name + end for name in failed for end in " ("))]
    found += [f"{name} 核对不了，它所依赖的表、函数或角色不在了。" for name in failed]
    return found + [f"表 {table.removeprefix('public.')} 的外键检查被停用。" for (table,) in look.rows(_IDLE)]


def _tables(look: Look) -> Iterator[Twin]:
    there = {name for (name,) in look.rows("SELECT relname FROM pg_catalog.pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")}
    for name in sorted({*METADATA.tables, *(match[2] for _statement, match in (*matching(_TRIGGER), *matching(_POLICY)))} & there):
        yield Twin(f"表 {name}", f"CREATE TEMP TABLE {quoted(name)} (LIKE public.{quoted(name)})")


def _functions(look: Look) -> Iterator[Twin]:
    for statement, match in matching(_FUNCTION):
        yield Twin(f"函数 oa.{match[1]}", ready(statement, look.names).replace("CREATE FUNCTION oa.", "CREATE FUNCTION pg_temp.", 1))


def _triggers(look: Look) -> Iterator[Twin]:
    for statement, match in matching(_TRIGGER):
        yield Twin(f"表 {match[2]} 的触发器 {match[1]}", _moved(ready(statement, look.names)))


def _policies(look: Look) -> Iterator[Twin]:
    for statement, match in matching(_POLICY):
        yield Twin(f"表 {match[2]} 的行级策略 {match[1]}", _moved(ready(statement, look.names)))


def _moved(sql: str) -> str:
    """A statement on a table, on its twin instead."""
    return re.sub(r" ON (\w+) ", r" ON pg_temp.\1 ", sql, count=1)


def _checks() -> Iterator[Twin]:
    for table in METADATA.tables.values():
        yield Twin(f"表 {table.name} 的约束 {table.primary_key.name}", f"ALTER TABLE pg_temp.{quoted(table.name)} ADD CONSTRAINT {table.primary_key.name} PRIMARY KEY ({', '.join(quoted(column.name) for column in table.primary_key)})")
        for check in table.constraints:
            if isinstance(check, CheckConstraint):
                yield Twin(f"表 {table.name} 的约束 {check.name}", f"ALTER TABLE pg_temp.{quoted(table.name)} ADD CONSTRAINT {check.name} CHECK ({check.sqltext})")


def _made(look: Look, twins: list[Twin]) -> list[str]:
    """Make twins, all at once or, where one cannot be made, one by one; gives the names of those."""
    try:
        with look.connection.begin_nested():
            run(look.connection, ";\n".join(twin.sql for twin in twins))
        return []
    except psycopg.errors.InsufficientPrivilege:
        raise
    except psycopg.ProgrammingError:
        pass
    return [twins[0].name] if len(twins) == 1 else [name for twin in twins for name in _made(look, [twin])]


def _checked(look: Look) -> list[str]:
    """Checks and keys by what they say: their names are of no account. A server that reads its own words again, as after a restore, may put them otherwise once more."""
    rows = look.rows(_CHECKS)
    there = {(row.at, row.whole) for row in rows if not row.twin}
    missed = [row for row in rows if row.twin and (row.at, row.whole) not in there]
    for row in missed:
        at, name = f"pg_temp.{quoted(row.at)}", quoted(row.name)
        run(look.connection, f"ALTER TABLE {at} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {row.whole}")
    again = {(row.at, row.name): row.whole for row in look.rows(_CHECKS) if row.twin} if missed else {}
    return [f"表 {row.at} 的约束 {row.name} 不见了，或被改成别的。" for row in missed if (row.at, again[row.at, row.name]) not in there]


def _compared(look: Look, query: str, title: str = "") -> list[str]:
    rows = look.rows(query)
    real, twin = ({f"{title}{row.name}": row for row in rows if row.side == side} for side in ("real", "twin"))
    found = [f"{name} 不见了。" for name in twin if name not in real]
    found += [f"{name} 是多出来的，不是本程序建立的。" for name in real if name not in twin]
    return found + [f"{name} 与程序文件不符：{listed(parts)}不同。" for name in twin if name in real and (parts := _apart(real[name], twin[name]))]


def _apart(real: Row, twin: Row) -> Iterable[str]:
    """In what two differ; the whole wording is named where nothing else is."""
    parts = [column for column in real._fields if column not in ("side", "name") and getattr(real, column) != getattr(twin, column)]
    return [_PARTS[part] for part in parts if part != "whole" or len(parts) == 1]
