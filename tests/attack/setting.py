"""Building the stage, for the tests and for the table of mutations."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests import postgres
from tests.attack.filling import fill, people
from tests.attack.naming import names
from tests.attack.stage import Stage
from tests.small_bureau import Bureau


@contextmanager
def standing(server: postgres.Address) -> Iterator[Stage]:
    """A filled stage on a server; it goes when it is done with."""
    with postgres.database(server) as url:
        bureau = Bureau.make(url)
        stage = Stage(bureau, {}, server)
        try:
            papers = fill(bureau)
            people(bureau)
            with stage.administrator() as administrator:
                stage.names.update(names(bureau, papers, administrator))
            yield stage
        finally:
            stage.close()
            bureau.close()
