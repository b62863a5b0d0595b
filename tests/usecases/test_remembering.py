"""Which key stores may keep a password: those of the system by their class, and never a file."""

import keyring
import pytest
from keyring.errors import KeyringError, NoKeyringError

from oa_client.usecases import remembering


def backend(module, name, kept=None, broken=False):
    """A key store of a class with this name."""
    def refuse(*_words):
        raise KeyringError("locked")
    kept = {} if kept is None else kept
    return type(name, (), {
        "__module__": module, "get_password": lambda _self, _service, key: kept.get(key),
        "set_password": refuse if broken else lambda _self, _service, key, word: kept.update({key: word}),
        "delete_password": refuse if broken else lambda _self, _service, key: kept.pop(key)})()


@pytest.fixture
def machine(monkeypatch):
    """machine(store): what this PC's keyring is."""
    return lambda found: monkeypatch.setattr(keyring, "get_keyring", lambda: found)


TRUSTED = [tuple(name.rsplit(".", 1)) for name in remembering.ALLOWED]


@pytest.mark.parametrize(("module", "name"), TRUSTED, ids=[name for _module, name in TRUSTED])
def test_the_systems_own_are_trusted(machine, module, name):
    store = backend(module, name)
    machine(store)
    assert remembering.store() is store
    assert remembering.remember("110001 x", "口令") and remembering.remembered("110001 x") == "口令"
    remembering.forget("110001 x")
    assert remembering.remembered("110001 x") == ""


@pytest.mark.parametrize(("module", "name"), [
    ("keyrings.alt.file", "PlaintextKeyring"), ("keyrings.alt.file", "EncryptedKeyring"), ("keyring.backends.null", "Keyring"), ("keyring.backends.fail", "Keyring"),
    ("my.backends.Windows", "WinVaultKeyring"), ("keyring.backends.SecretService", "Keyring2")])
def test_no_other_is_and_nothing_goes_there(machine, module, name):
    kept = {"110001 x": "早先的"}
    machine(backend(module, name, kept))
    assert remembering.store() is None
    assert not remembering.remember("110001 x", "口令") and remembering.remembered("110001 x") == ""
    remembering.forget("110001 x")
    assert kept == {"110001 x": "早先的"}


def test_of_several_the_trusted_one_is_taken(machine):
    loose, good = backend("keyrings.alt.file", "PlaintextKeyring"), backend(*TRUSTED[1])
    machine(type("ChainerBackend", (), {"backends": [loose, good]})())
    assert remembering.store() is good
    machine(type("ChainerBackend", (), {"backends": [loose]})())
    assert remembering.store() is None


def test_a_pc_without_one_remembers_nothing(monkeypatch):
    def none():
        raise NoKeyringError("none")
    monkeypatch.setattr(keyring, "get_keyring", none)
    assert remembering.store() is None


def test_one_that_refuses_is_no_failure_of_the_program(machine):
    machine(backend(*TRUSTED[1], kept={"110001 x": "口令"}, broken=True))
    assert not remembering.remember("110001 x", "新口令")
    remembering.forget("110001 x")
