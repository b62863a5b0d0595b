"""Passwords that this PC remembers (记住密码): in the system's own key store, or not at all."""

from contextlib import suppress

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

SERVICE = "wenshu"
ALLOWED = ("keyring.backends.Windows.WinVaultKeyring", "keyring.backends.SecretService.Keyring", "keyring.backends.kwallet.DBusKeyring",
           "keyring.backends.macOS.Keyring")


def store() -> KeyringBackend | None:
    """The system's key store, if it is one of those that keep secrets; a file is never used."""
    try:
        found = keyring.get_keyring()
    except (KeyringError, RuntimeError):
        return None
    for backend in getattr(found, "backends", [found]):
        if f"{type(backend).__module__}.{type(backend).__name__}" in ALLOWED:
            return backend
    return None


def remembered(name: str) -> str:
    """The password kept under a name; empty when there is none. May wait for the user to unlock the store."""
    backend = store()
    try:
        return (backend.get_password(SERVICE, name) or "") if backend else ""
    except (KeyringError, RuntimeError):
        return ""


def remember(name: str, password: str) -> bool:
    """Keep a password; False when this PC has no key store that may be trusted."""
    backend = store()
    if backend is None:
        return False
    try:
        backend.set_password(SERVICE, name, password)
    except (KeyringError, RuntimeError):
        return False
    return True


def forget(name: str) -> None:
    """Take a kept password away."""
    backend = store()
    if backend is not None and remembered(name):
        with suppress(KeyringError, RuntimeError):
            backend.delete_password(SERVICE, name)
