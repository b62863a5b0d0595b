"""What an event was, in words (留痕用语): the sentence of each kind of event from its recorded detail."""

from collections.abc import Callable, Mapping
from typing import Any

Detail = Mapping[str, Any]

PARTS = {"title": "标题", "body": "正文", "doc_type": "文种", "urgency": "紧急程度", "openness": "公开属性", "openness_reason": "不予公开理由", "due_on": "办理期限",
         "targets": "主送抄送", "files": "附件"}
CONSENTS = {"appoint": "任命单位管理员", "dismiss": "免去单位管理员", "reset": "重置领导密码"}
POLICY = {"min_length": "密码最短位数", "min_classes": "至少几种字符", "history": "不得与最近几次相同", "expire_days": "密码有效天数（0 为不限）",
          "warn_days": "到期前几天提醒", "lock_after": "连续错几次锁定", "lock_minutes": "锁定几分钟", "idle_minutes": "几分钟不用锁定窗口"}
READING = frozenset({"view_file", "print", "export", "catalogue", "audit_export", "accounts_export"})
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "papers": ("公文办理", ("create", "edit", "opinion", "numbered", "filed", "refused_receipt", "withdraw", "urge", "share", "share_end")),
    "reading": ("阅看与带出", ("view_file", "print", "export", "catalogue", "accounts_export")),
    "signing": ("登录与密码", ("sign_in", "sign_in_failed", "locked", "unlock", "password")),
    "people": ("账号与角色", ("account_create", "account_enable", "account_disable", "account_reset", "account_move", "account_edit", "account_found", "appointed",
                          "dismissed", "consent_ask", "consent_agreed", "consent_refused", "consent_taken_back")),
    "standing": ("委托与移交", ("delegate", "delegate_end", "handover", "handed_over")),
    "bureau": ("单位与策略", ("unit_create", "unit_edit", "policy")),
    "auditing": ("审计", ("audit_verify", "audit_anchor", "audit_export")),
}
SPOKEN = frozenset({"print", "export", "catalogue", "urge", "withdraw", "audit_export", "accounts_export", "audit_verify", "audit_anchor"})


def words(action: str, detail: Detail) -> str:
    """The sentence of an event. An act of a flow names its step and its button."""
    if "words" in detail:
        return str(detail["words"])
    if "act" in detail:
        return _act(detail)
    make = _WORDS.get(action)
    return make(detail) if make else action


def title(action: str) -> str:
    """What a kind of event is called in the filter of the audit page."""
    return _TITLES.get(action, action)


def kinds() -> dict[str, str]:
    """Every kind of event that has a name of its own, for the filter of the audit page; acts of flows come besides."""
    return dict(_TITLES)


def _act(detail: Detail) -> str:
    said = detail["step"] if detail["step"] == detail["act"] else f"{detail['step']}：{detail['act']}"
    said += f"（至「{detail['to']}」）" if detail.get("to") else ""
    return said + (f"（代{detail['for']}）" if detail.get("for") else "")


def _who(detail: Detail) -> str:
    return f"{detail.get('login', '')} {detail.get('name', '')}".strip()


def _colon(text: object) -> str:
    return f"：{text}" if text else ""


def _edit(detail: Detail) -> str:
    return f"{detail['step']}：修改文稿（{'、'.join(PARTS.get(part, part) for part in detail['parts'])}）"


def _handover(detail: Detail) -> str:
    counts = "、".join(f"{name} {detail[key]} 件" for key, name in (("tasks", "待办待阅"), ("drafts", "文稿"), ("delegations", "委托"), ("shares", "借阅")) if detail.get(key))
    return f"{_who(detail)} 的事项移交给 {detail['to']}（{counts or '没有未了事项'}）"


_WORDS: dict[str, Callable[[Detail], str]] = {
    "create": lambda detail: "新建文稿", "edit": _edit, "opinion": lambda detail: "签署意见",
    "numbered": lambda detail: f"编号 {detail['number']}，印发 {detail['copies']} 份",
    "filed": lambda detail: f"归档，档号 {detail['reference']}",
    "refused_receipt": lambda detail: f"{detail['unit']}退回：{detail['reason']}",
    "withdraw": lambda detail: f"撤回到「{detail['step']}」{_colon(detail.get('reason'))}",
    "urge": lambda detail: f"催办「{detail['step']}」{_colon(detail.get('words_said'))}",
    "view_file": lambda detail: f"打开附件「{detail['name']}」", "print": lambda detail: f"打印{detail.get('what', '')}",
    "export": lambda detail: "导出全件", "catalogue": lambda detail: f"导出归档文件目录 {detail['count']} 件",
    "accounts_export": lambda detail: f"导出账号清单 {detail['count']} 个", "audit_export": lambda detail: f"导出留痕 {detail['count']} 条",
    "audit_verify": lambda detail: f"校验留痕 {detail['checked']} 条，{detail['faults']} 处不符", "audit_anchor": lambda detail: f"签发留痕锚点，{detail['events']} 条",
    "handed_over": lambda detail: f"{detail['step']}：{detail['from']} 移交 {detail['to']}",
    "share": lambda detail: f"共享给{detail['to']}，至 {detail['until']}{_colon(detail.get('reason'))}", "share_end": lambda detail: f"收回对{detail['to']}的共享",
    "sign_in": lambda detail: "登录", "unlock": lambda detail: "解锁窗口", "sign_in_failed": lambda detail: f"登录失败{_colon(detail.get('why'))}", "locked": lambda detail: "密码连续错误，账号锁定",
    "password": lambda detail: "修改本人密码", "account_create": lambda detail: f"新建账号 {_who(detail)}", "account_enable": lambda detail: f"启用账号 {_who(detail)}",
    "account_disable": lambda detail: f"停用账号 {_who(detail)}", "account_reset": lambda detail: f"重置密码 {_who(detail)}",
    "account_move": lambda detail: f"{_who(detail)} 调至{detail['unit']}，原单位角色终止", "account_edit": lambda detail: f"修改账号 {_who(detail)}（{'、'.join(detail['parts'])}）",
    "account_found": lambda detail: f"建库时设立账号 {_who(detail)}", "appointed": lambda detail: f"任命 {_who(detail)} 为{detail['unit']}单位管理员",
    "dismissed": lambda detail: f"免去 {_who(detail)} 的{detail['unit']}单位管理员",
    "consent_ask": lambda detail: f"申请{CONSENTS[detail['kind']]}：{_who(detail)}{_colon(detail.get('reason'))}",
    "consent_agreed": lambda detail: f"同意{CONSENTS[detail['kind']]}：{_who(detail)}", "consent_refused": lambda detail: f"不同意{CONSENTS[detail['kind']]}：{_who(detail)}",
    "consent_taken_back": lambda detail: f"撤回申请，{CONSENTS[detail['kind']]}：{_who(detail)}",
    "delegate": lambda detail: f"委托 {detail['to']} 代办，{detail['from']} 至 {detail['until']}", "delegate_end": lambda detail: f"结束对 {detail['to']} 的委托",
    "handover": _handover, "policy": lambda detail: f"修改口令策略（{'、'.join(POLICY.get(part, part) for part in detail['parts'])}）", "unit_create": lambda detail: f"新建单位 {detail['unit']}",
    "unit_edit": lambda detail: f"修改单位 {detail['unit']}" + (f"（{'、'.join(detail['parts'])}）" if detail.get("parts") else ""),
}
_TITLES = {
    "create": "新建文稿", "edit": "修改文稿", "opinion": "签署意见", "numbered": "编号", "filed": "归档", "refused_receipt": "退回来文", "withdraw": "撤回", "urge": "催办", "view_file": "打开附件",
    "print": "打印", "export": "导出公文", "catalogue": "导出目录", "share": "共享", "share_end": "收回共享", "sign_in": "登录", "unlock": "解锁", "sign_in_failed": "登录失败", "locked": "锁定",
    "password": "修改密码", "account_create": "新建账号", "account_enable": "启用账号", "account_disable": "停用账号", "account_reset": "重置密码",
    "account_move": "调动", "account_edit": "修改账号", "account_found": "设立账号", "appointed": "任命管理员", "dismissed": "免去管理员", "consent_ask": "双人复核申请",
    "consent_agreed": "双人复核同意", "consent_refused": "双人复核不同意", "consent_taken_back": "撤回复核申请", "delegate": "委托", "delegate_end": "结束委托",
    "handover": "移交", "handed_over": "移交接办", "policy": "口令策略", "unit_create": "新建单位", "unit_edit": "修改单位", "accounts_export": "导出账号", "audit_export": "导出留痕",
    "audit_verify": "校验留痕", "audit_anchor": "留痕锚点",
}
