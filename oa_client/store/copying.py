"""Copying a data file into an empty shared database (搬库): every row as it is, then the search index and the numbers to go on with."""

from collections.abc import Callable

from sqlalchemy import Connection, Engine, func, insert, select, text

from .enforcing import quoted
from .grams import grams, number_of
from .schema import METADATA
from .work_tables import SearchText

AT_ONCE = 500
Report = Callable[[int, int, str], None]


def copy_rows(source: Engine, target: Engine, report: Report) -> None:
    """Copy every table of a data file into a fresh schema of a server, in one transaction, past guards and triggers (an administrator's login is needed)."""
    tables = METADATA.sorted_tables
    with source.connect() as reading, target.execution_options(writes=True).begin() as writing:
        writing.execute(text("SET LOCAL session_replication_role = replica"))
        for done, table in enumerate(tables):
            report(done, len(tables), "搬入数据")
            rows = reading.execution_options(yield_per=AT_ONCE).execute(select(table)).mappings()
            for part in rows.partitions(AT_ONCE):
                writing.execute(insert(table), [dict(row) for row in part])
        _index(writing)
        _go_on(writing)


def _index(writing: Connection) -> None:
    rows = writing.execute(select(SearchText.document_id, SearchText.text)).all()
    values = [{"id": document_id, "g": sorted({number_of(gram) for gram in grams(whole)})} for document_id, whole in rows]
    if values:
        writing.execute(text("INSERT INTO doc_gram (document_id, g) VALUES (:id, CAST(:g AS int4[]))"), values)


def _go_on(writing: Connection) -> None:
    """The next id of every table follows the last one copied."""
    for table in METADATA.sorted_tables:
        key = list(table.primary_key.columns)
        sequence = writing.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": quoted(table.name), "column": key[0].name}) if len(key) == 1 else None
        last = writing.scalar(select(func.max(key[0]))) if sequence else None
        if last:
            writing.execute(text("SELECT setval(CAST(:sequence AS regclass), :last)"), {"sequence": sequence, "last": last})
