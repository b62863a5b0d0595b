"""First tables: people, flows, documents, work, archive and the search index."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SQLITE_INDEX = """CREATE VIRTUAL TABLE doc_fts USING fts5(x, content='', detail=none, columnsize=0,
 tokenize="ascii tokenchars '!#$%&()*+,-./:;<=>?@[\\]^_{|}~'")"""
POSTGRESQL_INDEX = (
    "CREATE TABLE doc_gram (document_id bigint PRIMARY KEY REFERENCES document(id), g int4[] NOT NULL)",
    "ALTER TABLE doc_gram ALTER g SET STORAGE EXTERNAL",
    "CREATE INDEX ix_doc_gram_g ON doc_gram USING gin (g) WITH (fastupdate = off)",
)

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table('blob',
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('size', BIG_ID, nullable=False),
        sa.PrimaryKeyConstraint('sha256', name='pk_blob')
    )
    op.create_table('calendar_day',
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('kind', sa.String(length=4), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('day', name='pk_calendar_day')
    )
    op.create_table('counter',
        sa.Column('scope', sa.String(length=80), nullable=False),
        sa.Column('last', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('scope', name='pk_counter')
    )
    op.create_table('fact',
        sa.Column('key', sa.String(length=40), nullable=False),
        sa.Column('value', sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint('key', name='pk_fact')
    )
    op.create_table('unit',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('parent_id', sa.Integer(), nullable=True),
        sa.Column('key', sa.String(length=40), nullable=False),
        sa.Column('code', sa.String(length=8), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('short', sa.Text(), nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('number_codes', sa.Text(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['parent_id'], ['unit.id'], name='fk_unit_parent_id'),
        sa.PrimaryKeyConstraint('id', name='pk_unit'),
        sa.UniqueConstraint('key', name='uq_unit_key')
    )
    op.create_table('account',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('login', sa.String(length=20), nullable=False),
        sa.Column('name', sa.String(length=40), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('post', sa.Text(), nullable=False),
        sa.Column('keys', sa.Text(), nullable=False),
        sa.Column('password_hash', sa.Text(), nullable=False),
        sa.Column('active', sa.Boolean(), nullable=False),
        sa.Column('must_change', sa.Boolean(), nullable=False),
        sa.Column('failed', sa.Integer(), nullable=False),
        sa.Column('locked_until', sa.DateTime(timezone=True), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name='fk_account_unit_id'),
        sa.PrimaryKeyConstraint('id', name='pk_account'),
        sa.UniqueConstraint('login', name='uq_account_login')
    )
    op.create_index('ix_account_unit_id', 'account', ['unit_id'], unique=False)
    op.create_table('blob_chunk',
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('seq', sa.Integer(), nullable=False),
        sa.Column('data', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(['sha256'], ['blob.sha256'], name='fk_blob_chunk_sha256'),
        sa.PrimaryKeyConstraint('sha256', 'seq', name='pk_blob_chunk')
    )
    op.create_table('flow_definition',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=20), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.Column('body', sa.JSON(), nullable=False),
        sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name='fk_flow_definition_unit_id'),
        sa.PrimaryKeyConstraint('id', name='pk_flow_definition'),
        sa.UniqueConstraint('key', 'version', 'unit_id', name='uq_flow_definition_key_version_unit_id')
    )
    op.create_table('document',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('kind', sa.String(length=10), nullable=False),
        sa.Column('flow_id', sa.Integer(), nullable=False),
        sa.Column('organ_id', sa.Integer(), nullable=False),
        sa.Column('drafter_id', sa.Integer(), nullable=False),
        sa.Column('source_id', BIG_ID, nullable=True),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('doc_type', sa.String(length=10), nullable=False),
        sa.Column('urgency', sa.String(length=4), nullable=False),
        sa.Column('openness', sa.String(length=10), nullable=False),
        sa.Column('openness_reason', sa.Text(), nullable=False),
        sa.Column('from_organ', sa.Text(), nullable=False),
        sa.Column('number', sa.String(length=80), nullable=False),
        sa.Column('doc_date', sa.Date(), nullable=True),
        sa.Column('received_on', sa.Date(), nullable=True),
        sa.Column('main_to', sa.Text(), nullable=False),
        sa.Column('copy_to', sa.Text(), nullable=False),
        sa.Column('nature', sa.String(length=6), nullable=False),
        sa.Column('copies', sa.Integer(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('details', sa.JSON(), nullable=False),
        sa.Column('memo', sa.JSON(), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('step', sa.String(length=20), nullable=False),
        sa.Column('where_now', sa.Text(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('receive', 'send')", name='ck_document_kind'),
        sa.CheckConstraint("state IN ('running', 'filed', 'closed', 'returned', 'void')", name='ck_document_state'),
        sa.ForeignKeyConstraint(['drafter_id'], ['account.id'], name='fk_document_drafter_id'),
        sa.ForeignKeyConstraint(['flow_id'], ['flow_definition.id'], name='fk_document_flow_id'),
        sa.ForeignKeyConstraint(['organ_id'], ['unit.id'], name='fk_document_organ_id'),
        sa.ForeignKeyConstraint(['source_id'], ['document.id'], name='fk_document_source_id'),
        sa.PrimaryKeyConstraint('id', name='pk_document')
    )
    op.create_index('ix_document_drafter_id_id', 'document', ['drafter_id', 'id'], unique=False)
    op.create_index('ix_document_kind_state_id', 'document', ['kind', 'state', 'id'], unique=False)
    op.create_index('ix_document_number', 'document', ['number'], unique=False)
    op.create_index('ix_document_organ_id_id', 'document', ['organ_id', 'id'], unique=False)
    op.create_index('uq_document_sent_number', 'document', ['number'], unique=True, sqlite_where=sa.text("kind = 'send' AND number <> ''"), postgresql_where=sa.text("kind = 'send' AND number <> ''"))
    op.create_table('role_grant',
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('role', sa.String(length=20), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name='fk_role_grant_account_id'),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name='fk_role_grant_unit_id'),
        sa.PrimaryKeyConstraint('account_id', 'role', 'unit_id', name='pk_role_grant')
    )
    op.create_index('ix_role_grant_role_unit_id', 'role_grant', ['role', 'unit_id'], unique=False)
    op.create_table('addressee',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('document_id', BIG_ID, nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('main', sa.Boolean(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('copy_id', BIG_ID, nullable=True),
        sa.Column('received_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('received_by', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['copy_id'], ['document.id'], name='fk_addressee_copy_id'),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name='fk_addressee_document_id'),
        sa.ForeignKeyConstraint(['received_by'], ['account.id'], name='fk_addressee_received_by'),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name='fk_addressee_unit_id'),
        sa.PrimaryKeyConstraint('id', name='pk_addressee')
    )
    op.create_index('ix_addressee_copy_id', 'addressee', ['copy_id'], unique=False)
    op.create_index('ix_addressee_document_id', 'addressee', ['document_id'], unique=False)
    op.create_table('archive_item',
        sa.Column('document_id', BIG_ID, nullable=False),
        sa.Column('fonds', sa.String(length=4), nullable=False),
        sa.Column('category', sa.String(length=2), nullable=False),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('retention', sa.String(length=3), nullable=False),
        sa.Column('unit_code', sa.String(length=8), nullable=False),
        sa.Column('seq', sa.Integer(), nullable=False),
        sa.Column('reference', sa.String(length=40), nullable=False),
        sa.Column('pages', sa.Integer(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('filed_by', sa.Integer(), nullable=False),
        sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name='fk_archive_item_document_id'),
        sa.ForeignKeyConstraint(['filed_by'], ['account.id'], name='fk_archive_item_filed_by'),
        sa.PrimaryKeyConstraint('document_id', name='pk_archive_item'),
        sa.UniqueConstraint('fonds', 'category', 'year', 'retention', 'unit_code', 'seq', name='uq_archive_item_fonds_category_year_retention_unit_code_seq'),
        sa.UniqueConstraint('reference', name='uq_archive_item_reference')
    )
    op.create_index('ix_archive_item_year', 'archive_item', ['year', 'document_id'], unique=False)
    op.create_table('attachment',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('document_id', BIG_ID, nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('role', sa.String(length=12), nullable=False),
        sa.Column('media', sa.String(length=8), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('size', BIG_ID, nullable=False),
        sa.Column('pages', sa.Integer(), nullable=True),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('added_by', sa.Integer(), nullable=False),
        sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['added_by'], ['account.id'], name='fk_attachment_added_by'),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name='fk_attachment_document_id'),
        sa.ForeignKeyConstraint(['sha256'], ['blob.sha256'], name='fk_attachment_sha256'),
        sa.PrimaryKeyConstraint('id', name='pk_attachment')
    )
    op.create_index('ix_attachment_document_id', 'attachment', ['document_id'], unique=False)
    op.create_index('ix_attachment_sha256', 'attachment', ['sha256'], unique=False)
    op.create_table('reader',
        sa.Column('document_id', BIG_ID, nullable=False),
        sa.Column('principal', sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name='fk_reader_document_id'),
        sa.PrimaryKeyConstraint('document_id', 'principal', name='pk_reader')
    )
    op.create_index('ix_reader_principal_document_id', 'reader', ['principal', 'document_id'], unique=False)
    op.create_table('search_text',
        sa.Column('document_id', BIG_ID, nullable=False),
        sa.Column('head', sa.Text(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('filters', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name='fk_search_text_document_id'),
        sa.PrimaryKeyConstraint('document_id', name='pk_search_text')
    )
    op.create_table('task_group',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('document_id', BIG_ID, nullable=False),
        sa.Column('step', sa.String(length=20), nullable=False),
        sa.Column('pending', sa.Integer(), nullable=False),
        sa.Column('opened_by_task', BIG_ID, nullable=True),
        sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('pending >= 0', name='ck_task_group_pending'),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name='fk_task_group_document_id'),
        sa.PrimaryKeyConstraint('id', name='pk_task_group')
    )
    op.create_index('ix_task_group_document_id', 'task_group', ['document_id'], unique=False)
    op.create_table('task',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('document_id', BIG_ID, nullable=False),
        sa.Column('group_id', BIG_ID, nullable=False),
        sa.Column('step', sa.String(length=20), nullable=False),
        sa.Column('part', sa.String(length=10), nullable=False),
        sa.Column('box', sa.String(length=6), nullable=False),
        sa.Column('holder', sa.String(length=30), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('action', sa.String(length=20), nullable=False),
        sa.Column('actor_id', sa.Integer(), nullable=True),
        sa.Column('from_id', sa.Integer(), nullable=True),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('urged', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'done', 'cancelled')", name='ck_task_state'),
        sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name='fk_task_actor_id'),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name='fk_task_document_id'),
        sa.ForeignKeyConstraint(['from_id'], ['account.id'], name='fk_task_from_id'),
        sa.ForeignKeyConstraint(['group_id'], ['task_group.id'], name='fk_task_group_id'),
        sa.PrimaryKeyConstraint('id', name='pk_task')
    )
    op.create_index('ix_task_actor_id_document_id', 'task', ['actor_id', 'document_id'], unique=False)
    op.create_index('ix_task_document_id', 'task', ['document_id'], unique=False)
    op.create_index('ix_task_group_id', 'task', ['group_id'], unique=False)
    op.create_index('ix_task_open', 'task', ['holder', 'box', 'id'], unique=False, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.create_table('event',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('document_id', BIG_ID, nullable=True),
        sa.Column('task_id', BIG_ID, nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('action', sa.String(length=30), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('terminal', sa.Text(), nullable=False),
        sa.Column('detail', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name='fk_event_account_id'),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name='fk_event_document_id'),
        sa.ForeignKeyConstraint(['task_id'], ['task.id'], name='fk_event_task_id'),
        sa.PrimaryKeyConstraint('id', name='pk_event')
    )
    op.create_index('ix_event_document_id', 'event', ['document_id'], unique=False)
    op.create_table('opinion',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('document_id', BIG_ID, nullable=False),
        sa.Column('task_id', BIG_ID, nullable=False),
        sa.Column('author_id', sa.Integer(), nullable=False),
        sa.Column('step', sa.String(length=20), nullable=False),
        sa.Column('action', sa.String(length=20), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['author_id'], ['account.id'], name='fk_opinion_author_id'),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name='fk_opinion_document_id'),
        sa.ForeignKeyConstraint(['task_id'], ['task.id'], name='fk_opinion_task_id'),
        sa.PrimaryKeyConstraint('id', name='pk_opinion')
    )
    op.create_index('ix_opinion_document_id', 'opinion', ['document_id'], unique=False)
    for statement in (SQLITE_INDEX,) if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_INDEX:
        op.execute(sa.text(statement.replace(":", "\\:")))
