"""The whole proof (权限核对): every part of it on one picture of the server; nothing is changed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from ..enforcing import Names
from ..unit import trial
from . import grants, objects, roles, rows, settings, twins
from .looking import Look

Rules = Mapping[str, Sequence[Mapping[str, Any]]]
Part = Callable[[Look], list[str]]
_PARTS: tuple[tuple[str, Part], ...] = (
    ("角色和登录", roles.differences), ("各登录的密码", roles.password_differences), ("授权", grants.differences), ("表和函数的属主", objects.differences),
    ("函数、触发器和行级策略", twins.differences), ("服务器设置", settings.differences), ("登录规则", settings.door_differences), ("可见范围", rows.held_differences))
_UNSEEN = {"42501": "这个登录看不到{}，这一项没有核对。请用服务器管理员（如 postgres）的地址再查一次。", "25006": "备用服务器上不能核对{}，请在主服务器上再查一次。",
           "55P03": "有人正在改库，{}没有核对，请稍后再查一次。"} | dict.fromkeys(("42P01", "42703", "42883", "42704"), "{}核对不了：缺少所需的表、列、函数或角色。")


def differences(engine: Engine, rules: Rules) -> list[str]:
    """Every difference between a server and the product's files, a sentence each. `rules` are the rows of the rule tables as they should be."""
    with trial(engine) as session:
        return found(session.connection(), Names(engine.url.database or ""), rules)


def found(connection: Connection, names: Names, rules: Rules) -> list[str]:
    """The same within a transaction that is open already; it is left as it was."""
    look = Look(connection, names)
    if not look.rows("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'oa'"):
        return ["数据库里没有权限设置（模式 oa 不存在），谁都不受约束。请用服务器管理员的地址运行 db upgrade。"]
    parts = (*_PARTS, ("规则表", lambda at: rows.rule_differences(at, rules)))
    return [line for what, part in parts for line in _tried(look, what, part)]


def _tried(look: Look, what: str, part: Part) -> list[str]:
    """One part, taken back whole; where the login or the server does not let it be looked at, that is the finding."""
    trying = look.connection.begin_nested()
    try:
        look.connection.exec_driver_sql("SET LOCAL search_path = pg_catalog, pg_temp")
        look.connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
        return part(look)
    except (psycopg.Error, DBAPIError) as problem:
        why = _UNSEEN.get(_state(problem))
        if why is None:
            raise
        return [why.format(what)]
    finally:
        trying.rollback()


def _state(problem: psycopg.Error | DBAPIError) -> str:
    origin = problem.orig if isinstance(problem, DBAPIError) else problem
    return getattr(origin, "sqlstate", "") or ""
