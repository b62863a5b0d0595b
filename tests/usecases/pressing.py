"""What one process of a crowd does."""

from functools import cache
from typing import Any

from sqlalchemy import Engine, select

from oa_client.domain.errors import Conflict, OaError
from oa_client.domain.flow import Command
from oa_client.store import unit
from oa_client.store.engine import connect, officers
from oa_client.store.guard import guarded
from oa_client.store.tables import Account
from oa_client.usecases import acting
from oa_client.usecases.desk import Desk
from oa_client.usecases.directory import actor_of
from tests.small_bureau import PASSWORD
from tests.usecases.crowd import Press


@cache
def desk(url: str, login: str) -> Desk:
    """The officer's desk on an own connection."""
    engine = engine_of(url, login)
    with unit.look(engine) as session:
        return Desk(engine, actor_of(session, session.scalars(select(Account).where(Account.login == login)).one()))


@cache
def engine_of(url: str, login: str) -> Engine:
    """This process's engine, on a server that of the officer."""
    engine = connect(url)
    return officers(engine, login, PASSWORD) if guarded(engine) else engine


def press(barrier: Any, one: Press) -> str:
    """Make ready (without a barrier) or press; the answer is done, conflict, or the sentence of another failure."""
    at = desk(one.url, one.login)
    if barrier is None:
        return ""
    try:
        acting.act(at, one.task_id, Command(one.action, fields=dict(one.fields)), acting.Seen(one.task_version, one.document_version))
    except Conflict:
        return "conflict"
    except OaError as problem:
        return str(problem)
    return "done"
