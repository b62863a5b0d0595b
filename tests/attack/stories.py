"""Attacks that need more than one connection, or more than statements. Each puts back what it changed."""

from contextlib import contextmanager, suppress

import psycopg

from tests.attack.attack import Deed, Outcome
from tests.attack.deeds import close, opened, press, say, signature
from tests.attack.stage import Stage, attempt, told

REVIEWER = "reviewer:<u.root>"
_DELEGATED = ("INSERT INTO delegation (from_id, to_id, starts_on, ends_on, reason, made_at) "
              "VALUES (<me>, <p.{}>, oa.today(), oa.today(), '', now())")
_ENDED = "UPDATE delegation SET ended_at = now() WHERE from_id = <me> AND ended_at IS NULL"


def copies_out(sql: str) -> Deed:
    """Rows through COPY, counted."""
    def deed(stage: Stage, by: str) -> Outcome:
        copied = stage.filled(sql, by).encode()
        with stage.connect(by) as connection, told() as outcome, connection.cursor() as cursor, cursor.copy(copied) as rows:
            outcome.append(Outcome("", len(list(rows))))
        return outcome[0]
    return deed


def same_answer(sql: str, one: str, other: str) -> Deed:
    """Whether a statement answers differently about two things: one row if it does."""
    def deed(stage: Stage, by: str) -> Outcome:
        answers = []
        for what in (one, other):
            with stage.connect(by) as connection:
                found = attempt(connection, stage.filled(sql.format(what), by))
                connection.rollback()
                answers.append((found.state, found.rows, found.message if found.state == "42501" else ""))
        return Outcome("", int(answers[0] != answers[1]), f"{answers[0]} / {answers[1]}")
    return deed


def shares_with_unit(stage: Stage, by: str) -> Outcome:
    """A paper is shared with everybody of the bureau; a guardian reads on."""
    with _given(stage, "110004", "INSERT INTO share (document_id, principal, given_by, given_at, ends_on, reason) VALUES (<filed>, "
                                 "'unit:<u.root>', <me>, now(), oa.today(), '周知')",
                "UPDATE share SET ended_at = now() WHERE document_id = <filed> AND ended_at IS NULL"):
        return _tried(stage, by, "SELECT id FROM document WHERE id = <filed>")


def signs_as_stand_in(stage: Stage, by: str) -> Outcome:
    """The chief delegates to a deputy, who may sign for him, but not what goes up."""
    paper = "sign_asking"
    with _given(stage, "100101", _DELEGATED.format(by), _ENDED):
        signed = (press(paper, "sign"), say(paper), close(paper), signature(paper), opened(paper, "verify", REVIEWER))
        return _tried(stage, by, ";\n".join(signed))


def same_moment(stage: Stage, by: str) -> Outcome:
    """A transaction that began in the very microsecond in which a draft was made changes the draft after 送审核."""
    with stage.connect(by) as connection, stage.administrator() as administrator:
        moment = connection.execute("SELECT now()").fetchone()[0]
        made = administrator.execute("SELECT created_at FROM document WHERE id = %s", (stage.names["review"],)).fetchone()[0]
        administrator.execute("UPDATE document SET created_at = %s WHERE id = %s", (moment, stage.names["review"]))
        try:
            return attempt(connection, stage.filled("UPDATE document SET body = '改', version = version + 1 WHERE id = <review>", by))
        finally:
            connection.rollback()
            administrator.execute("UPDATE document SET created_at = %s WHERE id = %s", (made, stage.names["review"]))


def loses_role(stage: Stage, by: str) -> Outcome:
    """A role is taken away while its holder's session is open."""
    with stage.connect(by) as connection:
        connection.execute("SELECT 1").fetchall()
        connection.commit()
        with _without_roles(stage, by):
            found = attempt(connection, stage.filled("SELECT id FROM document WHERE id = <copy>", by))
            connection.rollback()
            return found


def stands_in_no_more(stage: Stage, by: str) -> Outcome:
    """The chief delegates to a deputy, who then loses the office, and reads on what is addressed to the chief."""
    with _given(stage, "100101", _DELEGATED.format(by), _ENDED), _without_roles(stage, by):
        return _tried(stage, by, "SELECT id FROM document WHERE id = <sign>")


def by_a_new_policy(stage: Stage, by: str) -> Outcome:
    """Passwords are to last shorter from now on; whose own is older already reads on, without the client's first word."""
    policy = "SELECT oa.policy_set('{{\"expire_days\": {}}}')"
    with stage.administrator() as administrator:
        administrator.execute("UPDATE account SET password_at = now() - interval '40 days' WHERE id = %s", (stage.names[f"p.{by}"],))
        try:
            with _given(stage, "100903", policy.format(30), policy.format(90)):
                return _tried(stage, by, "SELECT id FROM document")
        finally:
            administrator.execute("DELETE FROM fact WHERE key = 'policy'")
            administrator.execute("UPDATE account SET password_at = NULL WHERE id = %s", (stage.names[f"p.{by}"],))


def stays_up_late(stage: Stage, by: str) -> Outcome:
    """A transaction is kept open until the account's last moment is over."""
    with stage.connect(by) as connection, stage.administrator() as administrator:
        connection.execute("SELECT 1").fetchall()
        administrator.execute("UPDATE oa.login_acl SET until = clock_timestamp() WHERE account_id = %s", (stage.names[f"p.{by}"],))
        try:
            return attempt(connection, "SELECT id FROM document")
        finally:
            connection.rollback()
            administrator.execute("SELECT oa.acl_sync(%s)", (int(stage.names[f"p.{by}"]),))


@contextmanager
def _without_roles(stage: Stage, login: str):
    with stage.administrator() as administrator:
        taken = "DELETE FROM role_grant WHERE account_id = %s RETURNING account_id, role, unit_id"
        kept = administrator.execute(taken, (stage.names[f"p.{login}"],)).fetchall()
        try:
            yield
        finally:
            administrator.cursor().executemany("INSERT INTO role_grant (account_id, role, unit_id) VALUES (%s, %s, %s)", kept)


def out_of_date(column: str, value: str) -> Deed:
    """An account past its last day, or with a password too old, reads on in an open session."""
    def deed(stage: Stage, by: str) -> Outcome:
        with stage.administrator() as administrator:
            administrator.execute(f"UPDATE account SET {column} = {value} WHERE id = {stage.names[f'p.{by}']}".encode())
            try:
                return _tried(stage, by, "SELECT id FROM document")
            finally:
                administrator.execute(f"UPDATE account SET {column} = NULL WHERE id = {stage.names[f'p.{by}']}".encode())
    return deed


def cut_off(stage: Stage, by: str) -> Outcome:
    """An account is disabled while a session of it is open."""
    with stage.connect("120009", autocommit=True) as admin, told() as outcome:
        connection = stage.connect(by)
        try:
            connection.execute("SELECT 1")
            version = "(SELECT version FROM account WHERE id = <p.120004>)"
            admin.execute("SET statement_timeout = '20s'")
            admin.execute(stage.filled(f"SELECT oa.account_active(<p.120004>, false, {version})", by).encode())
            outcome.append(attempt(connection, "SELECT login FROM account"))
        finally:
            connection.close()
            admin.execute(stage.filled(f"SELECT oa.account_active(<p.120004>, true, {version})", by).encode())
    return outcome[0]


def stays_in_the_way(stage: Stage, by: str) -> Outcome:
    """An officer holds the own account's row, so that the administrator waits: one row if so."""
    with stage.connect(by) as connection, stage.connect("120009") as admin:
        connection.execute("SELECT oa.enter()")
        admin.execute("SET statement_timeout = '6s'")
        found = attempt(admin, stage.filled(f"SELECT oa.account_edit(<p.{by}>, '某某', '', '', '{{}}', NULL, <v.{by}>)", by))
        admin.rollback()
        with suppress(psycopg.Error):  # it was cut off
            connection.rollback()
    return Outcome("", int(bool(found.state)), found.message)


def holds_chain(stage: Stage, by: str) -> Outcome:
    """An officer hands matters over and leaves the transaction open; one row if the other cannot sign in meanwhile."""
    with stage.connect(by) as connection, stage.connect("130001", autocommit=True) as other:
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.execute(stage.filled("SELECT oa.hand_over(<me>, <p.130001>)", by).encode())
        other.execute("SET statement_timeout = '4s'")
        found = attempt(other, "SELECT oa.enter()")
        connection.rollback()
    return Outcome("", int(bool(found.state)), found.message)


@contextmanager
def _given(stage: Stage, login: str, deed: str, back: str):
    """Something that an officer does rightly, until the attack is over."""
    with stage.connect(login, autocommit=True) as connection:
        connection.execute(stage.filled(deed, login).encode())
        try:
            yield
        finally:
            connection.execute(stage.filled(back, login).encode())


def _tried(stage: Stage, by: str, sql: str) -> Outcome:
    with stage.connect(by) as connection:
        try:
            return attempt(connection, stage.filled(sql, by))
        finally:
            connection.rollback()


