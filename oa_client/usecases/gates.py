"""What the login page shows of a database before anybody has signed in (登录页): whose it is, and the personas of a demonstration.

A single-desk database is asked. A shared one answers nobody who has not signed in: of it this PC shows what it learnt
earlier, kept in `servers.json` beside its settings.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Engine, select

from ..settings import home
from ..store import unit as transactions
from ..store.tables import Account, Unit
from ..store.work_tables import Fact

FILE = "servers.json"


@dataclass(frozen=True)
class Persona:
    """Somebody whose desk a demonstration lets one try."""

    login: str
    name: str
    caption: str
    unit: str


@dataclass(frozen=True)
class Gate:
    """What the login page shows of a database. `bureau` is empty where it is not known yet."""

    bureau: str
    demo: bool
    personas: tuple[Persona, ...]
    demo_password: str


def gate(engine: Engine) -> Gate:
    """Whose single-desk database it is, and its personas when it is a demonstration."""
    with transactions.look(engine) as session:
        root = session.scalar(select(Unit).where(Unit.parent_id.is_(None)))
        fact = session.get(Fact, "demo")
        if fact is None:
            return Gate(root.name if root else "", False, (), "")
        rows = session.execute(select(Account.login, Account.name, Unit.short).join(Unit, Unit.id == Account.unit_id).where(
            Account.login.in_([login for login, _caption in fact.value["personas"]])))
        known = {login: (name, unit) for login, name, unit in rows}
        personas = tuple(Persona(login, known[login][0], caption, known[login][1])
                         for login, caption in fact.value["personas"] if login in known)
        return Gate(root.name if root else "", True, personas, fact.value["password"])


def known_gate(url: str) -> Gate:
    """What this PC knows of a shared database."""
    known = _read().get(url, {})
    personas = tuple(Persona(**item) for item in known.get("personas", ()))
    return Gate(known.get("bureau", ""), bool(personas), personas, known.get("demo_password", ""))


def remember_bureau(url: str, bureau: str) -> None:
    """Note whose shared database it is, for the next time."""
    known = _read().get(url, {})
    if known.get("bureau") != bureau:
        _write(url, {**known, "bureau": bureau})


def remember_demo(url: str, made: Gate) -> None:
    """Note the personas of a demonstration on a server; everything in it is invented, its password too."""
    _write(url, {"bureau": made.bureau, "personas": [asdict(item) for item in made.personas], "demo_password": made.demo_password})


def _read() -> dict[str, Any]:
    try:
        found = json.loads((home() / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(url: str, known: dict[str, Any]) -> None:
    fresh = home() / f"{FILE}.new"
    fresh.write_text(json.dumps({**_read(), url: known}, ensure_ascii=False, indent=1), "utf-8")
    fresh.replace(home() / FILE)
