"""The account policy (口令策略): its defaults from a data file, what was changed from the database."""

import json
import secrets
from collections.abc import Mapping
from functools import cache

from sqlalchemy.orm import Session

from ..settings import resource
from ..store.work_tables import Fact

_CLASSES = (str.islower, str.isupper, str.isdecimal)
_COUNTS = {1: "一", 2: "两", 3: "三", 4: "四"}
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "23456789"


@cache
def defaults() -> dict[str, int]:
    """The policy that a new database begins with."""
    found = json.loads(resource("rules/account_policy.json").read_text("utf-8"))
    return {key: value for key, value in found.items() if isinstance(value, int)}


def policy_of(session: Session) -> dict[str, int]:
    """The policy in force: the defaults, and what the security administrator (安全保密管理员) changed."""
    fact = session.get(Fact, "policy")
    return {**defaults(), **(fact.value if fact else {})}


def password_problem(password: str, login: str, rules: Mapping[str, int]) -> str:
    """What is wrong with a password, in words; empty when it will do."""
    if not all(" " < sign <= "~" for sign in password):
        return "密码只能用英文字母、数字和英文符号。"
    if len(password) < rules["min_length"]:
        return f"密码至少 {rules['min_length']} 位。"
    kinds = sum(any(test(char) for char in password) for test in _CLASSES) + any(not char.isalnum() for char in password)
    if kinds < rules["min_classes"]:
        return f"密码要包含大写字母、小写字母、数字、符号中的{_COUNTS[rules['min_classes']]}种。"
    if login and login in password:
        return "密码里不能包含警号。"
    return ""


def policy_words(rules: Mapping[str, int]) -> str:
    """The policy as a sentence for who sets a password."""
    again = f"不能与最近 {rules['history']} 次用过的相同" if rules["history"] else "不能与原密码相同"
    return (f"至少 {rules['min_length']} 位，包含大写字母、小写字母、数字、符号中的{_COUNTS[rules['min_classes']]}种，不能包含警号，{again}。"
            + (f"每 {rules['expire_days']} 天须更换一次。" if rules["expire_days"] else ""))


def login_fits(login: str) -> bool:
    """Whether a text can be a police number (警号): four to eight digits."""
    return login.isascii() and login.isdecimal() and 4 <= len(login) <= 8


def random_password() -> str:
    """A password that meets the policy and has no look-alike characters."""
    length = defaults()["generated_length"]
    chosen = [secrets.choice(kind) for kind in (_LETTERS, _CAPITALS, _DIGITS)]
    chosen += [secrets.choice(_LETTERS + _CAPITALS + _DIGITS) for _ in range(length - 3)]
    secrets.SystemRandom().shuffle(chosen)
    return "".join(chosen)
