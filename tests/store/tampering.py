"""Tamperings with the audit by somebody who holds the database itself: each changes something and names the chains that must be found out."""

import hashlib
import random
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text, update

from oa_client.domain.chain import Happening, digest
from oa_client.store import engine as engines
from oa_client.store.audit_tables import Event, Head, Link
from oa_client.store.tables import Document
from oa_client.store.work_tables import ArchiveItem, Opinion

BOUND = ("opinion", "numbered", "filed")
SIGNS = "公安刑侦「」，。'\"\\%_☃𠀀é\t{}:1 "
Chains = set[str]


@contextmanager
def superuser(url: str):
    """A connection that no trigger and no foreign key holds back, within a transaction that is undone."""
    engine = engines.connect(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection
        connection.rollback()
    engine.dispose()


class Forger:
    """Chooses at random what to tamper with."""

    def __init__(self, connection: Connection, chance: random.Random) -> None:
        self.connection, self.chance = connection, chance

    def rows(self, query: Any) -> list[Any]:
        return list(self.connection.execute(query).all())

    def run(self, *statements: Any) -> None:
        for statement in statements:
            self.connection.execute(statement)

    def one(self, query: Any) -> Any:
        return self.chance.choice(self.rows(query))

    def event(self, *narrow: Any) -> Any:
        return self.one(select(Event.__table__).where(*narrow).order_by(Event.id))

    def chain(self, least: int = 1) -> list[Any]:
        """The links of a chain, in order, with their events."""
        name = self.one(select(Head.stream).where(Head.seq >= least).order_by(Head.stream)).stream
        return self.links(name)

    def links(self, name: str) -> list[Any]:
        return self.rows(select(Link.__table__, Event.action).join(Event, Event.id == Link.event_id).where(Link.stream == name).order_by(Link.seq))

    def happening(self, event_id: int) -> Happening:
        row = self.connection.execute(select(Event.__table__).where(Event.id == event_id)).mappings().one()
        return Happening(**row)

    def words(self) -> str:
        return "".join(self.chance.choice(SIGNS) for _ in range(self.chance.randint(1, 12)))

    def relink(self, links: list[Any], before: str) -> str:
        """Hash links anew, one after the other; gives the last hash."""
        for link in links:
            fresh = digest(self.happening(link.event_id), before)
            self.run(update(Link).where(Link.event_id == link.event_id).values(prev=before, hash=fresh))
            before = fresh
        return before


def edit_event(forger: Forger) -> Chains:
    """Any column of an event."""
    event = forger.event()
    column = forger.chance.choice([column.name for column in Event.__table__.columns])
    before = getattr(event, column)
    values = {
        "id": event.id + 10_000, "at": event.at + timedelta(microseconds=forger.chance.choice((1, -1, 3_600_000_000))), "document_id": (before or 0) + 1 if column == "document_id" else 0,
        "task_id": (before or 0) + 1 if column == "task_id" else 0, "account_id": (before or 0) + 1 if column == "account_id" else 0, "result": "refused" if before == "done" else "done",
        "stream": f"{event.stream}1", "action": f"x{event.action}"[:30],
    }
    value = values.get(column, f"{before}{forger.words()}" if isinstance(before, str) else None)
    forger.run(update(Event).where(Event.id == event.id).values({column: value}))
    return {event.stream}


def empty_a_value(forger: Forger) -> Chains:
    """A value of an event taken away."""
    column = forger.chance.choice(["document_id", "task_id", "account_id"])
    event = forger.event(Event.__table__.c[column].is_not(None))
    forger.run(update(Event).where(Event.id == event.id).values({column: None}))
    return {event.stream}


def delete_event(forger: Forger) -> Chains:
    """An event, its link left."""
    event = forger.event()
    forger.run(delete(Event).where(Event.id == event.id))
    return {event.stream}


def delete_event_and_link(forger: Forger) -> Chains:
    """An event with its link; the last of a chain is not adjusted in the head."""
    event = forger.event()
    forger.run(delete(Link).where(Link.event_id == event.id), delete(Event).where(Event.id == event.id))
    return {event.stream}


def delete_and_close_up(forger: Forger) -> Chains:
    """An event with its link out of the middle, the numbers of those after it closed up."""
    links = forger.chain(3)
    at = forger.chance.randrange(len(links) - 1)
    forger.run(delete(Link).where(Link.event_id == links[at].event_id), delete(Event).where(Event.id == links[at].event_id))
    for link in links[at + 1:]:
        forger.run(update(Link).where(Link.event_id == link.event_id).values(seq=link.seq - 1))
    forger.run(update(Head).where(Head.stream == links[0].stream).values(seq=Head.seq - 1))
    return {links[0].stream}


def delete_link(forger: Forger) -> Chains:
    """A link, its event left."""
    link = forger.one(select(Link.__table__).order_by(Link.event_id))
    forger.run(delete(Link).where(Link.event_id == link.event_id))
    return {link.stream}


def swap_links(forger: Forger) -> Chains:
    """Two links of a chain change their events, or their places."""
    one, other = forger.chance.sample(forger.chain(2), 2)
    column = forger.chance.choice(["event_id", "seq"])
    first, second = getattr(one, column), getattr(other, column)
    for key, value in ((one.hash, -1), (other.hash, first), (one.hash, second)):
        forger.run(update(Link).where(Link.hash == key).values({column: value}))
    return {one.stream}


def swap_events(forger: Forger) -> Chains:
    """Two events of a chain change their places."""
    one, other = forger.chance.sample(forger.chain(2), 2)
    for key, value in ((one.event_id, -1), (other.event_id, one.event_id), (-1, other.event_id)):
        forger.run(update(Event).where(Event.id == key).values(id=value))
    return {one.stream}


def insert_event(forger: Forger) -> Chains:
    """A forged event without a link."""
    forged = _forged(forger, forger.event().stream)
    return {forged.stream}


def insert_into_chain(forger: Forger) -> Chains:
    """A forged event with a link that fits what is before it; those after it are moved on and not hashed anew."""
    links = forger.chain()
    forged, at = _forged(forger, links[0].stream), forger.chance.randrange(len(links))
    for link in reversed(links[at:]):
        forger.run(update(Link).where(Link.event_id == link.event_id).values(seq=link.seq + 1))
    before = links[at].prev
    forger.run(insert(Link).values(event_id=forged.id, stream=forged.stream, seq=at + 1, prev=before, hash=digest(forged, before), era=1),
               update(Head).where(Head.stream == forged.stream).values(seq=Head.seq + 1))
    return {forged.stream}


def add_to_chain(forger: Forger) -> Chains:
    """A forged event at the end of a chain, the head not adjusted."""
    links = forger.chain()
    forged, last = _forged(forger, links[0].stream), links[-1]
    forger.run(insert(Link).values(event_id=forged.id, stream=forged.stream, seq=last.seq + 1, prev=last.hash, hash=digest(forged, last.hash), era=1))
    return {forged.stream}


def link_elsewhere(forger: Forger) -> Chains:
    """A forged event of one chain at the end of another, whose head is adjusted."""
    one, other = forger.chance.sample([row.stream for row in forger.rows(select(Head.stream).order_by(Head.stream))], 2)
    forged, last = _forged(forger, other), forger.links(one)[-1]
    fresh = digest(forged, last.hash)
    forger.run(insert(Link).values(event_id=forged.id, stream=one, seq=last.seq + 1, prev=last.hash, hash=fresh, era=1),
               update(Head).where(Head.stream == one).values(seq=last.seq + 1, hash=fresh))
    return {one}


def edit_and_hash(forger: Forger) -> Chains:
    """An event edited and its own link hashed anew, but nothing after it."""
    link = forger.chance.choice(forger.chain())
    forger.run(update(Event).where(Event.id == link.event_id).values(terminal=forger.words()))
    forger.relink([link], link.prev)
    return {link.stream}


def edit_link(forger: Forger) -> Chains:
    """What a link says of itself."""
    link = forger.one(select(Link.__table__).order_by(Link.event_id))
    wrong = hashlib.sha256(forger.words().encode()).hexdigest()
    values = forger.chance.choice([{"prev": wrong}, {"hash": wrong}, {"seq": link.seq + 1000}, {"seq": -(2**31)}, {"stream": "x"}, {"hash": ""}])
    forger.run(update(Link).where(Link.event_id == link.event_id).values(values))
    return {link.stream, values.get("stream", link.stream)}


def edit_head(forger: Forger) -> Chains:
    """What a head says, or the whole head."""
    head = forger.one(select(Head.__table__).order_by(Head.stream))
    here = Head.stream == head.stream
    forger.run(forger.chance.choice([delete(Head).where(here), update(Head).where(here).values(seq=Head.seq - 1), update(Head).where(here).values(hash="0" * 64)]))
    return {head.stream}


def edit_opinion(forger: Forger) -> Chains:
    """The text of an opinion, whose it is, or the whole opinion."""
    opinion = forger.one(select(Opinion.__table__).order_by(Opinion.id))
    here = Opinion.id == opinion.id
    forger.run(forger.chance.choice([update(Opinion).where(here).values(text=opinion.text + forger.words()), update(Opinion).where(here).values(text="不同意。"),
                                     update(Opinion).where(here).values(author_id=opinion.author_id + 1), delete(Opinion).where(here)]))
    return {f"d{opinion.document_id}"}


def edit_number(forger: Forger) -> Chains:
    """A document's number, or an archive reference; or it is taken away."""
    if forger.chance.random() < 0.5:
        paper = forger.one(select(Document.id, Document.number).where(Document.kind == "send", Document.number != "").order_by(Document.id))
        forger.run(update(Document).where(Document.id == paper.id).values(number=forger.chance.choice(["", paper.number[1:], paper.number + "1", "云公发〔2026〕99号"])))
        return {f"d{paper.id}"}
    item = forger.one(select(ArchiveItem.document_id, ArchiveItem.reference).order_by(ArchiveItem.document_id))
    forger.run(forger.chance.choice([update(ArchiveItem).where(ArchiveItem.document_id == item.document_id).values(reference=item.reference[:-1]),
                                     delete(ArchiveItem).where(ArchiveItem.document_id == item.document_id)]))
    return {f"d{item.document_id}"}


def cut_tail(forger: Forger) -> Chains:
    """The end of a chain, its head adjusted."""
    links = forger.chain(2)
    loose = next((at for at in range(len(links), 0, -1) if links[at - 1].action in BOUND), 0)
    at = forger.chance.randint(max(loose, 1), len(links) - 1) if loose < len(links) else len(links)
    if at == len(links):
        return cut_tail(forger)  # its last event is held by an opinion or a number, which the chain is not needed for
    for link in links[at:]:
        forger.run(delete(Link).where(Link.event_id == link.event_id), delete(Event).where(Event.id == link.event_id))
    forger.run(update(Head).where(Head.stream == links[0].stream).values(seq=at, hash=links[at - 1].hash))
    return {links[0].stream}


def delete_chain(forger: Forger) -> Chains:
    """A chain with its head, its events and its opinions."""
    links = forger.chain()
    if any(link.action in BOUND[1:] for link in links):
        return delete_chain(forger)
    tasks = select(Event.task_id).where(Event.stream == links[0].stream, Event.action == "opinion")
    forger.run(delete(Opinion).where(Opinion.task_id.in_(tasks)), delete(Link).where(Link.stream == links[0].stream),
               delete(Event).where(Event.stream == links[0].stream), delete(Head).where(Head.stream == links[0].stream))
    return {links[0].stream}


def rewrite_chain(forger: Forger) -> Chains:
    """An event edited and everything after it hashed anew, the head too."""
    links = forger.chain()
    at = forger.chance.randrange(len(links))
    event = forger.happening(links[at].event_id)
    forger.run(update(Event).where(Event.id == event.id).values(login=f"{event.login}9"))
    forger.run(update(Head).where(Head.stream == event.stream).values(hash=forger.relink(links[at:], links[at].prev)))
    return {event.stream}


def _forged(forger: Forger, stream: str) -> Happening:
    """An event like another one, put in."""
    like = forger.happening(forger.event().id)
    number = (forger.connection.scalar(select(func.max(Event.id))) or 0) + 1
    made = replace(like, id=number, stream=stream, action="to_read", task_id=None, detail='{"act": "送传阅", "step": "初审"}')
    forger.run(insert(Event).values(made.__dict__))
    return made


PLAIN: tuple[Callable[[Forger], Chains], ...] = (
    edit_event, empty_a_value, delete_event, delete_event_and_link, delete_and_close_up, delete_link, swap_links, swap_events, insert_event, insert_into_chain,
    add_to_chain, link_elsewhere, edit_and_hash, edit_link, edit_head, edit_opinion, edit_number)
ANCHORED: tuple[Callable[[Forger], Chains], ...] = (cut_tail, delete_chain, rewrite_chain)
