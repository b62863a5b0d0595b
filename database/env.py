"""Runs the migrations on the connection that the store hands over (数据库升级)."""

from alembic import context

from oa_client.store.schema import METADATA, belongs

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, include_object=belongs, compare_type=True,
                  render_as_batch=False)
with context.begin_transaction():
    context.run_migrations()
