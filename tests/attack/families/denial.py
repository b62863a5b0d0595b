"""Denial of service: locks, sessions of others, the disk, and everybody's way in."""

from tests.attack.attack import EMPTY, Attack
from tests.attack.entering import keeps_others_out, signals, too_many
from tests.attack.stories import holds_chain, stays_in_the_way

DELEGATED = ("INSERT INTO delegation (from_id, to_id, starts_on, ends_on, reason, made_at) "
             "VALUES (<me>, <p.120002>, oa.today(), oa.today(), '', now())")


def _no(name: str, sql: str | tuple[str, ...], *behind: str) -> Attack:
    return Attack(name, "120003", sql, behind=behind)


ATTACKS = (
    *(_no(f"lock the table {table} ({mode})", f"LOCK TABLE {table} IN {mode} MODE")
        for table, mode in (("document", "ACCESS EXCLUSIVE"), ("task", "SHARE"), ("account", "ROW EXCLUSIVE"),
            ("audit_head", "EXCLUSIVE"), ("unit", "ACCESS SHARE"))),
    _no("lock rows of accounts", "SELECT id FROM account FOR UPDATE"),
    _no("lock rows of roles", "SELECT role FROM role_grant FOR SHARE"),
    *(_no(f"a lock of the program: {call.partition('(')[0]}", f"SELECT {call}")
        for call in ("pg_advisory_lock(1)", "pg_try_advisory_lock(1)", "pg_advisory_xact_lock(1, 2)",
            "pg_advisory_lock_shared(1)")),
    _no("a lock of the register without being a clerk", "SELECT oa.hold_words(<u.root>, ARRAY['x'])"),
    Attack("a lock of the register word by word", "110001",
        "SELECT oa.hold_words(<u.root>, ARRAY(SELECT n::text FROM generate_series(1, 99) n))"),
    Attack("every lock of the server, fifty words of the register at a time", "110001",
        "SELECT oa.hold_words(<u.root>, ARRAY(SELECT (g * 100 + n)::text FROM generate_series(1, 50) n)) FROM generate_series(1, 6) g"),
    _no("end another's session", signals("pg_terminate_backend"), "role signal"),
    _no("interrupt another's session", signals("pg_cancel_backend"), "role signal"),
    Attack("more sessions than allowed", "130003", too_many, ("53300",), ("role sessions",)),
    *(_no(f"fill the disk: {name}", sql, *behind)
        for name, sql, behind in (("large objects", "SELECT lo_create(0)", ()),
            ("bytes in large objects", "SELECT lo_from_bytea(0, 'x')", ()),
            ("temporary tables", "CREATE TEMP TABLE mine AS SELECT generate_series(1, 10)", ()),
            ("tables", "CREATE TABLE mine (x int)", ()),
            ("the log of changes", "SELECT pg_logical_emit_message(true, 'x', 'x')", ()))),
    _no("keep the log of changes for ever", "SELECT pg_create_physical_replication_slot('mine', true, true)", "role superuser"),
    _no("notify through the function", "SELECT pg_notify('oa_all', 'x')"),
    _no("export a snapshot", "SELECT pg_export_snapshot()"),
    _no("empty a table", "TRUNCATE opinion"),
    _no("rebuild an index", "REINDEX TABLE document", "role owner"),
    _no("drop an index", "DROP INDEX ix_document_readers", "role owner"),
    _no("another shape for tables", "ALTER TABLE document SET (fillfactor = 10)", "role owner"),
    _no("drop a table", "DROP TABLE opinion", "role owner"),
    Attack("another cannot sign in: the other's chain, held by handing over", "120003", holds_chain, EMPTY, ("wait chain_free",)),
    Attack("the administrator waits for one's own row", "120003", stays_in_the_way, EMPTY, ("wait hold_account",)),
    Attack("others wait at the door: the mark in the log", "120003", keeps_others_out("SELECT oa.sweep()"), EMPTY, ("wait sweep",)),
    Attack("others wait at the door: one's own row", "120003", keeps_others_out("SELECT oa.enter()"), EMPTY,
        ("wait failed_login",)),
    Attack("others wait at the door: a colleague's row", "120003", keeps_others_out(DELEGATED, guess="120002"), EMPTY,
        ("wait failed_login",)),
    Attack("others wait at the door: one's own chain", "120003", keeps_others_out("SET CONSTRAINTS ALL IMMEDIATE", DELEGATED),
        EMPTY, ("wait chain_free",)),
)
