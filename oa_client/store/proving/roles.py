"""Roles and logins (角色、登录): their rights on the server, who is a member of what, and that accounts and logins belong together."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from .looking import Look, listed
from .statements import caught, matching, named

_RIGHTS = {"LOGIN": ("rolcanlogin", "登录"), "SUPERUSER": ("rolsuper", "超级用户"), "CREATEDB": ("rolcreatedb", "建库"), "CREATEROLE": ("rolcreaterole", "建角色"),
           "REPLICATION": ("rolreplication", "复制"), "BYPASSRLS": ("rolbypassrls", "绕过行级策略")}
_SCRAM = "SCRAM-SHA-256$"
_CHINA = timezone(timedelta(hours=8))
_ADMIN = "（可再授予）"


def differences(look: Look) -> list[str]:
    """What is wrong with roles, memberships and logins."""
    return [*_roles(look), *_makers(look), *_members(look), *_accounts(look)]


def password_differences(look: Look) -> list[str]:
    """Logins whose password is not kept as a SCRAM verifier; only a superuser sees that."""
    rows = look.rows("SELECT rolname, coalesce(rolpassword, '') FROM pg_authid WHERE rolname = ANY(:logins) ORDER BY 1", logins=look.logins())
    return [f"登录 {name} {'的密码不是按 SCRAM-SHA-256 保存的' if kept else '没有密码'}。" for name, kept in rows if not kept.startswith(_SCRAM)]


def _roles(look: Look) -> Iterator[str]:
    columns = ", ".join(column for column, _title in _RIGHTS.values())
    rows = {row.rolname: row for row in look.rows(f"SELECT rolname, rolconnlimit, {columns} FROM pg_roles WHERE rolname = ANY(:ours)", ours=look.ours())}
    for _statement, match in matching(r"ALTER ROLE (@\w+@) (.+)"):
        name = named(match[1], look.names)
        if name not in rows:
            yield f"缺少{look.role(name)}。"
        else:
            yield from _rights(look, name, match[2], rows[name])
    made = caught(r"CREATE ROLE %I (LOGIN [A-Z ]+) CONNECTION LIMIT (\d+)")
    for name in look.logins():
        yield from _rights(look, name, made[1], rows[name])
        if rows[name].rolconnlimit != int(made[2]):
            yield f"登录 {name} 的连接数上限应为 {made[2]}，现在{'不限' if rows[name].rolconnlimit < 0 else f'是 {rows[name].rolconnlimit}'}。"


def _rights(look: Look, name: str, wanted: str, row: object) -> Iterator[str]:
    for word in wanted.split():
        column, title = _RIGHTS[word if word in _RIGHTS else word.removeprefix("NO")]
        if getattr(row, column) != (word in _RIGHTS):
            yield f"{look.of(name)}{'缺少' if word in _RIGHTS else '多了'}“{title}”属性。"


def _makers(look: Look) -> Iterator[str]:
    """Before PostgreSQL 16 whoever may create roles may take over every role that is no superuser."""
    if look.version >= 16:
        return
    for (name,) in look.rows("SELECT rolname FROM pg_roles WHERE rolcreaterole AND rolcanlogin AND NOT rolsuper AND rolname <> ALL(:ours) ORDER BY 1", ours=look.ours()):
        yield f"角色 {name} 能登录又能建角色，在这个版本的服务器上可以接管属主角色。"


def _members(look: Look) -> Iterator[str]:
    """Who is a member of whom, against what the files grant; superusers need no membership and are left out."""
    names, admin = look.names, " WITH ADMIN OPTION"
    granted = matching(rf"GRANT (@?\w+@?) TO (@\w+@)({admin})?$")
    wanted = {(named(match[1], names), named(match[2], names), bool(match[3])) for _statement, match in granted}
    group = named(caught(r"GRANT (@\w+@) TO %I")[1], names)
    wanted |= {(group, login, False) for login in look.logins()}
    if look.version >= 16:  # who makes a role becomes its administrator there
        wanted |= {(login, names.keeper, True) for login in look.logins()}
    rows = look.rows("""SELECT g.rolname, m.rolname, bool_or(a.admin_option) FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
      WHERE (g.rolname = ANY(:ours) OR m.rolname = ANY(:ours)) AND NOT (m.rolsuper AND m.rolname <> ALL(:ours)) GROUP BY 1, 2""", ours=look.ours())
    there = {(group, member, admin) for group, member, admin in rows}
    for group, member, again in sorted(there - wanted):
        yield f"{look.of(member)}不应是 {group} 的成员{_ADMIN if again else ''}。"
    for group, member, again in sorted(wanted - there):
        yield f"{look.of(member)}应是 {group} 的成员{_ADMIN if again else ''}，现在不是。"


def _accounts(look: Look) -> Iterator[str]:
    moment = look.rows("SELECT now()")[0][0]
    ends: dict[str, datetime | None] = dict(look.rows("SELECT rolname, CASE WHEN rolvaliduntil < '9999-01-01' THEN greatest(rolvaliduntil, '2000-01-01') END FROM pg_roles WHERE rolname = ANY(:logins)", logins=look.logins()))
    accounts = {look.names.login(row.login): row for row in look.rows("SELECT login, name, active, closes_on FROM public.account ORDER BY login")}
    if strays := ends.keys() - accounts.keys():
        yield f"没有对应账号的登录：{listed(strays)}。"
    for name, account in accounts.items():
        if name not in ends:
            yield f"账号 {account.login} {account.name} 没有数据库登录 {name}。"
            continue
        until = ends[name]
        last = datetime.combine(account.closes_on, datetime.min.time(), _CHINA) + timedelta(days=1) if account.closes_on else None
        if not account.active and (until is None or until > moment):
            yield f"账号 {account.login} {account.name} 已停用，登录 {name} 却仍然有效。"
        elif account.active and last and (until is None or until > last):
            yield f"账号 {account.login} {account.name} 到 {account.closes_on} 为止，登录 {name} 却在那以后仍然有效。"
