"""The first page of a list and the counts, against the bare statement for the newest fifty rows."""

from collections.abc import Iterator

from sqlalchemy import text

from bench.stock import stocked
from oa_client.usecases import lists

BARE = text("SELECT * FROM document WHERE id IN (SELECT document_id FROM reader WHERE principal = :who) AND kind = 'receive' ORDER BY id DESC LIMIT 50")
COUNT = text("SELECT count(*) FROM document WHERE id IN (SELECT document_id FROM reader WHERE principal = :who) AND kind = 'receive'")


def pairs(url: str, documents: int) -> Iterator[tuple]:
    """What is measured."""
    bureau = stocked(url, documents)
    desk = bureau.desk("110001")
    who = {"who": f"clerk:{bureau.units['root']}"}

    def bare() -> None:
        with bureau.engine.connect() as connection:
            connection.execute(BARE, who).all()
            connection.execute(COUNT, who).scalar()

    yield f"first page of 收文, {documents} documents (floor: bare SQL)", lambda: lists.page(desk, "receive"), bare
    yield "all counts of the navigation (floor: one bare count)", lambda: lists.counts(desk), lambda: bureau.engine.connect().execute(COUNT, who).close()
