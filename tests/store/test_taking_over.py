"""A database of the first revision gets chains that verify: its events, its opinions, its numbers."""

import json
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, text

from oa_client.settings import resource
from oa_client.store import auditing, engine, unit
from oa_client.usecases import setting_up

MOMENT = datetime(2026, 3, 2, 1, 2, 3, 456789, tzinfo=UTC)
FLOW = json.loads(resource("flows/send.json").read_text("utf-8"))
INI = Path(__file__).parent.parent.parent / "database" / "alembic.ini"
ROWS = (
    ("unit", {"id": 1, "key": "root", "code": "SJU", "name": "云岚市公安局", "short": "市局", "kind": "bureau", "number_codes": "云公发", "position": 0}),
    ("account", {"id": 1, "login": "110001", "name": "苏明禾", "unit_id": 1, "post": "", "keys": "", "password_hash": "", "active": True, "must_change": False, "failed": 0,
                 "version": 1, "created_at": MOMENT}),
    ("flow_definition", {"id": 100, "key": "send", "version": FLOW["version"], "body": FLOW, "published_at": MOMENT}),
    ("document", {"id": 1, "kind": "send", "flow_id": 100, "organ_id": 1, "drafter_id": 1, "title": "通知", "doc_type": "通知", "urgency": "平件", "openness": "", "openness_reason": "",
                  "from_organ": "", "number": "云公发〔2026〕1号", "main_to": "", "copy_to": "", "nature": "handle", "copies": 1, "body": "", "details": {}, "memo": {}, "state": "filed",
                  "step": "file", "where_now": "", "version": 1, "created_at": MOMENT}),
    ("task_group", {"id": 1, "document_id": 1, "step": "sign", "pending": 0, "opened_at": MOMENT}),
    ("task", {"id": 1, "document_id": 1, "group_id": 1, "step": "sign", "part": "sole", "box": "todo", "holder": "person:1", "state": "done", "action": "sign", "actor_id": 1, "urged": 0,
              "version": 2, "created_at": MOMENT}),
    ("opinion", {"id": 1, "document_id": 1, "task_id": 1, "author_id": 1, "step": "sign", "action": "sign", "text": "同意。", "at": MOMENT}),
    ("archive_item", {"document_id": 1, "fonds": "Z109", "category": "WS", "year": 2026, "retention": "D30", "unit_code": "SJU", "seq": 1, "reference": "Z109-WS·2026-D30-SJU-0001", "pages": 1,
                      "note": "", "filed_by": 1, "filed_at": MOMENT}),
    ("event", {"id": 1, "document_id": 1, "task_id": 1, "at": MOMENT, "account_id": 1, "action": "sign", "words": "签发", "terminal": "终端", "detail": {}}),
    ("event", {"id": 2, "document_id": 1, "at": MOMENT, "account_id": 1, "action": "numbered", "words": "编号 云公发〔2026〕1号，印发 3 份", "terminal": "终端", "detail": {}}),
    ("event", {"id": 5, "document_id": 1, "at": MOMENT, "account_id": 1, "action": "filed", "words": "归档，档号 Z109-WS·2026-D30-SJU-0001", "terminal": "终端", "detail": {}}),
    ("event", {"id": 6, "at": MOMENT, "account_id": 1, "action": "sign_in", "words": "登录", "terminal": "终端", "detail": {}}),
)


def test_what_was_there_is_linked_and_opinions_are_put_on_record(database_url):
    made = engine.connect(database_url)
    _first_revision(made)
    assert "已从版本 0001 升级" in setting_up.upgrade(made)
    with made.connect() as connection:
        assert connection.execute(text("SELECT id, stream, action FROM audit_event WHERE id < 8 ORDER BY id")).all() == [
            (1, "d1", "sign"), (2, "d1", "numbered"), (5, "d1", "filed"), (6, "a1", "sign_in"), (7, "d1", "opinion")]
    assert _faults(made) == set()
    for edit, kind in (("UPDATE opinion SET text = '不同意。'", "opinion"), ("UPDATE document SET number = '云公发〔2026〕11号'", "number"),
                       ("UPDATE archive_item SET reference = 'Z109-WS·2026-D30-SJU-000'", "reference")):
        with made.execution_options(writes=True).begin() as connection:
            if made.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(edit))
        assert kind in _faults(made)
    made.dispose()


def _first_revision(made):
    config = Config(str(INI))
    with made.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        tables = MetaData()
        tables.reflect(connection)
        for name, row in ROWS:
            table = tables.tables[name]
            kept = {key: value.replace(tzinfo=None) if isinstance(value, datetime) and made.dialect.name == "sqlite" else value for key, value in row.items()}
            connection.execute(table.insert(), {key: value for key, value in kept.items() if key in table.columns})


def _faults(made):
    with unit.look(made) as session:
        return {fault.kind for fault in auditing.verify(session).faults}
