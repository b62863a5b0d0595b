"""What stands in the database and whose it is (属主、多出的对象): tables, functions, schemas, row security, rules, event triggers."""

import re
from collections.abc import Iterator

from ..enforcing import grants, guarded_tables
from ..schema import METADATA
from .looking import Look
from .statements import caught, matching

_KINDS = {"r": "表", "p": "表", "S": "序列", "v": "视图", "m": "物化视图", "f": "外部表"}
_STATES = {"O": "只在平常", "D": "停用", "R": "只在复制时", "A": "始终"}
_RELATIONS = """SELECT c.oid::regclass::text AS name, c.relkind::text AS kind, pg_get_userbyid(c.relowner)::text AS owner, c.relrowsecurity AS guarded, c.relforcerowsecurity AS forced,
  (SELECT d.refobjid::regclass::text FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')) AS belongs_to
 FROM pg_class c WHERE c.relnamespace IN ('public'::regnamespace, 'oa'::regnamespace) AND c.relkind IN ('r', 'p', 'S', 'v', 'm', 'f')
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e') ORDER BY 1"""
_LOOSE = """SELECT kind, name FROM (
 SELECT '函数' AS kind, p.oid::regprocedure::text AS name, 'pg_proc'::regclass AS class, p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
 UNION ALL SELECT '运算符', o.oid::regoperator::text, 'pg_operator'::regclass, o.oid FROM pg_operator o WHERE o.oprnamespace IN ('public'::regnamespace, 'oa'::regnamespace)
 UNION ALL SELECT '类型', t.oid::regtype::text, 'pg_type'::regclass, t.oid FROM pg_type t WHERE t.typnamespace IN ('public'::regnamespace, 'oa'::regnamespace) AND t.typrelid = 0 AND t.typelem = 0
 UNION ALL SELECT '类型转换', format('%s → %s', c.castsource::regtype, c.casttarget::regtype), 'pg_cast'::regclass, c.oid FROM pg_cast c WHERE c.oid >= 16384
 UNION ALL SELECT '扩展', x.extname, 'pg_extension'::regclass, x.oid FROM pg_extension x WHERE x.extname <> 'plpgsql'
 UNION ALL SELECT '改写规则', w.rulename || '（' || c.oid::regclass || '）', 'pg_rewrite'::regclass, w.oid FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class
   WHERE w.rulename <> '_RETURN' AND c.relnamespace IN ('public'::regnamespace, 'oa'::regnamespace)) x
 WHERE NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = x.class AND e.objid = x.oid AND e.deptype = 'e') ORDER BY 1, 2"""
_OWNERS = """SELECT '数据库' AS kind, d.datname AS name, r.rolname AS owner, r.rolsuper AS fits FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE d.datname = current_database()
UNION ALL SELECT '模式', n.nspname, r.rolname, r.rolsuper OR r.rolname = 'pg_database_owner' OR n.nspname = 'oa' AND r.rolname = :owner
 FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner WHERE n.nspname IN ('public', 'oa')"""
_HELD = """SELECT r.rolname AS who, d.deptype::text AS how, i.type, i.schema, coalesce(i.identity, d.objid::text) AS name FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid,
  LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) i
 WHERE d.refclassid = 'pg_authid'::regclass AND r.rolname = ANY(:whom) AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
  AND (d.deptype = 'o' OR d.deptype = 'a' AND d.classid IN ('pg_type'::regclass, 'pg_foreign_server'::regclass, 'pg_foreign_data_wrapper'::regclass, 'pg_largeobject'::regclass)) ORDER BY 1, 5"""


def differences(look: Look) -> list[str]:
    """Owners that are not those of the files, and things that the files do not make."""
    loose = [f"数据库里多出{kind} {name}，不是本程序建立的。" for kind, name in look.rows(_LOOSE)]
    return [*_relations(look), *_functions(look), *_owners(look), *loose, *_event_triggers(look)]


def _relations(look: Look) -> Iterator[str]:
    expected = {*METADATA.tables, *grants()["tables"], *(f"oa.{match[1]}" for _statement, match in matching(r"CREATE TABLE oa\.(\w+)"))}
    guarded, rows = set(guarded_tables()), {row.name.removeprefix("public."): row for row in look.rows(_RELATIONS)}
    for name in sorted(expected - rows.keys()):
        yield f"缺少表 {name}。"
    for name, row in rows.items():
        title = f"{_KINDS[row.kind]} {name}"
        if (row.kind == "S" and (row.belongs_to or "").removeprefix("public.") not in expected) or (row.kind != "S" and (name not in expected or row.kind != "r")):
            yield f"数据库里多出{title}，不是本程序建立的。"
        elif row.owner != look.names.owner:
            yield f"{title} 的属主应是{look.role(look.names.owner)}，现在是 {row.owner}。"
        if row.kind == "r" and name in guarded and not row.guarded:
            yield f"表 {name} 的行级安全被关闭，谁都能看到全部内容。"
        if row.kind == "r" and ((name not in guarded and row.guarded) or row.forced):
            yield f"表 {name} 的行级安全设置与程序文件不符。"


def _functions(look: Look) -> Iterator[str]:
    keepers = {match[1] for statement, match in matching(r"CREATE FUNCTION oa\.(\w+)") if statement.by_keeper}
    for name, signature, owner in look.rows("SELECT p.proname::text, p.oid::regprocedure::text, pg_get_userbyid(p.proowner)::text FROM pg_proc p WHERE p.pronamespace = 'oa'::regnamespace ORDER BY 2"):
        wanted = look.names.keeper if name in keepers else look.names.owner
        if owner != wanted:
            yield f"函数 {signature} 的属主应是{look.role(wanted)}，现在是 {owner}。"


def _owners(look: Look) -> Iterator[str]:
    for kind, name, owner, fits in look.rows(_OWNERS, owner=look.names.owner):
        if not fits:
            yield f"{kind} {name} 的属主 {owner} 不是服务器管理员。"
    for row in look.rows(_HELD, whom=[look.names.officer, *look.logins()]):
        if row.how == "o" and not (row.schema in ("public", "oa") and re.fullmatch("table|sequence|function", row.type)):
            yield f"{look.of(row.who)}不应是 {row.name} 的属主。"
        elif row.how == "a":
            yield f"{look.of(row.who)}对 {row.name} 多出权限。"


def _event_triggers(look: Look) -> Iterator[str]:
    wanted = caught(r"CREATE EVENT TRIGGER (\w+) ON (\w+) EXECUTE FUNCTION (oa\.\w+\(\))")
    since, always = caught(r"server_version_num'\)::int >= (\d+)0000 THEN\s+EXECUTE 'CREATE EVENT"), caught(r"ALTER EVENT TRIGGER \w+ ENABLE ALWAYS")
    rows = {row.evtname: row for row in look.rows("""SELECT e.evtname, e.evtevent, e.evtenabled::text AS state, e.evtfoid::regprocedure::text AS function, r.rolsuper, e.evttags
      FROM pg_event_trigger e JOIN pg_roles r ON r.oid = e.evtowner ORDER BY 1""")}
    if look.version >= int(since[1]):
        row, state = rows.pop(wanted[1], None), "A" if always else "O"
        if row is None:
            yield f"缺少登录触发器 {wanted[1]}，连续输错密码不再锁定。"
        elif row.state != state:
            yield f"登录触发器 {wanted[1]} 应{_STATES[state]}启用，现在是{_STATES[row.state]}。"
        elif (row.evtevent, row.function, row.evttags) != (wanted[2], wanted[3], None) or not row.rolsuper:
            yield f"登录触发器 {wanted[1]} 与程序文件不符。"
        elif not look.rows("SELECT dathasloginevt FROM pg_database WHERE datname = current_database()")[0][0]:
            yield f"登录触发器 {wanted[1]} 在，数据库却没有记下它，登录时不会执行。"
    for name in rows:
        yield f"数据库里多出事件触发器 {name}，不是本程序建立的。"
