"""A large bureau on PostgreSQL (大库): documents and to-dos by the million, made in SQL, read by officers of four kinds."""

from _measuring import Row  # noqa: F401 - first: it finds the product
from sqlalchemy import text

CASTS = """
CREATE TEMP TABLE people AS SELECT id, unit_id, row_number() OVER (ORDER BY id) - 1 AS place FROM account;
CREATE TEMP TABLE organs AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM unit;
"""
DOCUMENTS = """
INSERT INTO document (kind, flow_id, organ_id, drafter_id, title, doc_type, urgency, openness, openness_reason, from_organ, number, doc_date, received_on, main_to, copy_to, nature, copies, body,
  details, memo, state, step, where_now, version, created_at, readers)
SELECT 'receive', (SELECT min(flow_id) FROM oa.rule_flow WHERE key = 'receive'), o.id, p.id, '关于第' || n || '项工作的通知', '通知', CASE WHEN n % 20 = 0 THEN '加急' ELSE '平件' END, '', '', '江北省公安厅',
  '江公〔2025〕' || n || '号', DATE '2024-01-01' + (n / 2000)::int, DATE '2024-01-02' + (n / 2000)::int, '', '', 'handle', 1, repeat('现就有关事项通知如下。', 30), '{}', '{}',
  CASE WHEN n % 25 = 0 THEN 'running' ELSE 'filed' END, CASE WHEN n % 25 = 0 THEN 'handle' ELSE 'file' END, '', 1, TIMESTAMPTZ '2024-01-01 08:00+08' + n * interval '40 seconds',
  ARRAY[p.id, 100000000 + (SELECT no FROM oa.rule_role WHERE role = 'leader') * 1000000 + o.id, 100000000 + (SELECT no FROM oa.rule_role WHERE role = 'clerk') * 1000000 + o.id,
    q.id, r.id, 100000000 + (SELECT no FROM oa.rule_role WHERE role = 'archivist') * 1000000 + o.id]
FROM generate_series(1, :documents) n
JOIN organs o ON o.place = (hashint4(n) & 1023) % (SELECT count(*) FROM organs)
JOIN people p ON p.place = (hashint4(n * 7 + 1) & 65535) % (SELECT count(*) FROM people)
JOIN people q ON q.place = (hashint4(n * 11 + 2) & 65535) % (SELECT count(*) FROM people)
JOIN people r ON r.place = (hashint4(n * 13 + 3) & 65535) % (SELECT count(*) FROM people)
"""
WORK = (
    "INSERT INTO task_group (document_id, step, pending, opened_at, closed_at) SELECT id, 'handle', CASE state WHEN 'running' THEN 1 ELSE 0 END, created_at, CASE state WHEN 'filed' THEN created_at END FROM document",
    """INSERT INTO task (document_id, group_id, step, part, box, holder, state, action, actor_id, from_id, urged, version, created_at, done_at)
SELECT d.id, g.id, 'handle', 'sole', 'todo', 'person:' || d.readers[k.n], CASE WHEN k.n = 4 AND d.state = 'running' THEN 'open' ELSE 'done' END, CASE WHEN k.n = 4 AND d.state = 'running' THEN '' ELSE 'finish' END,
  CASE WHEN k.n = 4 AND d.state = 'running' THEN NULL ELSE d.drafter_id END, d.drafter_id, 0, 1, d.created_at, CASE WHEN k.n = 4 AND d.state = 'running' THEN NULL ELSE d.created_at END
FROM document d JOIN task_group g ON g.document_id = d.id CROSS JOIN (VALUES (1), (4), (5), (1), (5)) AS k(n)""",
    "INSERT INTO opinion (document_id, task_id, author_id, step, action, text, at) SELECT document_id, id, actor_id, step, action, '已办理，情况如下。', created_at FROM task WHERE state = 'done' AND id % 3 = 0",
    "INSERT INTO reader SELECT d.id, 'person:' || p FROM document d, unnest(d.readers[1:1] || d.readers[4:5]) p ON CONFLICT DO NOTHING",
)


def fill(bureau, documents: int, people: int) -> list[str]:
    """Make the stock as an administrator, past guards and triggers; gives the logins of the officers."""
    logins = _people(bureau, people)
    with bureau.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("SET LOCAL work_mem = '256MB'"))
        connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
        for statement in CASTS.strip().split(";"):
            if statement.strip():
                connection.execute(text(statement))
        connection.execute(text(DOCUMENTS), {"documents": documents})
        for statement in WORK:
            connection.execute(text(statement))
    with bureau.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return logins


def _people(bureau, people: int) -> list[str]:
    """32 units with so many officers; of each unit one leads and one is its clerk."""
    from oa_client.store import unit
    from oa_client.store.guard import call
    from oa_client.store.tables import Account, RoleGrant, Unit
    from tests.small_bureau import VERIFIER

    logins = []
    with unit.unit(bureau.engine) as session:
        made = [Unit(parent_id=bureau.units["root"], key=f"x{n}", code=f"X{n:02d}", name=f"第{n}支队", short=f"第{n}支队", kind="division", number_codes="", position=50 + n) for n in range(28)]
        session.add_all(made)
        session.flush()
        for number in range(people):
            home = made[number % len(made)].id
            account = Account(login=f"{600000 + number}", name=f"警员{number}", unit_id=home, post="", keys="", must_change=False, created_at=bureau.now())
            session.add(account)
            session.flush()
            role = {0: "chief", 1: "clerk", 2: "archivist"}.get(number // len(made))
            if role:
                session.add(RoleGrant(account_id=account.id, role=role, unit_id=home))
            call(session, "login_make", account.login, VERIFIER)
            logins.append(account.login)
    return logins
