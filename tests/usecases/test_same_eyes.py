"""One rule of reading: in bureaus made at random the domain, SQLite's filter and PostgreSQL's row policies always agree."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text

from oa_client.domain.actor import ROLES
from oa_client.domain.permissions import may_read
from oa_client.store import unit as transactions
from oa_client.store.access_tables import Delegation, Share
from oa_client.store.audit_tables import Event, Head, Link
from oa_client.store.tables import Account, Document, Reader, RoleGrant
from oa_client.store.work_tables import Opinion, Task, TaskGroup
from oa_client.usecases.papers import handled, newest_flow, readable
from tests import postgres
from tests.small_bureau import PEOPLE, Bureau

LOGINS = [person[0] for person in PEOPLE]
EYES = ("100101", "100102", "110001", "110004", "120001", "120002", "120003", "120009", "130002", "100901")
POOLS = ("clerk", "reviewer", "leader", "archivist", "chief", "deputy", "unit", "unit_admin")
UNITS = ("root", "office", "criminal", "traffic")
PRINCIPAL = st.one_of(st.tuples(st.just("person"), st.sampled_from(LOGINS)), st.tuples(st.sampled_from(POOLS), st.sampled_from(UNITS)))
GUEST = st.tuples(st.one_of(st.tuples(st.just("person"), st.sampled_from(LOGINS)), st.tuples(st.just("unit"), st.sampled_from(UNITS))),
                  st.integers(-2, 3), st.booleans())
PAPER = st.tuples(st.sets(PRINCIPAL, min_size=1, max_size=4), st.lists(GUEST, max_size=3), st.sampled_from(["running", "filed", "closed"]))
GRANT = st.tuples(st.sampled_from(LOGINS), st.sampled_from(["clerk", "reviewer", "archivist", "deputy"]), st.sampled_from(UNITS))
STAND_IN = st.tuples(st.sampled_from(LOGINS), st.sampled_from(LOGINS), st.integers(-3, 1), st.integers(0, 3), st.booleans()).filter(lambda item: item[0] != item[1])


@pytest.fixture(scope="module")
def twins(tmp_path_factory, postgres_server):
    """The same bureau twice; accounts and units have the same ids."""
    with postgres.database(postgres_server) as url:
        made = (Bureau.make(f"sqlite:///{tmp_path_factory.mktemp('twin') / 'a.db'}"), Bureau.make(url))
        made[0].now = made[1].now
        yield made
        for each in made:
            each.close()


def ids(bureau):
    with transactions.look(bureau.engine) as session:
        return dict(session.execute(select(Account.login, Account.id)).all())


def principal(bureau, numbers, item):
    kind, name = item
    return f"person:{numbers[name]}" if kind == "person" else f"{kind}:{bureau.units[name]}"


def fill(bureau, numbers, papers, grants, stand_ins):
    """Put the random bureau into a database, as its administrator, in place of the last one."""
    today = bureau.desk("110001").today()
    with transactions.unit(bureau.engine) as session:
        for table in (Link, Head, Event, Opinion, Task, TaskGroup, Reader, Share, Document, Delegation):
            session.execute(delete(table))
        session.execute(delete(RoleGrant).where(RoleGrant.role.not_in(["sys_admin", "sec_admin", "audit_admin", "unit_admin"])))
        flow = newest_flow(session, "receive", bureau.units["root"]).id
        for login, role, unit in sorted(set(grants)):
            if login < "100900" or login > "100999":
                session.merge(RoleGrant(account_id=numbers[login], role=role, unit_id=bureau.units[unit]))
        for number, (readers, guests, state) in enumerate(papers, 1):
            session.add(Document(id=number, kind="receive", flow_id=flow, organ_id=bureau.units["root"], drafter_id=numbers["110001"], title=f"第{number}件", details={}, memo={},
                                 state=state, created_at=bureau.now()))
            session.flush()
            session.execute(insert(Reader), [{"document_id": number, "principal": who} for who in sorted({principal(bureau, numbers, item) for item in readers})])
            for guest, days, ended in guests:
                session.add(Share(document_id=number, principal=principal(bureau, numbers, guest), given_by=numbers["110001"], given_at=bureau.now(),
                                  ends_on=today + timedelta(days=days), reason="x", ended_at=bureau.now() if ended else None))
            session.add(TaskGroup(id=number, document_id=number, step="check", pending=0, opened_at=bureau.now(), closed_at=bureau.now()))
            session.flush()
            session.add(Task(id=number, document_id=number, group_id=number, step="check", holder="clerk:999", state="done", created_at=bureau.now()))
            session.flush()
            session.add(Opinion(id=number, document_id=number, task_id=number, author_id=numbers["110001"], step="check", action="x", text="阅", at=bureau.now()))
        for giver, taker, start, length, ended in stand_ins:
            session.add(Delegation(from_id=numbers[giver], to_id=numbers[taker], starts_on=today + timedelta(days=start), ends_on=today + timedelta(days=start + length),
                                   made_at=bureau.now(), ended_at=bureau.now() if ended else None))


def by_rule(bureau, numbers, papers, login):
    """What the domain says: all that may be read, and what is not merely lent."""
    desk = bureau.desk(login)
    whole, inside = set(), set()
    for number, (readers, guests, _state) in enumerate(papers, 1):
        named = frozenset(principal(bureau, numbers, item) for item in readers)
        lent = frozenset(principal(bureau, numbers, guest) for guest, days, ended in guests if days >= 0 and not ended)
        if may_read(desk.actor, named, lent):
            whole.add(number)
        if may_read(desk.actor, named):
            inside.add(number)
    return whole, inside


def by_query(bureau, login):
    desk = bureau.desk(login)
    with desk.look() as session:
        return set(session.scalars(select(Document.id).where(readable(desk)))), set(session.scalars(select(Document.id).where(handled(desk))))


def by_policy(bureau, login):
    """What the server shows of the bare tables; opinions stand for the handling of a document."""
    with bureau.engine_of(login).connect() as connection:
        return (set(connection.scalars(text("SELECT id FROM document"))), set(connection.scalars(text("SELECT document_id FROM opinion"))))


@pytest.mark.postgres
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(papers=st.lists(PAPER, min_size=1, max_size=8), grants=st.lists(GRANT, max_size=8), stand_ins=st.lists(STAND_IN, max_size=4))
def test_all_three_agree(twins, papers, grants, stand_ins):
    small, large = twins
    numbers = ids(small)
    assert numbers == ids(large)
    for bureau in twins:
        fill(bureau, numbers, papers, grants, stand_ins)
    for login in EYES:
        expected = by_rule(small, numbers, papers, login)
        assert by_query(small, login) == expected, login
        assert by_query(large, login) == expected, login
        assert by_policy(large, login) == expected, login


def test_every_pool_is_one_that_the_rules_know():
    assert set(POOLS) <= set(ROLES)
