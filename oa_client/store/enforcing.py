"""Access enforced by PostgreSQL (数据库强制): roles, guards, row policies and grants, put in place from `database/postgres/`.

Nothing there holds data, so an upgrade takes all of it away and puts it in place anew, in one transaction.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from ..domain.errors import Refused

FOLDER = Path(__file__).resolve().parent.parent.parent / "database" / "postgres"
ADMINISTRATORS, KEEPERS = ("10_roles.sql", "95_login.sql"), ("70_logins.sql", "71_log.sql")
_TABLE = re.compile(r"^CREATE POLICY \w+ ON (\w+) ", re.MULTILINE)


@dataclass(frozen=True)
class Names:
    """The names of one database's roles; an officer's login is the database's name and the police number."""

    database: str

    @property
    def owner(self) -> str:
        """Owns tables and functions."""
        return f"{self.database}_owner"

    @property
    def keeper(self) -> str:
        """Makes and changes logins."""
        return f"{self.database}_keeper"

    @property
    def officer(self) -> str:
        """Carries what every officer may do."""
        return f"{self.database}_officer"

    def login(self, number: str) -> str:
        """The role of an officer."""
        return f"{self.database}_{number}"


@cache
def grants() -> dict[str, Any]:
    """What officers are granted, by table, sequence and function."""
    return json.loads((FOLDER / "grants.json").read_text("utf-8"))


def files() -> list[Path]:
    """The SQL files in their order."""
    return sorted(FOLDER.glob("*.sql"))


def filled(sql: str, names: Names) -> str:
    """A file's text with the names of this database's roles."""
    known = {"database": names.database, "owner": names.owner, "keeper": names.keeper, "officer": names.officer}
    for key, name in known.items():
        sql = sql.replace(f"@{key}@", quoted(name)).replace(f"@{key}_name@", name.replace("'", "''"))
    return sql


def quoted(name: str) -> str:
    """An identifier as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def guarded_tables() -> list[str]:
    """The tables that row policies stand on."""
    return sorted(set(_TABLE.findall((FOLDER / "90_policies.sql").read_text("utf-8"))))


@cache
def digest() -> str:
    """What the SQL files and the grants come to: another version of them has another one."""
    found = hashlib.sha256()
    for file in (*files(), FOLDER / "grants.json"):
        found.update(f"{file.name}\0{file.read_text('utf-8')}\0".encode())
    return found.hexdigest()


def edition_in(connection: Connection) -> str:
    """The edition of the rules that were put in place; empty where none was written down."""
    return connection.scalar(text("SELECT obj_description(to_regnamespace('oa'), 'pg_namespace')")) or ""


def enforce(engine: Engine, rules: Mapping[str, Sequence[Mapping[str, Any]]], edition: str) -> None:
    """Put everything in place. `rules` are the rows of the rule tables, `edition` is written down beside them. Refused when this login may not."""
    with engine.execution_options(writes=True).begin() as connection:
        names = Names(engine.url.database or "")
        if not connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")):
            raise Refused("这个数据库登录不是服务器管理员，不能设置权限。", "请用服务器管理员（如 postgres）的地址运行，没有改动。")
        _put_in_place(connection, names)
        _fill(connection, rules)
        run(connection, f"COMMENT ON SCHEMA oa IS '{edition}'")
        connection.execute(text("SELECT oa.acl_sync(id) FROM account"))
        connection.execute(text(_ARRAYS))
        connection.execute(text("UPDATE oa.log_mark SET file = coalesce(oa.log_file(), ''), place = coalesce(oa.log_size(oa.log_file()), 0)"))


_ARRAYS = """UPDATE document d SET readers = r.all_of_them FROM (SELECT document_id, array_agg(oa.number_of(principal) ORDER BY principal) AS all_of_them FROM reader
 GROUP BY document_id) r WHERE r.document_id = d.id AND NOT (d.readers @> r.all_of_them AND d.readers <@ r.all_of_them)"""


def _put_in_place(connection: Connection, names: Names) -> None:
    run(connection, "SET LOCAL check_function_bodies = off")
    run(connection, "SET LOCAL client_min_messages = warning")
    _drop_triggers_and_policies(connection)
    for file in files():
        run(connection, "RESET ROLE")
        if file.name not in ADMINISTRATORS:
            run(connection, f"SET LOCAL ROLE {quoted(names.keeper if file.name in KEEPERS else names.owner)}")
        run(connection, filled(file.read_text("utf-8"), names))
        if file.name == ADMINISTRATORS[0]:
            run(connection, f"GRANT CREATE ON SCHEMA oa TO {quoted(names.keeper)}")
    run(connection, f"SET LOCAL ROLE {quoted(names.owner)}")
    for table in guarded_tables():
        run(connection, f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    run(connection, "RESET ROLE")
    run(connection, f"REVOKE CREATE ON SCHEMA oa FROM {quoted(names.keeper)}")
    for statement in grant_statements(names):
        run(connection, statement)


def _drop_triggers_and_policies(connection: Connection) -> None:
    """What stands on tables; the rest falls with the schema `oa`."""
    for table, trigger in connection.execute(text("SELECT tgrelid::regclass::text, tgname FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid "
                                                  "WHERE NOT tgisinternal AND c.relnamespace = 'public'::regnamespace")).all():
        run(connection, f"DROP TRIGGER {quoted(trigger)} ON {table}")
    for table, policy in connection.execute(text("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'")).all():
        run(connection, f"DROP POLICY {quoted(policy)} ON {quoted(table)}")


def grant_statements(names: Names) -> list[str]:
    """Every grant to officers and to the owner of what the keeper does; all else is taken away first."""
    officer, found = quoted(names.officer), []
    for kind in ("TABLES", "SEQUENCES"):
        found.append(f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM PUBLIC, {officer}")
    for table, rights in grants()["tables"].items():
        for right, columns in rights.items():
            found.append(f"GRANT {right.upper()} ({', '.join(columns)}) ON {table} TO {officer}")
    found += [f"GRANT USAGE ON SEQUENCE {name} TO {officer}" for name in grants()["sequences"]]
    found += [f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA oa FROM PUBLIC, {officer}"]
    found += [f"GRANT EXECUTE ON FUNCTION oa.{name} TO {officer}" for name in grants()["functions"]]
    found += [f"GRANT EXECUTE ON FUNCTION oa.{name} TO {quoted(names.owner)}" for name in grants()["keeper_functions"]]
    return found


def _fill(connection: Connection, rules: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    for table, rows in rules.items():
        if rows:
            names = list(rows[0])
            values = ", ".join(f"CAST(:{name} AS jsonb)" if name == "value" else f":{name}" for name in names)
            connection.execute(text(f"INSERT INTO oa.{table} ({', '.join(names)}) VALUES ({values})"), [dict(row) for row in rows])


def run(connection: Connection, sql: str) -> None:
    """Run SQL as it stands, several statements at once too."""
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(sql)
