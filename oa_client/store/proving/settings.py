"""The server's settings (服务器设置) and the door (登录规则, pg_hba.conf): encryption, passwords, the log that locking reads, what would switch guards off."""

import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Row

from .looking import Look

_WANTED: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "password_encryption": (lambda value: value == "scram-sha-256", "新密码不再按 SCRAM-SHA-256 保存"),
    "session_replication_role": (lambda value: value in ("origin", "local"), "触发器不再执行"),
    "row_security": (lambda value: value == "on", "行级策略不再照常执行"),
    "event_triggers": (lambda value: value == "on", "登录触发器不再执行"),
    "allow_system_table_mods": (lambda value: value == "off", "系统表可以被改写"),
    "logging_collector": (lambda value: value == "on", "连续输错密码不再锁定"),
    "log_destination": (lambda value: "jsonlog" in value, "应包含 jsonlog，否则连续输错密码不再锁定"),
    "log_min_messages": (lambda value: value != "panic", "输错密码不再记入日志，不再锁定"),
    "log_statement": (lambda value: value != "all", "日志里会记下改密语句"),
}
_OVERRIDES = ("search_path", "role", "session_authorization", "session_preload_libraries", "local_preload_libraries")
_KEPT_TO_SELF = re.compile(r"localhost|127\.[0-9.]+|::1")
_METHODS = ("scram-sha-256", "cert", "peer", "reject")


def differences(look: Look) -> list[str]:
    """Settings that weaken what the files put in place."""
    now = settings_of(look)
    found = [f"服务器设置 {name} 现在是 {now[name]}，{harm}。" for name, (fits, harm) in _WANTED.items() if name in now and not fits(now[name])]
    return [*found, *_encryption(now), *_overrides(look)]


def door_differences(look: Look) -> list[str]:
    """Lines of `pg_hba.conf` that let officers in without their password or without encryption; only a superuser sees them."""
    return [f"登录规则 pg_hba.conf 第 {row.line_number} 行{wrong}。" for row in door_of(look) if (wrong := _wrong(look, row))]


def settings_of(look: Look) -> dict[str, str]:
    """What a new session begins with."""
    return {name: value or "" for name, value in look.rows("SELECT name, reset_val FROM pg_settings")}


def door_of(look: Look) -> list[Row]:
    """The lines of `pg_hba.conf` as the server reads them."""
    return list(look.rows("SELECT line_number, type, database, user_name, address, netmask, auth_method FROM pg_hba_file_rules ORDER BY line_number"))


def _encryption(now: Mapping[str, str]) -> Iterator[str]:
    places = [place.strip() for place in now["listen_addresses"].split(",") if place.strip()]
    if all(_KEPT_TO_SELF.fullmatch(place) for place in places):
        return
    if now["ssl"] != "on":
        yield f"服务器对外监听（{now['listen_addresses']}），却没有开启加密（ssl 是 {now['ssl']}）。"
    elif now["ssl_min_protocol_version"] in ("", "TLSv1", "TLSv1.1"):
        yield f"服务器设置 ssl_min_protocol_version 现在是 {now['ssl_min_protocol_version'] or '空'}，准许过时的加密。"


def _overrides(look: Look) -> Iterator[str]:
    """Settings that begin with a role or with the database instead of with the server."""
    rows = look.rows("""SELECT coalesce(r.rolname, 'PUBLIC')::text, split_part(c, '=', 1), substr(c, strpos(c, '=') + 1) FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole, unnest(s.setconfig) c
      WHERE (s.setrole = 0 OR r.rolname = ANY(:ours)) AND (s.setdatabase = 0 OR s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())) ORDER BY 1, 2""", ours=look.ours())
    for who, name, value in rows:
        if name in _OVERRIDES or (name in _WANTED and not _WANTED[name][0](value)):
            yield f"{look.of(who)}登录后的设置 {name} 被改成 {value}。"


def _wrong(look: Look, row: Row) -> str:
    """What is wrong with a line of the door for officers; nothing where it does not concern them."""
    if row.auth_method is None:  # an error alone does not stop a line: one for encryption says so where the server has none
        return "读不懂"
    if row.auth_method == "reject" or not _concerns(row.database, [look.names.database], ()) or not _concerns(row.user_name, look.logins(), (look.names.officer,)):
        return ""
    if row.auth_method not in _METHODS:
        return f"让民警用 {row.auth_method} 方式登录，应是 scram-sha-256"
    if row.type not in ("local", "hostssl") and not _here(row):
        return f"让民警从 {row.address} 不加密登录（{row.type}），应是 hostssl"
    return ""


def _concerns(words: list[str], names: list[str], groups: tuple[str, ...]) -> bool:
    """Whether a column of the door means one of some names: `all`, a name, `+group`, `/pattern`."""
    for word in words:
        if word == "all" or word in names or (word.startswith("+") and word[1:] in groups):
            return True
        if word.startswith("/"):
            try:
                if any(re.search(word[1:], name) for name in names):
                    return True
            except re.error:
                return True
    return False


def _here(row: Row) -> bool:
    """Whether a line is for this machine alone."""
    if row.address in ("localhost", "samehost"):
        return True
    try:
        return ipaddress.ip_network(f"{row.address}/{row.netmask}" if row.netmask and ":" not in row.address else row.address, strict=False).is_loopback
    except ValueError:
        return False
