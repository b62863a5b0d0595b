"""Grants (授权): who may do what with every table, column, sequence, function, schema, language and database, against the files."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from ..enforcing import grants
from .looking import EVERYBODY, Look, listed
from .statements import caught, matching, named

Thing = tuple[str, str]
Granted = dict[Thing, set[tuple[str, str]]]
_RIGHTS = {"SELECT": "读取", "INSERT": "写入", "UPDATE": "修改", "DELETE": "删除", "TRUNCATE": "清空", "REFERENCES": "引用", "TRIGGER": "加触发器", "MAINTAIN": "维护",
           "EXECUTE": "执行", "USAGE": "使用", "CREATE": "新建", "CONNECT": "连接", "TEMPORARY": "建临时表", "SET": "设置", "ALTER SYSTEM": "改服务器设置"}
_KINDS = {"TABLE": "表", "SEQUENCE": "序列", "FUNCTION": "函数", "SCHEMA": "模式", "DATABASE": "数据库", "LANGUAGE": "语言", "PARAMETER": "参数", "TABLESPACE": "表空间"}
_AT_FIRST = {"DATABASE": {"CONNECT", "TEMPORARY"}, "LANGUAGE": {"USAGE"}, "FUNCTION": {"EXECUTE"}, "SCHEMA": set()}
_EVERYTHING = {"DATABASE": {"CONNECT", "TEMPORARY", "CREATE"}, "LANGUAGE": {"USAGE"}, "FUNCTION": {"EXECUTE"}, "SCHEMA": {"USAGE", "CREATE"}}

# everything in the database that is not the server's own, and everything around it
_OWN = """
SELECT 'TABLE' AS kind, c.oid::regclass::text AS thing, '' AS col, 'pg_class'::regclass AS class, c.oid AS id, a.* FROM pg_class c, aclexplode(c.relacl) a
 WHERE c.relnamespace IN ('public'::regnamespace, 'oa'::regnamespace) AND c.relkind <> 'S' AND a.grantee <> c.relowner
UNION ALL SELECT 'TABLE', c.oid::regclass::text, t.attname, 'pg_class'::regclass, c.oid, a.* FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
 WHERE c.relnamespace IN ('public'::regnamespace, 'oa'::regnamespace) AND a.grantee <> c.relowner
UNION ALL SELECT 'SEQUENCE', c.oid::regclass::text, '', 'pg_class'::regclass, c.oid, a.* FROM pg_class c, aclexplode(c.relacl) a
 WHERE c.relnamespace IN ('public'::regnamespace, 'oa'::regnamespace) AND c.relkind = 'S' AND a.grantee <> c.relowner
UNION ALL SELECT 'FUNCTION', p.oid::regprocedure::text, '', 'pg_proc'::regclass, p.oid, a.* FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
 WHERE p.pronamespace IN ('public'::regnamespace, 'oa'::regnamespace) AND a.grantee <> p.proowner
UNION ALL SELECT 'SCHEMA', n.nspname, '', 'pg_namespace'::regclass, n.oid, a.* FROM pg_namespace n, aclexplode(n.nspacl) a
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND a.grantee <> n.nspowner
UNION ALL SELECT 'LANGUAGE', l.lanname, '', 'pg_language'::regclass, NULL, a.* FROM pg_language l, aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) a
 WHERE l.lanpltrusted AND a.grantee <> l.lanowner
UNION ALL SELECT 'DATABASE', d.datname, '', 'pg_database'::regclass, NULL, a.* FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
 WHERE d.datname = current_database() AND a.grantee <> d.datdba"""
# of what belongs to the server: what everybody or our roles have beyond what a fresh server gives
_SERVERS = """
SELECT 'FUNCTION' AS kind, p.oid::regprocedure::text AS thing, '' AS col, a.* FROM pg_proc p
 LEFT JOIN pg_init_privs i ON i.classoid = 'pg_proc'::regclass AND i.objoid = p.oid AND i.privtype = 'i', aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
 WHERE p.pronamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) AND a.grantee <> p.proowner
  AND (p.oid::regprocedure::text = ANY(:closed) OR NOT EXISTS (SELECT FROM aclexplode(coalesce(i.initprivs, acldefault('f', p.proowner))) b WHERE (b.grantee, b.privilege_type) = (a.grantee, a.privilege_type)))
UNION ALL SELECT 'TABLE', c.oid::regclass::text, coalesce(t.attname, ''), a.* FROM pg_class c CROSS JOIN LATERAL (SELECT NULL::name AS attname, 0 AS no, c.relacl AS acl
    UNION ALL SELECT t.attname, t.attnum, t.attacl FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attacl IS NOT NULL) t
 LEFT JOIN pg_init_privs i ON i.classoid = 'pg_class'::regclass AND i.objoid = c.oid AND i.objsubid = t.no AND i.privtype = 'i', aclexplode(t.acl) a
 WHERE c.relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) AND a.grantee <> c.relowner
  AND NOT (c.relnamespace = 'information_schema'::regnamespace AND a.grantee = 0 AND a.privilege_type = 'SELECT')
  AND NOT EXISTS (SELECT FROM aclexplode(i.initprivs) b WHERE (b.grantee, b.privilege_type) = (a.grantee, a.privilege_type))
UNION ALL SELECT 'DATABASE', d.datname, '', a.* FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
 WHERE d.datname = ANY(:databases) AND a.grantee <> d.datdba
UNION ALL SELECT 'PARAMETER', r.parname, '', a.* FROM pg_parameter_acl r, aclexplode(r.paracl) a WHERE a.grantee <> 10
UNION ALL SELECT 'TABLESPACE', s.spcname, '', a.* FROM pg_tablespace s, aclexplode(s.spcacl) a WHERE a.grantee <> s.spcowner"""
_NO_EXTENSIONS = " WHERE NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = x.class AND e.objid = x.id AND e.deptype = 'e')"
_NAMED = "SELECT x.kind, x.thing, x.col, CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(x.grantee)::text END AS who, x.privilege_type AS what, x.is_grantable AS again FROM ({}) x"


def differences(look: Look) -> list[str]:
    """Every right too many or too few."""
    wanted, needed, closed = _wanted(look)
    others = [name for kind, name in wanted if kind == "DATABASE" and name != look.names.database]
    ours = {EVERYBODY, *look.ours()}
    rows = [*look.rows(_NAMED.format(_OWN) + _NO_EXTENSIONS), *(row for row in look.rows(_NAMED.format(_SERVERS), closed=closed, databases=others) if row.who in ours)]
    there: Granted = defaultdict(set)
    for row in rows:
        name = row.thing.removeprefix("public.") if row.kind in ("TABLE", "SEQUENCE") else row.thing
        there[row.kind, f"{name}.{row.col}" if row.col else name].add((row.who, row.what + ("*" if row.again else "")))
    extra = [(thing, *right) for thing, rights in there.items() for right in rights - wanted.get(thing, set())]
    missing = [(thing, *right) for thing, rights in needed.items() for right in rights - there.get(thing, set())]
    return [*_told(look, extra, "多出"), *_told(look, missing, "缺少"), *_by_default(look)]


def _wanted(look: Look) -> tuple[Granted, Granted, list[str]]:
    """What may be there, what of it is granted by the files (and must be there), and which of the server's functions are closed to everybody."""
    wanted: Granted = {}
    needed: Granted = defaultdict(set)

    def give(thing: Thing, who: str, rights: set[str]) -> None:
        wanted.setdefault(thing, {(EVERYBODY, right) for right in _AT_FIRST.get(thing[0], ())}).update((who, right) for right in rights)
        needed[thing] |= {(who, right) for right in rights}

    for _statement, match in matching(r"(GRANT|REVOKE) (.+?) ON (DATABASE|SCHEMA|LANGUAGE|FUNCTION) (.+?) (?:TO|FROM) ([^()]+)$"):
        verb, words, kind, things, roles = match.groups()
        for name in re.split(r", (?![^()]*\))", things):
            thing = (kind, _signature(look, name) if kind == "FUNCTION" else named(name, look.names))
            rights = _EVERYTHING[kind] if words == "ALL" else {word.strip() for word in words.split(",")}
            give(thing, EVERYBODY, set())
            for who in (named(role, look.names) for role in roles.split(",")):
                if verb == "GRANT":
                    give(thing, who, rights)
                else:
                    taken = {(who, right) for right in rights}
                    wanted[thing], needed[thing] = wanted[thing] - taken, needed[thing] - taken
    closed = [row[0] for row in look.rows(_closed())]
    for name in closed:
        give(("FUNCTION", name), look.names.owner, {"EXECUTE"})
        wanted["FUNCTION", name].discard((EVERYBODY, "EXECUTE"))
    _listed(look, give)
    for (kind, name), held in wanted.items():
        if kind == "FUNCTION" and name.startswith("oa."):
            held.discard((EVERYBODY, "EXECUTE"))
    return wanted, needed, closed


def _closed() -> str:
    """The query by which the files take functions of the server away from everybody."""
    return caught(r"FOR \w+ IN (SELECT p\.oid::regprocedure FROM pg_proc p WHERE .*?)\s+LOOP EXECUTE format\('REVOKE EXECUTE")[1].replace("p.oid::regprocedure", "p.oid::regprocedure::text", 1)


def _listed(look: Look, give: Any) -> None:
    """What `grants.json` gives."""
    officer, owner, lists = look.names.officer, look.names.owner, grants()
    for table, rights in lists["tables"].items():
        for right, columns in rights.items():
            for column in columns:
                give(("TABLE", f"{table}.{column}"), officer, {right.upper()})
    for sequence in lists["sequences"]:
        give(("SEQUENCE", sequence), officer, {"USAGE"})
    for who, key in ((officer, "functions"), (owner, "keeper_functions")):
        for function in lists[key]:
            give(("FUNCTION", _signature(look, f"oa.{function}")), who, {"EXECUTE"})


def _signature(look: Look, name: str) -> str:
    """A function as the server writes it; as the files write it where there is none."""
    return look.rows("SELECT to_regprocedure(:name)::text", name=name.strip())[0][0] or name.strip()


def _told(look: Look, found: Sequence[tuple[Thing, str, str]], how: str) -> Iterator[str]:
    """Rights on one thing in one sentence, columns of one table together."""
    columns: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    whole: dict[tuple[Thing, str], list[str]] = defaultdict(list)
    for (kind, name), who, right in found:
        words = _RIGHTS.get(right.rstrip("*"), right) + ("（可转授）" if right.endswith("*") else "")
        table, _dot, column = name.rpartition(".")
        if kind == "TABLE" and table not in ("", "oa", "pg_catalog", "information_schema"):
            columns[table, who, words].append(column)
        else:
            whole[(kind, name), who].append(words)
    for (table, who, words), names in sorted(columns.items()):
        yield f"{look.of(who)}对表 {table} 的列 {listed(names)} {how}“{words}”权限。"
    for ((kind, name), who), rights in sorted(whole.items()):
        yield f"{look.of(who)}对{_KINDS[kind]} {name} {how}“{listed(rights)}”权限。"


def _by_default(look: Look) -> Iterator[str]:
    """What a role gives away with everything that it makes later."""
    wanted = {(named(match[1], look.names), "f", "") for _statement, match in matching(r"ALTER DEFAULT PRIVILEGES FOR ROLE (@\w+@) REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC$")}
    there = set()
    for who, kind, schema, open_to in look.rows("""SELECT pg_get_userbyid(d.defaclrole)::text, d.defaclobjtype::text, coalesce(n.nspname, ''),
       EXISTS (SELECT FROM aclexplode(d.defaclacl) a WHERE a.grantee <> d.defaclrole) FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace"""):
        there.add((who, kind, schema))
        if open_to:
            yield f"角色 {who} 的默认授权会把以后新建的对象给别人。"
    for who, _kind, _schema in sorted(wanted - there):
        yield f"{look.of(who)}的默认授权没有收回“执行”权限，以后新建的函数谁都能用。"
