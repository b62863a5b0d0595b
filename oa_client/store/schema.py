"""The schema's revision (库结构版本): check it, bring it up to date."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from . import access_tables, audit_tables, work_tables
from .tables import Base
from .unit import look

METADATA = Base.metadata
_FOLDER = Path(__file__).resolve().parent.parent.parent / "database"
_OWN_WAY = ("doc_fts", "doc_gram")
_OWN_PARTS = frozenset({"readers", "guests", "ix_document_readers"})
assert all(tables.Base.metadata is METADATA for tables in (work_tables, access_tables, audit_tables))


def belongs(_thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Whether a thing is one of the models' own: the search index and the arrays of readers are made by hand for each database."""
    if kind == "table":
        return not (name or "").startswith(_OWN_WAY)
    return name not in _OWN_PARTS


def head() -> str:
    """The newest revision that this program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def known(revision: str) -> bool:
    """Whether this program knows a revision; a newer program's it does not."""
    return any(item.revision == revision for item in ScriptDirectory.from_config(_config()).walk_revisions())


def current(engine: Engine) -> str:
    """The database's revision; empty when nothing has been set up in it."""
    with look(engine) as session:
        return MigrationContext.configure(session.connection()).get_current_revision() or ""


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest revision, in one transaction."""
    config = _config()
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def differences(engine: Engine) -> list[str]:
    """Where the database differs from the models, in words for the administrator."""
    with look(engine) as session:
        context = MigrationContext.configure(session.connection(), opts={"include_object": belongs, "compare_type": True})
        return [str(item) for item in compare_metadata(context, METADATA)]


def _config() -> Config:
    return Config(str(_FOLDER / "alembic.ini"))
