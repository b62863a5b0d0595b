"""Reading: papers, handling, files and logs that one is not to see."""

from tests.attack.attack import EMPTY, Attack
from tests.attack.stories import copies_out, same_answer, shares_with_unit

_HIDDEN = "SELECT id FROM {} WHERE document_id = <{}>"
SECRET = "ARRAY['专项行动']"


def _none(name: str, by: str, sql: str | tuple[str, ...], *behind: str) -> Attack:
    return Attack(name, by, sql, EMPTY, behind)


ATTACKS = (
    _none("a paper by its id", "120003", "SELECT title FROM document WHERE id = <hidden>"),
    _none("a paper by its title", "120003", "SELECT id FROM document WHERE title LIKE '%专项行动%'"),
    _none("a colleague's draft", "120002", "SELECT body FROM document WHERE id = <draft>"),
    _none("another unit's draft", "120003", "SELECT body FROM document WHERE id = <foreign>"),
    *(_none(f"the {table}s of a hidden paper", "120003", _HIDDEN.format(table, "propose"))
        for table in ("task", "task_group", "opinion", "attachment", "audit_event")),
    _none("the filing of a hidden paper", "120002", "SELECT reference FROM archive_item WHERE document_id = <lent>"),
    _none("the receivers of a hidden paper", "120003", "SELECT name FROM addressee WHERE document_id = <sent>"),
    _none("the readers of a hidden paper", "120003", "SELECT principal FROM reader WHERE document_id = <hidden>"),
    _none("the readers of one's own paper", "120003",
        "SELECT principal FROM reader WHERE document_id = <review> AND principal <> 'person:<me>'"),
    _none("whom a paper is lent to", "120002", "SELECT principal FROM share WHERE document_id = <lent>"),
    _none("requests for consent", "120003", "SELECT id FROM consent"),
    _none("requests of others, as a unit administrator", "110009", "SELECT id FROM consent WHERE kind = 'reset'"),
    _none("what the demonstration's password is", "120003", "SELECT value FROM fact WHERE key = 'demo'"),
    _none("what others did with accounts", "120003", "SELECT id FROM audit_event WHERE stream LIKE 'a%' AND account_id <> <me>"),
    _none("what others read", "120009", "SELECT id FROM audit_event WHERE stream LIKE 'r%' AND account_id <> <me>"),
    _none("links of the chains", "120003", "SELECT hash FROM audit_link"),
    _none("heads of the chains, as a system administrator", "100901", "SELECT hash FROM audit_head"),
    _none("the sender's paper, as a receiver", "120002", "SELECT id FROM document WHERE id = <sent>"),
    _none("the sender's opinions, as a receiver", "120002", "SELECT text FROM opinion WHERE document_id = <sent>"),
    _none("the sender's to-dos, as a receiver", "120002", "SELECT id FROM task WHERE document_id = <sent>"),
    _none("the sender's list, by one's copy", "120002", "SELECT id FROM addressee WHERE copy_id = <copy>"),
    _none("opinions on a lent paper, as a guest", "130003", "SELECT text FROM opinion WHERE document_id = <lent>"),
    _none("to-dos of a lent paper, as a guest", "130003", "SELECT id FROM task WHERE document_id = <lent>"),
    _none("the log of a lent paper, as a guest", "130003",
        "SELECT id FROM audit_event WHERE document_id = <lent> AND account_id <> <me>"),
    _none("a paper whose share was ended", "120003", "SELECT id FROM document WHERE id = <lent>"),
    _none("a paper whose share has run out", "110009", "SELECT id FROM document WHERE id = <lent>"),
    _none("papers of the own unit, as its administrator", "120009", "SELECT id FROM document WHERE organ_id = <u.criminal>"),
    *(_none(f"papers, as {role} administrator", by, "SELECT id FROM document")
        for role, by in (("system", "100901"), ("security", "100903"), ("audit", "100904"))),
    Attack("a paper shared with the bureau, as a system administrator", "100901", shares_with_unit, EMPTY, ("rows document",)),
    _none("search for a hidden paper", "120003", f"SELECT * FROM oa.search('{{}}', {SECRET})"),
    _none("search, with SQL for a word", "120003", "SELECT * FROM oa.search('{}', ARRAY['or1=1--'])"),
    _none("search, as a unit administrator", "120009", "SELECT * FROM oa.search('{}', ARRAY['交通'])"),
    _none("an error that tells of a hidden row: division", "120003",
        "SELECT 1 / (title LIKE '%专项行动%')::int FROM document WHERE id = <hidden>"),
    _none("an error that tells of a hidden row: cast", "120003",
        "SELECT (CASE WHEN title LIKE '%专项%' THEN '1' ELSE title END)::int FROM document WHERE id = <hidden>"),
    _none("a cursor", "120003", ("DECLARE c CURSOR FOR SELECT title FROM document WHERE id = <hidden>", "FETCH ALL FROM c")),
    _none("a lock on a hidden row", "120003", "SELECT id FROM document WHERE id = <hidden> FOR UPDATE"),
    _none("an update that gives the row back", "120003", "UPDATE document SET title = title WHERE id = <hidden> RETURNING title"),
    _none("MERGE", "120003",
        "MERGE INTO document d USING (SELECT <hidden> AS id) s ON d.id = s.id WHEN MATCHED THEN UPDATE SET title = d.title"),
    _none("a paper while only the first password is set", "120077", "SELECT id FROM document"),
    _none("the log while only the first password is set", "120077", "SELECT id FROM audit_event"),
    Attack("the bytes of a hidden file", "120003", "SELECT data FROM oa.file_bytes(<hidden.file>)"),
    Attack("whether a file exists, by reading it", "120003",
        same_answer("SELECT data FROM oa.file_bytes({})", "<hidden.file>", "99999999"), EMPTY, ("rule file_bytes",)),
    Attack("the bytes of a handled paper's files, as its unit administrator", "120009",
        "SELECT data FROM oa.file_bytes(<copy.file>)"),
    Attack("copy a whole table out", "120003", copies_out("COPY document TO STDOUT"), behind=("columns document",)),
    Attack("copy a hidden row out", "120003", copies_out("COPY (SELECT title FROM document WHERE id = <hidden>) TO STDOUT"), EMPTY,
        ("rows document",)),
    Attack("whether a paper exists, by sharing it", "110004",
        same_answer("INSERT INTO share (document_id, principal, given_by, given_at, ends_on, reason) VALUES ({}, 'person:<p.130003>', "
                    "<me>, now(), oa.today() + 3, 'x')",
            "<hidden>", "99999999"),
        EMPTY, ("rule share_insert",)),
    Attack("whether a paper exists, by a to-do", "120003",
        same_answer("INSERT INTO task (document_id, group_id, step, part, box, holder, state, action, urged, version, created_at) "
                    "VALUES ({}, <hidden.group>, 'check', 'sole', 'todo', 'person:<me>', 'open', '', 0, 1, now())",
            "<hidden>", "99999999"),
        EMPTY, ("rule task_insert", "check task.made")),
    Attack("whether a paper runs, by a step", "120003",
        same_answer("INSERT INTO task_group (document_id, step, pending, opened_at) VALUES ({}, 'check', 1, now())", "<hidden>",
            "<lent>"),
        EMPTY, ("rule group_insert", "check task_group.made", "rule judge_group")),
    Attack("whether a paper exists, by an event", "120003",
        same_answer("SELECT oa.say('print', '{{}}', {})", "<hidden>", "99999999"), EMPTY, ("rule say",)),
    Attack("whether bytes exist, by their digest", "120003",
        same_answer("INSERT INTO attachment (document_id, name, role, media, sha256, size, pages, text, position, added_by, added_at) "
                    "VALUES (<draft>, 'x', 'attachment', 'txt', '{}', 1, 1, '', 9, <me>, now())",
            "<hidden.sha>", "f" * 64),
        EMPTY, ("rule attachment_insert",)),
    Attack("whether an account exists, by administering it", "120009",
        same_answer("SELECT oa.account_active({}, false, 1)", "<p.130003>", "99999999"), EMPTY, ("rule account_open",)),
)
