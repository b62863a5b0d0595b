"""Passwords of shared databases (库口令): kept by this PC's key store or not at all; none of these may be called on the screen's thread."""

import threading
from collections.abc import Callable
from typing import TypeVar

from . import remembering
from .connecting import Opened, is_single, open_up, split_password

KEY_STORE_SECONDS = 20.0
T = TypeVar("T")


def open_again(url: str) -> Opened:
    """Open the database of last time, with the password in its address or the one that the key store has."""
    plain, own = split_password(url)
    return open_up(plain, own or ("" if is_single(plain) else kept_password(plain)))


def kept_password(url: str) -> str:
    """The password this PC's key store has for an address; empty when there is none or the store does not answer in time."""
    return _in_time(lambda: remembering.remembered(url)) or ""


def keep_password(url: str, password: str) -> bool:
    """Let this PC's key store remember a password; False when it has none that may be trusted."""
    return bool(_in_time(lambda: remembering.remember(url, password)))


def forget_password(url: str) -> None:
    """Let this PC's key store forget the password of an address."""
    _in_time(lambda: remembering.forget(url))


def can_keep_passwords() -> bool:
    """Whether this PC has a key store that may be trusted."""
    return _in_time(remembering.store) is not None


def _in_time(ask: Callable[[], T]) -> T | None:
    """What the key store answers; it may be waiting for somebody to unlock it, so not longer than some seconds."""
    answer: list[T] = []
    asking = threading.Thread(target=lambda: answer.append(ask()), name="key store", daemon=True)
    asking.start()
    asking.join(KEY_STORE_SECONDS)
    return answer[0] if answer else None
