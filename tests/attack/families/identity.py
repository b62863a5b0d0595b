"""Identity: being taken for somebody else, or for more than one is."""

from tests.attack.attack import EMPTY, Attack

GROUP, OWNER, KEEPER, CHIEF = '"<db.name>_officer"', '"<db.name>_owner"', '"<db.name>_keeper"', '"<db.name>_100101"'
SUPER, OWNS = ("role superuser",), ("role owner",)


def _try(name: str, sql: str | tuple[str, ...], *behind: str) -> Attack:
    return Attack(name, "120003", sql, behind=behind)


ATTACKS = (
    _try("become the owner", f"SET ROLE {OWNER}", *OWNS),
    _try("become the keeper of logins", f"SET ROLE {KEEPER}", *SUPER),
    _try("become a leader by SET ROLE", f"SET ROLE {CHIEF}", *SUPER),
    _try("become a leader by SET SESSION AUTHORIZATION", f"SET SESSION AUTHORIZATION {CHIEF}", *SUPER),
    _try("become a leader by set_config", "SELECT set_config('session_authorization', '<db.name>_100101', true)", *SUPER),
    Attack("forge variables of the session", "120003",
        ("SET app.user_id = '<p.100101>'", "SET oa.me = '<p.100101>'", "SELECT id FROM document WHERE id = <hidden>"), EMPTY),
    Attack("read under the group's role", "120003", (f"SET ROLE {GROUP}", "SELECT id FROM document WHERE id = <hidden>"), EMPTY),
    _try("write under the group's role",
        (f"SET ROLE {GROUP}", "UPDATE document SET title = '改', version = version + 1 WHERE id = <review>")),
    *(_try(f"give oneself {right}", f"ALTER ROLE \"<my.login>\" {right}", *SUPER)
        for right in ("SUPERUSER", "BYPASSRLS", "CREATEROLE", "CREATEDB", "REPLICATION", "CONNECTION LIMIT 900",
            "VALID UNTIL 'infinity'")),
    _try("change the chief's password", f"ALTER ROLE {CHIEF} PASSWORD 'x'", *SUPER),
    _try("grant oneself the owner", f"GRANT {OWNER} TO \"<my.login>\"", *SUPER),
    _try("grant oneself all data", "GRANT pg_read_all_data TO \"<my.login>\"", *SUPER),
    _try("grant oneself a chief's login", f"GRANT {CHIEF} TO \"<my.login>\"", *SUPER),
    _try("create a second login", "CREATE ROLE \"<db.name>_999\" LOGIN"),
    _try("rename a login", f"ALTER ROLE {CHIEF} RENAME TO nobody_at_all", *SUPER),
    _try("drop a login", f"DROP ROLE {CHIEF}", *SUPER),
    _try("change the group", f"ALTER ROLE {GROUP} BYPASSRLS", *SUPER),
    _try("switch row security off in the session", ("SET row_security = off", "SELECT title FROM document")),
    _try("switch triggers off in the session", "SET session_replication_role = replica", *SUPER),
    Attack("switch login triggers off", "120003", "SET event_triggers = off", behind=SUPER, since=17),
    Attack("drop the login trigger", "120003", "DROP EVENT TRIGGER oa_login", behind=SUPER, since=17),
    *(_try(name, sql, *OWNS)
        for name, sql in (("switch a guard off", "ALTER TABLE task DISABLE TRIGGER guard_update"),
            ("drop a guard", "DROP TRIGGER guard_update ON task"),
            ("switch row security off on a table", "ALTER TABLE document DISABLE ROW LEVEL SECURITY"),
            ("drop a policy", "DROP POLICY readable ON document"),
            ("widen a policy", "ALTER POLICY readable ON document USING (true)"),
            ("replace who I am", "CREATE OR REPLACE FUNCTION oa.me() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
            ("change a function's path", "ALTER FUNCTION oa.me() RESET search_path"),
            ("grant oneself bytes", "GRANT SELECT ON blob_chunk TO \"<my.login>\""),
            ("grant oneself an inner function", "GRANT EXECUTE ON FUNCTION oa.add_reader(bigint, text) TO \"<my.login>\""),
            ("change the owner's default privileges",
                f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT SELECT ON TABLES TO \"<my.login>\""),
            ("a rule in place of an insert", "CREATE RULE nothing AS ON INSERT TO opinion DO INSTEAD NOTHING"),
            ("a trigger of one's own", "CREATE TRIGGER mine AFTER INSERT ON document EXECUTE FUNCTION oa.acl_account()"),)),
    _try("shadow the table of logins", "CREATE TEMP TABLE login_acl (role name)"),
    _try("a function in the temporary schema", "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "database rights", "languages"),
    _try("a block of code", "DO 'BEGIN END'"),
    _try("a table in public", "CREATE TABLE public.mine (x int)"),
    _try("a table in oa", "CREATE TABLE oa.mine (x int)"),
    _try("a view in public", "CREATE VIEW public.mine AS SELECT 1 AS x"),
    _try("a schema", "CREATE SCHEMA mine"),
    _try("an operator of one's own", "CREATE OPERATOR public.=== (LEFTARG = int4, RIGHTARG = int4, FUNCTION = int4eq)"),
    Attack("an extension", "120003", "CREATE EXTENSION dblink", ("42501", "0A000"), SUPER),
    _try("a foreign server", "CREATE FOREIGN DATA WRAPPER mine", *SUPER),
    _try("reload the server's settings", "SELECT pg_reload_conf()", *SUPER),
    _try("settings of the database", "ALTER DATABASE \"<db.name>\" SET row_security = off", *SUPER),
    _try("settings for everybody's sessions", "ALTER ROLE ALL SET row_security = off", *SUPER),
    _try("keep one's readings out of the server's log", "SET log_min_messages = 'panic'", *SUPER),
    _try("settings for the chief's sessions", f"ALTER ROLE {CHIEF} SET search_path = pg_temp", *SUPER),
    _try("a publication of the tables", "CREATE PUBLICATION mine FOR TABLE document", "database rights", "role owner"),
)
