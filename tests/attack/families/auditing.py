"""Audit: events changed, invented, left out; the chain's own tables and the auditors' functions."""

from tests.attack.attack import Attack

_LINE = '{"timestamp":"2026-11-25 01:00:00.000 UTC","user":"<db.name>_100101","state_code":"28P01"}'


def _rows(name: str, sql: str, table: str) -> Attack:
    return Attack(name, "120003", sql, behind=(f"columns {table}", f"rows {table}"))


ATTACKS = (
    Attack("delete events", "120003", "DELETE FROM audit_event WHERE document_id = <draft>",
        behind=("columns audit_event", "rows audit_event", "keys audit_event")),
    _rows("change an event", "UPDATE audit_event SET detail = '{}' WHERE document_id = <draft>", "audit_event"),
    _rows("invent an event",
        "INSERT INTO audit_event (id, stream, at, login, terminal, action, result, detail) VALUES (99999999, 'dx', now(), '100101', "
        "'x', 'sign', 'done', '{}')",
        "audit_event"),
    _rows("change a link", "UPDATE audit_link SET hash = ''", "audit_link"),
    _rows("delete links", "DELETE FROM audit_link", "audit_link"),
    _rows("set a head back", "UPDATE audit_head SET seq = 0", "audit_head"),
    _rows("delete the heads", "DELETE FROM audit_head", "audit_head"),
    Attack("empty the links", "120003", "TRUNCATE audit_link"),
    Attack("change events, as the audit administrator", "100904", "UPDATE audit_event SET detail = '{}'",
        behind=("columns audit_event", "rows audit_event")),
    Attack("delete links, as the audit administrator", "100904", "DELETE FROM audit_link",
        behind=("columns audit_link", "rows audit_link")),
    Attack("write an event through the writer", "120003", "SELECT oa.note('d<draft>', 'sign', '{}', <draft>)"),
    Attack("an event of an act, through its writer", "120003", "SELECT oa.note_files(<review>)"),
    Attack("a failed login of the chief", "120003", f"SELECT oa.failed_login('{_LINE}')"),
    Attack("switch the chaining off", "120003", "ALTER TABLE audit_event DISABLE TRIGGER link", behind=("role owner",)),
    Attack("drop the chaining", "120003", "DROP TRIGGER link ON audit_event", behind=("role owner",)),
    Attack("say that one urged", "110001", "SELECT oa.say('urge', '{}', <propose>)"),
    Attack("say that one took back", "110001", "SELECT oa.say('withdraw', '{}', <propose>)"),
    Attack("say that one signed", "100101", "SELECT oa.say('sign', '{}', <sign>)"),
    Attack("say that one checked the audit", "120003", "SELECT oa.say('audit_verify', '{}', NULL)"),
    Attack("say that one signed in", "120003", "SELECT oa.say('sign_in', '{}', NULL)"),
    Attack("say something of a hidden paper", "120003", "SELECT oa.say('print', '{}', <hidden>)"),
    Attack("say in the words of an act", "120003", "SELECT oa.say('print', '{\"act\": \"签发\"}', <draft>)"),
    Attack("say in free words", "120003", "SELECT oa.say('print', '{\"words\": \"签发\"}', <draft>)"),
    Attack("say endlessly", "120003", "SELECT oa.say('print', '{\"x\": \"' || repeat('x', 30000) || '\"}', <draft>)"),
    Attack("say what is no detail", "120003", "SELECT oa.say('print', '[1]', <draft>)"),
    Attack("look into the whole log by the auditors' function", "120003", "SELECT oa.audit_bound(0, 1)"),
    Attack("learn a hidden number by the auditors' function", "120003", "SELECT * FROM oa.audit_numbers(ARRAY[<hidden>])"),
    Attack("look for numbers by the auditors' function", "100901", "SELECT * FROM oa.audit_numbered('〔', 9)"),
    Attack("check chains, as the security administrator", "100903", "SELECT * FROM oa.audit_missing('{d1}', '{1}', '{x}')"),
)
