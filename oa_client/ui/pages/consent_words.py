"""What the two-person rule says (双人复核用语): states, what an answer brings about, and the columns of the list."""

from oa_client.ui.models.table import Column
from oa_client.usecases.consents import DECISIONS, ConsentRow
from oa_client.usecases.desk import local

TONES = {"": "soon", "agreed": "ontime", "refused": "overdue", "taken_back": "neutral"}


def state_of(row: ConsentRow) -> tuple[str, str]:
    """The state of a request in words, and its tone."""
    if row.usable:
        return "已同意，待重置", "accent"
    return DECISIONS[row.decision], TONES[row.decision]


def subject(row: ConsentRow) -> str:
    """「任命单位管理员：乔书言」."""
    return f"{row.words}：{row.name}"


def consequence(row: ConsentRow) -> str:
    """What will be when it is agreed to."""
    if row.kind == "appoint":
        return f"同意后立即生效：{row.name} 成为{row.unit}单位管理员，管理该单位的账号；原有的管理员随之免去。"
    if row.kind == "dismiss":
        return f"同意后立即生效：{row.name} 不再是{row.unit}单位管理员，重新任命之前该单位的账号无人管理。"
    return f"同意后 24 小时内，{row.asked_by} 可以重置 {row.name} 的密码一次；原密码随之失效。"


def question(row: ConsentRow, answer: str) -> tuple[str, str, str]:
    """Question, explanation and verb of the confirmation of an answer."""
    deed = {"appoint": f"任命 {row.name} 为{row.unit}单位管理员", "dismiss": f"免去 {row.name} 的{row.unit}单位管理员", "reset": f"重置 {row.name}（{row.unit}）的密码"}[row.kind]
    if answer == "agreed":
        return f"同意{deed}？", consequence(row), "同意"
    if answer == "refused":
        return f"不同意{deed}？", "申请到此结束，什么也不改变；申请人可以重新提出。", "不同意"
    return f"撤回{deed}的申请？", "申请到此结束，什么也不改变；需要时可以重新提出。", "撤回"


def columns() -> tuple[Column, ...]:
    """For the list of requests."""
    return (
        Column("subject", "申请事项", 220, subject, two_line=lambda row: f"{row.unit}　{'本人' if row.mine else row.asked_by} {local(row.asked_at):%m-%d %H:%M} 申请",
               bold=lambda row: row.decision == "" and not row.refusal, stretch=True, tip=lambda row: f"{subject(row)}　警号 {row.login}"),
        Column("state", "状态", 124, lambda row: state_of(row)[0], chip=True, tone=lambda row: state_of(row)[1]),
    )
