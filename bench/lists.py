"""The first page of a list and the counts, against the bare statement for the newest fifty rows."""

from collections.abc import Iterator

from _measuring import compare, given, show  # first: it finds the product
from _stock import stocked
from sqlalchemy import text

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

if __name__ == "__main__":
    import tempfile
    from pathlib import Path

    asked = given(__doc__)
    with tempfile.TemporaryDirectory(prefix="wenshu-bench") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        show(__doc__, (compare(*pair, 3 if asked.quick else 15) for pair in pairs(url, 300 if asked.quick else 5000)), asked)
