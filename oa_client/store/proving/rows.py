"""Rows that the guards go by (规则表、可见范围): rules as the program exports them, principals and readers as they follow from roles and readers."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..enforcing import quoted, run
from .looking import Look, listed
from .statements import matching, ready

_SHOWN = 5
_ACL = "SELECT role::text, account_id, unit_id, ARRAY(SELECT unnest(principals) ORDER BY 1), ARRAY(SELECT unnest(holders) ORDER BY 1), until::text FROM {}"
_READERS = """WITH numbers AS MATERIALIZED (SELECT principal, oa.number_of(principal) AS number FROM (SELECT DISTINCT principal FROM public.reader) p),
  named AS (SELECT r.document_id, array_agg(n.number ORDER BY n.number) AS numbers FROM public.reader r JOIN numbers n USING (principal) GROUP BY 1)
 SELECT d.id FROM public.document d LEFT JOIN named n ON n.document_id = d.id WHERE NOT (d.readers <@ coalesce(n.numbers, '{}') AND d.readers @> coalesce(n.numbers, '{}')) ORDER BY 1"""


def rule_differences(look: Look, rules: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """Rows of the rule tables that are not as the program exports them."""
    return [line for table, rows in rules.items() for line in _rule(look, table, rows)]


def _rule(look: Look, table: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    wanted = {_steady({**row, **({"value": json.loads(row["value"])} if "value" in row else {})}): row for row in rows}
    stored = [dict(row._mapping) for row in look.rows(f"SELECT * FROM oa.{table}")]
    there = {_steady({key: row.get(key) for key in rows[0]} if rows else row): row for row in stored}
    for how, found in (("少了", [row for key, row in wanted.items() if key not in there]), ("多出", [row for key, row in there.items() if key not in wanted])):
        if found:
            yield f"规则表 oa.{table} {how} {len(found)} 行：{_named(found)}。"


def _steady(row: Mapping[str, Any]) -> str:
    return json.dumps(dict(row), ensure_ascii=False, sort_keys=True, default=str)


def _named(rows: Sequence[Mapping[str, Any]]) -> str:
    """The first few rows by what they are about."""
    names = ["/".join(str(value) for key, value in row.items() if key != "value" and isinstance(value, str | int) and not isinstance(value, bool) and value != "")[:60] for row in rows]
    return listed(names[:_SHOWN]) + ("等" if len(rows) > _SHOWN else "")


def held_differences(look: Look) -> list[str]:
    """Logins that hold more or less than their account's roles, documents read by others than their readers, a log that is not read on."""
    _twin_of_acl(look)
    run(look.connection, "SELECT pg_temp.acl_sync(id) FROM public.account")
    there, wanted = ({row[0]: row for row in look.rows(_ACL.format(table))} for table in ("oa.login_acl", "pg_temp.login_acl"))
    wrong = [role for role in there.keys() | wanted.keys() if there.get(role) != wanted.get(role)]
    found = [f"这些登录在 oa.login_acl 中的身份与账号的角色不符：{listed(wrong)}。"] if wrong else []
    if papers := [str(row.id) for row in look.rows(_READERS)]:
        found.append(f"{len(papers)} 件公文的可阅范围与阅看人名单不符，编号：{'、'.join(papers[:_SHOWN])}{'等' if len(papers) > _SHOWN else ''}。")
    if look.rows("SELECT 1 FROM oa.log_mark WHERE place > oa.log_size(file)") or not look.rows("SELECT 1 FROM oa.log_mark"):
        found.append("输错密码的日志读到哪里（oa.log_mark）不对，连续输错密码可能不再锁定。")
    return found


def _twin_of_acl(look: Look) -> None:
    """The table of principals and the function that fills it, beside the real ones; run as the owner, with no more rights than it has there."""
    table, fill = matching(r"CREATE TABLE oa\.login_acl ")[0][0], matching(r"CREATE FUNCTION oa\.acl_sync")[0][0]
    filling = ready(fill, look.names).replace("oa.acl_sync", "pg_temp.acl_sync", 1).replace("SECURITY DEFINER ", "", 1).replace(" login_acl", " pg_temp.login_acl")
    owner = quoted(look.names.owner)
    run(look.connection, f"{ready(table, look.names).replace('oa.login_acl', 'pg_temp.login_acl', 1)}; {filling}; ALTER TABLE pg_temp.login_acl OWNER TO {owner}; SET LOCAL ROLE {owner}")
