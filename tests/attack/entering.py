"""Attacks at the door: logins that are locked, disabled, too many, or kept out."""

from contextlib import contextmanager

import psycopg

from tests.attack.attack import Deed, Outcome
from tests.attack.stage import Stage, told

WRONG = "not-the-password"
TIMES = 5


def enters(login: str = "", **how: object) -> Deed:
    """A login in some way; one row if it is let in."""
    def deed(stage: Stage, by: str) -> Outcome:
        with told() as outcome, stage.connect(login or by, **how) as connection:
            outcome.append(Outcome("", len(connection.execute("SELECT 1").fetchall())))
        return outcome[0]
    return deed


def enters_locked(**how: object) -> Deed:
    """The right password after five wrong ones."""
    def deed(stage: Stage, by: str) -> Outcome:
        with stage.administrator() as administrator:
            _forgiven(stage, administrator, by)
            try:
                for _ in range(TIMES):
                    _guess(stage, by)
                return enters(**how)(stage, by)
            finally:
                administrator.execute("SELECT oa.sweep()")
                _forgiven(stage, administrator, by)
    return deed


def too_many(stage: Stage, by: str) -> Outcome:
    """One session more than a login may have."""
    held = []
    try:
        with told() as outcome:
            held.extend(stage.connect(by) for _ in range(13))
            outcome.append(Outcome("", 1))
        return outcome[0]
    finally:
        for connection in held:
            connection.close()


def keeps_others_out(*statements: str, guess: str = "") -> Deed:
    """An open transaction that holds what a login needs; one row if others wait at the door."""
    def deed(stage: Stage, by: str) -> Outcome:
        with stage.connect(by) as connection, stage.administrator() as administrator:
            try:
                _guess(stage, guess or by)
                for statement in statements:
                    connection.execute(stage.filled(statement, by).encode())
                _guess(stage, guess or by)
                with told() as outcome, stage.connect("130001", connect_timeout=4):
                    outcome.append(Outcome("", 0))
                return Outcome("", int(bool(outcome[0].state)), outcome[0].message)
            finally:
                connection.rollback()
                administrator.execute("SELECT oa.sweep()")
                _forgiven(stage, administrator, guess or by)
    return deed


def signals(function: str) -> Deed:
    """Another officer's session ended or interrupted."""
    def deed(stage: Stage, by: str) -> Outcome:
        with _session(stage, "130003") as other, stage.connect(by) as connection, told() as outcome:
            done = connection.execute(f"SELECT {function}(%s)".encode(), (other.info.backend_pid,)).fetchall()
            outcome.append(Outcome("", len(done)))
        return outcome[0]
    return deed


@contextmanager
def _session(stage: Stage, login: str):
    connection = stage.connect(login)
    try:
        yield connection
    finally:
        connection.close()


def _guess(stage: Stage, login: str) -> None:
    with told():
        stage.connect(login, password=WRONG).close()


def _forgiven(stage: Stage, administrator: psycopg.Connection, login: str) -> None:
    administrator.execute("UPDATE account SET failed = 0, locked_until = NULL WHERE id = %s", (stage.names[f"p.{login}"],))
