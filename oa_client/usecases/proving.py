"""Proving the enforced access (权限核对): the server against this program's files and rules."""

import json
from collections.abc import Iterable

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from ..domain.flow_definition import BadFlow
from ..settings import resource
from ..store import proving
from ..store import unit as transactions
from ..store.tables import FlowDefinition
from .rule_rows import rule_rows


def access_findings(engine: Engine) -> list[str]:
    """Where a server no longer enforces access as this program's files say, a sentence each; empty when all is as it should be."""
    try:
        with transactions.look(engine) as session:
            rules = rule_rows(session)
    except BadFlow:
        return ["有流程定义读不懂，规则表没有核对。请先恢复流程定义，再查一次。", *proving.differences(engine, {})]
    return proving.differences(engine, rules)


def flow_findings(session: Session, keys: Iterable[str]) -> list[str]:
    """Published flows that are missing, altered or not this program's own; older versions of its own stay with the papers that run by them."""
    own = {key: json.loads(resource(f"flows/{key}.json").read_text("utf-8")) for key in keys}
    rows = session.scalars(select(FlowDefinition).order_by(FlowDefinition.id)).all()
    found = [f"缺少流程定义：{key}" for key in own if not any(row.key == key for row in rows)]
    for row in rows:
        if row.key not in own or row.unit_id is not None or row.version > own[row.key]["version"]:
            found.append(f"流程定义 {row.key} 第 {row.version} 版不是本程序发布的。")
        elif row.version == own[row.key]["version"] and row.body != own[row.key]:
            found.append(f"流程定义 {row.key} 第 {row.version} 版与程序文件不符。")
    return found
