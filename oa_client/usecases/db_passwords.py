"""Passwords of officers (记住密码): kept by this PC's key store or not at all; none of these may be called on the screen's thread."""

import threading
from collections.abc import Callable
from typing import TypeVar

from . import remembering

KEY_STORE_SECONDS = 20.0
T = TypeVar("T")


def kept_password(url: str, login: str) -> str:
    """What this PC's key store remembers for an officer at an address; empty when it has nothing, may not be trusted, or does not answer in time."""
    return in_time(lambda: remembering.remembered(_name(url, login))) or ""


def keep_password(url: str, login: str, password: str) -> bool:
    """Let this PC's key store remember a password; False when it has none that may be trusted."""
    return bool(in_time(lambda: remembering.remember(_name(url, login), password)))


def forget_password(url: str, login: str) -> None:
    """Let this PC's key store forget a password."""
    in_time(lambda: remembering.forget(_name(url, login)))


def can_keep_passwords() -> bool:
    """Whether this PC has a key store that may be trusted."""
    return in_time(remembering.store) is not None


def _name(url: str, login: str) -> str:
    return f"{login} {url}"


def in_time(ask: Callable[[], T]) -> T | None:
    """What the key store answers; it may be waiting for somebody to unlock it, so not longer than some seconds."""
    answer: list[T] = []
    asking = threading.Thread(target=lambda: answer.append(ask()), name="key store", daemon=True)
    asking.start()
    asking.join(KEY_STORE_SECONDS)
    return answer[0] if answer else None
