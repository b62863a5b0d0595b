"""Making the demo bureau (演示库): people and units, then two years of papers, on an empty database."""

import json
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, make_url

from ..domain.errors import Refused
from ..settings import resource
from ..store import engine as engines
from ..store import making, schema
from ..store import unit as transactions
from ..store.access_tables import Post
from ..store.tables import Account, RoleGrant, Unit
from ..store.work_tables import Fact
from . import moving
from .connecting import plain
from .demo_papers import personas, plan_papers
from .demo_people import PlannedPerson, plan_people
from .demo_stage import Stage, scenes_of
from .desk import BEIJING, now
from .directory import reading_keys
from .gates import gate, remember_demo
from .passwords import HASHER
from .policy import random_password
from .reaching import open_database
from .setting_up import publish_flows, seed_calendar, state

Report = Callable[[int, int, str], None]


def create_demo(url: str, seed: int = 1, report: Report | None = None, today: date | None = None) -> None:
    """Make a demo bureau at an empty address; the same seed makes the same bureau, but for the password.

    It is made in a data file, beside its place, and moved when whole: a break leaves nothing. For a server the file is
    copied there.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        _on_server(url, seed, report, today)
        return
    target = Path(parsed.database or "")
    if target.exists():
        raise Refused(f"「{target.name}」已经存在，没有改动。", "请换一个文件名，或先移走旧的演示库。")
    target.parent.mkdir(parents=True, exist_ok=True)
    building = target.with_name(f"{target.name}.building")
    _remove(building)
    engine = engines.connect(engines.sqlite_url(building), durable=False)
    try:
        _fill(engine, seed, report, today)
        engine.dispose()
        building.rename(target)
    finally:
        engine.dispose()
        _remove(building)


def _on_server(url: str, seed: int, report: Report | None, today: date | None) -> None:
    """Everything in it was made by the ordinary stories, by many officers over two years: a server's guards would date it all today."""
    making.make_missing(url)
    target = open_database(url)
    if not state(target).empty or schema.current(target):
        raise Refused("这个库里已有数据，没有改动。", "演示库只建在空库上。")
    with tempfile.TemporaryDirectory(prefix="wenshu-demo") as folder:
        file = engines.sqlite_url(Path(folder) / "demo.db")
        create_demo(file, seed, report, today)
        source = engines.connect(file)
        try:
            made = gate(source)
            moving.move(source, target, made.demo_password, report)
        finally:
            source.dispose()
            target.dispose()
    remember_demo(plain(url), made)


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _fill(engine: Engine, seed: int, report: Report | None, today: date | None) -> None:
    if not state(engine).empty:
        raise Refused("这个库里已有数据，没有改动。", "演示库只建在空库上。")
    tell = report or (lambda _done, _total, _words: None)
    data = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(resource("demo").glob("*.json"))}
    day = today or now().astimezone(BEIJING).date()
    people = plan_people(data, seed)
    scenes = scenes_of(plan_papers(people, data, seed, day))
    tell(0, len(scenes), "建立单位和账号")
    schema.upgrade(engine)
    units = _people(engine, data, people)
    stage = Stage(engine, units)
    for done, scene in enumerate(scenes, 1):
        stage.play(scene)
        tell(done, len(scenes), "公文办理")


def _people(engine: Engine, data: dict[str, Any], planned: tuple[PlannedPerson, ...]) -> dict[str, int]:
    bureau = data["bureau"]
    password = random_password()
    hashed = HASHER.hash(password)
    with transactions.unit(engine) as session:
        publish_flows(session)
        seed_calendar(session)
        units: dict[str, int] = {}
        for position, item in enumerate([bureau["root"], *bureau["units"]]):
            codes = " ".join(item.get("number_codes") or [item["number_code"]])
            unit = Unit(parent_id=units.get("root"), key=item["key"], code=item["code"], name=item["name"], short=item["short"], kind=item["kind"],
                        number_codes=codes, position=position)
            session.add(unit)
            session.flush()
            units[item["key"]] = unit.id
        root = bureau["root"]
        superiors = sorted({*root["direct_superiors"], *(organ["name"] for organ in bureau["outside"]["superior"])})
        session.add(Fact(key="bureau", value={"fonds": "Z109", "superiors": superiors, "direct_superiors": root["direct_superiors"]}))
        session.add(Fact(key="demo", value={"password": password, "personas": [list(item) for item in personas(planned, data)]}))
        leading = [(root["key"], item["role"], item["post"]) for item in root["leadership"]]
        leading += [(item["key"], "deputy" if number else "chief", title) for item in bureau["units"] for number, title in enumerate(item["posts"])]
        session.add_all(Post(unit_id=units[key], role=role, title=title, position=position) for position, (key, role, title) in enumerate(leading))
        for person in planned:
            account = Account(login=person.login, name=person.name, unit_id=units[person.unit], post=person.post, keys=reading_keys(person.name),
                              password_hash=hashed, must_change=False, created_at=now())
            session.add(account)
            session.flush()
            for role, unit_key in person.grants:
                session.add(RoleGrant(account_id=account.id, role=role, unit_id=units[unit_key]))
    return units
