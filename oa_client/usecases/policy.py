"""The account policy (口令策略), read once from its data file."""

import json
import secrets
from functools import cache
from typing import Any

from ..settings import resource

_CLASSES = (str.islower, str.isupper, str.isdecimal)
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "23456789"


@cache
def policy() -> dict[str, Any]:
    """The numbers of the policy."""
    return json.loads(resource("rules/account_policy.json").read_text("utf-8"))


def password_problem(password: str, login: str) -> str:
    """What is wrong with a password, in words; empty when it will do."""
    rules = policy()
    if len(password) < rules["min_length"]:
        return f"密码至少 {rules['min_length']} 位。"
    kinds = sum(any(test(char) for char in password) for test in _CLASSES) + any(not char.isalnum() for char in password)
    if kinds < rules["min_classes"]:
        return "密码要包含大写字母、小写字母、数字、符号中的三种。"
    if login and login in password:
        return "密码里不能包含警号。"
    return ""


def login_fits(login: str) -> bool:
    """Whether a text can be a police number (警号): four to eight digits."""
    return login.isascii() and login.isdecimal() and 4 <= len(login) <= 8


def random_password() -> str:
    """A password that meets the policy and has no look-alike characters."""
    length = policy()["generated_length"]
    chosen = [secrets.choice(kind) for kind in (_LETTERS, _CAPITALS, _DIGITS)]
    chosen += [secrets.choice(_LETTERS + _CAPITALS + _DIGITS) for _ in range(length - 3)]
    secrets.SystemRandom().shuffle(chosen)
    return "".join(chosen)
