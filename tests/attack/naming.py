"""The ids of the stage by name: `<review>` a paper, `<review.task>` its open to-do, `<p.120003>` an account, `<u.root>` a unit."""

from typing import Any

import psycopg

from tests.small_bureau import VERIFIER, Bureau

_PARTS = (
    ("task{n}", "SELECT id FROM task WHERE document_id = %s AND state = 'open' ORDER BY id"),
    ("done{n}", "SELECT id FROM task WHERE document_id = %s AND state = 'done' ORDER BY id DESC"),
    ("group{n}", "SELECT id FROM task_group WHERE document_id = %s ORDER BY closed_at IS NOT NULL, id DESC"),
    ("file{n}", "SELECT id FROM attachment WHERE document_id = %s ORDER BY position"),
    ("sha{n}", "SELECT sha256 FROM attachment WHERE document_id = %s ORDER BY position"),
    ("addressee{n}", "SELECT id FROM addressee WHERE document_id = %s ORDER BY position"),
    ("opinion{n}", "SELECT id FROM opinion WHERE document_id = %s ORDER BY id"),
    ("share{n}", "SELECT id FROM share WHERE document_id = %s ORDER BY id"),
)


def names(bureau: Bureau, papers: dict[str, int], connection: psycopg.Connection[Any]) -> dict[str, str]:
    """Every name with its id; the second of several has a 2 behind it."""
    found = {f"u.{key}": str(number) for key, number in bureau.units.items()}
    found |= {f"p.{login}": str(number) for login, number in connection.execute("SELECT login, id FROM account")}
    found |= {f"v.{login}": str(version) for login, version in connection.execute("SELECT login, version FROM account")}
    found |= {f"flow.{key}": str(number) for key, number in connection.execute("SELECT key, id FROM flow_definition")}
    found |= {f"consent.{kind}": str(number) for kind, number in connection.execute("SELECT kind, id FROM consent WHERE decision = ''")}
    found |= {f"delegation.{login}": str(number) for login, number in connection.execute("SELECT c.login, d.id FROM delegation d JOIN "
        "account c ON c.id = d.from_id")}
    found |= {"db.name": connection.info.dbname, "verifier": VERIFIER}
    for paper, number in papers.items():
        found[paper] = str(number)
        for part, query in _PARTS:
            for at, (value,) in enumerate(connection.execute(query.encode(), (number,)), 1):
                found[f"{paper}.{part.format(n='' if at == 1 else at)}"] = str(value)
    return found
