"""The migrations give exactly what the models say, and a check finds what is amiss."""

from sqlalchemy import text

from oa_client.store import schema
from oa_client.usecases import setting_up


def test_head_equals_models(bureau):
    assert schema.current(bureau.engine) == schema.head()
    assert schema.differences(bureau.engine) == []


def test_a_healthy_database_has_nothing_to_say(bureau):
    bureau.register()
    assert setting_up.check(bureau.engine) == []


def test_check_names_what_is_broken(bureau):
    paper = bureau.register()
    with bureau.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE task SET state = 'cancelled' WHERE document_id = :id AND state = 'open'"), {"id": paper})
    found = setting_up.check(bureau.engine)
    assert "有办理中的公文没有任何待办人。" in found
    assert "有环节的待办计数与待办不符。" in found


def test_check_sees_a_changed_schema(bureau):
    with bureau.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DROP INDEX ix_document_number"))
    assert any("ix_document_number" in line for line in setting_up.check(bureau.engine))


def test_upgrading_twice_changes_nothing(bureau):
    assert setting_up.upgrade(bureau.engine) == "数据库已是最新版本。"
