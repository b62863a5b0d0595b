"""What an attack is: who tries what with plain SQL, and what the server must answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.attack.stage import Stage

REFUSED = ("42501",)
EMPTY = ("empty",)
ALLOWED = ("allowed",)


@dataclass(frozen=True)
class Outcome:
    """The server's answer: an SQLSTATE with its message, or how many rows the last statement gave or touched (-1: it has none)."""

    state: str
    rows: int = 0
    message: str = ""

    @property
    def through(self) -> bool:
        """Whether the attacker got what was wanted."""
        return not self.state and self.rows != 0

    @property
    def said(self) -> str:
        """The answer in short."""
        return f"{self.state} {self.message}" if self.state else f"{self.rows} rows"


Deed = Callable[["Stage", str], Outcome]


@dataclass(frozen=True)
class Attack:
    """One attempt of an officer (`by`, the police number).

    `sql` are statements of one transaction, or a story of its own where one connection is not enough; names in angle
    brackets stand for ids of the stage. `answer` are the SQLSTATEs that refuse it, `EMPTY` where nothing is found or
    touched, or `ALLOWED` for what remains possible, with `why`. `behind` names the layers that overlap, where it takes
    more than one to be removed (see `layers`), `since` the version of PostgreSQL that has what is attacked.
    """

    name: str
    by: str
    sql: str | tuple[str, ...] | Deed
    answer: tuple[str, ...] = REFUSED
    behind: tuple[str, ...] = ()
    why: str = ""
    since: int = 0
    family: str = field(default="", compare=False)

    @property
    def full_name(self) -> str:
        """The attack as lists and reports call it."""
        return f"{self.family}: {self.name} ({self.by})"

    def statements(self) -> str:
        """The SQL as one text."""
        assert isinstance(self.sql, str | tuple)
        return self.sql if isinstance(self.sql, str) else ";\n".join(self.sql)

    def held(self, outcome: Outcome) -> bool:
        """Whether the server answered as it must."""
        if self.answer == ALLOWED:
            return outcome.through
        if self.answer == EMPTY:
            return not outcome.state and outcome.rows == 0
        return outcome.state in self.answer
