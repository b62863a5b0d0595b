"""The stage of the attacks: one small bureau on PostgreSQL with papers in every state, and a connection for each officer."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import psycopg

from tests.attack.attack import Attack, Outcome
from tests.small_bureau import PASSWORD, Bureau

_SIGNS = {
    "permission denied for database": "42501",
    "password authentication failed": "28P01",
    "locked until": "28000",
    "sessions that may write": "28000",
    "too many connections": "53300",
    "does not exist": "3D000",
    "closed": "57P01",
    "terminat": "57P01",
}
_NAME = re.compile(r"<([a-z_]+(?:\.[a-z0-9_]+)?)>")


@dataclass
class Stage:
    """The bureau, the ids that attacks name, and the officers' connections."""

    bureau: Bureau
    names: dict[str, str]
    server: tuple[str, int]
    open: dict[str, psycopg.Connection[Any]] = field(default_factory=dict)

    @property
    def database(self) -> str:
        """The database's name, which begins every login's."""
        return str(self.bureau.engine.url.database)

    @cached_property
    def version(self) -> int:
        """The server's version, such as 17."""
        with self.administrator() as connection:
            return connection.info.server_version // 10000

    def connect(self, login: str, **more: Any) -> psycopg.Connection[Any]:
        """A connection of an officer, as with any tool."""
        given = {"dbname": self.database, "user": f"{self.database}_{login}", "password": PASSWORD, **more}
        return psycopg.connect(host=self.server[0], port=self.server[1], **given)

    def administrator(self, **more: Any) -> psycopg.Connection[Any]:
        """A connection of the server's administrator; every statement is on its own."""
        return psycopg.connect(host=self.server[0], port=self.server[1], user="postgres", autocommit=True, **{"dbname": self.database, **more})

    def filled(self, sql: str, login: str) -> str:
        """SQL with the ids of the stage in place of names in angle brackets."""
        known = {**self.names, "me": self.names[f"p.{login}"], "my.login": f"{self.database}_{login}"}
        return _NAME.sub(lambda found: known[found[1]], sql)

    def run(self, attack: Attack) -> Outcome:
        """Try an attack; whatever it did is taken back."""
        if callable(attack.sql):
            return attack.sql(self, attack.by)
        outcome = self._once(attack)
        return self._once(attack) if outcome.state == "57P01" else outcome  # an attack before this one cut the session off

    def _once(self, attack: Attack) -> Outcome:
        connection = self.open.get(attack.by)
        if connection is None or connection.closed:
            connection = self.open[attack.by] = self.connect(attack.by)
        try:
            return attempt(connection, self.filled(attack.statements(), attack.by))
        finally:
            if not connection.closed:
                connection.rollback()

    def settle(self) -> None:
        """Leave no transaction open that would be in the way of the administrator."""
        for connection in self.open.values():
            if not connection.closed:
                connection.rollback()

    def close(self) -> None:
        """Let every connection go."""
        for connection in self.open.values():
            connection.close()
        self.open.clear()


def attempt(connection: psycopg.Connection[Any], sql: str, *, judged: bool = True) -> Outcome:
    """Run statements in the connection's transaction, and what the server puts off to the end of it."""
    with told() as outcome:
        cursor = connection.execute(sql.encode())
        while cursor.nextset():
            pass
        rows = len(cursor.fetchall()) if cursor.description else cursor.rowcount
        if judged and not connection.autocommit:
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        outcome.append(Outcome("", rows))
    return outcome[0]


@contextmanager
def told():
    """A list that receives the outcome; a refusal of the server becomes one."""
    found: list[Outcome] = []
    try:
        yield found
    except psycopg.Error as problem:
        found[:] = [Outcome(problem.sqlstate or state_of(str(problem)), 0, str(problem).splitlines()[0])]


def state_of(message: str) -> str:
    """The SQLSTATE of a refused connection, which the driver does not give."""
    return next((state for sign, state in _SIGNS.items() if sign in message), "08000")
