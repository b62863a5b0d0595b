"""Full-text search, against LIKE over the same folded text: the same documents come back."""

from collections.abc import Iterator

from _measuring import compare, given, show  # first: it finds the product
from _stock import stocked
from sqlalchemy import text

from oa_client.usecases import library

COUNT = text("SELECT count(*) FROM search_text WHERE text LIKE :word")
LIKE = text("SELECT document_id FROM search_text WHERE text LIKE :word ORDER BY document_id DESC LIMIT 50")


def pairs(url: str, documents: int) -> Iterator[tuple]:
    """What is measured."""
    bureau = stocked(url, documents)
    desk = bureau.desk("110001")

    def like(word: str) -> None:
        with bureau.engine.connect() as connection:
            connection.execute(COUNT, {"word": f"%{word}%"}).scalar()
            connection.execute(LIKE, {"word": f"%{word}%"}).all()

    for kind, word in (("common pair", "政务"), ("four characters", "政务公开"), ("number", "2025〕77号"), ("absent", "从无此词")):
        yield (f"search, {kind}, with count and rights (floor: LIKE with count)", lambda word=word: library.search(desk, library.LibraryFilter(word, filed_only=False)),
               lambda word=word: like(word))

if __name__ == "__main__":
    import tempfile
    from pathlib import Path

    asked = given(__doc__)
    with tempfile.TemporaryDirectory(prefix="wenshu-bench") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        show(__doc__, (compare(*pair, 3 if asked.quick else 15) for pair in pairs(url, 300 if asked.quick else 5000)), asked)
