"""The database and the program put an event into the same hash, whatever stands in it."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from oa_client.domain.chain import Happening, digest
from oa_client.usecases import reaching, setting_up
from tests import postgres

WORDS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]) | st.sampled_from("公安「」，。'\"\\,:☃𠀀\u200b\ufeff\r\n\x1f\x7f"), max_size=40)
BIG, SMALL = st.integers(1, 2**63 - 1), st.integers(1, 2**31 - 1)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2400, 1, 1), timezones=st.just(UTC))
EVENTS = st.builds(
    Happening, BIG, WORDS.map(lambda said: said[:24]), MOMENTS, st.none() | SMALL, WORDS, WORDS, WORDS.map(lambda said: said[:30]), st.sampled_from(["done", "refused", ""]),
    st.none() | BIG, st.none() | BIG, WORDS | st.dictionaries(WORDS, WORDS | st.none(), max_size=3).map(lambda detail: json.dumps(detail, ensure_ascii=False)))


@pytest.fixture(scope="module")
def server(postgres_server):
    with postgres.database(postgres_server) as url:
        engine = reaching.open_database(url)
        setting_up.create(engine, "云岚市公安局", "100900", "首任管理员")
        with engine.connect() as connection:
            yield connection
        engine.dispose()


@pytest.mark.fuzz
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(event=EVENTS, before=st.just("") | st.from_regex("[0-9a-f]{64}", fullmatch=True))
def test_both_agree_on_every_event(server, event, before):
    given_event = json.dumps({**event.__dict__, "at": event.at.isoformat()})
    asked = text("SELECT oa.event_hash(jsonb_populate_record(NULL::audit_event, CAST(:event AS jsonb)), :before)")
    assert server.execute(asked, {"event": given_event, "before": before}).scalar() == digest(event, before)


def test_parts_cannot_run_into_each_other():
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    one = Happening(1, "d1", moment, None, "1,1:2", "", "x", "done", None, None, "{}")
    other = Happening(1, "d1", moment, None, "1", "2", "x", "done", None, None, "{}")
    assert digest(one, "") != digest(other, "")
