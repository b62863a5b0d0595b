"""Reading past the tables' policies: columns, inner tables, the server's catalogues, statistics and files."""

from tests.attack.attack import EMPTY, Attack

SUPER = ("role superuser",)


def _no(name: str, sql: str | tuple[str, ...], *behind: str) -> Attack:
    return Attack(name, "120003", sql, behind=behind)


ATTACKS = (
    *(_no(f"the table {table}", f"SELECT {column} FROM {table}")
        for table, column in (("blob_chunk", "data"), ("blob", "sha256"), ("password_history", "hash"), ("counter", "last"),
            ("search_text", "text"), ("doc_gram", "g"))),
    *(_no(f"the inner table {table}", f"SELECT {column} FROM oa.{table}")
        for table, column in (("login_acl", "principals"), ("rule_value", "value"), ("rule_role", "role"), ("log_mark", "place"))),
    _no("password hashes", "SELECT password_hash FROM account"),
    _no("failed logins", "SELECT failed FROM account"),
    _no("who is a guest", "SELECT guests FROM document"),
    _no("whole rows", "SELECT document FROM document"),
    _no("a whole table", "TABLE document"),
    _no("system columns", "SELECT xmin, ctid FROM document"),
    Attack("statistics of titles", "120003",
        "SELECT most_common_vals FROM pg_stats WHERE tablename = 'document' AND attname = 'title'", EMPTY),
    _no("raw statistics", "SELECT stavalues1 FROM pg_statistic"),
    _no("verifiers of passwords", "SELECT rolpassword FROM pg_authid"),
    _no("large objects", "SELECT count(*) FROM pg_largeobject"),
    Attack("what others are running", "120003",
        "SELECT query FROM pg_stat_activity WHERE usename <> session_user AND query <> '<insufficient privilege>'", EMPTY),
    _no("where the server keeps its rules of connection", "SHOW hba_file"),
    _no("the names of the server's logs", "SELECT pg_current_logfile()"),
    _no("the server's log folder", "SELECT * FROM pg_ls_logdir()"),
    _no("the server's log, through the keeper", "SELECT oa.log_part(oa.log_file(), 0)"),
    _no("which logins there are, through the keeper", "SELECT oa.login_there('100101')"),
    _no("a file of the server", "SELECT pg_read_file('PG_VERSION')", *SUPER),
    _no("the server's data folder", "SELECT pg_ls_dir('.')", *SUPER),
    _no("a table from a program of the server", ("CREATE TEMP TABLE lines (x text)", "COPY lines FROM PROGRAM 'echo x'"),
        "database rights", "role files"),
    _no("rows into a file of the server", "COPY (SELECT 1) TO '/dev/null'"),
    _no("rows into a program", "COPY (SELECT 1) TO PROGRAM 'cat'"),
)
