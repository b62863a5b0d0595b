"""A look at a server (查看): the connection, whose database it is, and how things are called in a finding."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from ..enforcing import Names

EVERYBODY = "PUBLIC"


@dataclass(frozen=True)
class Look:
    """One look; everything that it does is taken back afterwards."""

    connection: Connection
    names: Names

    def rows(self, sql: str, **values: object) -> Sequence[Any]:
        """What a query finds."""
        return self.connection.execute(text(sql), values).all()

    @property
    def version(self) -> int:
        """The server's major version."""
        found = self.connection.dialect.server_version_info
        assert found is not None
        return int(found[0])

    def logins(self) -> list[str]:
        """The logins of officers that the server has."""
        form = re.compile(re.escape(self.names.database) + "_[0-9]+")
        return sorted(name for (name,) in self.rows("SELECT rolname FROM pg_catalog.pg_roles") if form.fullmatch(name))

    def ours(self) -> list[str]:
        """All roles of this database."""
        return [self.names.owner, self.names.keeper, self.names.officer, *self.logins()]

    def role(self, name: str) -> str:
        """A role as a finding calls it."""
        known = {EVERYBODY: "所有人", self.names.owner: f"属主角色 {name}", self.names.keeper: f"账号角色 {name}", self.names.officer: f"民警组 {name}"}
        return known.get(name, f"登录 {name}")

    def of(self, name: str) -> str:
        """The same before further words: a name in Latin letters is followed by a blank."""
        return self.role(name) + (" " if name != EVERYBODY else "")


def listed(words: Iterable[str]) -> str:
    """Several words in a sentence, in a steady order."""
    return "、".join(sorted(words))
