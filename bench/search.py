"""Full-text search, against LIKE over the same folded text: the same documents come back."""

from collections.abc import Iterator

from sqlalchemy import text

from bench.stock import stocked
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
