"""Administration past its functions: rows of accounts, roles, units, rules and requests written directly."""

from tests.attack.attack import Attack

_PLAIN = (
    ("give oneself a role", "INSERT INTO role_grant (account_id, role, unit_id) VALUES (<me>, 'chief', <u.root>)", "role_grant"),
    ("take a role from another", "DELETE FROM role_grant WHERE account_id = <p.100101>", "role_grant"),
    ("enable an account", "UPDATE account SET active = true WHERE id = <p.120066>", "account"),
    ("clear the first password's mark", "UPDATE account SET must_change = false WHERE id = <me>", "account"),
    ("move oneself", "UPDATE account SET unit_id = <u.root> WHERE id = <me>", "account"),
    ("unlock oneself", "UPDATE account SET locked_until = NULL, failed = 0 WHERE id = <me>", "account"),
    ("an account by hand",
        "INSERT INTO account (id, login, name, unit_id, post, keys, password_hash, active, must_change, failed, version, created_at) "
        "VALUES (99999, '999999', 'x', <u.root>, '', '', '', true, false, 0, 1, now())",
        "account"),
    ("number codes of a unit", "UPDATE unit SET number_codes = '云公发' WHERE id = <u.criminal>", "unit"),
    ("a working day", "UPDATE calendar_day SET kind = 'work'", "calendar_day"),
    ("another flow", "UPDATE flow_definition SET body = '{}'", "flow_definition"),
    ("another revision", "UPDATE alembic_version SET version_num = '0'", "alembic_version"),
    ("forget old passwords", "DELETE FROM password_history", "password_history"),
)
_GUARDED = (
    ("superiors of the bureau", "UPDATE fact SET value = '{}' WHERE key = 'bureau'", "fact"),
    ("agree by hand", "UPDATE consent SET decision = 'agreed', decided_by = <p.100901>, decided_at = now()", "consent"),
    ("a consent by hand",
        "INSERT INTO consent (id, kind, account_id, unit_id, reason, asked_by, asked_at, decision) VALUES (999, 'reset', <p.120001>, "
        "<u.criminal>, '', <me>, now(), 'agreed')",
        "consent"),
    ("a reader by hand", "INSERT INTO reader (document_id, principal) VALUES (<hidden>, 'person:<me>')", "reader"),
    ("a reader away", "DELETE FROM reader WHERE document_id = <draft>", "reader"),
)
_INNER = (
    ("what one may", "UPDATE oa.login_acl SET principals = principals || 1"),
    ("a rule of the flow", "UPDATE oa.rule_action SET leads_to = 'number' WHERE action = 'submit'"),
    ("a rule of reading", "INSERT INTO oa.rule_reader VALUES ('create', 'clerk', 'organ')"),
    ("who decides", "UPDATE oa.rule_consent SET role = 'clerk' WHERE kind = 'reset' AND role = 'sec_admin'"),
    ("the policy's row", "UPDATE oa.rule_value SET value = '{}' WHERE key = 'policy'"),
    ("the log's mark", "UPDATE oa.log_mark SET place = 0"),
    ("proof of an upload", "INSERT INTO oa.upload (sha256, account_id, pieces) VALUES ('<hidden.sha>', <me>, 999)"),
)
ATTACKS = (
    *(Attack(f"{name}, directly", "120077" if "first" in name else "120003", sql, behind=(f"columns {table}",))
        for name, sql, table in _PLAIN),
    *(Attack(f"{name}, directly", "120003", sql, behind=(f"columns {table}", f"rows {table}")) for name, sql, table in _GUARDED),
    *(Attack(f"{name}, directly", "120003", sql) for name, sql in _INNER),
    Attack("the policy's row, as the security administrator", "100903",
        "INSERT INTO fact (key, value) VALUES ('policy', '{\"lock_after\": 1000}')", behind=("columns fact", "rows fact")),
    Attack("a role, as a unit administrator", "120009",
        "INSERT INTO role_grant (account_id, role, unit_id) VALUES (<p.120003>, 'clerk', <u.criminal>)"),
    Attack("a reader, as a system administrator", "100901",
        "INSERT INTO reader (document_id, principal) VALUES (<hidden>, 'person:<me>')", behind=("columns reader", "rows reader")),
)
