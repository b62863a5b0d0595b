"""An act of the flow as bare SQL, piece by piece, so that an attack can leave one out or forge it."""

MOVE = "UPDATE document SET step = '{step}' WHERE id = <{paper}>"


def press(paper: str, action: str, task: str = "task") -> str:
    """Close one's to-do with an action."""
    return (f"UPDATE task SET state = 'done', action = '{action}', actor_id = <me>, done_at = now(), version = version + 1 "
            f"WHERE id = <{paper}.{task}>")


def say(paper: str, words: str = "同意。", task: str = "task") -> str:
    """The opinion that goes with it."""
    return (f"INSERT INTO opinion (document_id, task_id, author_id, step, action, text, at) SELECT document_id, id, <me>, step, "
            f"action, '{words}', now() "
            f"FROM task WHERE id = <{paper}.{task}>")


def close(paper: str) -> str:
    """Close the step for everybody."""
    return (f"UPDATE task SET state = 'cancelled', version = version + 1, done_at = now() WHERE group_id = <{paper}.group> AND state "
            f"= 'open';\n"
            f"UPDATE task_group SET pending = 0, closed_at = now() WHERE id = <{paper}.group>")


def opened(paper: str, step: str, *seats: str, by: str = "task", pending: int | None = None) -> str:
    """Open a step with seats such as "person:7" or "lead=person:7", and move the document there."""
    source = f"<{paper}.{by}>" if by else "NULL"
    lines = [f"INSERT INTO task_group (document_id, step, pending, opened_by_task, opened_at) VALUES (<{paper}>, '{step}', "
             f"{len(seats) if pending is None else pending}, {source}, now())"]
    lines += [seat(paper, step, holder) for holder in seats]
    return ";\n".join([*lines, MOVE.format(step=step, paper=paper)])


def seat(paper: str, step: str, holder: str, group: str = "currval('task_group_id_seq')", box: str = "todo") -> str:
    """A to-do in a step."""
    part, _, who = holder.rpartition("=")
    return ("INSERT INTO task (document_id, group_id, step, part, box, holder, state, action, from_id, urged, version, created_at) "
            f"VALUES (<{paper}>, {group}, '{step}', '{part or 'sole'}', '{box}', '{who}', 'open', '', <me>, 0, 1, now())")


def ended(paper: str, state: str) -> str:
    """The document's end."""
    return f"UPDATE document SET state = '{state}', ended_at = now() WHERE id = <{paper}>"


def memo(paper: str, key: str, *who: str) -> str:
    """Remember a choice."""
    chosen = ", ".join(f'"{item}"' for item in who)
    return f"UPDATE document SET memo = jsonb_set(memo::jsonb, '{{{key}}}', '[{chosen}]')::json WHERE id = <{paper}>"


def signature(paper: str) -> str:
    """What a signature writes into the document."""
    return (f"UPDATE document SET doc_date = oa.today(), details = (details::jsonb || jsonb_build_object('signer', 'x', 'signed_on', "
            f"oa.today(), "
            f"'signed_version', version))::json WHERE id = <{paper}>")


def draft(**values: str) -> str:
    """A new draft of the bureau, with its first to-do and its place in the index; values are SQL."""
    columns = {
        "kind": "'send'", "flow_id": "<flow.send>", "organ_id": "<u.root>", "drafter_id": "<me>", "title": "'关于某事的通知'", "doc_type": "'通知'",
        "urgency": "'平件'", "openness": "'主动公开'", "openness_reason": "''", "from_organ": "''", "number": "''", "main_to": "''",
        "copy_to": "''", "nature": "'handle'", "copies": "1", "body": "'正文'", "details": "'{}'", "memo": "'{}'", "state": "'running'",
        "step": "''", "where_now": "''", "version": "1", "created_at": "now()"}
    columns.update(values)
    new = "currval('document_id_seq')"
    return ";\n".join([
        f"INSERT INTO document ({', '.join(columns)}) VALUES ({', '.join(columns.values())})",
        f"INSERT INTO task_group (document_id, step, pending, opened_at) VALUES ({new}, 'draft', 1, now())",
        "INSERT INTO task (document_id, group_id, step, part, box, holder, state, action, from_id, urged, version, created_at) "
        f"VALUES ({new}, currval('task_group_id_seq'), 'draft', 'sole', 'todo', 'person:<me>', 'open', '', <me>, 0, 1, now())",
        f"UPDATE document SET step = 'draft' WHERE id = {new}", f"SELECT oa.index_document({new}, 'x', 'x', ARRAY[1])"])


def attach(document: str, role: str = "attachment", digest: str = "<filed.sha>") -> str:
    """A file of a document, by its digest."""
    return ("INSERT INTO attachment (document_id, name, role, media, sha256, size, pages, text, position, added_by, added_at) "
            f"VALUES ({document}, '附件.txt', '{role}', 'txt', '{digest}', 1, 1, '', 9, <me>, now())")


def document(**values: str) -> str:
    """A document's row alone."""
    return draft(**values).partition(";\n")[0]


def registered(organ: str = "<u.root>", **values: str) -> str:
    """An incoming paper, registered: 签收 and 登记 are passed, 初审 is open."""
    new, group, task = "currval('document_id_seq')", "currval('task_group_id_seq')", "currval('task_id_seq')"
    lines = [document(**{"kind": "'receive'", "flow_id": "<flow.receive>", "organ_id": organ, "from_organ": "'某单位'",
                         "received_on": "oa.today()", **values})]
    for step, action in (("sign_in", "sign"), ("register", "register")):
        lines += [f"INSERT INTO task_group (document_id, step, pending, opened_at, closed_at) VALUES ({new}, '{step}', 0, now(), now())",
                  "INSERT INTO task (document_id, group_id, step, part, box, holder, state, action, actor_id, urged, version, "
                  "created_at, seen_at, done_at) "
                  f"VALUES ({new}, {group}, '{step}', 'sole', 'todo', 'clerk:{organ}', 'done', '{action}', <me>, 0, 1, now(), "
                  f"now(), now())"]
    lines += [f"INSERT INTO task_group (document_id, step, pending, opened_by_task, opened_at) VALUES ({new}, 'check', 1, {task}, now())",
              "INSERT INTO task (document_id, group_id, step, part, box, holder, state, action, from_id, urged, version, created_at) "
              f"VALUES ({new}, {group}, 'check', 'sole', 'todo', 'clerk:{organ}', 'open', '', <me>, 0, 1, now())",
              f"UPDATE document SET step = 'check' WHERE id = {new}", f"SELECT oa.index_document({new}, 'x', 'x', ARRAY[1])"]
    return ";\n".join(lines)


def taken_back(paper: str, step: str, seat_of: str = "person:<me>", word: bool = True) -> tuple[str, ...]:
    """A paper taken back to an earlier step (撤回)."""
    said = (f"SELECT oa.say('withdraw', '{{}}', <{paper}>)",) if word else ()
    return (close(paper), *said, opened(paper, step, seat_of, by=""))


def urged(paper: str, by: int = 1, word: bool = True) -> tuple[str, ...]:
    """A to-do pressed for (催办)."""
    said = (f"SELECT oa.say('urge', '{{}}', <{paper}>)",) if word else ()
    return (f"UPDATE task SET urged = urged + {by} WHERE id = <{paper}.task>", *said)


def bytes_kept(data: str = "x", role: str = "attachment", document: str = "<draft>") -> str:
    """A file of one piece handed over and attached."""
    digest = f"encode(sha256('{data}'::bytea), 'hex')"
    return (f"SELECT oa.keep_bytes({digest}, {len(data)}, 0, '{data}'::bytea, true);\n" + attach(document, role).replace("'<filed.sha>'", digest))
