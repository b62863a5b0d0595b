"""The layers of the enforced access, each of which can be taken away and put back: what stands between an attack and its aim."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from oa_client.store import enforcing
from oa_client.store.enforcing import Names, quoted

Connection = psycopg.Connection[Any]
_REFUSAL = re.compile(r"PERFORM (?:oa\.)?refuse\(.*?\);|RAISE EXCEPTION .*?;")
_POLICY = "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies WHERE schemaname = 'public' ORDER BY tablename, policyname"
_TRIGGERS = """SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace AND t.tgname <> 'told' ORDER BY 1, 2"""
_FUNCTIONS = """SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.pronamespace = 'oa'::regnamespace AND p.prokind = 'f'"""
# predicates that answer "yes" whatever is asked, and what waits where it now passes over
_REPLACED = {
    "search": ("(x.readers && (SELECT mine()) OR x.guests && (SELECT mine()) AND share_alive(x.id))", "true"),
    "wait sweep": ("THEN 0 ELSE read_log() END", "THEN read_log() ELSE read_log() END"),
    "wait failed_login": ("FOR NO KEY UPDATE SKIP LOCKED", "FOR UPDATE"),
    "wait chain_free": ("TO '200ms'", "TO '1min'"),
    "wait hold_account": ("EXCEPTION WHEN lock_not_available THEN", "EXCEPTION WHEN division_by_zero THEN"),
    "at_login": ("RAISE EXCEPTION 'oa: begin", "RAISE LOG 'oa: begin"),
    "fresh login_make": ("CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS", "ALTER ROLE %I LOGIN"),
    "clock mine": ("clock_timestamp()", "now()"),
    "sync policy_set": ("PERFORM acl_sync(id) FROM account;", ""),
    "login_cut": ("pg_terminate_backend(pid, 3000)", "pid"),
}
_YES = (
    "may_withdraw",
    "may_urge",
    "legible",
    "choices_fit",
    "seat_fits",
    "pick_fits",
    "leads_to",
    "memo_fits",
    "sees",
    "stands_in",
    "may_grant",
    "made_now",
    "seats_fit",
)
_NO = ("is_upward", "is_guardian")
_SERVER = {
    "role superuser": ("ALTER ROLE {login} SUPERUSER", "ALTER ROLE {login} NOSUPERUSER"),
    "role createrole": ("ALTER ROLE {login} CREATEROLE", "ALTER ROLE {login} NOCREATEROLE"),
    "role owner": ("GRANT {owner} TO {officer}", "REVOKE {owner} FROM {officer}"),
    "role all data": ("GRANT pg_read_all_data TO {officer}", "REVOKE pg_read_all_data FROM {officer}"),
    "role monitor": ("GRANT pg_monitor TO {officer}", "REVOKE pg_monitor FROM {officer}"),
    "role signal": ("GRANT pg_signal_backend TO {officer}", "REVOKE pg_signal_backend FROM {officer}"),
    "role files": ("GRANT pg_read_server_files, pg_write_server_files, pg_execute_server_program TO {officer}",
        "REVOKE pg_read_server_files, pg_write_server_files, pg_execute_server_program FROM {officer}"),
    "role sessions": ("ALTER ROLE {login} CONNECTION LIMIT -1", "ALTER ROLE {login} CONNECTION LIMIT 12"),
    "role end": ("ALTER ROLE {login} VALID UNTIL 'infinity'", "ALTER ROLE {login} VALID UNTIL '2000-01-01'"),
    "database rights": ("GRANT CREATE, TEMPORARY ON DATABASE {database} TO {officer}",
        "REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM {officer}"),
    "schema rights": ("GRANT CREATE ON SCHEMA public, oa TO {officer}", "REVOKE CREATE ON SCHEMA public, oa FROM {officer}"),
    "languages": ("GRANT USAGE ON LANGUAGE plpgsql, sql TO {officer}", "REVOKE USAGE ON LANGUAGE plpgsql, sql FROM {officer}"),
    "other databases": ("GRANT CONNECT ON DATABASE postgres, template1 TO {officer}",
        "REVOKE CONNECT ON DATABASE postgres, template1 FROM {officer}"),
    "inner tables": ("GRANT ALL ON ALL TABLES IN SCHEMA oa TO {officer}", "REVOKE ALL ON ALL TABLES IN SCHEMA oa FROM {officer}"),
    "login trigger": ("ALTER EVENT TRIGGER oa_login DISABLE", "ALTER EVENT TRIGGER oa_login ENABLE ALWAYS"),
    "one login": ("ALTER TABLE account DROP CONSTRAINT uq_account_login",
        "ALTER TABLE account ADD CONSTRAINT uq_account_login UNIQUE (login)"),
    "one opinion": ("DROP INDEX uq_opinion_task_id", "CREATE UNIQUE INDEX uq_opinion_task_id ON opinion (task_id)"),
}
_KEYS = ("document", "audit_event")
_SINCE_17 = ("login trigger", "test at_login")
PERSONAL = frozenset({"role superuser", "role createrole", "role sessions", "role end"})


@dataclass(frozen=True)
class Layer:
    """Something that can be taken away (`away`) and put back (`back`) by the server's administrator, for an attacker's login."""

    name: str
    away: Callable[[Connection, str], None]
    back: Callable[[Connection, str], None]


def layers(connection: Connection) -> dict[str, Layer]:
    """Every layer that stands in a database, by its name."""
    names = Names(connection.info.dbname)
    found = [*_rows(connection), *_triggers(connection), *_columns(names), *_rules(connection, names), *_server(names)]
    found.append(_builtins(connection, names))
    if connection.info.server_version < 170000:
        found = [layer for layer in found if layer.name not in _SINCE_17]
    return {layer.name: layer for layer in found}


def _sql(name: str, away: str, back: str) -> Layer:
    return Layer(name, lambda connection, _login: _run(connection, away), lambda connection, _login: _run(connection, back))


def _run(connection: Connection, sql: str) -> None:
    connection.execute(sql.encode())


def _rows(connection: Connection) -> Iterator[Layer]:
    for table in enforcing.guarded_tables():
        yield _sql(f"rows {table}", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    for table, policy, command, using, check in connection.execute(_POLICY).fetchall():
        if command == "INSERT":
            yield _sql(f"check {table}.{policy}", f"ALTER POLICY {policy} ON {table} WITH CHECK (true)", f"ALTER POLICY {policy} ON "
                f"{table} WITH CHECK ({check})")
        else:
            more = f" WITH CHECK ({check})" if check else ""
            yield _sql(f"policy {table}.{policy}", f"ALTER POLICY {policy} ON {table} USING (true)", f"ALTER POLICY {policy} ON "
                f"{table} USING ({using}){more}")


def _triggers(connection: Connection) -> Iterator[Layer]:
    for table in _KEYS:
        yield _sql(f"keys {table}", f"ALTER TABLE {table} DISABLE TRIGGER ALL", f"ALTER TABLE {table} ENABLE TRIGGER ALL")
    for table, trigger in connection.execute(_TRIGGERS).fetchall():
        yield _sql(f"trigger {table}.{trigger}", f"ALTER TABLE {table} DISABLE TRIGGER {trigger}", f"ALTER TABLE {table} ENABLE "
            f"TRIGGER {trigger}")


def _columns(names: Names) -> Iterator[Layer]:
    grants = enforcing.grant_statements(names)
    officer = quoted(names.officer)
    for table in enforcing.grants()["tables"]:
        back = ";".join([f"REVOKE ALL ON {table} FROM {officer}", *(line for line in grants if f" ON {table} TO " in line)])
        yield _sql(f"columns {table}", f"GRANT ALL ON {table} TO {officer}", back)
    again = ";".join(line for line in grants if " ON SEQUENCE " in line)
    yield _sql("sequences", f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {officer}", f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA "
        f"public FROM {officer};{again}")
    again = ";".join(line for line in grants if line.startswith("GRANT EXECUTE") and line.endswith(officer))
    yield _sql("inner functions", f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA oa TO {officer}", f"REVOKE ALL ON ALL FUNCTIONS IN "
        f"SCHEMA oa FROM {officer};{again}")


def _rules(connection: Connection, names: Names) -> Iterator[Layer]:
    defined = dict(connection.execute(_FUNCTIONS).fetchall())
    for name, text in sorted(defined.items()):
        if name != "refuse" and _REFUSAL.search(text):
            yield _sql(f"rule {name}", _REFUSAL.sub("NULL;", text), text)
    for name, (old, new) in _REPLACED.items():
        text = defined[name.split()[-1]]
        assert old in text, name
        yield _sql(name if " " in name else f"test {name}", text.replace(old, new), text)
    for answer, wanted in (("true", _YES), ("false", _NO)):
        for name in wanted:
            head = defined[name].partition("\nAS ")[0]
            body = f"BEGIN RETURN {answer}; END" if "LANGUAGE plpgsql" in head else f"SELECT {answer}"
            yield _sql(f"test {name}", f"{head}\nAS $${body}$$", defined[name])
    nothing = defined["seat_role"].partition("\nAS ")[0]
    yield _sql("test seat_role", f"{nothing}\nAS $$SELECT ''$$", defined["seat_role"])


def _server(names: Names) -> Iterator[Layer]:
    known = {"owner": names.owner, "keeper": names.keeper, "officer": names.officer, "database": names.database}
    known = {key: quoted(name) for key, name in known.items()}

    def run(sql: str) -> Callable[[Connection, str], None]:
        return lambda connection, login: _run(connection, sql.format(**known, login=quoted(names.login(login))))

    for name, (away, back) in _SERVER.items():
        yield Layer(name, run(away), run(back))


def _builtins(connection: Connection, names: Names) -> Layer:
    owner, officer = names.owner, quoted(names.officer)
    query = ("SELECT p.oid::regprocedure::text FROM pg_proc p, aclexplode(p.proacl) a "
             "WHERE p.pronamespace = 'pg_catalog'::regnamespace AND a.grantee = %s::regrole")
    mine = ", ".join(row[0] for row in connection.execute(query.encode(), (quoted(owner),)).fetchall())
    return _sql("built-in functions", f"GRANT EXECUTE ON FUNCTION {mine} TO {officer}", f"REVOKE EXECUTE ON FUNCTION {mine} FROM {officer}")
