"""Life of accounts, delegations, shares, consents, and the audit chain in place of plain events."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ACCOUNT_ACTIONS = ("sign_in", "password", "account_create", "account_enable", "account_disable", "account_reset", "account_move")
READER_ACTIONS = ("export", "catalogue")

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, take the events over into chains, and give PostgreSQL its arrays of readers."""
    op.add_column('account', sa.Column('closes_on', sa.Date(), nullable=True))
    op.add_column('account', sa.Column('password_at', MOMENT, nullable=True))
    op.create_index('uq_opinion_task_id', 'opinion', ['task_id'], unique=True)
    _accounts()
    _audit()
    _take_over()
    op.drop_index('ix_event_document_id', 'event')
    op.drop_table('event')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE document ADD COLUMN readers int4[] NOT NULL DEFAULT '{}', ADD COLUMN guests int4[] NOT NULL DEFAULT '{}'")
        op.execute("CREATE INDEX ix_document_readers ON document USING gin (readers)")


def _accounts() -> None:
    op.create_table('password_history',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('hash', sa.Text(), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name='fk_password_history_account_id'),
        sa.PrimaryKeyConstraint('id', name='pk_password_history')
    )
    op.create_index('ix_password_history_account_id_id', 'password_history', ['account_id', 'id'], unique=False)
    op.create_table('post',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('role', sa.String(length=20), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('chief', 'deputy')", name='ck_post_role'),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name='fk_post_unit_id'),
        sa.PrimaryKeyConstraint('id', name='pk_post')
    )
    op.create_index('ix_post_unit_id', 'post', ['unit_id'], unique=False)
    op.create_table('delegation',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('from_id', sa.Integer(), nullable=False),
        sa.Column('to_id', sa.Integer(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=True),
        sa.CheckConstraint('from_id <> to_id', name='ck_delegation_persons'),
        sa.CheckConstraint('starts_on <= ends_on', name='ck_delegation_days'),
        sa.ForeignKeyConstraint(['from_id'], ['account.id'], name='fk_delegation_from_id'),
        sa.ForeignKeyConstraint(['to_id'], ['account.id'], name='fk_delegation_to_id'),
        sa.PrimaryKeyConstraint('id', name='pk_delegation')
    )
    op.create_index('ix_delegation_to_id', 'delegation', ['to_id'], unique=False)
    op.create_index('ix_delegation_from_id', 'delegation', ['from_id'], unique=False)
    op.create_table('share',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('document_id', BIG_ID, nullable=False),
        sa.Column('principal', sa.String(length=30), nullable=False),
        sa.Column('given_by', sa.Integer(), nullable=False),
        sa.Column('given_at', MOMENT, nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('ended_at', MOMENT, nullable=True),
        sa.Column('ended_by', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name='fk_share_document_id'),
        sa.ForeignKeyConstraint(['ended_by'], ['account.id'], name='fk_share_ended_by'),
        sa.ForeignKeyConstraint(['given_by'], ['account.id'], name='fk_share_given_by'),
        sa.PrimaryKeyConstraint('id', name='pk_share')
    )
    op.create_index('ix_share_document_id', 'share', ['document_id'], unique=False)
    op.create_index('ix_share_principal', 'share', ['principal', 'ends_on'], unique=False)
    op.create_table('consent',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('asked_by', sa.Integer(), nullable=False),
        sa.Column('asked_at', MOMENT, nullable=False),
        sa.Column('decided_by', sa.Integer(), nullable=True),
        sa.Column('decided_at', MOMENT, nullable=True),
        sa.Column('decision', sa.String(length=10), nullable=False),
        sa.Column('used_at', MOMENT, nullable=True),
        sa.CheckConstraint("decision IN ('', 'agreed', 'refused', 'taken_back')", name='ck_consent_decision'),
        sa.CheckConstraint("kind IN ('appoint', 'dismiss', 'reset')", name='ck_consent_kind'),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name='fk_consent_account_id'),
        sa.ForeignKeyConstraint(['asked_by'], ['account.id'], name='fk_consent_asked_by'),
        sa.ForeignKeyConstraint(['decided_by'], ['account.id'], name='fk_consent_decided_by'),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name='fk_consent_unit_id'),
        sa.PrimaryKeyConstraint('id', name='pk_consent')
    )
    op.create_index('ix_consent_account_id', 'consent', ['account_id'], unique=False)


def _audit() -> None:
    op.create_table('audit_event',
        sa.Column('id', BIG_ID, nullable=False),
        sa.Column('stream', sa.String(length=24), nullable=False),
        sa.Column('document_id', BIG_ID, nullable=True),
        sa.Column('task_id', BIG_ID, nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=True),
        sa.Column('login', sa.Text(), nullable=False),
        sa.Column('terminal', sa.Text(), nullable=False),
        sa.Column('action', sa.String(length=30), nullable=False),
        sa.Column('result', sa.String(length=8), nullable=False),
        sa.Column('detail', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name='fk_audit_event_account_id'),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name='fk_audit_event_document_id'),
        sa.ForeignKeyConstraint(['task_id'], ['task.id'], name='fk_audit_event_task_id'),
        sa.PrimaryKeyConstraint('id', name='pk_audit_event')
    )
    op.create_index('ix_audit_event_document_id', 'audit_event', ['document_id'], unique=False)
    op.create_index('ix_audit_event_account_id_id', 'audit_event', ['account_id', 'id'], unique=False)
    op.create_index('ix_audit_event_action_id', 'audit_event', ['action', 'id'], unique=False)
    op.create_table('audit_link',
        sa.Column('event_id', BIG_ID, nullable=False),
        sa.Column('stream', sa.String(length=24), nullable=False),
        sa.Column('seq', sa.Integer(), nullable=False),
        sa.Column('prev', sa.String(length=64), nullable=False),
        sa.Column('hash', sa.String(length=64), nullable=False),
        sa.Column('era', BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(['event_id'], ['audit_event.id'], name='fk_audit_link_event_id'),
        sa.PrimaryKeyConstraint('event_id', name='pk_audit_link'),
        sa.UniqueConstraint('stream', 'seq', name='uq_audit_link_stream_seq')
    )
    op.create_table('audit_head',
        sa.Column('stream', sa.String(length=24), nullable=False),
        sa.Column('seq', sa.Integer(), nullable=False),
        sa.Column('hash', sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint('stream', name='pk_audit_head')
    )


def _take_over() -> None:
    """The events so far, in the order in which they were written, become the beginning of the chains; after them the opinions so far are put on record."""
    connection = op.get_bind()
    made = sa.MetaData()
    event, link, head, old, account, opinion = (sa.Table(name, made, autoload_with=connection)
                                                for name in ("audit_event", "audit_link", "audit_head", "event", "account", "opinion"))
    logins = dict(connection.execute(sa.select(account.c.id, account.c.login)).all())
    heads: dict[str, tuple[int, str]] = {}
    events = [_event(row, logins) for row in connection.execute(sa.select(old).order_by(old.c.id)).mappings()]
    last = events[-1]["id"] if events else 0
    events += [_opinion(row, logins, last + place) for place, row in enumerate(connection.execute(sa.select(opinion).order_by(opinion.c.id)).mappings(), 1)]
    for values in events:
        connection.execute(event.insert(), values)
        seq, before = heads.get(values["stream"], (0, ""))
        digest = _digest(values, before)
        connection.execute(link.insert(), {"event_id": values["id"], "stream": values["stream"], "seq": seq + 1, "prev": before, "hash": digest, "era": values["id"]})
        heads[values["stream"]] = (seq + 1, digest)
    for stream, (seq, digest) in heads.items():
        connection.execute(head.insert(), {"stream": stream, "seq": seq, "hash": digest})
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT setval('audit_event_id_seq', greatest((SELECT coalesce(max(id), 0) FROM audit_event), 1))"))


def _event(row, logins) -> dict:
    detail = {"words": row["words"], **(row["detail"] or {})}
    who = row["account_id"] or 0
    about = detail.get("account", who)
    stream = f"a{about}" if row["action"] in ACCOUNT_ACTIONS else f"r{who}" if row["action"] in READER_ACTIONS else f"d{row['document_id']}"
    return {"id": row["id"], "stream": stream, "document_id": row["document_id"], "task_id": row["task_id"], "at": _kept(row["at"]), "account_id": row["account_id"],
            "login": logins.get(row["account_id"], ""), "terminal": row["terminal"], "action": row["action"], "result": "done",
            "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True)}


def _opinion(row, logins, number: int) -> dict:
    digest = hashlib.sha256(row["text"].encode()).hexdigest()
    return {"id": number, "stream": f"d{row['document_id']}", "document_id": row["document_id"], "task_id": row["task_id"], "at": _kept(row["at"]),
            "account_id": row["author_id"], "login": logins.get(row["author_id"], ""), "terminal": "", "action": "opinion", "result": "done",
            "detail": json.dumps({"sha256": digest})}


def _kept(at: datetime) -> datetime:
    moment = at if at.tzinfo else at.replace(tzinfo=UTC)
    return moment.replace(tzinfo=None) if op.get_bind().dialect.name == "sqlite" else moment


def _digest(values: dict, before: str) -> str:
    """As the product had it at this revision: each part with its length before it, after the hash before."""
    moment = values["at"].replace(tzinfo=UTC) if values["at"].tzinfo is None else values["at"]
    micros = (moment - EPOCH) // timedelta(microseconds=1)
    parts = [before, values["stream"], values["id"], micros, values["account_id"], values["login"], values["terminal"], values["action"], values["result"],
             values["document_id"], values["task_id"], values["detail"]]
    texts = ["" if part is None else str(part) for part in parts]
    return hashlib.sha256(",".join(f"{len(text.encode())}:{text}" for text in texts).encode()).hexdigest()
